"""What the rule engine is given: rules of its own, and facts; values that need no engine, and what of them fits into it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from checker.errors import EngineError, Problem
from checker.words.message import message

MAX_RULES = 242
"""The engine reads past its memory where 256 rules share a pattern, and those of a stratum share its phase."""

MAX_PATTERNS = 15
"""The engine joins at most 16 facts, one of them the phase, and finds out only when the seventeenth is asserted."""

MAX_CONSTANTS = 400
"""The engine hangs where patterns of one kind compare with 512 constants: its table has no free place to stop at."""

Scalar = str | int
"""What may cross into the engine: a null hangs it, an empty string or a float is read wrongly."""

Fact = Mapping[str, Scalar]
"""A statement of a `kind`, with fields."""

Match = Mapping[str, Fact]
"""The facts that made a rule fire, by the alias of the pattern each of them met."""


class Of(NamedTuple):
    """The value of a field of the fact that met an earlier pattern."""

    alias: str
    field: str


class Clause(NamedTuple):
    """A condition on a field: `operator` is = or <>, or, between integers, < or >."""

    field: str
    operator: str
    value: Scalar | Of


class Pattern(NamedTuple):
    """A fact of that kind that meets all clauses; with `absent`, that there is none."""

    alias: str
    kind: str
    clauses: tuple[Clause, ...] = ()
    absent: bool = False


class Inference(NamedTuple):
    """A rule of the engine: when, in its stratum, there are facts that meet the patterns, `then` gives further facts.

    What it infers is seen in higher strata only, and `absent` may only ask for facts of lower ones. `told` says whether it
    is part of an explanation, or only hands on what is so already.
    """

    name: str
    stratum: str
    when: tuple[Pattern, ...]
    then: Callable[[Match], tuple[Fact, ...]]
    told: bool = True


Fired = tuple[Inference, Match]
"""One firing."""


def refuse_what_does_not_fit(rules: Sequence[Inference]) -> None:
    """Raises EngineError where the engine has no room for the rules."""
    constants = {
        (pattern.kind, clause.field, clause.value)
        for rule in rules
        for pattern in rule.when
        for clause in pattern.clauses
        if not isinstance(clause.value, Of)
    }
    most = max(Counter(kind for kind, _, _ in constants).values(), default=0)
    problems = [
        Problem("law-too-large", said, message("law-too-large-fix"))
        for said, used, room in (
            (message("law-rules", n=len(rules), room=MAX_RULES), len(rules), MAX_RULES),
            (message("law-conditions", n=most, room=MAX_CONSTANTS), most, MAX_CONSTANTS),
            *(
                (
                    message("law-conditions-at-once", name=rule.name, n=len(rule.when), room=MAX_PATTERNS),
                    len(rule.when),
                    MAX_PATTERNS,
                )
                for rule in rules
            ),
        )
        if used > room
    ]
    if problems:
        raise EngineError(*problems)
