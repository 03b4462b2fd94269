"""What the oracle and the program can both say of a run, in one form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain

from checker.model.words import Verdict
from tests.oracle.evaluate import Judgement
from tests.oracle.judge import Finding
from tests.oracle.submissions import Filing

Said = tuple[str, str, str | None, str, str | None]
"""(rule, subject, window, verdict, reason)"""

COUNTED = {Verdict.SATISFIED, Verdict.NOT_APPLICABLE}
"""The verdicts of which a report may list several windows in one line; they are compared by number."""

NOT_EACH = {"not-selected"}
"""The reasons that a report counts by rule, without listing subjects."""


@dataclass(frozen=True)
class Account:
    """What was said: how often each thing, what was counted, conflicts, and the standing of each body."""

    said: Counter[Said]
    counted: dict[tuple[str, str, str | None], tuple[Fraction | None, Fraction | None]]
    conflicts: frozenset[tuple[str, str, tuple[str, ...]]]
    standings: frozenset[tuple[str, str]]
    values: frozenset[tuple[str, ...]] = frozenset()


Product = Callable[[object, Filing], Account]
"""The program: a compiled rulebook and a submission to what it says."""


def of_oracle(judgement: Judgement) -> Account:
    """What the oracle says."""
    measured = {
        (finding.rule, finding.subject, finding.window): (bounded(finding.measured[0]), bounded(finding.measured[1]))
        for finding in judgement.findings
        if finding.measured is not None and finding.verdict not in COUNTED
    }
    return Account(
        Counter(map(said, judgement.findings)),
        measured,
        frozenset((conflict.subject, conflict.rule, conflict.exceptions) for conflict in judgement.conflicts),
        frozenset(judgement.standings),
        frozenset(
            a_value(
                (each.indicator, each.subject, each.window), each.state, *map(bounded, (each.low, each.high, *chain(*each.ratio)))
            )
            for each in judgement.values
        ),
    )


def a_value(whose: tuple[str, str, str | None], state: str, *ends: Fraction | None) -> tuple[str, ...]:
    """What an indicator says, in the common form: the ends of the value, and of a ratio those of its part and its whole.

    Of a window that is not over it is not told how much so far.
    """
    known = ends if any(end is not None for end in ends[2:]) else ends[:2]
    indicator, subject, window = whose
    return indicator, subject, window or "", state, told(known) if state in {"value", "perhaps"} else ""


def said(finding: Finding) -> Said:
    """A finding in the common form."""
    reason = finding.reason if finding.verdict is Verdict.NOT_APPLICABLE else None
    each = finding.reason not in NOT_EACH and not (finding.rule.startswith("records/") and finding.verdict is Verdict.SATISFIED)
    window = None if finding.verdict in COUNTED else finding.window
    return (finding.rule, finding.subject if each else "", window, str(finding.verdict), reason)


def folded(account: Account) -> Account:
    """The same without telling of whom a rule is satisfied, or for whom it does not apply, but how often."""
    counted: Counter[Said] = Counter()
    for key, times in account.said.items():
        counted[(key[0], "", None, key[3], None) if key[3] in COUNTED else key] += times
    return replace(account, said=counted)


def bounded(value: Fraction | float) -> Fraction | None:
    """An end of an interval; None where it is infinite."""
    return None if value in {float("inf"), float("-inf")} else Fraction(value)


def differences(oracle: Account, product: Account) -> list[str]:
    """What only one of them says, a line each."""
    lines = [f"only the oracle:  {n} × {line}" for line, n in sorted((oracle.said - product.said).items(), key=str)]
    lines += [f"only the program: {n} × {line}" for line, n in sorted((product.said - oracle.said).items(), key=str)]
    if not lines:
        lines += [
            f"{where} is {told(oracle.counted[where])} to the oracle, {told(product.counted[where])} to the program"
            for where in oracle.counted.keys() & product.counted.keys()
            if oracle.counted[where] != product.counted[where]
        ]
    lines += unshared("conflict", oracle.conflicts, product.conflicts)
    lines += unshared("value", oracle.values, product.values)
    return lines + unshared("standing", oracle.standings, product.standings)


def told(interval: Iterable[Fraction | None]) -> str:
    """An interval, for a reader."""
    return "…".join("∞" if end is None else str(end) for end in interval)


def unshared(noun: str, oracle: frozenset[object] | frozenset, product: frozenset) -> list[str]:  # type: ignore[type-arg]
    """What stands in only one of two sets."""
    lines = [f"{noun} only of the oracle:  {each}" for each in sorted(oracle - product)]
    return lines + [f"{noun} only of the program: {each}" for each in sorted(product - oracle)]
