"""The examples of the further rulebooks: of the faults exactly the seeded ones are found, and nothing where all is right."""

from functools import cache

import pytest

from checker import api
from checker.model.report import INTEGRITY, Report
from checker.model.words import Verdict
from tests.examples.seeded import EXAMPLES, amiss, seeded, stated

NAMES = ("parish-councils", "companies", "project")


@cache
def report(name: str) -> Report:
    return api.check(EXAMPLES / name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_amiss_where_all_is_right(name: str) -> None:
    assert (amiss(report(name)), report(name).problems) == ({}, ())
    assert report(name).count(Verdict.SATISFIED) > 30


@pytest.mark.parametrize("name", NAMES)
def test_exactly_the_seeded_faults_are_found(name: str) -> None:
    assert amiss(report(f"{name}-faulty")) == stated(f"{name}-faulty")


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_seeded_fault(name: str) -> None:
    rules = {rule.id for rule in report(name).rules if rule.form != INTEGRITY}
    assert rules - {rule for rule, _, _ in seeded(f"{name}-faulty")} == set()


@pytest.mark.parametrize("name", NAMES)
def test_near_faults_are_satisfied(name: str) -> None:
    judged = report(f"{name}-faulty")
    near = {(rule, subject) for (rule, subject, _), verdict in seeded(f"{name}-faulty").items() if verdict == Verdict.SATISFIED}
    found = {(each.rule, each.subject.id) for each in judged.findings if each.verdict is Verdict.SATISFIED}
    assert near <= found
