"""Cells that can be read and may be meant otherwise, walked from CSV files to the notices of a report, small and large."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api
from checker.model.report import Report
from checker.model.words import Verdict
from checker.request import USUAL, Tuning

BOOK = """\
rulebook: odd
title: Odd
sources: {law: {title: Law}}
records:
  clubs:
    key: id
    fields:
      id: {}
      held: {type: date, formats: ["%d/%m/%Y", "%m/%d/%Y"]}
      sum: {type: number}
      status: {enum: [open, closed], default: open}
      chair: {required: true}
      rate: {type: number, min: 0, max: 1}
rules:
  - {id: early, cites: law 1, for: clubs, require: {condition: {that: "held < date '2019-06-01'"}}}
  - {id: cheap, cites: law 2, for: clubs, require: {condition: {that: sum < 100}}}
  - {id: is-open, cites: law 3, for: clubs, require: {condition: {that: status = 'open'}}}
  - {id: low, cites: law 4, for: clubs, require: {condition: {that: rate < 0.5}}}
"""


@pytest.fixture(params=["small", "large"])
def way(request: pytest.FixtureRequest) -> Tuning:
    return USUAL if request.param == "small" else Tuning(small=-1)


def report(way: Tuning, folder: Path, table: str, *, select: tuple[str, ...] = ()) -> Report:
    (folder / "odd.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "in").mkdir()
    (folder / "in" / "clubs.csv").write_text(table, encoding="utf-8")
    return api.check(folder / "in", folder / "odd.yaml", as_of="2019-12-31", period="2019", select=select, tuning=way)


def verdicts(found: Report, rule: str) -> dict[Verdict, int]:
    return dict(next(each.counts for each in found.rules if each.id == rule))


def noticed(found: Report) -> list[str]:
    return [f"{each.place.line if each.place else ''} {each.code}: {each.message}" for each in found.notices]


@pytest.mark.parametrize("select", [(), ("early",)])
def test_days_in_two_orders(way: Tuning, tmp_path: Path, select: tuple[str, ...]) -> None:
    found = report(
        way, tmp_path, "id,held,chair\nA,08/01/2019,An\nB,12/25/2018,Binh\nC, 09/01/2019,Chi\nD,05/05/2019,Dung\n", select=select
    )
    assert verdicts(found, "early") == {Verdict.SATISFIED: 2, Verdict.UNDETERMINED: 2}
    assert noticed(found) == [
        (
            "3 day-order: in 'held' 2 cells such as '08/01/2019' (line 2) may be one day by '%d/%m/%Y' or another by '%m/%d/%Y', "
            "and are unknown: '12/25/2018' shows that the column is written by the second too"
        )
    ]


@pytest.mark.parametrize("select", [(), ("cheap",)])
@pytest.mark.parametrize("proof", ["1.250.000", '"8.000,50"', '"8,5"', '"12,500"'])
def test_numbers_with_points_between_thousands(way: Tuning, tmp_path: Path, proof: str, select: tuple[str, ...]) -> None:
    found = report(way, tmp_path, f"id,sum,chair\nA,12.500,An\nB,{proof},Binh\nC,12.5,Chi\n", select=select)
    assert verdicts(found, "cheap") == {Verdict.SATISFIED: 1, Verdict.UNDETERMINED: 2}
    assert noticed(found) == [
        (
            "3 thousands: in 'sum' 1 cell, '12.500' (line 2) may be 12.5 or 12500, and is unknown: "
            f"'{proof.strip(chr(34))}' shows that the column is written with separators"
        )
    ]


@pytest.mark.parametrize("other", ["x", '"1,250.50"', '"1,250,000"', "13.5"])
def test_numbers_in_which_the_point_is_one(way: Tuning, tmp_path: Path, other: str) -> None:
    found = report(way, tmp_path, f"id,sum,chair\nA,12.500,An\nB,{other},Binh\n")
    assert verdicts(found, "cheap")[Verdict.SATISFIED] >= 1
    assert noticed(found) == []


def test_words_for_nothing_where_something_is_required(way: Tuning, tmp_path: Path) -> None:
    found = report(way, tmp_path, "id,chair\nA,N/A\nB,Không có\nC,-\nD,An\nE,\n")
    assert verdicts(found, "records/clubs/chair/required") == {Verdict.SATISFIED: 4, Verdict.VIOLATED: 1}
    assert noticed(found) == [
        "2 placeholder: 'chair' is required, and is 'N/A' here: 3 cells of it say in words that there is nothing"
    ]


def test_a_column_that_nobody_knows_takes_the_default_away(way: Tuning, tmp_path: Path) -> None:
    found = report(way, tmp_path, "id,chair,outcome\nA,An,closed\n")
    assert verdicts(found, "is-open") == {Verdict.UNDETERMINED: 1}
    assert noticed(found) == [
        (
            "1 unknown-column: column 'outcome' is not a field of 'clubs', and is not read; it may be 'status', "
            "which is missing and so is unknown, whatever its default"
        )
    ]


def test_a_missing_column_is_one_finding(way: Tuning, tmp_path: Path) -> None:
    found = report(way, tmp_path, "id,sum\nA,1\nB,2\nC,3\n")
    assert verdicts(found, "records/clubs/chair/required") == {Verdict.VIOLATED: 1}
    (finding,) = [each for each in found.findings if each.rule == "records/clubs/chair/required"]
    assert (finding.subject.id, finding.subject.row) == ("submission", None)
    assert [(row.file.rpartition("/")[2], row.line, row.values) for row in finding.evidence] == [
        ("clubs.csv", None, (("chair", None),))
    ]


def test_a_number_of_many_places_decides_by_its_neighbours(way: Tuning, tmp_path: Path) -> None:
    found = report(
        way, tmp_path, "id,rate,chair\nA,0.333333333333333,An\nB,0.50000000001,Binh\nC,0.49999999999,Chi\nD,1.00000001,Dung\n"
    )
    assert verdicts(found, "low") == {Verdict.SATISFIED: 2, Verdict.VIOLATED: 1, Verdict.UNDETERMINED: 1}
    assert verdicts(found, "records/clubs/rate/allowed") == {Verdict.SATISFIED: 3, Verdict.VIOLATED: 1}
