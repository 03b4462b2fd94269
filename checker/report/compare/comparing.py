"""Two reports on one rulebook, compared: which findings are new, resolved, changed or the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from checker.errors import Place, Problem
from checker.model.schema import SUBMISSION
from checker.model.words import Category, Severity, Verdict
from checker.report.compare.written import RuleFigures, Told, Written
from checker.report.exit import JUDGED, NEVER, Exit, FailOnData
from checker.report.reading import refuse
from checker.words.message import message

_AMISS = frozenset({Verdict.VIOLATED, Verdict.UNDETERMINED})


class State(StrEnum):
    """What became of a finding from one report to the next."""

    NEW = "new"
    """It is amiss, and was not before."""
    CHANGED = "changed"
    """It was amiss before, and something else is said of it now, or it cannot be told any more."""
    RESOLVED = "resolved"
    """It was amiss before, and no longer is."""
    PERSISTING = "persisting"
    """It is amiss as before."""


@dataclass(frozen=True, slots=True)
class Change:
    """What two reports say of one rule and subject: in one window, or, where they are about two periods, in all of them.

    Of what is `CHANGED` and has nothing `after`, the later report cannot tell: the rule is not judged, or lacks its table.
    """

    state: State
    rule: str
    before: tuple[Told, ...]
    after: tuple[Told, ...]

    @property
    def told(self) -> Told:
        """The later of what is said."""
        return (self.after or self.before)[0]

    @property
    def newly_violated(self) -> bool:
        """Whether it is violated, and was not."""
        violated = [any(each.verdict is Verdict.VIOLATED for each in side) for side in (self.before, self.after)]
        return violated == [False, True]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports, and every change from the one to the other, in the order of the rulebook and of the later report."""

    old: Written
    new: Written
    changes: tuple[Change, ...]
    notices: tuple[Problem, ...]

    def of(self, state: State) -> tuple[Change, ...]:
        """The changes of that state."""
        return tuple(change for change in self.changes if change.state is state)

    @property
    def rules(self) -> Mapping[str, RuleFigures]:
        """The rules by id, as the later report has them if it does."""
        return {rule.id: rule for rule in (*self.old.rules, *self.new.rules)}

    def exit_code(self, fail_on: Severity, allow_undetermined: bool, fail_on_data: FailOnData | None) -> Exit:  # noqa: FBT001 -- as of reports
        """The exit code that a check has whose baseline is the earlier report."""
        if self.new.broken:
            return Exit.INPUT
        rules = self.rules
        for change in self.changes:
            rule = rules[change.rule]
            least = fail_on if rule.category is Category.REGULATION or fail_on_data is None else fail_on_data
            if change.newly_violated and least != NEVER and rule.severity.rank >= least.rank:
                return Exit.VIOLATED
        own = [rule for rule in self.new.rules if rule.category is Category.REGULATION] or self.new.rules
        asked = Category.REGULATION if fail_on_data == NEVER else None
        if not any(rule.count(*JUDGED) for rule in own):
            return Exit.UNDECIDED
        undetermined = self.new.count(Verdict.UNDETERMINED, asked)
        return Exit.UNDECIDED if undetermined and not allow_undetermined else Exit.CLEAN


def compare(old: Written, new: Written) -> Comparison:
    """What changed from one report to the other. Raises UsageError where they are about two rulebooks."""
    if old.rulebook != new.rulebook:
        wrong = message("other-rulebook", name=old.rulebook, own=new.rulebook)
        refuse("other-rulebook", wrong, message("other-rulebook-fix", own=new.rulebook), Place(old.file))
    same = old.period == new.period
    place = {rule.id: number for number, rule in enumerate((*new.rules, *old.rules))}
    before, after = (_by_key(each.told, windows=same) for each in (old, new))
    untold = _untold(old, new)
    found: list[Change] = []
    for key in dict.fromkeys((*after, *before)):
        pairs = (
            _paired(before.get(key, []), after.get(key, []))
            if same
            else [(tuple(before.get(key, ())), tuple(after.get(key, ())))]
        )
        found += [
            Change(_state(*pair, untold), key[0], *pair)
            for pair in pairs
            if any(each.verdict in _AMISS for side in pair for each in side)
        ]
    states = list(State)
    found.sort(key=lambda change: (states.index(change.state), place[change.rule]))
    notices = () if old.version == new.version else (_other_version(old, new),)
    return Comparison(old, new, tuple(found), notices)


_Key = tuple[str, str, str | None]


def _by_key(told: Sequence[Told], *, windows: bool) -> Mapping[_Key, list[Told]]:
    found: dict[_Key, list[Told]] = defaultdict(list)
    for each in told:
        found[each.rule, each.identity, each.window if windows else None].append(each)
    return found


def _paired(before: Sequence[Told], after: Sequence[Told]) -> Iterator[tuple[tuple[Told, ...], tuple[Told, ...]]]:
    """Findings that are alike, those that say the same together; what is left over has come, or gone."""
    waiting: dict[tuple[Verdict, Severity, str], list[Told]] = defaultdict(list)
    for each in reversed(after):
        waiting[_said(each)].append(each)
    alone = []
    for each in before:
        if twins := waiting[_said(each)]:
            yield (each,), (twins.pop(),)
        else:
            alone.append(each)
    left = [each for twins in waiting.values() for each in reversed(twins)]
    for one, other in zip_longest(alone, left):
        yield () if one is None else (one,), () if other is None else (other,)


def _said(told: Told) -> tuple[Verdict, Severity, str]:
    return told.verdict, told.severity, told.measured


def _state(before: Sequence[Told], after: Sequence[Told], untold: frozenset[str]) -> State:
    if not before:
        return State.NEW
    if not after:
        return State.CHANGED if before[0].rule in untold else State.RESOLVED
    if not any(each.verdict in _AMISS for each in before):
        return State.NEW
    return State.PERSISTING if Counter(map(_said, before)) == Counter(map(_said, after)) else State.CHANGED


def _untold(old: Written, new: Written) -> frozenset[str]:
    """The rules of which the later report cannot tell: not judged in it, or undetermined of the submission as a whole."""
    missing = {rule.id for rule in old.rules} - {rule.id for rule in new.rules}
    whole = f"={SUBMISSION}"
    return frozenset(
        missing | {each.rule for each in new.told if each.identity == whole and each.verdict is Verdict.UNDETERMINED}
    )


def _other_version(old: Written, new: Written) -> Problem:
    wrong = message("compare-other-version", version=old.version, own=new.version)
    return Problem("other-version", wrong, message("compare-other-version-fix"), Place(old.file))
