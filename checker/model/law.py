"""What the rule engine reasons with: a rulebook's exceptions and standings, and the cases put before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from graphlib import TopologicalSorter
from typing import NamedTuple

from checker.model.words import Outcome, Reason, Severity, Text, Verdict


class Truth(StrEnum):
    """Whether something holds; what certainly does not hold is simply not stated."""

    YES = "yes"
    """It holds."""
    PERHAPS = "perhaps"
    """It may hold: the data cannot tell."""


class Source(NamedTuple):
    """A regulation that rules cite by its name: `charter-2011`. `note` is what a reader should know of it.

    Reports cite it by its `short` title where it has one. `provisions` are what the beginnings of citations are called.
    """

    name: str
    title: Text
    issued: date | None = None
    url: str | None = None
    note: Text = Text()
    short: Text = Text()
    provisions: tuple[tuple[str, Text], ...] = ()

    def provision(self, cited: str, language: str) -> str:
        """A provision in that language: of `art. 22(3)` what `art.` is called, and the rest as it is cited."""
        fits = (each for each in self.provisions if _begins(cited, each[0]))
        begins, called = max(fits, key=lambda each: len(each[0]), default=("", Text()))
        if not begins:
            return cited
        said, rest = called.in_(language), cited[len(begins) :]
        return f"{said} {rest}" if said[-1:].isalpha() and rest[:1].isdecimal() else f"{said}{rest}"


def _begins(cited: str, beginning: str) -> bool:
    """Whether a provision begins so, and not amid a word."""
    return cited.startswith(beginning) and not (beginning[-1:].isalpha() and cited[len(beginning) :][:1].isalpha())


class Change(StrEnum):
    """What a rulebook that extends another did to a rule of it."""

    TIGHTENED = "tightened"
    """It made the rule stricter."""
    OVERRIDDEN = "overridden"
    """It replaced the rule, and says so."""


class Origin(NamedTuple):
    """The rulebook that a rule is from, and those that changed it since, each with how; in their order."""

    rulebook: str = ""
    changes: tuple[tuple[str, Change], ...] = ()


class ExceptionLaw(NamedTuple):
    """One exception: the rules it displaces, and the rule that holds instead."""

    id: str
    displaces: tuple[str, ...]
    by: str | None = None


class Tally(NamedTuple):
    """Condition: at least so many findings of that verdict (violated or undetermined). Empty tuples select any.

    `repeated` counts those only that were violated last time too.
    """

    verdict: Verdict
    severities: tuple[Severity, ...] = ()
    rules: tuple[str, ...] = ()
    at_least: int = 1
    repeated: bool = False

    def selects(self, rule: str, severity: Severity) -> bool:
        """Whether findings of that rule are counted."""
        return (not self.rules or rule in self.rules) and (not self.severities or severity in self.severities)


class Attribute(NamedTuple):
    """Condition: a predicate over the body, measured before; `key` names it in `BodyCase.attributes`."""

    key: str


class Kin(NamedTuple):
    """Condition: at least so many of the bodies below have one of those standings, or at least that share of them.

    `relation` is children or descendants. With `share`, which must be exceeded if `strict`, there must be such bodies.
    Like an attribute it is measured before, and named by `key` in `BodyCase.attributes`.
    """

    key: str
    relation: str
    standings: tuple[str, ...]
    at_least: int = 1
    share: Fraction | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Condition: every part holds (of none: true)."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """Condition: some part holds (of none: false)."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Condition: the part does not hold."""

    part: "Condition"


Condition = Tally | Attribute | Kin | All | Any | Not


class StandingLaw(NamedTuple):
    """One standing and its condition; the first in the rulebook's order whose condition holds is pronounced."""

    id: str
    when: Condition


class RequirementLaw(NamedTuple):
    """One rule is judged only where another has that verdict, satisfied or violated, on the same subject."""

    rule: str
    required: str
    verdict: Verdict = Verdict.SATISFIED


class Law(NamedTuple):
    """All that the rule engine needs of a rulebook. `rules` gives each rule's severity."""

    rules: tuple[tuple[str, Severity], ...]
    exceptions: tuple[ExceptionLaw, ...] = ()
    standings: tuple[StandingLaw, ...] = ()
    requirements: tuple[RequirementLaw, ...] = ()


def atoms(law: Law) -> Iterator[Tally | Attribute | Kin]:
    """What the conditions of standings are made of, in their order."""

    def within(condition: Condition) -> Iterator[Tally | Attribute | Kin]:
        match condition:
            case All(parts) | Any(parts):
                for part in parts:
                    yield from within(part)
            case Not(part):
                yield from within(part)
            case _:
                yield condition

    for standing in law.standings:
        yield from within(standing.when)


def most_asked(law: Law) -> int:
    """The largest number of findings that a standing's condition asks for; more than that makes no difference."""
    return max((atom.at_least for atom in atoms(law) if isinstance(atom, Tally)), default=1)


def with_required(law: Law, rules: Iterable[str]) -> frozenset[str]:
    """The rules, and all that they require, and these in turn."""
    found: set[str] = set()
    waiting = set(rules)
    while waiting:
        found |= waiting
        waiting = {each.required for each in law.requirements if each.rule in waiting} - found
    return frozenset(found)


def levels_of(law: Law) -> dict[str, int]:
    """How far each rule that requires another, or is required, stands above those that require none."""
    required: dict[str, list[str]] = {}
    for rule, other, _ in law.requirements:
        required.setdefault(rule, []).append(other)
    levels: dict[str, int] = {}
    for rule in TopologicalSorter(required).static_order():
        levels[rule] = max((1 + levels[other] for other in required.get(rule, ())), default=0)
    return levels


class Matter(NamedTuple):
    """One outcome of a rule, and what else bears on its verdict.

    `covered` says that a waiver covers it; `required` gives, of each rule that this one requires, the gravest verdict.
    """

    rule: str
    outcome: Outcome
    covered: bool = False
    required: tuple[tuple[str, Verdict], ...] = ()


class Case(NamedTuple):
    """What is alike about all subjects with the same facts: which matters occur, and which exceptions hold."""

    matters: tuple[Matter, ...]
    holds: tuple[tuple[str, Truth], ...] = ()


class Stated(NamedTuple):
    """A fact of the rule engine: its kind, and its fields in the words of a rulebook (`("claim", "displaced")`)."""

    kind: str
    fields: tuple[tuple[str, str], ...]


class Firing(NamedTuple):
    """One rule of the engine that fired, the facts that made it fire, and those that it added."""

    rule: str
    given: tuple[Stated, ...]
    then: tuple[Stated, ...]

    def concerns(self, rule: str) -> bool:
        """Whether it bears on that rule of the rulebook."""
        return any(("rule", rule) in stated.fields for stated in (*self.given, *self.then))


class RuleVerdict(NamedTuple):
    """The verdict on a matter, why, and the exception or required rule that decided, if one did."""

    matter: Matter
    verdict: Verdict
    reason: Reason | None = None
    because: str | None = None


class Ruling(NamedTuple):
    """What was derived for a case: a verdict for each of its matters in turn, conflicts (rule, exceptions), firings."""

    verdicts: tuple[RuleVerdict, ...]
    conflicts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    firings: tuple[Firing, ...] = ()


class BodyCase(NamedTuple):
    """What is alike about all bodies with the same facts: findings per rule (rule, verdict, count), and attributes.

    `repeated` are those of the findings that were violated last time too.
    """

    findings: tuple[tuple[str, Verdict, int], ...]
    attributes: tuple[tuple[str, Truth], ...] = ()
    repeated: tuple[tuple[str, Verdict, int], ...] = ()


class Pronouncement(NamedTuple):
    """The standing derived for a body case: an id of the rulebook, `undetermined`, or None if none matches."""

    standing: str | None
    firings: tuple[Firing, ...] = ()
