"""Explains a rule: what it says, and how it came to its verdicts on a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from checker import api
from checker.errors import Problem, UsageError, speaking
from checker.explanations.account import account, examples
from checker.explanations.judgements import Judgements
from checker.model.explanation import Explanation
from checker.model.names import Names
from checker.model.period import Period
from checker.model.plan import Plan
from checker.plan.overriding import overridden
from checker.request import CheckRequest
from checker.rules.loading import load
from checker.rules.shelf import find, rules_folder
from checker.run.session import Rule
from checker.supplied import granted
from checker.words.message import message

__all__ = ["explain", "explain_rule"]


def explain_rule(
    rule: str, rulebook: str | Path, *, overrides: Mapping[str, str] | None = None, language: str | None = None
) -> Explanation:
    """What a rulebook says of one of its rules. Raises UsageError or RulesError."""
    plan = api.compile_rules(rulebook, overrides)
    source = find(str(rulebook), rules_folder())
    book = overridden(load(source), overrides or {})
    found = find_rule(plan, rule)
    return Explanation(
        name=plan.name,
        rulebook=plan.title,
        languages=plan.languages,
        language=language or plan.languages[0],
        rule=replace(account(book, found), examples=tuple(examples(book, found.id, source, str(rulebook)))),
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
    """How a rule came to its verdicts on the submission of a request: on all subjects, or on one, window by window.

    `subject` is an id or a name of the record that the rule is about, or of a body, for all that belongs to it;
    `record:id` says which is meant. `rows` limits the rows listed of each window, and the subjects listed of each
    verdict. `sql` adds the queries.

    Raises UsageError (also where nothing has that name, or no window is meant), or what `checker.api.check` raises.
    """
    opened, engine = api.open_asked(request)
    named = api.rulebook_of(request.rulebook, opened)
    plan = api.compile_named(request.rulebook, opened, request.overrides)
    with speaking(request.language or plan.languages[0]):
        found = find_rule(plan, rule)
        book = overridden(load(find(str(named), rules_folder())), request.overrides or {})
        whole, waivers = replace(request, select=[found.id], all_findings=True), granted(request.waivers, opened, plan)
        judged = api.judge(whole, plan, opened, engine=engine, waivers=waivers)
        judgements = Judgements(judged, book, found, rows)
        meant = None if subject is None else judgements.rows(subject)
        subjects = () if meant is None else judgements.subjects(meant, window)
        return Explanation(
            name=plan.name,
            rulebook=plan.title,
            languages=plan.languages,
            language=request.language or plan.languages[0],
            rule=replace(account(book, found), summary=judged.assembly.summaries[found.id]),
            run=judged.assembly.run,
            verdicts=judgements.verdicts() if meant is None else (),
            subjects=subjects,
            rows=rows,
            queries=judgements.queries(meant) if sql else (),
            problems=judged.assembly.problems,
            names=judged.assembly.names,
        )


def find_rule(plan: Plan, identity: str) -> Rule:
    """The rule with that id. Raises UsageError where there is none."""
    rules: dict[str, Rule] = {rule.id: rule for rule in plan.rules}
    rules |= {rule.id: rule for record in plan.records for rule in record.integrity}
    if identity in rules:
        return rules[identity]
    near = get_close_matches(identity, rules, n=1)
    fix = message("suggestion", near=near[0]) if near else message("unknown-rule-fix", rulebook=plan.name)
    raise UsageError(Problem("unknown-rule", message("unknown-rule", rulebook=plan.name, rule=identity), fix))
