"""Tries mistakes against the cases of one rule, or indicator: they are noticed where a case does not come out as stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from checker.bench import Bench, Courts, is_as_stated, on_bench

if TYPE_CHECKING:
    from checker.model.plan import Plan
    from checker.mutation.variants import Variant
    from checker.mutation.workshop import Workshop
    from checker.rules.cases import RuleCase


class Attempt(NamedTuple):
    """What came of one mistake: whether it gives a rulebook, whether that asks the same, the case that noticed it."""

    valid: bool = True
    same: bool = False
    noticed_by: str | None = None


class Attempts(NamedTuple):
    """What came of all mistakes that were tried with one rule; `failing` cases do not hold of the rule as written.

    `alike` are mistakes that ask the same of this rule as the one they are mapped to, which was tried for them.
    """

    rule: str
    failing: tuple[str, ...]
    found: Mapping[int, Attempt]
    alike: Mapping[int, int]


class Variety:
    """One rule with its mistakes, compiled; for each setting of parameters that its cases ask for, when it is asked for."""

    def __init__(self, shop: Workshop, rule: str, variants: Mapping[int, Variant]) -> None:
        self._shop = shop
        self._rule = rule
        self._variants = variants
        self._plans: dict[tuple[int | None, tuple[tuple[str, str], ...]], Plan | None] = {}

    def plan(self, number: int | None, overrides: Mapping[str, str] | None = None) -> Plan | None:
        """The plan with that mistake (None: as written); None where that is no rulebook."""
        key = (number, tuple(sorted((overrides or {}).items())))
        if key not in self._plans:
            variant = None if number is None else self._variants[number]
            self._plans[key] = self._shop.compiled(self._rule, overrides or {}, variant)
        return self._plans[key]

    def known(self, number: int | None, overrides: Mapping[str, str] | None = None) -> Plan:
        """The plan with that mistake, which is known to be a rulebook."""
        plan = self.plan(number, overrides)
        if plan is None:
            raise ValueError(number)
        return plan


def attempt(shop: Workshop, rule: str, variants: Mapping[int, Variant]) -> Attempts:
    """Tries those mistakes with the cases of a rule, until the first case that notices."""
    variety = Variety(shop, rule, variants)
    found = {number: Attempt(valid=variety.plan(number) is not None) for number in variants}
    written = variety.known(None)
    found |= {number: Attempt(same=True) for number in found if found[number].valid and variety.known(number) == written}
    asked = first_alike(variety, [number for number, each in found.items() if each.valid and not each.same])
    alike = {number: first for number, first in asked.items() if number != first}
    waiting = [number for number in asked if number not in alike]
    found = {number: each for number, each in found.items() if number not in alike}
    cases, courts = shop.cases_of(rule), Courts()
    narrow = on_bench([written, *map(variety.known, waiting)])
    benches = [Bench(*narrow, case, courts) for case in cases]

    def holds(at: int, number: int | None) -> bool:
        plan = variety.known(number, cases[at].overrides)
        return as_stated(benches[at], plan, cases[at])

    failing = [at for at in range(len(cases)) if not holds(at, None)]
    hits = Counter({at: 0 for at in range(len(cases)) if at not in failing})
    for number in waiting:
        # The case that noticed most of the mistakes so far is asked first.
        by = next((at for at, _ in hits.most_common() if not holds(at, number)), None)
        if by is not None:
            hits[by] += 1
            found[number] = Attempt(noticed_by=cases[by].name)
    return Attempts(rule, tuple(cases[at].name for at in failing), found, alike)


def as_stated(bench: Bench, plan: Plan, case: RuleCase) -> bool:
    """Whether the case comes out as it states."""
    found = bench.found(plan, case.rule)
    return all(is_as_stated(found, expected) for expected in case.expect)


def first_alike(variety: Variety, numbers: Iterable[int]) -> dict[int, int]:
    """For each of those mistakes, the first that asks the same."""
    first: dict[Plan, int] = {}
    return {number: first.setdefault(variety.known(number), number) for number in numbers}
