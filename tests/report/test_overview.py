"""What a reader wants to know first."""

from __future__ import annotations

from datetime import date

import pytest

from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import Narrowing
from checker.report.overview import due_soon, overview, still_due
from checker.report.say.wording import Wording
from checker.report.tables import Table
from tests.report.fixture import body, report

EN = Wording("en")
TITLE = "A Party cell meets once every month"


def rows(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.rows]


def due_on(*days: date, bodies: int = 1) -> Report:
    one = next(item for item in report().findings if item.rule == "cell-monthly" and item.verdict is Verdict.PENDING)
    made: list[Finding] = [
        one._replace(due=day, subject=body(("D01", "District"), (f"C{number}", f"Cell {number}")))
        for day in days
        for number in range(bodies)
    ]
    return report()._replace(findings=tuple(reversed(made)))


@pytest.mark.parametrize(
    ("day", "soon"),
    [(date(2019, 12, 15), True), (date(2020, 2, 13), True), (date(2020, 2, 14), False)],
)
def test_what_is_due_within_sixty_days_is_due_soon(day: date, soon: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert rows(due_soon(due_on(day), EN)) == ([(TITLE, day, 1, "Cell 0")] if soon else [])


def test_the_day_that_is_asked_for_goes_before_sixty_days() -> None:
    what = due_on(date(2019, 12, 20), date(2020, 12, 20))
    assert len(rows(due_soon(what, EN, Narrowing(due_by=date(2020, 12, 20))))) == 2
    assert rows(due_soon(what, EN, Narrowing(due_by=date(2019, 12, 19)))) == []
    assert rows(due_soon(what, EN, Narrowing(body="C1"))) == []


def test_many_bodies_on_one_day_are_one_row() -> None:
    assert rows(due_soon(due_on(date(2019, 12, 31), bodies=5), EN)) == [
        (TITLE, date(2019, 12, 31), 5, "Cell 0; Cell 1; Cell 2; and 2 more")
    ]


def test_the_last_days_of_the_calendar_are_no_fault() -> None:
    late = due_on(date.max)._replace(run=report().run._replace(as_of=date.max))
    assert [row[1] for row in rows(due_soon(late, EN))] == [date.max]


def test_still_due_counts_what_is_not_listed_too() -> None:
    assert rows(still_due(report(), EN)) == [
        (TITLE, 1, date(2019, 12, 31)),
        ("Working regulations are reviewed every year", 1, date(2020, 6, 1)),
    ]
    assert rows(still_due(report()._replace(findings=()), EN))[0] == (TITLE, 1, None)


def test_the_overview_counts_breaches_apart_from_what_is_wrong_with_the_file() -> None:
    tables = {table.name: rows(table) for table in overview(report(), EN)}
    assert list(tables) == ["verdicts", "breaches-by-severity", "standings", "most-breached"]
    assert tables["verdicts"][0] == (Verdict.VIOLATED, 9, 1)
    assert sum(int(str(row[1])) for row in tables["breaches-by-severity"]) == 9
    assert tables["most-breached"][0][2] == 4


def test_standings_that_are_not_listed_are_counted() -> None:
    tables = {table.name: rows(table) for table in overview(report()._replace(standings_left_out=(("satisfactory", 7),)), EN)}
    assert ("Satisfactory", 8) in tables["standings"]
