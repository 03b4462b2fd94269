"""Conditions about the bodies below: what is read, and what is said of those that are wrong."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from checker.errors import RulesError
from checker.model.law import All, Condition, Kin, Not
from checker.rules.loading import load

from .book import BOOK

BEFORE = "  - id: good\n"


def read(folder: Path, condition: str, *, tree: bool = True) -> Condition:
    assert BEFORE in BOOK
    assert "    parent: parent\n" in BOOK
    text = BOOK.replace(BEFORE, f"  - id: below\n    when: {condition}\n{BEFORE}")
    if not tree:
        text = text.replace("    parent: parent\n", "").replace("languages:", "body: clubs\nlanguages:")
    file = folder / "rules.yaml"
    file.write_text(text, encoding="utf-8")
    return next(standing.when for standing in load(file).standings if standing.id == "below")


def kin(relation: str = "children", **more: object) -> Kin:
    return Kin(f"below.{relation}.1", relation, ("bad",), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "means"),
    [
        ("{children: {standing: bad}}", kin()),
        ("{descendants: {standing: bad}, at_least: 3}", kin("descendants", at_least=3)),
        ("{children: {standing: bad}, at_least: 20%}", kin(share=Fraction(1, 5))),
        ("{children: {standing: bad}, more_than: 1/3}", kin(share=Fraction(1, 3), strict=True)),
        ("{children: {standing: bad}, more_than: 2}", kin(at_least=3)),
        ("{children: {standing: bad}, at_most: 0%}", Not(kin(share=Fraction(0), strict=True))),
        ("{children: {standing: bad}, at_most: 2}", Not(kin(at_least=3))),
        ("{children: {standing: bad}, less_than: 2}", Not(kin(at_least=2))),
    ],
)
def test_bounds(tmp_path: Path, condition: str, means: Condition) -> None:
    assert read(tmp_path, condition) == means


def test_several_bounds_and_standings(tmp_path: Path) -> None:
    found = read(tmp_path, "{children: {standing: [bad, small]}, at_least: 1, at_most: 50%}")
    assert isinstance(found, All)
    first, second = found.parts
    assert isinstance(first, Kin)
    assert isinstance(second, Not)
    assert first.standings == ("bad", "small")


@pytest.mark.parametrize(
    ("condition", "code", "says"),
    [
        ("{children: {standing: bda}}", "unknown-name", "did you mean 'bad'"),
        ("{children: {}}", "missing-key", "'standing' is missing"),
        ("{children: {standing: bad}, at_least: a few}", "bad-number", "'at_least' should be a number or a share of bodies"),
        ("{children: {standing: bad}, at_least: 120%}", "bad-number", "a share of them, such as 20%"),
        ("{children: {standing: bad}, at_least: 0%}", "bad-number", "'at_least'"),
        ("{violated: {}, at_most: 2}", "unknown-key", "'at_most' does not go with 'violated'"),
        ("{childs: {standing: bad}}", "unknown-key", "did you mean 'children'"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, condition: str, code: str, says: str) -> None:
    with pytest.raises(RulesError) as caught:
        read(tmp_path, condition)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert says in str(problem)
    assert problem.place is not None


def test_without_a_tree_there_is_nothing_below(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="'children' are the bodies below, and 'clubs' has no 'parent'"):
        read(tmp_path, "{children: {standing: bad}}", tree=False)
