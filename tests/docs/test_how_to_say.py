"""The turns of phrase of docs/how-to-say.md: each is a rule without a fault, with cases for what it can say."""

from __future__ import annotations

import re

from checker import api
from checker.model.words import Verdict
from checker.rules.cases import load_cases
from checker.rules.loading import load
from checker.trials import try_cases
from docs.how_to_say import RECIPES, how_to_say, recipes


def test_the_rulebook_has_no_fault() -> None:
    assert [str(problem) for problem in api.lint(RECIPES)] == []


def test_every_case_comes_out_as_stated() -> None:
    assert [(trial.case.rule, trial.case.name) for trial in try_cases(str(RECIPES)).trials if trial.failures] == []


def test_every_rule_is_a_recipe_with_cases_of_each_kind() -> None:
    book = load(RECIPES)
    assert [recipe.id for recipe in recipes()] == [rule.id for rule in book.rules]
    cases = load_cases(RECIPES, book)
    for rule in book.rules:
        expected = {each.stated for case in cases if case.rule == rule.id for each in case.expect}
        assert expected >= {Verdict.SATISFIED, Verdict.VIOLATED, Verdict.UNDETERMINED}, rule.id


def test_links_lead_to_headings() -> None:
    page = how_to_say()
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.+)$", page, re.MULTILINE)}
    assert {*re.findall(r"\]\(#([^)]+)\)", page)} <= headings
