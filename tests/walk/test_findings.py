"""Findings as data: what the report tells, one row each, in three forms, the same bytes each time."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checker import api
from checker.engine.duckdb.database import Duck
from checker.errors import CheckerError, UsageError
from checker.model.report import Finding, Report
from checker.model.schema import SUBMISSION
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.formats import CHECK
from checker.request import USUAL, Tuning
from checker.words.amounts import Amount
from tests.ways import OF_EACH_FORM

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "examples" / "rach-gia-2019-faulty"
COMPANIES = ROOT / "examples" / "companies-faulty"
FORMS = (".parquet", ".ndjson")
LARGE = Tuning(small=-1, marked=500)
RULES = """\
rulebook: tiny
title: Tiny
body: organisations
sources: {law: {title: Law}}
records:
  organisations: {key: id, label: name, fields: {id: {}, name: {}, members: {type: integer}}}
  meetings:
    key: id
    date: date
    fields: {id: {}, organisation: {ref: organisations}, date: {type: date}, present: {type: integer, max: 9}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: organisations, require: {frequency: {of: meetings, per: half, at_least: 1}}}
  - {id: third, title: A third, cites: law art. 2, for: organisations, require: {coverage: {of: meetings, at_least: members / 3}}}
  - {id: mean, title: Mean, cites: law art. 3, for: organisations,
     require: {rate: {of: meetings, part: present, whole: "9", mean: rows, at_least: 2/3}}}
  - {id: gaps, title: Gaps, cites: law art. 4, for: organisations, require: {spacing: {of: meetings, at_most: 90d}}}
"""
HOSTILE = '=1+1, "quoted"\nnext line; ’tis'


Written = tuple[Report, list[Path]]
"""A report, and the findings as files."""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """What is said of the faulty example."""
    files = [tmp_path_factory.mktemp("faulty") / f"findings{suffix}" for suffix in FORMS]
    return api.check(FAULTY, findings=files), files


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """What some rules say of it as of a large one, all that is to be listed."""
    files = [tmp_path_factory.mktemp("large") / f"findings{suffix}" for suffix in FORMS]
    return api.check(FAULTY, select=OF_EACH_FORM, findings=files, all_findings=True, tuning=LARGE), files


@pytest.fixture
def tiny(home: Path) -> Path:
    """A submission whose names are hostile to CSV, and whose numbers are fractions."""
    (home / "rules.yaml").write_text(RULES, encoding="utf-8")
    tables = {
        "organisations": [{"id": "A", "name": HOSTILE, "members": "10"}, {"id": "", "name": "B, nameless", "members": "x"}],
        "meetings": [
            {"id": "1", "organisation": "A", "date": "2019-02-01", "present": "2"},
            {"id": "2", "organisation": "A", "date": "2019-03-01", "present": "7"},
            {"id": "3", "organisation": "A", "date": "2019-03-02", "present": ""},
        ],
    }
    said = {"period": "2019", "as_of": "2019-12-31"}
    filed = home / "filed.json"
    filed.write_text(json.dumps({"submission": said, "tables": tables}), encoding="utf-8")
    return filed


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file, read by what others would read it with, as values of Python."""
    if path.suffix == ".parquet":
        with duckdb.connect() as engine:
            read = engine.execute("SELECT * FROM read_parquet($file)", {"file": str(path)})
            names = [column[0] for column in read.description or ()]
            return [dict(zip(names, row, strict=True)) for row in read.fetchall()]
    with path.open(encoding="utf-8") as stream:
        return [typed(json.loads(line, parse_float=Decimal)) for line in stream]


def typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its days, numbers and truths as such."""
    found = dict(row)
    for name, value in row.items():
        if value is None:
            continue
        if name in {"due", "window_first", "window_last"} or name.startswith(("day_", "allowed_")):
            found[name] = date.fromisoformat(value)
        elif name.startswith(("low", "high", "whole_", "bound_")) or name == "scale":
            found[name] = Decimal(value)
        elif name == "row_number":
            found[name] = int(value)
        elif name == "known":
            found[name] = value in {True, "true"}
    return found


def exact(value: Decimal | None, scale: Decimal | None = None) -> Fraction | None:
    return None if value is None else Fraction(value) / Fraction(scale or 1)


def number(value: Amount | None) -> Fraction | None:
    return None if value is None or isinstance(value, date) else Fraction(value)


def who(record: str, identity: str, row: int | None) -> tuple[str, str, int | None]:
    return (record, identity, row)


def assert_same(row: Mapping[str, Any], finding: Finding) -> None:
    """One row of the data says what the finding of the report says."""
    assert row["severity"] == finding.severity
    assert (row["outcome"], row["reason"], row["because"]) == (finding.outcome, finding.reason, finding.because)
    assert row["name"] == finding.subject.name
    assert row["body"] == (finding.subject.path[-1][0] if finding.subject.path else None)
    window = finding.window
    days = (row["window_label"], row["window_first"], row["window_last"])
    assert days == ((None, None, None) if window is None else (window.label, window.first, window.last))
    measured = finding.measured
    assert row["measured"] == (None if measured is None else measured.kind)
    if measured is not None:
        dated = measured.kind == "date"
        ends = (row["day_low"], row["day_high"]) if dated else (exact(row["low"], row["scale"]), exact(row["high"], row["scale"]))
        assert ends == ((measured.low, measured.high) if dated else (number(measured.low), number(measured.high)))
        assert (exact(row["whole_low"]), exact(row["whole_high"])) == (number(measured.whole_low), number(measured.whole_high))
        assert tuple(row["missing"] or ()) == measured.missing
    for place, bound in enumerate(finding.required, 1):
        assert f"{bound.operator} {bound.text}" in row["required"]
        if measured is not None and not isinstance(bound.value, date):
            assert exact(row[f"bound_{place}"], row[f"bound_{place}_scale"]) == number(bound.value)
    assert row["due"] == finding.due
    assert row["known"] == finding.known
    assert row["waiver"] == (None if finding.waiver is None else str(finding.waiver.place))
    assert row["repeated_since"] == (None if finding.repeated is None else finding.repeated.label)


def assert_agrees(rows: Iterable[Mapping[str, Any]], report: Report) -> None:
    """The data says what the report does: the same findings, none folded."""
    found: dict[object, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[
            (row["rule"], who(row["record"], row["subject"], row["row_number"]), row["verdict"], row["reason"], row["because"])
        ].append(row)
    for finding in report.findings:
        subject = finding.subject
        key = (finding.rule, who(subject.record, subject.id, subject.row), finding.verdict, finding.reason, finding.because)
        label, span = None if finding.window is None else finding.window.label, finding.window
        own = [
            row
            for row in found[key]
            if span is None
            or row["window_label"] == label
            or (finding.windows > 1 and span.first <= row["window_first"] and row["window_last"] <= span.last)
        ]
        assert len(own) == finding.windows, (key, label)
        if finding.windows == 1 and finding.verdict not in {Verdict.SATISFIED, Verdict.NOT_APPLICABLE}:
            assert_same(own[0], finding)
        found[key] = [row for row in found[key] if not any(row is each for each in own)]
    assert not {row["verdict"] for left in found.values() for row in left if row["record"] != SUBMISSION}


def test_the_data_tells_what_the_report_tells(faulty: Written) -> None:
    report, files = faulty
    tables = [rows_of(file) for file in files]
    assert len(tables[0]) > 10_000
    assert tables[0] == tables[1]
    assert_agrees(tables[0], report)
    assert not re.search(r"\.0+[,}]", files[1].read_text(encoding="utf-8"))


def test_numbers_are_exact_and_texts_as_they_are(tiny: Path, home: Path) -> None:
    files = [home / f"findings{suffix}" for suffix in FORMS]
    report = api.check(tiny, "rules.yaml", findings=files)
    tables = [rows_of(file) for file in files]
    assert tables[0] == tables[1]
    assert_agrees(tables[0], report)
    mean = next(row for row in tables[0] if row["rule"] == "mean" and row["subject"] == "A")
    assert exact(mean["low"], mean["scale"]) == Fraction(1)
    assert exact(mean["high"], mean["scale"]) == Fraction(2)
    assert exact(mean["bound_1"], mean["bound_1_scale"]) == Fraction(2, 3)
    third = {row["subject"]: row for row in tables[0] if row["rule"] == "third"}
    assert exact(third["A"]["bound_1"], third["A"]["bound_1_scale"]) == Fraction(10, 3)
    assert third["A"]["required"] == ">= members / 3"
    assert third["A"]["name"] == HOSTILE
    assert (third["row 2"]["name"], third["row 2"]["bound_1"], third["row 2"]["verdict"]) == ("B, nameless", None, "undetermined")
    gap = next(row for row in tables[0] if row["rule"] == "gaps" and row["verdict"] == "violated")
    assert gap["window_label"] == f"{gap['window_first']}..{gap['window_last']}"


def test_every_column_is_documented(tiny: Path, home: Path) -> None:
    api.check(tiny, "rules.yaml", findings=[home / "findings.ndjson"])
    page, _ = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8").split("## Values of indicators")
    told = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    with (home / "findings.ndjson").open(encoding="utf-8") as stream:
        assert list(json.loads(next(stream))) == told


@pytest.mark.usefixtures("home")
def test_a_large_submission_tells_what_is_not_satisfied_and_all_if_asked(faulty: Written, large: Written) -> None:
    listed, everything = large
    assert max(Counter((finding.rule, finding.verdict) for finding in listed.findings).values()) == USUAL.listed
    whole = [row for row in rows_of(faulty[1][0]) if f"{row['rule']}/".startswith(tuple(f"{each}/" for each in OF_EACH_FORM))]
    assert rows_of(everything[0]) == whole
    cut = Path("cut.parquet")
    report = api.check(FAULTY, select=OF_EACH_FORM, findings=[cut], tuning=LARGE)
    counts = Counter(row["verdict"] for row in rows_of(cut))
    assert {verdict: counts[verdict] for verdict in ("violated", "undetermined")} == {
        verdict: report.count(Verdict(verdict)) for verdict in ("violated", "undetermined")
    }
    of_all = [row for row in whole if row["verdict"] in {"violated", "undetermined", "pending", "waived"}]
    assert [row for row in rows_of(cut) if row["verdict"] in {"violated", "undetermined", "pending", "waived"}] == of_all


def test_the_same_input_gives_the_same_bytes(home: Path, faulty: Written) -> None:
    files = [home / f"again{suffix}" for suffix in FORMS]
    api.check(FAULTY, findings=files, all_findings=True)
    assert [file.read_bytes() for file in files] == [file.read_bytes() for file in faulty[1]]


def test_a_large_input_gives_the_same_bytes(home: Path, large: Written) -> None:
    files = [home / f"again{suffix}" for suffix in FORMS]
    api.check(FAULTY, select=OF_EACH_FORM, findings=files, all_findings=True, tuning=LARGE)
    assert [file.read_bytes() for file in files] == [file.read_bytes() for file in large[1]]


@pytest.mark.parametrize(
    ("files", "code", "says"),
    [
        (["findings.parket"], "unknown-suffix", "did you mean 'findings.parquet'?"),
        (["findings.json"], "unknown-suffix", "did you mean 'findings.ndjson'?"),
        (["findings"], "unknown-suffix", "ends in one of .parquet, .ndjson, .xlsx, .csv"),
        (["a.csv", "a.csv"], "same-file", "twice"),
        (["a\0.csv"], "cannot-write", "no name can have"),
        (["nowhere/a.csv"], "cannot-write", "there is no folder 'nowhere'"),
        (["folder.csv"], "cannot-write", "it is a folder"),
    ],
)
@pytest.mark.usefixtures("home")
def test_files_that_cannot_be_written_are_refused_before_anything_is_judged(files: list[str], code: str, says: str) -> None:
    Path("folder.csv").mkdir()
    with pytest.raises(UsageError) as raised:
        api.check("there is no submission", findings=files)
    (problem,) = raised.value.problems
    assert problem.code == code
    assert says in str(problem)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_all_files_are_written_or_none(tiny: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("old.csv", "old.ndjson"):
        (home / name).write_text("old", encoding="utf-8")
    full = home / "full.ndjson"
    write, done = Duck.copy, list[Path]()

    def onto_a_full_disk(engine: Duck, query: str, path: Path, options: str) -> None:
        write(engine, query, Path("/dev/full") if done else path, options)
        done.append(path)

    monkeypatch.setattr(Duck, "copy", onto_a_full_disk)
    with pytest.raises(CheckerError) as raised:
        api.check(tiny, "rules.yaml", findings=[home / "old.csv", home / "old.ndjson", full])
    assert "full.ndjson: error: the findings cannot be written: there is no room left on the disk" in str(raised.value)
    assert {(home / name).read_text(encoding="utf-8") for name in ("old.csv", "old.ndjson")} == {"old"}
    assert {path.name for path in home.iterdir()} - {"cache"} == {"filed.json", "old.csv", "old.ndjson", "rules.yaml"}


@pytest.mark.usefixtures("home")
def test_a_report_lists_as_many_as_are_asked_for_and_counts_the_others(faulty: Written) -> None:
    whole, cut = faulty[0], api.check(FAULTY, max_findings=2)
    listed = Counter((finding.rule, finding.verdict) for finding in cut.findings)
    assert max(listed.values()) == 2
    assert set(cut.findings) <= set(whole.findings)
    assert set(listed) == {(finding.rule, finding.verdict) for finding in whole.findings}
    assert (cut.rules, cut.standings) == (whole.rules, whole.standings)
    of_windows = Counter[Verdict]()
    for finding in whole.findings:
        of_windows[finding.verdict] += finding.windows
    for finding in cut.findings:
        of_windows[finding.verdict] -= finding.windows
    assert dict(cut.left_out) == +of_windows
    assert whole.left_out == ()
    assert api.check(FAULTY, max_findings=0) == whole
    with pytest.raises(UsageError):
        api.check(FAULTY, max_findings=-1)


@pytest.mark.usefixtures("home")
def test_an_earlier_report_that_does_not_list_all_is_refused() -> None:
    report = api.check(COMPANIES)
    for name, most in (("whole", 0), ("cut", 1)):
        with Path(f"{name}.json").open("w", encoding="utf-8") as stream:
            CHECK["json"](api.check(COMPANIES, max_findings=most), stream, Presentation())
    whole = api.check(COMPANIES, baseline="whole.json")
    assert "partial-report" not in {notice.code for notice in whole.notices}
    assert whole.known == report.count(Verdict.VIOLATED)
    with pytest.raises(UsageError, match="counts 1 violation that it does not list"):
        api.check(COMPANIES, baseline="cut.json")


def test_few_findings_among_many_bodies_are_in_order(home: Path) -> None:
    (home / "rules.yaml").write_text(RULES, encoding="utf-8")
    (home / "filed").mkdir()
    lines = ["0,x" if number % 1_000 == 8 else f"{number},5" for number in range(20_000)]
    (home / "filed" / "organisations.csv").write_text("\n".join(["id,members", *lines, ""]), encoding="utf-8")
    (home / "filed" / "submission.yaml").write_text("period: 2019\nas_of: 2019-12-31\n", encoding="utf-8")
    broken = ["records/organisations/members/allowed", "records/organisations/id/unique"]
    api.check("filed", "rules.yaml", select=broken, findings=["few.ndjson"], tuning=Tuning(small=-1))
    faulty = [number + 1 for number in range(20_000) if number % 1_000 == 8]
    found = [(row["rule"], row["row_number"]) for row in rows_of(home / "few.ndjson")]
    assert found == [(rule, row) for rule in broken for row in faulty]
