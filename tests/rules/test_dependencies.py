"""What a rule may require of others, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RulesError
from checker.model.words import Verdict
from checker.rules.circles import circles
from checker.rules.loading import load

from .book import BOOK

BEFORE = "    severity: minor\n    for: clubs\n"


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    text = BOOK
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    file = folder / "rules.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def required(folder: Path, written: str) -> tuple[tuple[str, Verdict], ...]:
    book = load(changed(folder, (BEFORE, f"{BEFORE}    requires: {written}\n")))
    return next(rule.requires for rule in book.rules if rule.id == "meets-often")


@pytest.mark.parametrize(
    ("written", "requires"),
    [
        ("meets", [("meets", Verdict.SATISFIED)]),
        ("[meets, enough-members]", [("meets", Verdict.SATISFIED), ("enough-members", Verdict.SATISFIED)]),
        ("{meets: violated}", [("meets", Verdict.VIOLATED)]),
    ],
)
def test_rules_are_required(tmp_path: Path, written: str, requires: list[tuple[str, Verdict]]) -> None:
    assert required(tmp_path, written) == tuple(requires)


@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        ("meet", "unknown-name", "did you mean 'meets'"),
        ("{meets: breached}", "unknown-value", "'breached' is not a verdict that can be required"),
        ("[meets, meets]", "duplicate-value", "names a rule twice"),
        ("[]", "empty", "empty list"),
        ("attended", "requires-other-record", "'attended' is about meetings, and 'meets-often' about clubs"),
        ("records/clubs/id/unique", "integrity-rule", "follows from 'records:'"),
        ("meets-often", "requires-cycle", "'meets-often' → 'meets-often'"),
    ],
)
def test_what_cannot_be_required_is_said(tmp_path: Path, written: str, code: str, says: str) -> None:
    with pytest.raises(RulesError) as caught:
        required(tmp_path, written)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert says in str(problem)
    assert problem.place is not None
    assert problem.excerpt is not None
    assert "requires" in problem.excerpt


def test_a_circle_is_told_once_and_whole(tmp_path: Path) -> None:
    file = changed(
        tmp_path,
        (BEFORE, f"{BEFORE}    requires: [meets, enough-members]\n"),
        ("  - id: meets\n", "  - id: meets\n    requires: meets-often\n"),
    )
    with pytest.raises(RulesError) as caught:
        load(file)
    (problem,) = caught.value.problems
    assert "'meets' → 'meets-often' → 'meets'" in str(problem.message)


@pytest.mark.parametrize(
    ("leads", "ways"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"b": ["c"], "c": ["a"], "a": ["b"]}, [["b", "c", "a", "b"]]),
        ({"a": ["b"], "b": ["c", "a"], "c": ["b"], "d": ["d", "x"]}, [["a", "b", "a"], ["b", "c", "b"], ["d", "d"]]),
    ],
)
def test_every_circle_is_found_from_its_first_name(leads: dict[str, list[str]], ways: list[list[str]]) -> None:
    assert list(circles(leads)) == ways
