"""Every case of every shipped rulebook gives the verdict that it states, and every rule has the cases it needs."""

from collections.abc import Iterator
from functools import cache

import pytest

from checker import api
from checker.bench import Courts, for_cases, on_bench
from checker.model.plan import Plan
from checker.rules.cases import RuleCase, load_cases
from checker.rules.loading import load
from checker.rules.shelf import rules_folder, shipped_names
from checker.trials import coverage, found_of


def cases() -> Iterator[tuple[str, RuleCase]]:
    for name in shipped_names(rules_folder()):
        source = rules_folder() / name
        for case in load_cases(source, load(source)):
            yield name, case


CASES = list(cases())


@pytest.fixture(scope="module")
def courts() -> Courts:
    return Courts()


@cache
def plan(name: str, overrides: tuple[tuple[str, str], ...]) -> Plan:
    return api.compile_rules(rules_folder() / name, dict(overrides))


@cache
def benched(name: str, overrides: tuple[tuple[str, str], ...], rule: str) -> tuple[Plan, tuple[Plan, Plan]]:
    lean = for_cases(plan(name, overrides), rule)
    return lean, on_bench([lean])


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{case.rule}: {case.name}" for _, case in CASES])
def test_case(name: str, case: RuleCase, courts: Courts) -> None:
    lean, on = benched(name, tuple(case.overrides.items()), case.rule)
    assert [each.as_stated for each in found_of(lean, on, case, courts)] == [True for _ in case.expect]


@pytest.mark.parametrize("name", shipped_names(rules_folder()))
def test_every_rule_has_a_case_of_each_verdict_that_it_can_come_to(name: str) -> None:
    book = load(rules_folder() / name)
    assert [
        each for each in coverage(book, book.rules, load_cases(rules_folder() / name, book)) if each.missing or each.further
    ] == []
