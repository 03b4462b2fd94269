"""The only door to durable-rules: patterns and facts go in, firings come out, and its quirks stay in this module."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Final

from checker.adjudicate.durable.inference import (
    Clause,
    Fact,
    Fired,
    Inference,
    Of,
    Pattern,
    Scalar,
    refuse_what_does_not_fit,
)
from checker.adjudicate.protocol import fault


@contextmanager
def _lazy_binding() -> Iterator[None]:
    """Lets the extension be imported though it names a symbol (never called) that CPython 3.13 no longer has."""
    if sys.platform != "linux":
        yield
        return
    flags = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_LAZY)
    try:
        yield
    finally:
        sys.setdlopenflags(flags)


with _lazy_binding():
    from durable.engine import Closure, Content, Ruleset
    from durable.engine import durable_rules_engine as extension

VERSION: Final = "2.0.28"
"""Of durable-rules, which does not say it of itself; its metadata take longer to read than it takes to load."""

MAX_TEXT = 16_000
"""The engine counts the bytes of a string that it compares in 16 bits, and a character has up to four."""

MAX_INTEGER = 2**63 - 1
"""The engine computes in 64 bits, and does not notice an overflow."""


class Engine:
    """One ruleset, made once per run (the engine never frees it) and used by one thread at a time."""

    def __init__(self, rules: Sequence[Inference]) -> None:
        refuse_what_does_not_fit(rules)
        self._fired: list[Fired] = []
        self._acted = False
        self._cases = count()
        definition = {
            f"r{number}": {"all": [_phase(rule), *map(_condition, rule.when)], "run": self._recorder(rule)}
            for number, rule in enumerate((_SELF_TEST, *rules))
        }
        try:
            self._ruleset = _StrictRuleset("adjudicate", None, definition)
        except extension.error as error:
            raise fault(f"durable-rules refuses the ruleset: {error}") from error
        _, fired = self.infer([_SELF_TEST_FACT], [_SELF_TEST.stratum])
        if [rule for rule, _ in fired] != [_SELF_TEST]:
            raise fault("durable-rules does not fire the rule of the self-test")

    def infer(self, facts: Iterable[Fact], strata: Sequence[str]) -> tuple[list[Fact], list[Fired]]:
        """What follows from the facts of one case, stratum by stratum, and every firing; in no meaningful order."""
        session = _Session(self._ruleset, f"case-{next(self._cases)}")
        inferred: list[Fact] = []
        fired: list[Fired] = []
        news = session.take(facts)
        try:
            for stratum in strata:
                session.state(news)
                self._fired.clear()
                session.enter(stratum)
                self._acted = self._acted or bool(self._fired)
                fired += self._fired
                news = session.take(fact for rule, match in self._fired for fact in rule.then(match))
                inferred += news
        except (extension.error, UnicodeEncodeError) as error:
            raise fault(f"durable-rules failed: {error}") from error
        finally:
            # Deleting a state frees pointers that only an action sets: for this state and those that take its place.
            if self._acted:
                session.close()
        return inferred, fired

    def _recorder(self, rule: Inference) -> Callable[[Closure], None]:
        aliases = [pattern.alias for pattern in rule.when if not pattern.absent]

        # One argument: a function of two is taken for an asynchronous one, and is never called.
        def record(closure: Closure) -> None:
            self._fired.append((rule, {alias: _unlabelled(getattr(closure, alias)) for alias in aliases}))

        return record


class _Session:
    """The facts of one case, held by the engine under an id of their own until it is closed."""

    def __init__(self, ruleset: _StrictRuleset, case: str) -> None:
        self._ruleset = ruleset
        self._case = case
        self._taken: set[frozenset[tuple[str, Scalar]]] = set()
        self._ids = count()
        self._open = False

    def take(self, facts: Iterable[Fact]) -> list[Fact]:
        """Those of the facts that are new."""
        new: list[Fact] = []
        for fact in facts:
            _refuse_what_cannot_cross(fact)
            content = frozenset(fact.items())
            if content not in self._taken:
                self._taken.add(content)
                new.append(fact)
        return new

    def state(self, facts: Sequence[Fact]) -> None:
        """Asserts the facts; no stratum that asks whether they are absent may have been entered yet."""
        if facts:  # the engine answers an empty batch with a handle that kills the process
            self._ruleset.assert_facts([self._labelled(fact) for fact in facts])
            self._open = True

    def enter(self, stratum: str) -> None:
        """Asserts the phase of the stratum, which all its rules wait for, and runs what then fires."""
        handle = self._ruleset.assert_fact(self._labelled({"kind": "phase", "stratum": stratum}))
        self._open = True
        answers: list[tuple[object, Mapping[str, object] | None]] = []
        with warnings.catch_warnings():
            # From Python 3.12 on, each of the engine's closures deprecates itself by asking for the time.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._ruleset.do_actions(handle, lambda error, state: answers.append((error, state)))
        if len(answers) != 1:
            raise fault(f"durable-rules did not finish the stratum '{stratum}'")
        (error, state) = answers[0]
        if isinstance(error, BaseException):
            if isinstance(error, Exception):
                raise fault(f"durable-rules failed in the stratum '{stratum}': {error}") from error
            raise error
        if state and "exception" in state:  # where the engine hides what an action raises
            raise fault(f"an action failed in the stratum '{stratum}': {state['exception']}")

    def close(self) -> None:
        """Frees the state: the engine keeps it otherwise, and refuses the 1,025th."""
        if self._open:
            self._ruleset.delete_state(self._case)
            self._open = False

    def _labelled(self, fact: Fact) -> dict[str, Scalar]:
        return {**fact, "id": str(next(self._ids)), "sid": self._case}


class _StrictRuleset(Ruleset):  # type: ignore[misc]  # the package has no types
    """A ruleset for which a fact that meets no rule yet is no error."""

    def _handle_result(self, result: tuple[int, int], fact: object) -> int:
        code, handle = result
        if code > 1:  # 0: matched; 1: met no rule; 2: an id that was there already
            raise fault(f"durable-rules answers {code} to {fact}")
        return handle


_SELF_TEST_FACT: Fact = {"kind": "self-test", "passed": 1}
_SELF_TEST = Inference("self-test", "self-test", (Pattern("fact", "self-test", (Clause("passed", "=", 1),)),), lambda _: ())

_LABELS = frozenset({"id", "sid"})
_OPERATORS = {"<>": "$neq", "<": "$lt", ">": "$gt"}


def _phase(rule: Inference) -> dict[str, object]:
    return {"phase": {"$and": [{"kind": "phase"}, {"stratum": rule.stratum}]}}


def _condition(pattern: Pattern) -> dict[str, object]:
    clauses = [{"kind": pattern.kind}, *map(_clause, pattern.clauses)]
    return {pattern.alias + ("$not" if pattern.absent else ""): {"$and": clauses} if clauses[1:] else clauses[0]}


def _clause(clause: Clause) -> dict[str, object]:
    value = {clause.value.alias: clause.value.field} if isinstance(clause.value, Of) else clause.value
    term: dict[str, object] = {clause.field: value}
    return term if clause.operator == "=" else {_OPERATORS[clause.operator]: term}


def _unlabelled(content: Content) -> Fact:
    return {field: value for field, value in content.items() if field not in _LABELS}


def _refuse_what_cannot_cross(fact: Fact) -> None:
    for field, value in fact.items():
        match value:
            case str() if 0 < len(value) <= MAX_TEXT:
                pass
            case int() if -MAX_INTEGER <= value <= MAX_INTEGER:
                pass
            case _:
                raise fault(f"'{field}' of a fact of kind '{fact['kind']}' is {value!r:.60}, which cannot cross")
