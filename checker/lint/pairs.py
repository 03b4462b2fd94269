"""Two rules that say the same, or of which no subject can satisfy both."""

from __future__ import annotations

from itertools import combinations

from checker.forms.condition import Condition
from checker.forms.words import OPERATORS
from checker.lint.desk import Desk, parsed
from checker.lint.scales import asked, excluded, scale_of
from checker.lint.truth import possible
from checker.model.schema import Span
from checker.rules.rulebook import Rule
from checker.words.message import message


def pairs(desk: Desk) -> None:
    """Notes duplicates and contradictions between rules that can hold of one subject on one day."""
    instead = {exception.by for exception in desk.book.exceptions}
    for first, second in combinations(desk.book.rules, 2):
        together = (
            first.form == second.form and _overlap(first.in_force, second.in_force) and _of_one_subject(desk, first, second)
        )
        if not together or {first.id, second.id} & instead or _conditions(first) != _conditions(second):
            continue
        where = desk.tree.keys[first.path]
        if first.require == second.require and set(desk.subjects(first).where) == set(desk.subjects(second).where):
            wrong = message("lint-duplicate-rule", rule=second.id, other=first.id, where=where)
            fix = message("lint-duplicate-rule-fix")
            desk.warn((*second.path, "id"), "duplicate-rule", wrong, fix)
        elif _contradict(desk, first, second):
            wrong = message("lint-contradicting-rules", rule=second.id, other=first.id, where=where)
            fix = message("lint-contradicting-rules-fix")
            desk.warn((*second.path, "id"), "contradicting-rules", wrong, fix)


def parts(desk: Desk) -> None:
    """Notes requirements of one rule that say the same, or of which no subject can meet both."""
    for rule in desk.book.rules:
        for first, second in combinations(rule.parts, 2):
            places = {"part": int(second.under) + 1, "other": int(first.under) + 1}
            if first.form != second.form:
                continue
            if first.require == second.require:
                wrong, fix = message("lint-duplicate-part", **places), message("lint-duplicate-part-fix")
                desk.warn(desk.form_path(second), "duplicate-rule", wrong, fix, of_key=True)
            elif _contradict(desk, first, second):
                wrong, fix = message("lint-contradicting-parts", **places), message("lint-contradicting-rules-fix")
                desk.warn(desk.form_path(second), "contradicting-rules", wrong, fix, of_key=True)


def _contradict(desk: Desk, first: Rule, second: Rule) -> bool:
    one, other = first.require, second.require
    if isinstance(one, Condition) and isinstance(other, Condition):
        rows = desk.subjects(first)
        given = (*rows.given, *desk.subjects(second).given)
        scope = desk.scope(rows.record)
        each = [parsed(one.that), parsed(other.that)]
        alone = all(True in possible(that, given, scope) for that in each)
        return alone and True not in possible(each[0], given, scope, certain=[each[1]])
    scale = scale_of(desk, first)
    if scale is None or one.model_dump(exclude=set(OPERATORS)) != other.model_dump(exclude=set(OPERATORS)):
        return False
    bounds = (asked(desk, first), asked(desk, second))
    return not any(excluded(scale, each) for each in bounds) and excluded(scale, [*bounds[0], *bounds[1]])


def _conditions(rule: Rule) -> tuple[object, ...]:
    """What else decides whether, and how, a rule is judged."""
    return (frozenset(rule.requires), rule.parameters_at_end)


def _of_one_subject(desk: Desk, first: Rule, second: Rule) -> bool:
    """Whether the subjects of one rule are among those of the other."""
    one, other = desk.subjects(first), desk.subjects(second)
    return one.record is other.record and (set(one.where) <= set(other.where) or set(other.where) <= set(one.where))


def _overlap(one: Span, other: Span) -> bool:
    before = one.last is not None and other.first is not None and one.last < other.first
    after = other.last is not None and one.first is not None and other.last < one.first
    return not before and not after
