"""Puts what was measured before the rule engine, case by case, and joins its verdicts back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from checker.errors import EngineError, Problem
from checker.model.law import Case, Matter, Ruling, levels_of
from checker.model.words import GRAVEST, Outcome, Verdict
from checker.run import results
from checker.run.session import Session
from checker.tables.schema import LEVELS, REQUIRES, REQUIRING, RULINGS
from checker.words.message import message


class Dispute(NamedTuple):
    """Exceptions in conflict about a rule, in a case."""

    case_no: int
    rule: str
    exceptions: tuple[str, ...]


class _Part(NamedTuple):
    """A matter of a case, as a row of `rulings` begins."""

    rule: int
    outcome: str
    covered: bool
    required: str


def settle(run: Session, adjudicate: Callable[[Case], Ruling]) -> list[Dispute]:
    """Puts every distinct case before the rule engine and makes `findings`, one level of rules after the other.

    Gives the disputes. What waivers cover must have been noted before (`checker.run.waivers`).
    """
    engine = run.engine
    # Outcomes are many, and what is joined to them is little; after a join with nothing the engine takes them to be few.
    engine.join_as_written()
    depth, bearing = _rank(run), run.bearing
    engine.run(f"CREATE OR REPLACE VIEW case_facts AS {bearing.case_facts()}")
    cases = [(0, ""), *(engine.rows(results.CASES) if bearing.exceptions else [])]
    disputes: list[Dispute] = []
    for level in range(depth + 1):
        if level:
            engine.run(results.REQUIRE, gravest=[verdict.value for verdict in GRAVEST], level=level)
        rulings: list[Sequence[object]] = []
        matters = defaultdict[int, list[_Part]](list)
        for case_no, *part in engine.rows(results.MATTERS, level=level):
            matters[case_no].append(_Part(*part))
        for case_no, keys in cases:
            parts = sorted(matters[case_no], key=_in_order)
            ruling = adjudicate(_case(run, parts, keys))
            rulings.extend(
                (case_no, *part, each.verdict, each.reason, each.because)
                for part, each in zip(parts, ruling.verdicts, strict=True)
            )
            if level == 0:
                disputes += [Dispute(case_no, *conflict) for conflict in ruling.conflicts]
        engine.insert(RULINGS, rulings)
        if depth == 0 and run.folds:
            # Too many to be written twice; the rulings, which they are joined with, are few.
            engine.run(f"CREATE OR REPLACE VIEW findings AS {bearing.find()}")
            engine.table("found", f"SELECT {results.FOUND} FROM findings")
        else:
            of_level = f"{bearing.find()} {results.OF_LEVEL}"
            if level:
                engine.run(f"INSERT INTO findings {of_level}", level=level)
            else:
                engine.table("findings", of_level, level=level)
            engine.run(f"CREATE OR REPLACE VIEW found AS SELECT {results.FOUND} FROM findings")
    _refuse_loss(run)
    known = {rule.id for rule in run.rules}
    return [dispute for dispute in disputes if dispute.rule in known]


def _rank(run: Session) -> int:
    """Gives each rule its level, where rules require others; the highest is returned."""
    if not run.plan.law.requirements:
        return 0
    for table in REQUIRING:
        run.engine.empty(table)
    levels, numbers = levels_of(run.plan.law), {rule.id: number for number, rule in enumerate(run.rules)}
    ranked = [(number, levels.get(rule, 0)) for rule, number in numbers.items()]
    requires = [(numbers[law.rule], numbers[law.required]) for law in run.plan.law.requirements if law.rule in numbers]
    run.engine.insert(LEVELS, ranked)
    run.engine.insert(REQUIRES, requires)
    return max((level for _, level in ranked), default=0)


def _in_order(part: _Part) -> str:
    """By what the matters of a case are ordered."""
    return f"{part.rule}:{part.outcome}:{int(part.covered)}:{part.required}"


def _case(run: Session, parts: Sequence[_Part], keys: str) -> Case:
    """The case in which these matters occur, and what holds in it."""
    matters = tuple(
        Matter(run.rules[number].id, Outcome(outcome), covered, required_of(run, required))
        for number, outcome, covered, required in parts
    )
    return Case(matters, run.stated(keys, exceptions=True))


def required_of(run: Session, text: str) -> tuple[tuple[str, Verdict], ...]:
    """The required rules and their verdicts of which `results.REQUIRE` says that."""
    pairs = (part.split("=") for part in text.split(";") if part)
    return tuple((run.rules[int(number)].id, Verdict(verdict)) for number, verdict in pairs)


def _refuse_loss(run: Session) -> None:
    ((outcomes, findings),) = run.engine.rows("SELECT (SELECT COUNT(*) FROM outcomes), (SELECT COUNT(*) FROM found)")
    if outcomes != findings:
        wrong = message("verdicts-lost", outcomes=outcomes, findings=findings)
        raise EngineError(Problem("verdicts-lost", wrong, message("rule-engine-fix")))
