"""Which mistakes in a rulebook none of its cases notices: all of them tried, rule by rule, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

from checker.measure.duck import processors
from checker.mutation.attempt import Attempts, attempt
from checker.mutation.workshop import Workshop
from checker.rules.shelf import find, rules_folder
from checker.selection import selected

if TYPE_CHECKING:
    from pathlib import Path

    from checker.mutation.variants import Variant

Progress = Callable[[str], None]
_Run = Callable[[Mapping[str, Sequence[int]]], Iterator[Attempts]]

SAME_QUERY = "it asks the same: no submission tells the two apart"
BEFORE_IN_FORCE = "no rule that uses the parameter is in force on the days in between"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one mistake: the case (rule, name) that noticed it, or why none can; if neither, it is alive.

    `rules` are those whose verdicts it could change.
    """

    variant: Variant
    rules: tuple[str, ...]
    noticed_by: tuple[str, str] | None = None
    equivalent: str | None = None

    @property
    def alive(self) -> bool:
        """Whether no case notices it, though one might."""
        return self.noticed_by is None and self.equivalent is None


@dataclass(frozen=True, slots=True)
class Survey:
    """All mistakes of a rulebook, tried; `failing` are the cases (rule, name) that do not hold of it as written."""

    rulebook: str
    results: tuple[Result, ...]
    failing: tuple[tuple[str, str], ...]

    @property
    def alive(self) -> tuple[Result, ...]:
        """The mistakes that no case notices."""
        return tuple(result for result in self.results if result.alive)


@dataclass(slots=True)
class _Tally:
    """What is known so far, by the number of the mistake: those that give no rulebook are in neither."""

    rules: dict[int, tuple[str, ...]]
    noticed: dict[int, tuple[str, str]] = field(default_factory=dict)
    differs: set[int] = field(default_factory=set)
    valid: set[int] = field(default_factory=set)
    failing: dict[tuple[str, str], None] = field(default_factory=dict)

    def take(self, attempts: Attempts) -> None:
        """Adds what was found with one rule."""
        self.failing.update(dict.fromkeys((attempts.rule, name) for name in attempts.failing))
        for number, each in attempts.found.items():
            if each.valid:
                self.valid.add(number)
            if each.valid and not each.same:
                self.differs.add(number)
            if each.noticed_by is not None:
                self.noticed[number] = (attempts.rule, each.noticed_by)


def survey(rulebook: str, select: Sequence[str] = (), jobs: int | None = None, progress: Progress | None = None) -> Survey:
    """Tries every mistake in the rules that `select` names, by default all, and in what bears on them.

    A mistake in a term, a parameter or an exception is tried with every rule that it concerns, until one notices it.
    `jobs` is the number of processes side by side, by default that of the processors.
    Raises UsageError or RulesError.
    """
    source = find(rulebook, rules_folder())
    shop = _workshop(source)
    ids = selected([rule.id for rule in shop.book.rules], select)
    concerned = {number: shop.concerned(variant) for number, variant in enumerate(shop.variants)}
    # Rules that are selected are asked first; of a mistake that concerns them the others may know, too.
    tally = _Tally(
        {
            number: tuple(sorted(rules, key=lambda rule: rule not in ids))
            for number, rules in concerned.items()
            if ids & set(rules)
        }
    )
    early = {number for number in tally.rules if shop.before_in_force(shop.variants[number])}
    with _runner(source, jobs or processors()) as run:
        round_, waiting = 0, set(tally.rules) - early
        while waiting:
            asked: dict[str, list[int]] = defaultdict(list)
            for number in sorted(waiting):
                asked[tally.rules[number][round_]].append(number)
            for attempts in run(asked):
                tally.take(attempts)
                if progress is not None:
                    progress(f"{attempts.rule}: {len(tally.noticed)} of {len(tally.rules)} mistakes noticed so far")
            round_ += 1
            waiting = {number for number in waiting - tally.noticed.keys() if len(tally.rules[number]) > round_}
    results = [
        Result(
            shop.variants[number],
            rules,
            noticed_by=tally.noticed.get(number),
            equivalent=BEFORE_IN_FORCE if number in early else None if number in tally.differs else SAME_QUERY,
        )
        for number, rules in tally.rules.items()
        if number in tally.valid | early
    ]
    return Survey(shop.book.name, tuple(results), tuple(tally.failing))


@contextmanager
def _runner(source: Path, jobs: int) -> Iterator[_Run]:
    """What tries mistakes with rules: here, or in so many other processes."""
    if jobs == 1:
        yield lambda asked: (_attempt(source, rule, numbers) for rule, numbers in asked.items())
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:

        def run(asked: Mapping[str, Sequence[int]]) -> Iterator[Attempts]:
            waiting = [pool.submit(_attempt, source, rule, numbers) for rule, numbers in asked.items()]
            return (done.result() for done in as_completed(waiting))

        yield run


def _attempt(source: Path, rule: str, numbers: Sequence[int]) -> Attempts:
    shop = _workshop(source)
    return attempt(shop, rule, {number: shop.variants[number] for number in numbers})


@lru_cache(maxsize=1)
def _workshop(source: Path) -> Workshop:
    """The rulebook there, read once in each process."""
    return Workshop(source)
