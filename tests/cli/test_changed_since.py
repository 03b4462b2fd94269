"""With a revision named, all is judged, and what a change touches or causes is told: nothing else, and nothing less."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from checker.cli.main import program
from tests.integration.repositories import commit, example, git, without
from tests.report.services.validators import accept_annotations, accept_junit

YEAR = "records/2025"
Found = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example, without its baseline: of it one violation is open, and one waived."""
    folder = example(tmp_path_factory.mktemp("made") / "data")
    edit(folder / "checker.toml", 'baseline = "baseline.json"\n', "")
    commit(folder)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which the test stands."""
    for name in [name for name in os.environ if name.startswith("GIT")]:
        monkeypatch.delenv(name)
    shutil.copytree(made, tmp_path / "data")
    monkeypatch.chdir(tmp_path / "data")
    return tmp_path / "data"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def run(*arguments: str, since: str = "HEAD") -> Result:
    return CliRunner().invoke(program, [*arguments, "--changed-since", since], prog_name="checker")


def changes(submission: str = YEAR, *more: str) -> tuple[int, Found, dict[str, int]]:
    """The exit code, what is told, and what is left out."""
    done = run("check", submission, "-f", "json", *more)
    report = json.loads(done.stdout)
    told = [(each["rule"], each["subject"]["name"], each["verdict"]) for each in report["findings"]]
    return done.exit_code, told, report["run"]["since"]["left_out"]


def test_what_is_as_it_was_is_left_out_and_counted_as_that(home: Path) -> None:
    assert changes() == (0, [], {"violated": 1, "waived": 1})
    done = run("check", YEAR)
    left_out = "left out as they were then: violated 1, waived 1"
    assert f"Changes since HEAD ({git(home, 'rev-parse', 'HEAD')[:10]}); {left_out}" in " ".join(done.stdout.split())
    assert "What was so at HEAD already does not count here." in " ".join(done.stdout.split())


def move_and_reword(home: Path) -> None:
    edit(home / YEAR / "rents.csv", "due,paid\n", "due,paid\n25-00,1,2025-01-01,2025-01-01\n")
    edit(home / "statutes" / "rules.yaml", "Remind the holder,", "Tell the holder,")


CAUSED: dict[str, tuple[Callable[[Path], None], int, Found]] = {
    "a row goes": (
        lambda home: without(home / YEAR / "meetings.csv", "N,2025-10-02"),
        1,
        [("section-meets", "North", "violated")],
    ),
    "what decided a violation goes": (
        lambda home: edit(home / YEAR / "rents.csv", "25-03,3,2025-02-01,", "25-03,3,2025-02-01,2025-02-31"),
        1,
        [("records/rents/paid/allowed", "25-03", "violated"), ("rent-paid", "25-03", "undetermined")],
    ),
    "a row behind a violation changes, and not the verdict": (
        lambda home: edit(home / YEAR / "rents.csv", "25-03,3,2025-02-01", "25-03,3,2025-02-02"),
        1,
        [("rent-paid", "25-03", "violated")],
    ),
    "rows move, and a rule is put in other words": (move_and_reword, 0, []),
    "a rule is graver": (
        lambda home: edit(home / "statutes" / "rules.yaml", "art. 12\n    severity: minor", "art. 12\n    severity: major"),
        1,
        [("rent-paid", "25-03", "violated")],
    ),
    "a rule asks for more": (
        lambda home: edit(home / "statutes" / "rules.yaml", "at_least: 50%", "at_least: 70%"),
        1,
        [("section-attends", "River", "violated")],
    ),
    "a waiver goes": (
        lambda home: edit(home / "checker.toml", 'waivers = ["waivers.yaml"]\n', ""),
        1,
        [("section-meets", "River", "violated")],
    ),
    "a waiver has another reason": (
        lambda home: edit(home / "waivers.yaml", "until June", "until July"),
        0,
        [("section-meets", "River", "waived")],
    ),
    "a rule is no longer left out": (
        lambda home: edit(home / "checker.toml", 'waivers = ["waivers.yaml"]\n', 'waivers = []\nignore = ["rent-paid"]\n'),
        1,
        [("section-meets", "River", "violated")],
    ),
    "a body has another name": (
        lambda home: edit(home / YEAR / "sections.csv", "R,River", "R,Riverside"),
        0,
        [("section-meets", "Riverside", "waived")],
    ),
}


@pytest.mark.parametrize("change", CAUSED)
def test_what_a_change_touches_or_causes_is_told(home: Path, change: str) -> None:
    make, code, told = CAUSED[change]
    make(home)
    assert changes()[:2] == (code, told)


def test_the_day_as_of_which_is_judged_is_that_of_each_time(home: Path) -> None:
    edit(home / YEAR / "submission.yaml", "as_of: 2025-12-31", "as_of: 2025-06-30")
    commit(home)
    edit(home / YEAR / "submission.yaml", "as_of: 2025-06-30", "as_of: 2025-12-31")
    without(home / YEAR / "meetings.csv", "N,2025-10-02")
    assert ("section-meets", "North", "violated") in changes()[1]


def test_of_a_workbook_too_only_what_changed_is_told(home: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for file in sorted((home / YEAR).glob("*.csv")):
        sheet = book.create_sheet(file.stem)
        for line in file.read_text(encoding="utf-8").splitlines():
            sheet.append(line.split(","))
    book.save(home / "2025.xlsx")
    asked = ("2025.xlsx", "--rules", "statutes", "--period", "2025", "--as-of", "2025-12-31")
    commit(home)
    assert changes(*asked) == (0, [], {"violated": 1, "waived": 1})
    book["meetings"].delete_rows(3)
    book.save(home / "2025.xlsx")
    assert changes(*asked)[:2] == (1, [("section-meets", "North", "violated")])


def test_wherever_the_caller_stands_and_however_the_submission_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home / "records")
    assert changes("2025")[2] == changes(str(home / YEAR))[2] == {"violated": 1, "waived": 1}
    monkeypatch.chdir(home / YEAR)
    assert changes(".")[0] == 0


def test_in_a_hook_what_is_committed_is_compared(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There git says in variables where the repository is, in words that hold only in the root."""
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    before = (home / ".git" / "index").read_bytes()
    assert changes()[2] == {"violated": 1, "waived": 1}
    assert (home / ".git" / "index").read_bytes() == before


@pytest.mark.usefixtures("home")
def test_the_list_of_what_is_unmet_tells_changes_too() -> None:
    done = run("unmet", YEAR, "-f", "json")
    assert (done.exit_code, json.loads(done.stdout)["duties"]) == (0, [])
    done = run("unmet", YEAR, "--per-body", "letters")
    assert done.exit_code == 2
    assert "--per-body does not go with --changed-since" in done.stderr


def test_services_are_told_how_much_is_left_out(home: Path) -> None:
    without(home / YEAR / "meetings.csv", "N,2025-10-02")
    done = run("check", YEAR, "-f", "github", "-f", "junit=out.xml")
    accept_annotations(done.stdout)
    assert done.stdout.count("::error ") == 1
    assert "::notice title=Changes since::" in done.stdout
    suites = (home / "out.xml").read_text(encoding="utf-8")
    accept_junit(suites)
    assert 'name="1 as they were at HEAD"' in suites


@pytest.mark.usefixtures("home")
def test_a_report_of_changes_is_no_baseline() -> None:
    assert run("check", YEAR, "-f", "json=changes.json").exit_code == 0
    done = CliRunner().invoke(program, ["check", YEAR, "--baseline", "changes.json"])
    assert done.exit_code == 2
    assert "this report is of changes alone" in done.stderr


def test_so_many_are_listed_and_all_changes_counted(home: Path) -> None:
    (home / YEAR / "inspections.csv").write_text("plot,date,state\n", encoding="utf-8")
    report = json.loads(run("check", YEAR, "-f", "json", "--max-findings", "2").stdout)
    assert [each["rule"] for each in report["findings"]] == ["plot-inspected", "plot-inspected"]
    assert report["left_out"]["violated"] == 3
    assert report["counts"]["regulation"]["violated"] == 5


def test_of_several_submissions_each_is_compared_with_itself(home: Path) -> None:
    shutil.copytree(home / YEAR, home / "records" / "copy")
    commit(home)
    without(home / "records" / "copy" / "meetings.csv", "N,2025-10-02")
    done = run("check", YEAR, "records/copy", "--jobs", "1", "-f", "json={name}.json")
    assert done.exit_code == 1
    told = [json.loads((home / f"{name}.json").read_text(encoding="utf-8"))["findings"] for name in ("2025", "copy")]
    assert [[each["rule"] for each in findings] for findings in told] == [[], ["section-meets"]]


# Nothing is left out where there is nothing to compare with.


def nothing_left_out(submission: str, why: str, *more: str) -> None:
    done = run("check", submission, *more)
    said = " ".join(done.stdout.split())
    assert done.exit_code == 1
    assert f"at HEAD nothing can be compared with ({why}), so everything counts as a change" in said
    assert "); nothing is left out" in said


def test_a_submission_that_was_not_there_is_a_change_altogether(home: Path) -> None:
    (home / YEAR).rename(home / "records" / "2026")
    nothing_left_out("records/2026", "records/2026 was not there")


def test_who_repairs_a_rulebook_sees_all_that_it_finds(home: Path) -> None:
    edit(home / "statutes" / "rules.yaml", "severity: major", "severity: majr")
    commit(home)
    edit(home / "statutes" / "rules.yaml", "severity: majr", "severity: major")
    nothing_left_out(YEAR, "'majr' is not possible for 'severity'")


def test_who_repairs_the_settings_does_too(home: Path) -> None:
    edit(home / "checker.toml", "waivers", "wavers")
    commit(home)
    edit(home / "checker.toml", "wavers", "waivers")
    nothing_left_out(YEAR, "no option is called 'wavers'")


# What is wrong is reported.


def refused(*arguments: str, since: str = "HEAD") -> str:
    done = run("check", *arguments, since=since)
    assert done.exit_code == 2
    return " ".join(done.stderr.split())


@pytest.mark.usefixtures("home")
def test_a_revision_that_there_is_not() -> None:
    said = refused(YEAR, since="mian")
    assert said == (
        "error: there is no revision 'mian' in this repository [no-revision]"
        " fix: Name a commit, branch or tag as git does: main, origin/main, v1, HEAD~1."
    )
    assert "there is no revision '--all'" in refused(YEAR, since="--all")


def test_a_shallow_clone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(home.parent, "clone", "--quiet", "--depth=1", f"file://{home}", "clone")
    monkeypatch.chdir(home.parent / "clone")
    assert changes()[0] == 0
    assert "fetch-depth: 0" in refused(YEAR, since="HEAD~1")


def test_no_repository(home: Path) -> None:
    (home / ".git").rename(home / "git")
    assert "lies in no repository of git" in refused(YEAR)


def test_no_git(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(home))
    assert "git is not installed" in refused(YEAR)


@pytest.mark.usefixtures("home")
def test_a_submission_that_is_no_file() -> None:
    assert "--changed-since needs a submission in files" in refused("-", "--stdin-filename", "x.xlsx")
    assert "--changed-since needs a submission in files" in refused("postgresql://localhost/records")


def test_a_repository_that_git_does_not_read(home: Path) -> None:
    (home / ".git" / "objects").rename(home / "objects")
    assert refused(YEAR).startswith("error: ")
