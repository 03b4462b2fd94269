"""What `checker lint` writes for services that run checks."""

from __future__ import annotations

import io

import pytest

from checker.errors import Level, Place, Problem
from checker.lint import Linted
from checker.report import Presentation
from checker.report.formats import LINT
from tests.report.services.validators import accept_annotations, accept_junit, accept_sarif
from tests.said import just

LINE = "    severity: mayor"
PROBLEMS = (
    Problem("law-too-large", just("the rulebook is too large"), just("Make it smaller."), level=Level.WARNING),
    Problem("unknown-value", just("'mayor' is not possible"), just("Write one."), Place("a b.yaml", 3, 15), LINE, 5, "major"),
    Problem("no-rulebook", just("there is nothing here"), just("Name a folder."), Place("/elsewhere/á.yaml")),
    Problem("of-no-catalogue", just("100%: so, it is"), just("Do."), Place("a.yaml", 1), level=Level.NOTE),
)
ALL = [(Linted("book", PROBLEMS), Linted("other", ())), (), (Linted("other", ()),), (Linted("book", PROBLEMS * 12),)]


def written(name: str, linted: tuple[Linted, ...]) -> str:
    stream = io.StringIO()
    LINT[name](linted, stream, Presentation())
    return stream.getvalue()


@pytest.mark.parametrize("linted", ALL)
def test_every_format_is_accepted(linted: tuple[Linted, ...]) -> None:
    accept_sarif(written("sarif", linted))
    accept_junit(written("junit", linted))
    accept_annotations(written("github", linted))


def test_errors_come_first_and_their_columns_are_told() -> None:
    (first, second, third, fourth) = accept_annotations(written("github", ALL[0]))
    assert [first[0], second[0], third[0], fourth[0]] == ["error", "error", "warning", "notice"]
    assert (first[1]["line"], first[1]["col"], first[1]["endColumn"]) == ("3", "15", "20")
    assert fourth[2] == "100%: so, it is\nDo."
