"""Every value of an indicator in a file: what the report tells, in four forms, however large the submission."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from checker import api
from checker.errors import UsageError
from checker.model.report import Report
from checker.report.say.indicators import value_text
from checker.report.say.wording import Wording
from checker.request import USUAL, Tuning
from tests.walk.test_findings import rows_of

ROOT = Path(__file__).parents[2]
LARGE = Tuning(small=-1, batch=3)
FORMS = (".parquet", ".ndjson", ".csv", ".xlsx")
RULES = """\
rulebook: tiny
title: Tiny
languages: [en, vi]
body: branches
sources: {law: {title: Law}}
records:
  branches: {key: id, label: name, parent: parent, fields: {id: {}, name: {}, parent: {ref: branches}}}
  offices: {key: id, belongs_to: branch, fields: {id: {}, branch: {ref: branches}, surplus: {type: number}}}
  meetings:
    key: id
    date: date
    fields: {id: {}, office: {ref: offices}, date: {type: date}, present: {type: integer}, bound: {type: integer}}
indicators:
  - {id: attendance, title: {en: Attendance, vi: Tham dự}, for: offices, per: half,
     measure: {rate: {of: meetings, part: present, whole: bound}}}
  - {id: held, title: {en: "=Held", vi: "=Đã họp"}, for: offices, per: half, measure: {count: {of: meetings}}}
  - {id: net, title: {en: Net, vi: Số dư}, for: offices, measure: {value: surplus}}
  - {id: branches, title: {en: Offices, vi: Văn phòng}, for: branches, measure: {count: {of: offices}}}
rules:
  - {id: met, title: Met, cites: law art. 1, for: branches, require: {coverage: {of: offices, at_least: 1}}}
"""
FILED = {
    "branches": [{"id": "R", "name": "Root"}, {"id": "B", "name": "Branch", "parent": "R"}],
    "offices": [
        {"id": "A", "branch": "B", "surplus": "-2.5"},
        {"id": "C", "branch": "R", "surplus": "x"},
        {"id": "", "branch": "B"},
    ],
    "meetings": [
        {"id": "1", "office": "A", "date": "2019-02-01", "present": "2", "bound": "3"},
        {"id": "2", "office": "A", "date": "2019-08-01", "present": "1", "bound": "2"},
        {"id": "3", "office": "C", "date": "2019-03-01", "present": "", "bound": "4"},
        {"id": "4", "office": "C", "date": "2019-04-01", "present": "3", "bound": "4"},
    ],
}


@pytest.fixture
def tiny(home: Path) -> Path:
    """Two bodies, three offices, of which one has no key; a cell is missing, a window not over."""
    (home / "rules.yaml").write_text(RULES, encoding="utf-8")
    filed = {"submission": {"period": "2019", "as_of": "2019-09-30"}, "tables": FILED}
    (home / "filed.json").write_text(json.dumps(filed), encoding="utf-8")
    return home / "filed.json"


def told(report: Report, language: str) -> list[dict[str, Any]]:
    """What the report says, in the form of the data."""
    found = []
    for each in report.indicators:
        for value in each.values:
            subject, window = value.subject, value.window
            (part_low, part_high), (whole_low, whole_high) = value.ratio or ((None, None), (None, None))
            found.append(
                {
                    "indicator": each.id,
                    "title": each.title.in_(language),
                    "measured": each.kind.value,
                    "record": subject.record,
                    "subject": subject.id,
                    "name": subject.name,
                    "row_number": subject.row,
                    "body": subject.path[-1][0] if subject.path else None,
                    "window_label": window and window.label,
                    "window_first": window and window.first,
                    "window_last": window and window.last,
                    "state": value.state.value,
                    "reason": value.reason,
                    "low": value.low,
                    "high": value.high,
                    "part_low": part_low,
                    "part_high": part_high,
                    "whole_low": whole_low,
                    "whole_high": whole_high,
                }
            )
    return found


def data(path: Path) -> list[dict[str, Any]]:
    """The rows of a file as values of Python, without the name of the file that was read."""
    ends = ("part_low", "part_high")
    rows = [{name: value for name, value in row.items() if name != "file"} for row in rows_of(path)]
    return [row | {name: None if row[name] is None else Decimal(row[name]) for name in ends} for row in rows]


def cells(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


@pytest.mark.parametrize("tuning", [USUAL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_data_tells_what_the_report_tells(tiny: Path, home: Path, language: str, tuning: Tuning) -> None:
    files = [home / f"values{suffix}" for suffix in FORMS[:2]]
    report = api.check(tiny, "rules.yaml", indicators=files, language=language, tuning=tuning)
    found = told(report, language)
    assert len(found) == 3 * 2 * 2 + 3 + 2
    assert {row["state"] for row in found} == {"value", "open", "perhaps"}
    assert data(files[0]) == data(files[1]) == found


@pytest.mark.usefixtures("tiny")
def test_numbers_are_exact(home: Path) -> None:
    api.check("filed.json", "rules.yaml", indicators=["values.ndjson"], select=["attendance"])
    lines = (home / "values.ndjson").read_text(encoding="utf-8").splitlines()
    known, missing = (next(json.loads(line) for line in lines if json.loads(line)["subject"] == who) for who in "AC")
    ends = ("low", "high", "part_low", "part_high", "whole_low", "whole_high")
    assert [known[end] for end in ends] == [0.666666, 0.666667, 2, 2, 3, 3]
    assert [missing[end] for end in ends] == [0.375, 0.875, 3, 7, 8, 8]
    assert '"whole_low":3,' in lines[0]
    assert (known["file"], known["body"]) == ("filed.json", "B")


@pytest.mark.parametrize("tuning", [USUAL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize(("language", "delimiter"), [("en", ","), ("vi", ";")])
def test_people_are_told_the_same_in_words(tiny: Path, home: Path, language: str, delimiter: str, tuning: Tuning) -> None:
    files = [home / "values.csv", home / "values.xlsx"]
    report = api.check(tiny, "rules.yaml", indicators=files, language=language, tuning=tuning)
    wording = Wording(language)
    found = cells(files[0], delimiter)
    named = {key: wording(f"column-{key}") for key in ("indicator-id", "subject-id", "body-id", "indicator-value", "under")}
    assert [
        (row[named["indicator-id"]], row[named["subject-id"]], row[named["body-id"]], row[named["indicator-value"]].lstrip("'"))
        for row in found
    ] == [
        (each.id, value.subject.id, value.subject.path[-1][0], value_text(each.kind, value, wording))
        for each in report.indicators
        for value in each.values
    ]
    assert {row[named["under"]] for row in found} == {"", "Root"}
    sheet = openpyxl.load_workbook(files[1]).worksheets[1]
    assert sheet.max_row == len(found) + 1
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n", "d"}


@pytest.mark.usefixtures("tiny")
def test_the_cells_of_a_spreadsheet(home: Path) -> None:
    for language in ("en", "vi"):
        api.check("filed.json", "rules.yaml", indicators=[f"{language}.csv"], language=language)
    english, vietnamese = (home / f"{language}.csv" for language in ("en", "vi"))
    assert english.read_bytes().startswith(b"\xef\xbb\xbf")
    first, second, _, half, *_ = (line for line in english.read_text(encoding="utf-8-sig").splitlines()[1:])
    assert (
        first
        == "Attendance,A,the first half of 2019,66.67%,0.666666,0.666667,2,3,2019-01-01,2019-06-30,Branch,Root,attendance,B,A"
    )
    assert (
        second == "Attendance,A,the second half of 2019,50% so far,0.5,0.5,1,2,2019-07-01,2019-12-31,Branch,Root,attendance,B,A"
    )
    assert half.startswith("Attendance,C,the second half of 2019,nothing to measure so far,,,,,2019-07-01,")
    rows = cells(vietnamese, ";")
    net = next(row for row in rows if row["Mã chỉ tiêu"] == "net" and row["Mã đối tượng"] == "A")
    assert (net["Giá trị"], net["Ít nhất là"], net["Tổ chức"]) == ("-2,5", "-2,5", "Branch")
    assert {row["Chỉ tiêu"] for row in rows} == {"Tham dự", "'=Đã họp", "Số dư", "Văn phòng"}


def test_every_column_is_documented(tiny: Path, home: Path) -> None:
    api.check(tiny, "rules.yaml", indicators=[home / "values.ndjson"])
    _, page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8").split("## Values of indicators")
    documented = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    with (home / "values.ndjson").open(encoding="utf-8") as stream:
        assert list(json.loads(next(stream))) == documented


def test_the_shipped_example(home: Path) -> None:
    file = home / "values.ndjson"
    report = api.check(ROOT / "examples" / "companies-faulty", indicators=[file])
    found = data(file)
    assert found == told(report, "en")
    shares = {row["subject"]: (row["low"], row["part_low"], row["whole_low"]) for row in found if row["measured"] == "ratio"}
    assert shares["KAVERI-1"] == (1, 4, 4)
    assert shares["KAVERI-2"] == (None, None, None)
    assert shares["KAVERI-6"] == (0, 0, 4)
    assert [row["low"] for row in found if row["indicator"] == "directors-in-office"] == [2, 1, 0, 16]


@pytest.mark.parametrize("tuning", [USUAL, LARGE], ids=["small", "large"])
def test_the_same_input_gives_the_same_bytes(tiny: Path, home: Path, tuning: Tuning) -> None:
    written = []
    for turn in ("first", "second"):
        files = [home / f"{turn}{suffix}" for suffix in FORMS]
        api.check(tiny, "rules.yaml", indicators=files, tuning=tuning)
        written.append([file.read_bytes() for file in files])
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert written[0] == written[1]


def test_parts_change_nothing(tiny: Path, home: Path) -> None:
    for name, tuning in (("whole", USUAL), ("parts", USUAL._replace(batch=1)), ("large", LARGE)):
        api.check(tiny, "rules.yaml", indicators=[home / f"{name}.csv"], tuning=tuning)
    assert (home / "whole.csv").read_bytes() == (home / "parts.csv").read_bytes() == (home / "large.csv").read_bytes()


@pytest.mark.usefixtures("tiny")
def test_without_indicators_there_are_no_rows(home: Path) -> None:
    (home / "rules.yaml").write_text(RULES.replace(RULES[RULES.index("indicators:") : RULES.index("rules:\n")], ""), "utf-8")
    files = [home / f"values{suffix}" for suffix in FORMS]
    api.check("filed.json", "rules.yaml", indicators=files)
    assert (data(files[0]), files[1].read_bytes(), cells(files[2])) == ([], b"", [])
    assert files[2].read_text(encoding="utf-8-sig").startswith("Indicator,Subject,Window,Value,")
    assert openpyxl.load_workbook(files[3]).worksheets[1].max_row == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"indicators": ["a.json"]}, "the values of indicators are not written as '.json'"),
        ({"indicators": ["nowhere/a.csv"]}, "the values of indicators cannot be written: there is no folder 'nowhere'"),
        ({"findings": ["a.csv"], "indicators": ["a.csv"]}, "are to be written to a file that is named twice"),
    ],
)
@pytest.mark.usefixtures("home")
def test_files_that_cannot_be_written_are_refused_before_anything_is_judged(given: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError) as raised:
        api.check("there is no submission", **given)
    assert says in str(raised.value)


@pytest.mark.usefixtures("tiny")
def test_findings_and_values_are_written_all_or_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "old.csv").write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("checker.engine.duckdb.database.Duck.copy", full)
    with pytest.raises(UsageError) as raised:
        api.check("filed.json", "rules.yaml", findings=["old.csv"], indicators=["new.ndjson"])
    assert "new.ndjson: error: the values of indicators cannot be written: there is no room left" in str(raised.value)
    assert (home / "old.csv").read_text(encoding="utf-8") == "old"
    assert not (home / "new.ndjson").exists()
