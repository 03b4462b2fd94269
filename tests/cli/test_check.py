"""`check` and `unmet`: options in, report and exit code out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from checker.cli.check import check
from checker.errors import EngineError, Place, Problem, RecordsError, RulesError
from checker.model.period import Period
from checker.model.report import Report
from checker.report import By, Presentation
from checker.report.formats import CHECK, UNMET
from checker.request import CheckRequest
from tests.cli.stub import Stub
from tests.report.fixture import report
from tests.said import just

Run = Callable[..., Result]
OF_THE_LIBRARY = {"areas", "per_body", "progress", "since", "trace", "tuning"}
"""What is asked for that no option names."""
C07 = {"id": "C07", "name": "Chi bộ ấp Tắc Trúc"}


def text(formats: str = "text", presentation: Presentation | None = None) -> str:
    stream = io.StringIO()
    CHECK[formats](report(), stream, presentation or Presentation())
    return stream.getvalue()


def only(rule: str) -> Report:
    made = report()
    rules = tuple(summary for summary in made.rules if summary.id == rule)
    return made._replace(rules=rules, findings=tuple(item for item in made.findings if item.rule == rule))


def test_the_report_goes_to_standard_output(stub: Stub, run: Run) -> None:
    result = run("check", "data")
    assert result.stdout == text()
    assert result.stderr == ""
    assert result.exit_code == 1
    assert (stub.requests[0].submission, stub.requests[0].rulebook) == ("data", None)


def test_unmet_writes_its_own_formats(stub: Stub, run: Run) -> None:
    stream = io.StringIO()
    UNMET["text"](stub.made, stream, Presentation())
    assert run("unmet", "data").stdout == stream.getvalue()
    assert json.loads(run("unmet", "data", "-f", "json").stdout)["format"] == "checker-unmet"


def test_both_can_be_narrowed_to_a_body_and_unmet_to_what_is_due(stub: Stub, run: Run) -> None:
    narrowed = run("unmet", "data", "-f", "json", "--body", "C07", "--due-by", "2019-12-31")
    found = json.loads(narrowed.stdout)
    assert found["narrowed"] == {"body": "C07", "due_by": "2019-12-31"}
    assert {duty["body"][-1]["id"] for duty in found["duties"]} == {"C07"}
    assert "2020-06-01" not in {duty["due"] for duty in found["duties"]}
    assert narrowed.exit_code == run("unmet", "data").exit_code
    whole, part = (json.loads(run("check", "data", "-f", "json", *more).stdout) for more in ((), ("--body", "C07")))
    assert [each for each in whole["findings"] if each["subject"]["path"][-1:] == [C07]] == part["findings"]
    assert [part[key] for key in ("counts", "rules", "exit_code")] == [whole[key] for key in ("counts", "rules", "exit_code")]
    assert "No such option" in run("check", "data", "--due-by", "2019-12-31").stderr
    stub.made = stub.made._replace(left_out=())
    assert "no body that was judged has that id" in run("check", "data", "--body", "C70").stderr


def test_breaches_stand_under_the_headings_that_are_asked_for(stub: Stub, run: Run) -> None:
    for by in ("body", "rule", "CLAUSE"):
        assert run("check", "data", "--by", by).stdout == text(presentation=Presentation(by=By(by.lower())))
    assert "'bdy' is not one of body, rule, clause. Did you mean 'body'?" in run("check", "data", "--by", "bdy").stderr
    assert "No such option" in run("unmet", "data", "--by", "rule").stderr
    stub.made = stub.made._replace(left_out=())
    refused = run("unmet", "data", "--body", "c7")
    assert refused.exit_code == 2
    assert "Did you mean 'C07'?" in refused.stderr


def test_bytes_go_to_standard_output_unless_that_is_a_terminal(stub: Stub, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    CHECK["xlsx"](stub.made, stream, Presentation())
    assert run("check", "data", "-f", "xlsx").stdout_bytes == stream.getvalue()
    with monkeypatch.context() as patched:
        patched.setattr("checker.cli.parameters.on_a_terminal", lambda: True)
        refused = run("check", "data", "-f", "xlsx")
        assert refused.exit_code == 2
        assert "xlsx is not for a terminal: name a file, as xlsx=report.xlsx." in refused.stderr


def test_every_option_reaches_the_library(stub: Stub, run: Run) -> None:
    narrowed = "--rules r --as-of 2019-11-30 --period 2019-H2 --select a --select b- --ignore c --previous p --baseline b"
    limits = "--memory-limit 1.5GB --disk-limit 512mib --findings a.csv --findings b.ndjson --all-findings --max-findings 7"
    reading = "--stdin-filename a.csv --read-limit files=3 --read-limit unpacked=1GB"
    run(
        "check",
        "data",
        *narrowed.split(),
        *["--set", "x=80%", "--set", "y=a=b", "--lang", "vi", "--waivers", "w.yaml"],
        *limits.split(),
        *reading.split(),
        *["-f", "sarif"],
    )
    (request,) = stub.requests
    assert replace(request, progress=None) == CheckRequest(
        "data",
        "r",
        as_of=date(2019, 11, 30),
        period=Period.parse("2019-H2"),
        select=("a", "b-"),
        ignore=("c",),
        overrides={"x": "80%", "y": "a=b"},
        waivers=("w.yaml",),
        previous="p",
        baseline="b",
        language="vi",
        max_findings=7,
        findings=("a.csv", "b.ndjson"),
        all_findings=True,
        memory_limit=1_500_000_000,
        disk_limit=512 * 1024 * 1024,
        stdin_filename="a.csv",
        read_limits={"files": 3, "unpacked": 1_000_000_000},
        trace=True,
    )


@pytest.mark.parametrize("name", sorted({each.name for each in fields(CheckRequest)} - OF_THE_LIBRARY))
def test_what_is_asked_for_has_the_same_name_on_the_command_line(name: str) -> None:
    """Of an option that may be given again, the name of one."""
    named = {option.removeprefix("--").replace("-", "_") for param in check.params for option in param.opts}
    named |= {option.removesuffix("s") for option in named if option == "submissions"}
    assert named & {name, name.removesuffix("s")}


@pytest.mark.parametrize(
    ("name", "traced"), [("sarif", True), ("junit", True), ("html", True), ("json", False), ("ndjson", False)]
)
def test_only_formats_that_show_it_ask_for_a_trace(stub: Stub, run: Run, name: str, traced: bool) -> None:  # noqa: FBT001 -- pytest's way
    run("check", "data", "-f", name)
    assert stub.requests[0].trace is traced


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("--as-of 31.12.2019", "'31.12.2019' is not a day: write one such as 2019-12-31."),
        ("--as-of 2019-W52-2", "'2019-W52-2' is not a day: write one such as 2019-12-31."),
        ("--as-of 20191231", "'20191231' is not a day"),
        ("--period 2019-13", "'2019-13' is not a period"),
        ("--period 2019W52", "'2019W52' is not a period"),
        ("--format jason", f"'jason' is not one of {', '.join(CHECK)}. Did you mean 'json'?"),
        ("--format json=", "names no file"),
        ("--fail-on mayor", "Did you mean 'major'?"),
        ("--color sometimes", "'sometimes' is not one of auto, always, never."),
        ("--memory-limit 1G", "'1G' has no unit that is known. Did you mean 1GB?"),
        ("--memory-limit 1XB", "'1XB' has no unit that is known. Write KB, MB,"),
        ("--disk-limit much", "'much' is not a size: write one such as 800MB, 1.5GB or 512MiB."),
        ("--disk-limit -1GB", "'-1GB' is not a size"),
        ("--max-findings -1", "'-1' is no number of findings: write one such as 20, or 'all'."),
        ("--all-findings", "--all-findings needs a file to write them to"),
        ("--findings a.csv -o a.csv", "cannot be written to one file"),
        ("--indicators a.csv -o a.csv", "cannot be written to one file"),
        ("--set x", "'x' is not a setting"),
        ("--set x=1 --set x=2", "--set gives 'x' two values: '1' and '2'."),
        ("-f json -f text", "Only one format can go to standard output"),
        ("-f json=a -f text=a", "Two formats cannot be written to one file."),
        ("-f json=a -o b", "--output has nothing to write"),
        ("--fail-onn major", "--fail-on"),
    ],
)
def test_usage_errors_say_how_it_is_written(options: str, says: str, stub: Stub, run: Run) -> None:
    result = run("check", "data", *options.split())
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())
    assert stub.requests == []


def test_severities_and_undetermined_decide_the_exit_code(stub: Stub, run: Run) -> None:
    assert run("check", "data", "--fail-on", "CRITICAL").exit_code == 1
    stub.made = only("attendance")
    assert run("check", "data", "--fail-on", "major").exit_code == 0
    stub.made = only("fees-collected")
    assert run("check", "data").exit_code == 3
    assert run("check", "data", "--allow-undetermined").exit_code == 0


def test_what_is_to_correct_in_the_file_decides_the_exit_code_as_it_is_told_to(stub: Stub, run: Run) -> None:
    stub.made = only("records/meetings/date/allowed")
    assert run("check", "data").exit_code == 1
    assert run("check", "data", "--fail-on", "critical").exit_code == 0
    for command in ("check", "unmet"):
        result = run(command, "data", "--fail-on", "critical", "--fail-on-data", "MAJOR", "-f", "json")
        assert (result.exit_code, json.loads(result.stdout)["exit_code"]) == (1, 1)
        assert run(command, "data", "--fail-on-data", "critical").exit_code == 0
        assert run(command, "data", "--fail-on-data", "never").exit_code == 0
    assert "Did you mean 'never'?" in run("check", "data", "--fail-on-data", "nevr").stderr


def test_problems_are_exit_2_and_never_lost(stub: Stub, run: Run) -> None:
    problem = Problem("bad-sheet", just("it is damaged"), just("Save it again."), Place("b.xlsx"))
    stub.made = stub.made._replace(problems=(problem,))
    as_json = run("check", "data", "-f", "json")
    assert as_json.exit_code == 2
    assert json.loads(as_json.stdout)["problems"][0]["code"] == "bad-sheet"
    assert as_json.stderr == f"{problem}\n"
    assert run("check", "data").stderr == ""


def test_files_are_written_whole(tmp_path: Path, stub: Stub, run: Run) -> None:
    old = tmp_path / "report.json"
    old.write_text("old")
    result = run("check", "data", "-f", f"json={old}", "-f", "text", "--color", "never")
    assert result.stdout == text()
    assert old.read_text(encoding="utf-8") == text("json")
    assert run("check", "data", "-o", str(tmp_path / "report.txt")).stdout == ""
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "report.txt"]
    assert (tmp_path / "report.txt").stat().st_mode & 0o077 == 0
    assert stub.requests


def test_the_name_of_the_file_says_the_format_where_nothing_else_does(tmp_path: Path, stub: Stub, run: Run) -> None:
    file = tmp_path / "REPORT.JSON"
    run("check", "data", "-o", str(file))
    assert file.read_text(encoding="utf-8") == text("json")
    run("check", "data", "-o", str(file), "-f", "text")
    assert file.read_text(encoding="utf-8") == text()
    assert stub.requests


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, stub: Stub, run: Run) -> None:
    old = tmp_path / "report.txt"
    old.write_text("old")
    stub.made = stub.made._replace(run=stub.made.run._replace(submission=object()))  # type: ignore[arg-type]
    assert run("check", "data", "-f", f"json={old}").exit_code == 4
    assert old.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_an_unwritable_file_is_exit_2(tmp_path: Path, stub: Stub, run: Run) -> None:
    result = run("check", "data", "-o", str(tmp_path / "nowhere" / "report.txt"))
    assert result.exit_code == 2
    assert "cannot be written: there is no such file or folder [cannot-write]" in result.stderr
    assert stub.requests


def test_colour_is_on_request(stub: Stub, run: Run) -> None:
    assert "\x1b[" not in run("check", "data").stdout
    assert run("check", "data", "--color", "always").stdout == text(presentation=Presentation(colour=True))
    assert stub.requests


def test_quiet_is_the_summary(stub: Stub, run: Run) -> None:
    assert run("check", "data", "-q").stdout == text(presentation=Presentation(brief=True))
    assert stub.requests


ONE = Problem("one", just("first"), just("Fix it."), Place("a.yaml", 3, 5), "  key: value")
TWO = Problem("two", just("second"), just("Fix it too."))


@pytest.mark.parametrize(("fault", "code"), [(RecordsError(ONE, TWO), 2), (RulesError(ONE, TWO), 2), (EngineError(ONE, TWO), 4)])
def test_errors_are_told_in_full(fault: Exception, code: int, stub: Stub, run: Run) -> None:
    stub.fault = fault
    result = run("check", "data")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"{ONE}\n{TWO}\n")


def test_a_fault_of_the_program_is_told_without_a_traceback(stub: Stub, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stub.fault = ZeroDivisionError("oops")
    result = run("check", "data")
    assert result.exit_code == 4
    assert result.stderr.startswith("internal fault: ZeroDivisionError: oops\n")
    assert "Traceback" not in result.stderr
    monkeypatch.setenv("CHECKER_DEBUG", "1")
    assert "Traceback" in run("check", "data").stderr


def test_interruption_is_130(stub: Stub, run: Run) -> None:
    stub.fault = KeyboardInterrupt()
    result = run("check", "data")
    assert (result.exit_code, result.stderr) == (130, "Interrupted.\n")


@pytest.mark.parametrize(("given", "most"), [("0", 0), ("all", 0), ("ALL", 0), ("20", 20)])
def test_how_many_findings_are_listed(given: str, most: int, stub: Stub, run: Run) -> None:
    run("check", "data", "--max-findings", given)
    assert stub.requests[0].max_findings == most
