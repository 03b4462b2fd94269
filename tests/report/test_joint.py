"""The overview of several submissions."""

from __future__ import annotations

import io

import pytest

from checker.display_width import text_width
from checker.errors import Place, Problem
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.exit import Exit
from checker.report.formats import PAPER
from checker.report.joint import Outcome, joint_paper
from checker.report.say.wording import Wording
from tests.report.fixture import report
from tests.said import just

BROKEN = Problem(
    "no-table", just("there is no table in it"), just("Hand in a table for each of the records of the rulebook, and say which.")
)


def outcomes() -> list[Outcome]:
    """One in order, one that violates something, one that could not be read, and one with a long name at which it failed."""
    made = report()
    clean = made._replace(rules=tuple(rule._replace(counts=()) for rule in made.rules))
    return [
        Outcome("north", "in/north", Exit.CLEAN).of(clean, Exit.CLEAN),
        Outcome("south", "in/south", Exit.CLEAN, files=(("json", "south.json"),)).of(made, Exit.VIOLATED),
        Outcome("east", "in/east", Exit.INPUT, (BROKEN._replace(place=Place("in/east/x.xlsx")),)),
        Outcome("a name that goes on and on and on", "in/west", Exit.FAULT, (BROKEN,)),
    ]


@pytest.mark.parametrize(("language", "ends"), [("en", "Exit code 4: the program failed at 1 of 4"), ("vi", "Mã thoát 4: ")])
@pytest.mark.parametrize("number", [2, 3, 4])
def test_text_fits_into_80_columns(language: str, ends: str, number: int) -> None:
    stream = io.StringIO()
    wording = Wording(language)
    PAPER["text"](joint_paper(outcomes()[:number], wording, wording("joint-hint"), 2), stream, Presentation())
    lines = stream.getvalue().splitlines()
    assert max(map(text_width, lines)) <= 80
    assert lines[-1].startswith(ends) is (number == 4)
    assert ("east" in stream.getvalue()) is (number > 2)
    assert "{name}" in stream.getvalue()


def test_numbers_stand_below_each_other_beside_what_could_not_be_judged() -> None:
    stream = io.StringIO()
    PAPER["text"](joint_paper(outcomes()[:3], Wording("en")), stream, Presentation())
    rows = [line for line in stream.getvalue().splitlines() if line.startswith(("Submission  ", "north ", "south "))]
    head, *counts = rows
    end = head.index("violated") + len("violated")
    assert [row[:end].split()[-1].isdigit() and row[end : end + 1] in {"", " "} for row in counts] == [True, True]


def test_what_was_judged_is_counted_apart_from_the_file() -> None:
    paper = joint_paper(outcomes(), Wording("en"))
    first, second, third, _ = list(paper.tables[0].rows)
    assert first[:3] == ("north", 0, 0)
    made = report()
    assert second[2] == sum(rule.count(Verdict.VIOLATED) for rule in made.rules if rule.own)
    assert third == ("east", 2, None, None, None, None)
    assert paper.made == made.run.as_of
    assert joint_paper(outcomes()[2:], Wording("en")).made.year == 2000
