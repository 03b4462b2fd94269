"""Rows that are there, and only do not meet the `where` of a form, are counted and said; of small and of large submissions."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import api
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.formats import CHECK
from checker.request import Tuning
from tests.ways import LARGE, SMALL

RULES = """\
rulebook: clubs
title: {en: Clubs, vi: Câu lạc bộ}
languages: [en, vi]
sources: {law: {title: Law}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings:
    title: {en: Meetings, vi: Cuộc họp}
    date: day
    fields:
      club: {ref: clubs}
      day: {type: date}
      type:
        title: {en: Type, vi: Loại}
        enum: [plenary, board]
        words: {plenary: {en: plenary, vi: toàn thể}, board: {en: board, vi: ban}}
      open: {title: {en: Open, vi: Công khai}, type: boolean}
terms: {open-meeting: {of: meetings, where: open}}
rules:
  - {id: often, title: Often, cites: law 1, for: clubs,
     require: {frequency: {of: open-meeting, where: "type = 'plenary'", per: half, at_least: 90}}}
  - {id: ever, title: Ever, cites: law 2, for: clubs, require: {coverage: {of: meetings, where: "type = 'plenary' and open"}}}
  - {id: seldom, title: Seldom, cites: law 3, for: clubs,
     require: {frequency: {of: meetings, where: "type = 'board'", per: half, at_most: 0}}}
  - {id: gaps, title: Gaps, cites: law 4, for: clubs,
     require: {spacing: {of: meetings, where: "type = 'plenary'", at_most: 10d}}}
"""
HALVES = {"2019-H1": range(1, 7), "2019-H2": range(7, 13)}


class Row(NamedTuple):
    """A row of meetings as it is submitted."""

    club: str
    day: str
    type: str
    open: str


ROWS = st.builds(
    Row,
    club=st.sampled_from(["A", "A", "B", ""]),
    day=st.sampled_from(["2019-01-05", "2019-03-31", "2019-08-20", "2018-12-31", ""]),
    type=st.sampled_from(["plenary", "board", "", "dinner"]),
    open=st.sampled_from(["true", "false", ""]),
)


def checked(rows: list[Row], folder: Path, tuning: Tuning = SMALL) -> Report:
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    sub = folder / "sub"
    sub.mkdir(exist_ok=True)
    (sub / "clubs.csv").write_text("id\nA\nB\n", encoding="utf-8")
    lines = [",".join(row) for row in rows]
    (sub / "meetings.csv").write_text("\n".join(["club,day,type,open", *lines, ""]), encoding="utf-8")
    return api.check(sub, folder / "rules.yaml", period="2019", as_of="2019-12-31", max_findings=0, tuning=tuning)


def beside(report: Report, rule: str) -> dict[tuple[str, str], int]:
    """How many rows are there besides, by subject and window of what is not satisfied."""
    unmet = {Verdict.VIOLATED, Verdict.UNDETERMINED}
    found = [each for each in report.findings if each.rule == rule and each.verdict in unmet]
    return {(each.subject.id, each.window.label if each.window else ""): each.beside for each in found}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, max_size=14))
@pytest.mark.parametrize("tuning", [SMALL, LARGE], ids=["small", "large"])
def test_they_are_as_many_as_are_counted_row_by_row(
    rows: list[Row], tuning: Tuning, tmp_path_factory: pytest.TempPathFactory
) -> None:
    report = checked(rows, tmp_path_factory.mktemp("clubs"), tuning)
    often = beside(report, "often")
    assert set(often) == {(club, half) for club in "AB" for half in HALVES}
    for (club, half), times in often.items():
        own = [row for row in rows if row.club == club and row.day.startswith("2019") and int(row.day[5:7]) in HALVES[half]]
        assert times == sum(row.type == "board" and row.open == "true" for row in own)
    # Without windows a row counts on whatever day it is, but for those after the reference date.
    for (club, _), times in beside(report, "ever").items():
        own = [row for row in rows if row.club == club and row.day]
        assert times == sum(row.type == "board" or row.open == "false" for row in own)


BOARDS = [Row("A", "2019-02-01", "board", "true"), Row("A", "2019-03-01", "board", "true"), Row("B", "2019-03-01", "board", "")]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return checked(BOARDS, tmp_path)


@pytest.mark.parametrize(
    ("language", "several", "one"),
    [
        ("en", "2 more do not meet the condition “Type is plenary and Open: yes”", "1 more does not meet"),
        ("vi", "2 dòng khác không đáp ứng điều kiện “Loại là toàn thể và", "1 dòng khác không đáp ứng"),
    ],
)
@pytest.mark.parametrize("name", ["text", "markdown", "html", "json"])
def test_every_format_says_how_many_and_which_condition(name: str, language: str, several: str, one: str, report: Report) -> None:
    stream = io.StringIO()
    CHECK[name](report._replace(run=report.run._replace(language=language)), stream, Presentation(width=300))
    assert several in stream.getvalue()
    assert one in stream.getvalue()


def test_where_too_many_count_those_that_do_not_are_not_spoken_of(report: Report) -> None:
    assert set(beside(report, "seldom").values()) == {0}


def test_of_a_gap_those_within_it_are_counted(report: Report) -> None:
    assert beside(report, "gaps") == {("A", "2019-01-01..2019-12-31"): 2, ("B", "2019-01-01..2019-12-31"): 1}


def test_json_gives_the_number(report: Report) -> None:
    stream = io.StringIO()
    CHECK["json"](report, stream, Presentation())
    found = [each for each in json.loads(stream.getvalue())["findings"] if each["rule"] == "ever"]
    assert [(each["subject"]["id"], each["beside"]) for each in found] == [("A", 2), ("B", 1)]
