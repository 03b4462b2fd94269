"""The random rulebooks and submissions reach what they are meant to test, and are the same in every run."""

from __future__ import annotations

from collections import Counter

from checker.model.words import Verdict
from tests.oracle.evaluate import consult
from tests.oracle.generate import rulebook
from tests.oracle.submissions import filing

FORMS = {
    "frequency",
    "coverage",
    "rate",
    "share",
    "total",
    "condition",
    "freshness",
    "deadline",
    "sequence",
    "spacing",
    "occupancy",
    "target",
    "streak",
    "unique",
    "all",
}
REASONS = {
    "conflict",
    "displaced",
    "no-exception",
    "not-in-existence",
    "not-in-force",
    "not-selected",
    "not-submitted",
    "nothing-to-measure",
}
ENOUGH = 5


def test_every_form_verdict_and_reason_occurs() -> None:
    seen: Counter[str] = Counter()
    for seed in range(160):
        book = rulebook(seed)
        form_of = {rule["id"]: next(iter(rule["require"])) for rule in book["rules"]}
        for number in range(seed * 10, seed * 10 + 10):
            filed = filing(number, book)
            for finding in consult(book, filed.tables, filed.period, filed.as_of, filed.overrides, filed.waivers).findings:
                form = form_of.get(finding.rule, finding.rule.split("/")[-1])
                seen.update((f"{form} {finding.verdict}", str(finding.reason)))
    decided = [Verdict.SATISFIED, Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.NOT_APPLICABLE]
    expected = {f"{form} {verdict}" for form in FORMS for verdict in decided}
    integrity = {f"{kind} violated" for kind in ("required", "allowed", "reference", "unique", "acyclic")}
    assert {each for each in expected | integrity | REASONS if seen[each] < ENOUGH} == set()


def test_a_seed_is_a_rulebook_and_a_submission() -> None:
    assert rulebook(7) == rulebook(7)
    assert filing(70, rulebook(7)) == filing(70, rulebook(7))
