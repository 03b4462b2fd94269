"""What is concluded from incomplete records must not be refuted by completing them.

Only of rulebooks that ask nowhere whether a cell is empty: `is null`, `coalesce` and `never` read emptiness as a fact.
"""

from __future__ import annotations

from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.agreement import Account, of_oracle
from tests.oracle.completion import completed
from tests.oracle.evaluate import consult
from tests.oracle.explain import explained
from tests.oracle.generate import rulebook
from tests.oracle.product import check, compiled, of_program
from tests.oracle.submissions import Filing, filing

RULEBOOKS, FILINGS = 60, 5
READ_EMPTINESS = ("null", "coalesce", "never")
SEEDS = tuple(
    islice((seed for seed in count() if not any(word in str(rulebook(seed)) for word in READ_EMPTINESS)), RULEBOOKS)
)

Place = tuple[str, str, str | None]
"""(rule, subject, window)"""


def places(account: Account, *verdicts: str) -> set[Place]:
    """Where the rules of the rulebook have one of these verdicts."""
    return {said[:3] for said in account.said if said[3] in verdicts and not said[0].startswith("records/")}


def refuted(before: Account, after: Account) -> list[str]:
    """Violations that are no more, and violations where there was neither one nor doubt.

    Twins that agreed in what they left empty may come to disagree when completed, so that neither counts for sure.
    """
    gone = places(before, "violated") - places(after, "violated", "undetermined")
    new = places(after, "violated") - places(before, "violated", "undetermined", "pending")
    whole = {rule for rule, subject, _ in places(before, "undetermined") if subject == "submission"}
    return [f"no longer violated: {place}" for place in sorted(gone, key=str)] + [
        f"violated without doubt before: {place}" for place in sorted(new, key=str) if place[0] not in whole
    ]


def violations_stand(book: Any, account: Any, seed: int) -> None:
    """Requires that completing some submissions refutes nothing that `account` says of them."""
    for number in range(seed * FILINGS, (seed + 1) * FILINGS):
        before = filing(number, book)
        after = completed(number, book, before)
        lines = refuted(account(before), account(after))
        assert not lines, explained(book, (before, after), lines, f"seeds {seed} and {number}")


@pytest.mark.parametrize("seed", SEEDS)
def test_oracle_is_not_refuted(seed: int) -> None:
    book = rulebook(seed)
    violations_stand(book, lambda f: of_oracle(consult(book, f.tables, f.period, f.as_of, f.overrides)), seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_program_is_not_refuted(seed: int, tmp_path: Path) -> None:
    book = rulebook(seed)
    plan = compiled(tmp_path, book, {})

    def account(filed: Filing) -> Account:
        judge = compiled(tmp_path, book, filed.overrides) if filed.overrides else plan
        return of_program(check(tmp_path, judge, filed))

    violations_stand(book, account, seed)
