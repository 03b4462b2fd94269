"""Every case of every shipped rulebook gives the verdict that it states, and every rule has the cases it needs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.rules.cases import RuleCase, load_cases
from checker.rules.loading import load
from checker.rules.shelf import rules_folder, shipped_names
from checker.trials import coverage, try_case


def cases() -> Iterator[tuple[Path, RuleCase]]:
    for name in shipped_names(rules_folder()):
        book = rules_folder() / name
        for case in load_cases(book, load(book)):
            yield book, case


CASES = list(cases())


@pytest.mark.parametrize(("book", "case"), CASES, ids=[f"{case.rule}: {case.name}" for _, case in CASES])
def test_case(book: Path, case: RuleCase) -> None:
    assert try_case(book, case).failures == ()


@pytest.mark.parametrize("name", shipped_names(rules_folder()))
def test_every_rule_has_a_satisfied_a_violated_and_an_undetermined_case(name: str) -> None:
    book = load(rules_folder() / name)
    assert [each for each in coverage(book, book.rules, load_cases(rules_folder() / name, book)) if each.missing] == []
