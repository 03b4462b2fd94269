"""What is concluded from incomplete records must not be refuted by completing them.

Only of rulebooks that ask nowhere whether a cell is empty: `is null`, `coalesce` and `never` read emptiness as a fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any

from tests.oracle.agreement import Account, of_oracle
from tests.oracle.completion import completed
from tests.oracle.evaluate import consult
from tests.oracle.explain import explained
from tests.oracle.generate import rulebook
from tests.oracle.product import Program
from tests.oracle.spread import all_wrong, summary
from tests.oracle.submissions import Filing, filing

RULEBOOKS, FEWER, FILINGS = 120, 25, 4
READ_EMPTINESS = ("null", "coalesce", "never")

Place = tuple[str, str, str | None]
"""(rule, subject, window)"""


def seeds(most: int) -> list[int]:
    """The first seeds of rulebooks that ask nowhere whether a cell is empty."""
    return list(islice((seed for seed in count() if not any(word in str(rulebook(seed)) for word in READ_EMPTINESS)), most))


def places(account: Account, moving: Collection[str], *verdicts: str) -> set[Place]:
    """Where the rules of the rulebook have one of these verdicts; of rules whose windows are `moving`, in any window."""
    found = {said[:3] for said in account.said if said[3] in verdicts and not said[0].startswith("records/")}
    return {(rule, subject, None if rule in moving else window) for rule, subject, window in found}


def moving_windows(book: Any) -> set[str]:
    """The rules whose windows are gaps or runs of rows, or spells without enough of them: a row more divides them."""
    return {rule["id"] for rule in book["rules"] if not {"spacing", "streak", "occupancy"}.isdisjoint(rule["require"])}


def renumbered(book: Any, before: Account, after: Account) -> set[str]:
    """The rules about roll calls that are other rows, or more or fewer, than before: these go by their numbers."""
    of = {name: term["of"] for name, term in book.get("terms", {}).items()}
    calls = {rule["id"] for rule in book["rules"] if "roll_call" in book["records"].get(of.get(rule["for"], rule["for"]), {})}
    named = [{said[:2] for said in account.said if said[0] in calls} for account in (before, after)]
    return {rule for rule, _ in named[0] ^ named[1]}


def without(account: Account, rules: Collection[str]) -> Account:
    """What was said, apart from some rules."""
    return replace(account, said=Counter({said: times for said, times in account.said.items() if said[0] not in rules}))


def refuted(before: Account, after: Account, moving: Collection[str] = ()) -> list[str]:
    """Violations that are no more, and violations where there was neither one nor doubt."""
    gone = places(before, moving, "violated") - places(after, moving, "violated")
    new = places(after, moving, "violated") - places(before, moving, "violated", "undetermined", "pending")
    whole = {rule for rule, subject, _ in places(before, moving, "undetermined") if subject == "submission"}
    # A row made of values that were not known had no name by which it could be found again.
    named = {said[1] for said in before.said}
    new = {place for place in new if place[1] in named or not place[0].startswith("values-")}
    return [f"no longer violated: {place}" for place in sorted(gone, key=str)] + [
        f"violated without doubt before: {place}" for place in sorted(new, key=str) if place[0] not in whole
    ]


def refutations(book: Any, account: Callable[[Filing], Account], seed: int) -> list[str]:
    """What completing some submissions refutes of that which `account` says of them."""
    found = []
    for number in range(seed * FILINGS, (seed + 1) * FILINGS):
        before = filing(number, book)
        after = completed(number, book, before)
        said, completed_said = account(before), account(after)
        others = renumbered(book, said, completed_said)
        if lines := refuted(without(said, others), without(completed_said, others), moving_windows(book)):
            found.append(explained(book, (before, after), lines, f"rulebook {seed}, submission {number}"))
    return found


def refutations_of_the_program(folder: Path, seed: int) -> list[str]:
    """What completing submissions refutes of that which the program says of them."""
    program = Program(folder, rulebook(seed))
    return refutations(program.book, program.account, seed)


def test_oracle_is_not_refuted() -> None:
    wrong = []
    for seed in seeds(RULEBOOKS):
        book = rulebook(seed)

        def account(filed: Filing, book: Any = book) -> Account:
            return of_oracle(consult(book, filed.tables, filed.period, filed.as_of, filed.overrides, filed.waivers))

        wrong += refutations(book, account, seed)
    assert not wrong, summary(wrong)


def test_program_is_not_refuted(tmp_path: Path) -> None:
    wrong = all_wrong(refutations_of_the_program, seeds(FEWER), tmp_path)
    assert not wrong, summary(wrong)
