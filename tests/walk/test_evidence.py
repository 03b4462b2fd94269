"""What is said of the rows behind a finding is counted: those that could decide it, those that count, those not listed."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from checker import api
from checker.model.period import Period
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.formats import CHECK, UNMET
from checker.report.grouping import deciding_left_out, deciding_rows

RULES = """\
rulebook: clubs
title: Clubs
sources: {law: {title: Law}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings:
    date: day
    fields: {club: {ref: clubs}, day: {type: date}, present: {type: integer}, invited: {type: integer}}
rules:
  - {id: many, title: Many, cites: law 1, for: clubs, require: {coverage: {of: meetings, exactly: 112}}}
  - {id: few, title: Few, cites: law 2, for: clubs, require: {coverage: {of: meetings, at_most: 2}}}
  - {id: full, title: F, cites: law 3, for: clubs, require: {rate: {of: meetings, part: present, whole: invited, at_least: 100%}}}
  - {id: often, title: Often, cites: law 4, for: clubs, require: {frequency: {of: meetings, per: quarter, exactly: 30}}}
"""
SURE, UNKNOWN = 100, 12


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A club with 100 meetings, 25 in each quarter, 15 of them without attendance; and 12 rows of which the day is not known."""
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES, encoding="utf-8")
    Path("sub").mkdir()
    Path("sub/clubs.csv").write_text("id\nA\n", encoding="utf-8")
    sure = [f"A,2019-{1 + 3 * (n % 4):02}-01,{'' if n >= SURE - 15 else 9},9" for n in range(SURE)]
    unknown = ["A,,9,9"] * UNKNOWN
    Path("sub/meetings.csv").write_text("\n".join(["club,day,present,invited", *sure, *unknown, ""]), encoding="utf-8")
    return api.check("sub", "rules.yaml", period=Period.parse("2019"), as_of=Period.parse("2019").last)


def text(report: Report, formats: str = "check") -> str:
    stream = io.StringIO()
    (CHECK if formats == "check" else UNMET)["text"](report, stream, Presentation(width=300))
    return stream.getvalue()


def said(text: str, rule: str) -> str:
    """What a report says of a rule."""
    return re.split(r"\n\n", text.partition(f") {rule}\n")[2])[0]


def test_rows_that_could_decide_are_listed_first_and_counted(report: Report) -> None:
    finding = next(each for each in report.findings if each.rule == "many")
    assert finding.verdict is Verdict.UNDETERMINED
    assert (len(finding.evidence), finding.evidence_left_out, len(finding.could_decide_unlisted)) == (10, SURE + UNKNOWN - 10, 2)
    many = said(text(report), "many")
    assert f"{UNKNOWN} rows could decide it" in many
    assert many.count("meetings.csv:") == 6
    assert "and 6 more" in many


def test_rows_that_count_with_an_empty_cell_could_decide_too(report: Report) -> None:
    finding = next(each for each in report.findings if each.rule == "full")
    assert {row.role for row in finding.evidence} == {"could-decide"}
    full = said(text(report), "full")
    assert f"{UNKNOWN + 15} rows could decide it" in full
    assert f"and {UNKNOWN + 15 - 6} more" in full


def test_a_row_behind_the_findings_of_several_windows_is_one(report: Report) -> None:
    often = [each for each in report.findings if each.rule == "often"]
    assert [len(each.could_decide_unlisted) for each in often] == [UNKNOWN - 10] * 4
    assert "and 6 more" in said(text(report), "often")


@pytest.mark.usefixtures("report")
def test_rows_that_may_be_anybodys_are_counted_once_for_each() -> None:
    """Of 3 clubs: 8 rows whose club is not known, 6 of them without a day; B has one of its own in the second quarter."""
    Path("rules.yaml").write_text(RULES.replace("exactly: 30", "exactly: 12"), encoding="utf-8")
    Path("sub/clubs.csv").write_text("id\nA\nB\nC\n", encoding="utf-8")
    anybodys = ["\ufffd,,9,9"] * 6 + ["\ufffd,2019-02-01,9,9", "\ufffd,2019-05-01,9,9"]
    own = ["B,2019-04-01,9,9", *["C,,9,9"] * 9]
    Path("sub/meetings.csv").write_text("\n".join(["club,day,present,invited", *anybodys, *own, ""]), encoding="utf-8")
    now = api.check("sub", "rules.yaml", period=Period.parse("2019"), as_of=Period.parse("2019").last)
    often = {club: [each for each in now.findings if (each.rule, each.subject.id) == ("often", club)] for club in "ABC"}
    assert {each.verdict for each in often["C"]} == {Verdict.UNDETERMINED}
    assert [len(each.could_decide_unlisted) for each in often["C"]] == [6, 6, 5, 5]
    assert [each.evidence_left_out for each in often["C"]] == [6, 6, 5, 5]
    # Of 17 rows in all the first 10 of each quarter are listed, which are 12 together.
    assert (len(deciding_rows(often["C"])), deciding_left_out(often["C"])) == (12, 5)
    few = {each.subject.id: each for each in now.findings if each.rule == "few"}
    assert {club: len(each.evidence) + each.evidence_left_out for club, each in few.items()} == {"A": 8, "B": 9, "C": 17}


def test_of_a_violation_the_rows_that_count_are_listed(report: Report) -> None:
    finding = next(each for each in report.findings if each.rule == "few")
    assert finding.verdict is Verdict.VIOLATED
    assert {row.role for row in finding.evidence} == {"counted"}
    assert f"and {SURE - 8} more" in said(text(report), "few")


def test_other_formats_count_alike(report: Report) -> None:
    stream = io.StringIO()
    CHECK["json"](report, stream, Presentation())
    (many,) = [each for each in json.loads(stream.getvalue())["findings"] if each["rule"] == "many"]
    assert (many["evidence_left_out"], many["could_decide_left_out"]) == (SURE + UNKNOWN - 10, 2)
    unmet = io.StringIO()
    UNMET["json"](report, unmet, Presentation())
    (duty,) = [each for each in json.loads(unmet.getvalue())["duties"] if each["rule"] == "many"]
    assert len(duty["hand_in"]) + duty["hand_in_left_out"] == UNKNOWN
    assert f"and {UNKNOWN - 8} more" in text(report, "unmet")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "its part and its whole contradict each other"), ("vi", "mâu thuẫn với nhau")]
)
@pytest.mark.parametrize("row", ["A,2019-05-01,12,9", "A,2019-05-01,-1,9", "A,2019-05-01,1,-9"])
def test_a_row_that_contradicts_itself_is_named(row: str, language: str, said: str, report: Report) -> None:
    assert "contradict" not in text(report)
    Path("sub/meetings.csv").write_text(f"club,day,present,invited\nA,2019-04-01,9,9\n{row}\n", encoding="utf-8")
    period = Period.parse("2019")
    now = api.check("sub", "rules.yaml", period=period, as_of=period.last, select=["full"], language=language)
    (finding,) = now.findings
    assert finding.verdict is Verdict.UNDETERMINED
    assert [each.line for each in finding.evidence if each.contradicts] == [3]
    for formats in ("check", "unmet"):
        assert "meetings.csv:3: " in text(now, formats)
        assert said in text(now, formats)


@pytest.mark.parametrize(
    ("named", "header", "cells", "called"),
    [
        ("key: no, label: name", "no,name", "M-7,May meeting", "M-7 (meetings.csv:2)"),
        ("label: name", "no,name", "M-7,May meeting", "May meeting (meetings.csv:2)"),
        ("key: no", "no,name", ",May meeting", "meetings.csv:2"),
        ("label: name", "no", "M-7", "meetings.csv:2"),
    ],
    ids=["key", "label", "an empty key", "a label that is not submitted"],
)
def test_a_row_is_called_by_its_key_or_its_label(
    named: str, header: str, cells: str, called: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rules = RULES.replace("    date: day\n", f"    date: day\n    {named.replace(', ', chr(10) + '    ')}\n")
    Path("rules.yaml").write_text(rules.replace("fields: {club", "fields: {no: {}, name: {}, club"), encoding="utf-8")
    Path("sub").mkdir()
    Path("sub/clubs.csv").write_text("id\nA\n", encoding="utf-8")
    Path("sub/meetings.csv").write_text(f"{header},club,day,present,invited\n{cells},A,2019-04-01,,9\n", encoding="utf-8")
    period = Period.parse("2019")
    now = api.check("sub", "rules.yaml", period=period, as_of=period.last, select=["full"])
    lines = text(now).splitlines()
    assert f"{called}: present is empty" in {line.strip() for line in lines}


PREPARED = """\
rulebook: clubs
title: Clubs
sources: {law: {title: Law}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings:
    key: id
    date: day
    fields:
      {id: {}, club: {ref: clubs, required: true}, day: {type: date, required: true}, kind: {enum: {board: [], members: []}}}
terms:
  of-members: {of: meetings, where: kind = 'members'}
  of-boards: {of: meetings, where: kind = 'board'}
rules:
  - id: prepared
    title: Prepared
    cites: law 1
    for: of-members
    require: {sequence: {of: of-boards, by: {club: club}, before: day, at_most: 1 month}}
"""


@pytest.mark.parametrize(
    ("club", "could_decide"),
    [
        # Of whom it is not known whose meeting it is: the boards of the month before it, and one without a day.
        ("", {"B2", "B3", "C2", "C5"}),
        # Of whom it is known: what certainly is its own, and of the others those that may be.
        ("B", {"C5"}),
    ],
)
def test_a_row_on_a_day_that_is_not_allowed_could_not_decide(club: str, could_decide: set[str], tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(PREPARED, encoding="utf-8")
    (tmp_path / "clubs.csv").write_text("id\nA\nB\nC\n", encoding="utf-8")
    rows = ["M,CLUB,2019-06-15,members", "B1,B,2019-05-14,board"]
    if not club:
        rows += ["B2,B,2019-05-15,board", "B3,B,2019-06-15,board"]
    rows += ["C1,C,2019-01-10,board", "C2,C,2019-06-01,board", "C3,C,2019-06-16,board", "C5,,,board", "C6,,2019-04-01,board"]
    lines = "\n".join(["id,club,day,kind", *rows, ""]).replace("CLUB", club)
    (tmp_path / "meetings.csv").write_text(lines, encoding="utf-8")
    report = api.check(tmp_path, tmp_path / "rules.yaml", period=Period.parse("2019"), as_of=Period.parse("2019").last)
    (finding,) = (each for each in report.findings if each.rule == "prepared")
    assert finding.verdict is Verdict.UNDETERMINED
    assert {each.called for each in finding.evidence if each.role == "could-decide"} == could_decide
