"""Which mistakes in a rulebook none of its cases notices: all of them tried, rule by rule, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from checker.mutation.attempt import Attempts, attempt
from checker.mutation.proposals import propose
from checker.mutation.workshop import Workshop
from checker.processors import processors
from checker.rules.shelf import find, rules_folder
from checker.selection import selected
from checker.words.catalogue import FALLBACK
from checker.words.message import Message, Words, message
from checker.workers import runner

if TYPE_CHECKING:
    from pathlib import Path

    from checker.mutation.variants import Variant

Progress = Callable[[str], None]


SAME_QUERY = message("mutant-same-query")


class Proposal(NamedTuple):
    """A case for `cases/<rule>.yaml` that would notice a mistake: it was tried."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one mistake: the case (rule, name) that noticed it, or why none can; if neither, it is alive.

    `rules` are the rules and indicators that it could change. For one that is alive `proposal` is a case that would notice it;
    where none was found, the mistake may be none.
    """

    variant: Variant
    rules: tuple[str, ...]
    noticed_by: tuple[str, str] | None = None
    equivalent: Message | None = None
    proposal: Proposal | None = None

    @property
    def alive(self) -> bool:
        """Whether no case notices it, though one might."""
        return self.noticed_by is None and self.equivalent is None


@dataclass(frozen=True, slots=True)
class Survey:
    """All mistakes of a rulebook, tried; `failing` are the cases (rule, name) that do not hold of it as written.

    What is said of them is in that `language`.
    """

    rulebook: str
    results: tuple[Result, ...]
    failing: tuple[tuple[str, str], ...]
    language: str = FALLBACK

    @property
    def alive(self) -> tuple[Result, ...]:
        """The mistakes that no case notices."""
        return tuple(result for result in self.results if result.alive)


@dataclass(slots=True)
class _Tally:
    """What is known so far, by the number of the mistake, of which `rules` are those that it concerns.

    `proven` says why some change nothing. Those that are not `valid` give no rulebook, and are no mistakes to look for.
    """

    rules: Mapping[int, tuple[str, ...]]
    proven: Mapping[int, Message]
    noticed: dict[int, tuple[str, str]] = field(default_factory=dict)
    differing: dict[int, list[str]] = field(default_factory=dict)
    valid: set[int] = field(default_factory=set)
    failing: dict[tuple[str, str], None] = field(default_factory=dict)
    proposed: dict[int, Proposal] = field(default_factory=dict)
    rounds: int = 0
    searches: int = 0

    def take(self, attempts: Attempts) -> None:
        """Adds what was found with one rule."""
        self.failing.update(dict.fromkeys((attempts.rule, name) for name in attempts.failing))
        for number, each in attempts.found.items():
            if each.valid:
                self.valid.add(number)
            if each.valid and not each.same:
                self.differing.setdefault(number, []).append(attempts.rule)
            if each.noticed_by is not None:
                self.noticed[number] = (attempts.rule, each.noticed_by)
        for number, first in attempts.alike.items():
            # One that concerns no other rule is the same mistake, and told once.
            if first in self.noticed and len(self.rules[number]) > 1:
                self.valid.add(number)
                self.differing.setdefault(number, []).append(attempts.rule)
                self.noticed[number] = self.noticed[first]

    def next_round(self) -> dict[str, list[int]]:
        """Which mistakes are to be tried next with which rule: each with the first that it was not yet tried with."""
        waiting = self.rules.keys() - self.proven.keys() - self.noticed.keys()
        asked = _by_rule({number: self.rules[number][self.rounds] for number in waiting if len(self.rules[number]) > self.rounds})
        self.rounds += 1
        return asked

    def next_search(self) -> dict[str, list[int]]:
        """For which mistakes a case is to be looked for next, with which rule."""
        waiting = set(self.alive()) - self.proposed.keys()
        asked = _by_rule(
            {number: self.differing[number][self.searches] for number in waiting if len(self.differing[number]) > self.searches}
        )
        self.searches += 1
        return asked

    def alive(self) -> list[int]:
        """The mistakes that no case notices, though one might."""
        return sorted(self.differing.keys() - self.noticed.keys())

    def results(self, variants: Sequence[Variant]) -> Iterator[Result]:
        """What became of each mistake, in their order."""
        for number in sorted(self.valid | self.proven.keys()):
            why = self.proven.get(number, None if number in self.differing else SAME_QUERY)
            yield Result(variants[number], self.rules[number], self.noticed.get(number), why, self.proposed.get(number))


def _by_rule(rules: Mapping[int, str]) -> dict[str, list[int]]:
    asked: dict[str, list[int]] = defaultdict(list)
    for number in sorted(rules):
        asked[rules[number]].append(number)
    return asked


def survey(
    rulebook: str,
    select: Sequence[str] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
    language: str | None = None,
) -> Survey:
    """Tries every mistake in the rules and indicators that `select` names, by default all, and in what bears on them.

    A mistake in a term, a parameter, an indicator or an exception is tried with all that it concerns, until one notices it.
    `jobs` is the number of processes side by side, by default that of the processors; what is proposed is
    called in that `language`, by default the rulebook's first. Raises UsageError or RulesError.
    """
    source = find(rulebook, rules_folder())
    _workshop.cache_clear()  # What was read before may have been written anew since.
    shop = _workshop(source)
    spoken = language or shop.book.languages[0]
    words = Words(spoken)
    ids = selected(shop.ids, select)
    concerned = {number: shop.concerned(variant) for number, variant in enumerate(shop.variants)}
    # Rules that are selected are asked first; of a mistake that concerns them the others may know, too.
    rules = {
        number: tuple(sorted(each, key=lambda rule: rule not in ids)) for number, each in concerned.items() if ids & set(each)
    }
    tally = _Tally(rules, {number: why for number in rules if (why := shop.proof(shop.variants[number])) is not None})
    with runner(jobs or processors()) as run:
        while asked := tally.next_round():
            for attempts in run([partial(_attempt, source, rule, numbers) for rule, numbers in asked.items()]):
                tally.take(attempts)
                if progress is not None:
                    progress(words("mutants-noticed", rule=attempts.rule, noticed=len(tally.noticed), n=len(rules)))
        while asked := tally.next_search():
            for proposals in run([partial(_propose, source, rule, numbers, spoken) for rule, numbers in asked.items()]):
                tally.proposed |= proposals
                if progress is not None:
                    progress(words("mutants-proposed", proposed=len(tally.proposed), n=len(tally.alive())))
    return Survey(shop.book.name, tuple(tally.results(shop.variants)), tuple(tally.failing), spoken)


def _attempt(source: Path, rule: str, numbers: Sequence[int]) -> Attempts:
    shop = _workshop(source)
    return attempt(shop, rule, {number: shop.variants[number] for number in numbers})


def _propose(source: Path, rule: str, numbers: Sequence[int], language: str) -> dict[int, Proposal]:
    shop = _workshop(source)
    found = propose(shop, rule, {number: shop.variants[number] for number in numbers}, Words(language))
    return {number: Proposal(rule, text) for number, text in found.items()}


@lru_cache(maxsize=1)
def _workshop(source: Path) -> Workshop:
    """The rulebook there, read once in each process."""
    return Workshop(source)
