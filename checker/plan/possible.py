"""Which verdicts a rule can come to at all: what a case can be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.model.period import Months, Unit
from checker.model.words import Verdict
from checker.plan.logical.binding import RuleSite
from checker.rules.rulebook import Rule, Rulebook


def possible(book: Rulebook, rule: Rule) -> Iterator[Verdict]:
    """The verdicts that some submission can bring on a rule (docs/meaning.md, sections 4, 6 and 9), waivers apart."""
    found = {verdict for part in rule.parts for verdict in _of_one(book, part)}
    yield from (verdict for verdict in Verdict if verdict in found)


def _of_one(book: Rulebook, rule: Rule) -> Iterator[Verdict]:
    yield from (Verdict.SATISFIED, Verdict.VIOLATED, Verdict.UNDETERMINED)
    site = RuleSite(book, rule)
    measured, record = site.form.measure(site), site.subject.record
    # A subject with a day of its own is judged on that day, and never before it.
    if record.date is None or measured.opens != exp.false():
        yield Verdict.PENDING
    limits = (
        any(tree != exp.true() for _, _, tree in site.conditions()),
        rule.in_force.first is not None or rule.in_force.last is not None,
        record.begins is not None or record.ends is not None or record.date is not None,
        isinstance(site.unit, Unit | Months) and site.unit is not Unit.PERIOD,
        measured.nothing != exp.false(),
        any(rule.id in (*each.displaces, each.by) for each in book.exceptions),
    )
    if any(limits):
        yield Verdict.NOT_APPLICABLE
