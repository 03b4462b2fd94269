"""Explains a rule, or an indicator: what it says, and how it came to its verdicts, or values, on a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from checker import api
from checker.assembly.indicators import of_values
from checker.errors import Problem, UsageError, speaking
from checker.explanations.account import account, examples
from checker.explanations.judgements import Judgements
from checker.explanations.values import Values
from checker.model.explanation import Explanation
from checker.model.indicator_plan import IndicatorPlan
from checker.model.names import Names
from checker.model.period import Period
from checker.model.plan import Plan
from checker.plan.compile import as_rule
from checker.plan.overriding import overridden
from checker.request import CheckRequest
from checker.rules.loading import load
from checker.rules.rulebook import Rulebook
from checker.rules.shelf import find, rules_folder
from checker.run.session import Rule
from checker.supplied import granted
from checker.words.message import message

__all__ = ["explain", "explain_rule"]


def explain_rule(
    rule: str, rulebook: str | Path, *, overrides: Mapping[str, str] | None = None, language: str | None = None
) -> Explanation:
    """What a rulebook says of one of its rules, or indicators. Raises UsageError or RulesError."""
    plan = api.compile_rules(rulebook, overrides)
    source = find(str(rulebook), rules_folder())
    book = overridden(load(source), overrides or {})
    measured = _indicator(plan, rule)
    if measured is None:
        found = find_rule(plan, rule)
        told = replace(account(book, found), examples=tuple(examples(book, found.id, source, str(rulebook))))
    else:
        told = account(_with_rule(book, rule), as_rule(book, measured))
    return Explanation(
        name=plan.name,
        rulebook=plan.title,
        languages=plan.languages,
        language=language or plan.languages[0],
        rule=told,
        indicator=None if measured is None else of_values(measured, ()),
        names=Names(
            book.records,
            {rule.id: rule.title for rule in book.rules} | {each.id: each.title for each in book.exceptions},
            sources=book.sources,
        ),
    )


def explain(
    rule: str,
    request: CheckRequest,
    *,
    subject: str | None = None,
    window: Period | None = None,
    rows: int | None = None,
    sql: bool = False,
) -> Explanation:
    """How a rule came to its verdicts, or an indicator to its values, on the submission of a request.

    It tells of all subjects, or of one, window by window. `subject` is an id or a name of the record that the rule is about, or
    of a body, for all that belongs to it; `record:id` says which is meant. `rows` limits the rows listed of each window, and
    the subjects listed of each verdict. `sql` adds the queries.

    Raises UsageError (also where nothing has that name, or no window is meant), or what `checker.api.check` raises.
    """
    opened, engine = api.open_asked(request)
    named = api.rulebook_of(request.rulebook, opened)
    plan = api.compile_named(request.rulebook, opened, request.overrides)
    with speaking(request.language or plan.languages[0]):
        measured, book = _indicator(plan, rule), overridden(load(find(str(named), rules_folder())), request.overrides or {})
        asked = measured or find_rule(plan, rule)
        whole, waivers = replace(request, select=[rule], all_findings=True), granted(request.waivers, opened, plan)
        judged = api.judge(whole, plan, opened, engine=engine, waivers=waivers)
        if isinstance(asked, IndicatorPlan):
            book = _with_rule(book, rule)
            judgements: Judgements = Values(judged, book, asked, as_rule(book, asked), rows)
            told = account(book, judgements.rule)
        else:
            judgements = Judgements(judged, book, asked, rows)
            told = replace(account(book, asked), summary=judged.assembly.summaries[rule])
        meant = None if subject is None else judgements.rows(subject)
        subjects = () if meant is None else judgements.subjects(meant, window)
        return Explanation(
            name=plan.name,
            rulebook=plan.title,
            languages=plan.languages,
            language=request.language or plan.languages[0],
            rule=told,
            indicator=judgements.indicator(with_values=meant is None),
            run=judged.assembly.run,
            verdicts=judgements.verdicts() if meant is None else (),
            subjects=subjects,
            rows=rows,
            queries=judgements.queries(meant) if sql else (),
            problems=judged.assembly.problems,
            names=judged.assembly.names,
        )


def _indicator(plan: Plan, identity: str) -> IndicatorPlan | None:
    """The indicator with that id, if there is one: no rule has the same."""
    return next((each for each in plan.indicators if each.id == identity), None)


def _with_rule(book: Rulebook, indicator: str) -> Rulebook:
    """The rulebook with an indicator among its rules, so that it can be told of as of them."""
    return book._replace(rules=(*book.rules, next(each for each in book.indicators if each.id == indicator).as_rule))


def find_rule(plan: Plan, identity: str) -> Rule:
    """The rule with that id. Raises UsageError where there is none."""
    rules: dict[str, Rule] = {rule.id: rule for rule in plan.rules}
    rules |= {rule.id: rule for record in plan.records for rule in record.integrity}
    if identity in rules:
        return rules[identity]
    near = get_close_matches(identity, [*rules, *(each.id for each in plan.indicators)], n=1)
    fix = message("suggestion", near=near[0]) if near else message("unknown-rule-fix", rulebook=plan.name)
    raise UsageError(Problem("unknown-rule", message("unknown-rule", rulebook=plan.name, rule=identity), fix))
