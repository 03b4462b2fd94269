"""Section 12 of docs/meaning.md: rules that are judged only where others have a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from checker.model.words import GRAVEST, Verdict
from tests.oracle.judge import Concluded
from tests.oracle.waivers import is_waived
from tests.oracle.world import Span, World


def wanted(rule: Any) -> Mapping[str, str]:
    """The rules that a rule requires, each with the verdict it is to have."""
    required = rule.get("requires", {})
    if isinstance(required, dict):
        return required
    return dict.fromkeys([required] if isinstance(required, str) else required, "satisfied")


def in_order(rules: Sequence[Any]) -> list[Any]:
    """The rules, each after those that it requires."""
    found: list[Any] = []
    while len(found) < len(rules):
        done = {rule["id"] for rule in found}
        found += [rule for rule in rules if rule["id"] not in done and set(wanted(rule)) <= done]
    return found


def bar(world: World, rule: Any, concluded: Concluded, known: Mapping[str, Sequence[Concluded]]) -> Concluded:
    """What is concluded once the rules that it requires are known, and then waivers."""
    found = concluded
    if concluded.judged.row is not None and concluded.verdict is not Verdict.NOT_APPLICABLE:
        for name, verdict in wanted(rule).items():
            gravest = gravest_of(concluded, known[name])
            if gravest == verdict:
                continue
            if gravest not in {Verdict.UNDETERMINED, Verdict.PENDING}:
                return replace(concluded, verdict=Verdict.NOT_APPLICABLE, reason="requirement")
            if concluded.verdict is Verdict.VIOLATED:
                found = replace(concluded, verdict=Verdict.UNDETERMINED)
    judged = found.judged
    if found.verdict is Verdict.VIOLATED:
        waived = is_waived(world, judged.rule, judged.row, judged.window)
        return found if waived is False else replace(found, verdict=Verdict.WAIVED if waived else Verdict.UNDETERMINED)
    return found


def gravest_of(concluded: Concluded, others: Sequence[Concluded]) -> Verdict:
    """The gravest verdict on the same subject, in the windows that have a day in common."""
    verdicts = [
        other.verdict
        for other in others
        if other.judged.row is concluded.judged.row
        and other.reason != "not-selected"
        and meet(other.judged.window, concluded.judged.window)
    ]
    return min(verdicts, key=GRAVEST.index, default=Verdict.NOT_APPLICABLE)


def meet(one: Span | None, other: Span | None) -> bool:
    """Whether two windows have a day in common; what has no window meets every one."""
    return one is None or other is None or (one.first <= other.last and other.first <= one.last)
