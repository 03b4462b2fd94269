"""Findings for people: what the report tells, one row each, in files that a spreadsheet opens, by batches."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from checker import api
from checker.display_width import visible
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import ALL
from checker.report.for_people import TOLD
from checker.report.letters.letter import letters_of
from checker.report.say.message import describe
from checker.report.say.wording import Wording
from checker.report.xlsx import book
from checker.request import USUAL, Tuning

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "examples" / "rach-gia-2019-faulty"
RULES = """\
rulebook: tiny
title: Tiny
body: organisations
sources: {law: {title: Law}}
records:
  organisations: {key: id, label: name, fields: {id: {}, name: {}, members: {type: integer}}}
rules:
  - {id: big, title: "=Big", cites: law art. 1, for: organisations, require: {condition: {that: members > 9}}, remedy: "@grow"}
"""

LAW = """\
rulebook: law
title: Law
languages: [en, vi]
body: organisations
sources: {law: {title: Law}}
records:
  organisations:
    key: id
    label: name
    parent: parent
    fields: {id: {}, name: {}, parent: {ref: organisations}, members: {type: integer, min: 0}}
  meetings:
    key: id
    date: date
    fields: {id: {}, organisation: {ref: organisations}, date: {type: date}, present: {type: integer}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: organisations, remedy: Meet,
     require: {frequency: {of: meetings, per: quarter, at_least: 1}}}
  - {id: big, title: Big, cites: law art. 2, for: organisations, require: {condition: {that: members > 9}}}
  - {id: attended, title: Attended, cites: law art. 3, for: meetings, require: {condition: {that: present > 2}}}
"""


@pytest.fixture
def law(home: Path) -> Path:
    """Twenty organisations in a tree, with meetings of some of them; cells are missing, wrong, or of nobody."""
    (home / "law.yaml").write_text(LAW, encoding="utf-8")
    organisations = [
        {"id": f"O{n}", "name": f"Tổ chức {n}", "parent": f"O{n // 3}" if n else "", "members": "x" if n == 7 else str(n)}
        for n in range(20)
    ]
    meetings = [
        {
            "id": f"M{n}",
            "organisation": f"O{n % 23}" if n != 5 else "",
            "date": f"2019-{1 + n % 12:02}-01" if n % 9 else "",
            "present": str(n % 5),
        }
        for n in range(60)
    ]
    filed = {
        "submission": {"period": "2019", "as_of": "2019-11-30"},
        "tables": {"organisations": organisations, "meetings": meetings},
    }
    (home / "filed.json").write_text(json.dumps(filed), encoding="utf-8")
    return home / "filed.json"


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def sheets(path: Path) -> list[list[dict[str, Any]]]:
    found = []
    for sheet in openpyxl.load_workbook(path).worksheets[1:]:
        header, *others = sheet.iter_rows(values_only=True)
        found.append([dict(zip(header, row, strict=True)) for row in others])
    return found


def said(report: Report) -> Counter[tuple[str, ...]]:
    """What the report says of what is not satisfied and does apply."""
    rules = {rule.id: rule for rule in report.rules}
    return Counter(
        (
            each.rule,
            each.verdict.value,
            each.subject.id,
            describe(each, rules[each.rule], Wording(report.run.language, report.names)),
        )
        for each in report.findings
        if each.verdict in TOLD
    )


def test_people_are_told_what_the_report_tells(home: Path) -> None:
    report = api.check(FAULTY, language="en", findings=[home / "all.csv", home / "all.xlsx"])
    found = rows(home / "all.csv")
    assert Counter((row["Rule id"], row["Verdict"], row["Subject id"], row["Found"]) for row in found) == said(report)
    (sheet,) = sheets(home / "all.xlsx")
    assert [[str(cell or "") for cell in row.values() if not hasattr(cell, "year")] for row in sheet] == [
        [cell for key, cell in row.items() if not (key == "Due" and cell)] for row in found
    ]
    places = {row["Where"] for row in found if row["Rule id"] == "records/meetings/organisation/required"}
    assert places == {"meetings.csv:121"}


def test_batches_change_nothing(law: Path, home: Path) -> None:
    api.check(law, "law.yaml", findings=[home / "whole.csv"])
    api.check(law, "law.yaml", findings=[home / "parts.csv"], tuning=Tuning(batch=7))
    api.check(law, "law.yaml", findings=[home / "large.csv"], tuning=Tuning(batch=7, small=-1))
    whole = (home / "whole.csv").read_bytes()
    assert len(whole.splitlines()) > 70
    assert (home / "parts.csv").read_bytes() == whole
    assert (home / "large.csv").read_bytes() == whole


def test_everything_is_told_if_asked(law: Path, home: Path) -> None:
    report = api.check(law, "law.yaml", findings=[home / "all.csv"], all_findings=True)
    counts = Counter(row["Verdict"] for row in rows(home / "all.csv"))
    listed = Counter[str]()
    for finding in report.findings:
        listed[finding.verdict.value.replace("-", " ")] += finding.windows
    assert counts == listed
    assert counts["satisfied"] > 10


@pytest.mark.parametrize("sign", [*"=+-@", "\t=", "\r=", "\n="])
def test_no_cell_is_a_formula(home: Path, sign: str) -> None:
    (home / "rules.yaml").write_text(RULES, encoding="utf-8")
    tables = {"organisations": [{"id": f"{sign}1", "name": f"{sign}cmd|' /C calc'!A0", "members": "1"}]}
    filed = {"submission": {"period": "2019", "as_of": "2019-12-31"}, "tables": tables}
    (home / "filed.json").write_text(json.dumps(filed), encoding="utf-8")
    api.check("filed.json", "rules.yaml", findings=["all.csv", "all.xlsx"])
    (row,) = rows(home / "all.csv")
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert (row["Rule"], row["Remedy"]) == ("'=Big", "'@grow")
    (sheet,) = openpyxl.load_workbook(home / "all.xlsx").worksheets[1:]
    cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))


def test_no_text_steers_a_terminal(home: Path) -> None:
    (home / "rules.yaml").write_text(RULES, encoding="utf-8")
    name = '\x1b[31mred\x07 over\u202egnp.exe, "quoted"'
    filed = {
        "submission": {"period": "2019", "as_of": "2019-12-31"},
        "tables": {"organisations": [{"id": "A", "name": name, "members": "1"}]},
    }
    (home / "filed.json").write_text(json.dumps(filed), encoding="utf-8")
    api.check("filed.json", "rules.yaml", findings=["all.csv"])
    assert rows(home / "all.csv")[0]["Body"] == visible(name)


@pytest.mark.parametrize(("language", "delimiter"), [("en", ","), ("vi", ";")])
def test_a_spreadsheet_knows_letters_and_cells(law: Path, home: Path, language: str, delimiter: str) -> None:
    api.check(law, "law.yaml", language=language, findings=[home / "all.csv"])
    written = (home / "all.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    found = rows(home / "all.csv", delimiter)
    assert {len(row) for row in found} == {16}
    assert "Tổ chức 1" in {cell for row in found for cell in row.values()}


def test_what_a_sheet_does_not_hold_goes_on_in_the_next_and_that_is_said(
    law: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book.Book.__init__, "__defaults__", (51, *(book.Book.__init__.__defaults__ or ())[1:]))
    api.check(law, "law.yaml", findings=[home / "all.xlsx", home / "all.csv"])
    parts = sheets(home / "all.xlsx")
    assert [len(part) for part in parts[:-1]] == [50] * (len(parts) - 1)
    assert sum(map(len, parts)) == len(rows(home / "all.csv"))
    assert len(parts) > 1
    summary = openpyxl.load_workbook(home / "all.xlsx").worksheets[0]
    texts = [str(cell) for line in summary.iter_rows(values_only=True) for cell in line if cell]
    assert "goes on in 'Findings (2)': a sheet holds 51 rows" in texts


def parts_of(submission: Path, tuning: Tuning) -> tuple[Report, list[Report]]:
    parts: list[Report] = []

    def keep(_: Report, made: Iterator[Report]) -> None:
        parts.extend(made)

    return api.check(submission, "law.yaml", per_body=keep, max_findings=1, tuning=tuning), parts


@pytest.mark.parametrize("small", [1_000_000, -1])
def test_nobody_is_left_out_of_the_parts_by_body(law: Path, small: int) -> None:
    whole = {letter.body: letter for letter in letters_of(api.check(law, "law.yaml"), ALL)}
    for batch, least in ((USUAL.batch, 2), (5, 10)):
        _, parts = parts_of(law, Tuning(small=small, batch=batch))
        letters = [letter for part in parts for letter in letters_of(part, ALL)]
        assert {letter.body: letter for letter in letters} == whole
        assert len(letters) == len(whole)
        assert len(parts) >= least


def test_of_a_body_with_very_much_the_part_says_how_much_it_leaves_out(law: Path) -> None:
    report, parts = parts_of(law, Tuning(of_body=1))
    left_out = Counter[Verdict]()
    for part in parts:
        left_out.update(dict(part.left_out))
        if part.left_out:
            assert len({finding.subject.path for finding in part.findings}) == 1
    assert left_out[Verdict.VIOLATED] > 0
    told = sum(finding.verdict is Verdict.VIOLATED for part in parts for finding in part.findings)
    assert told + left_out[Verdict.VIOLATED] == report.count(Verdict.VIOLATED)
