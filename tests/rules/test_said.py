"""What regulations say of several tables at once can be said, without columns that somebody prepared."""

from __future__ import annotations

from pathlib import Path

from checker import api
from checker.errors import Level
from checker.model.words import Verdict
from checker.rules.cases import load_cases
from checker.rules.loading import load
from checker.trials import try_cases

SAID = Path(__file__).with_name("said")


def test_every_case_comes_out_as_stated() -> None:
    assert [(trial.case.rule, trial.case.name, trial.failures) for trial in try_cases(str(SAID)).trials if trial.failures] == []


def test_every_rule_has_cases_of_each_kind() -> None:
    book = load(SAID)
    cases = load_cases(SAID, book)
    for rule in book.rules:
        expected = {each.stated for case in cases if case.rule == rule.id for each in case.expect}
        assert expected >= {Verdict.SATISFIED, Verdict.VIOLATED, Verdict.UNDETERMINED}, rule.id


def test_nothing_is_suspicious() -> None:
    assert [str(each) for each in api.lint(SAID) if each.level is not Level.NOTE] == []
