"""Puts bodies before the rule engine for their standings: all at once, or from the leaves of the tree up to its roots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from checker.model.law import BodyCase, Kin, Pronouncement, Tally, atoms, most_asked
from checker.model.plan import IntegrityPlan, RulePlan
from checker.model.sql import Sql
from checker.model.words import Verdict
from checker.run import bodies
from checker.run.ascending import Standing, ascended
from checker.run.packing import Packing
from checker.run.session import Session
from checker.tables.schema import RULE_CLASSES, STANDINGS, case_standings


def conclude(run: Session, pronounce: Callable[[BodyCase], Pronouncement]) -> None:
    """Concludes the standing of every body. Counts above the largest that a standing asks for are all alike.

    Where a standing depends on those of the bodies below, the deepest are concluded first: level by level, or, in a tree of
    more than `Tuning.levels`, body by body. Where no rule of the rulebook's own judged anything, there is nothing to conclude
    from.
    """
    plan, engine = run.plan, run.engine
    if plan.body is None or plan.members is None or not plan.law.standings or plan.body not in run.tables:
        return
    if nothing_judged(run):
        return
    asked = [atom for atom in atoms(plan.law) if isinstance(atom, Kin)]
    repeated = any(isinstance(atom, Tally) and atom.repeated for atom in atoms(plan.law))
    engine.run(Sql.of("CREATE TABLE members AS ", plan.members))
    engine.empty(RULE_CLASSES)
    engine.insert(RULE_CLASSES, _alike(run))
    missing = any(run.lacks(rule) for each in plan.records for rule in each.integrity)
    owners = bodies.OF_TABLES if missing else bodies.OF_ROWS
    engine.run(bodies.BODY_TALLIES.format(owners=owners), repeated=repeated)
    packing = Packing.of(engine.rows(bodies.PAIRS), most_asked(plan.law))
    packing.pack(engine)
    for statement in bodies.TREE if asked else bodies.NO_TREE:
        engine.run(statement.format(body=plan.body))
    known: dict[BodyCase, str | None] = {}

    def standing(words: Iterable[int], keys: str) -> str | None:
        case = _case(run, packing.counts(tuple(words)), keys)
        if case not in known:
            known[case] = pronounce(case).standing
        return known[case]

    levels = [depth for (depth,) in engine.rows("SELECT DISTINCT depth FROM bodies ORDER BY depth DESC")]
    numbered = tuple(enumerate(asked, len(plan.exceptions) + len(plan.attributes)))
    if asked and len(levels) > engine.tuning.levels:
        engine.insert(STANDINGS, ascended(engine, plan.body, packing, numbered, standing))
    else:
        _by_levels(run, plan.body, packing, numbered, levels, standing)


def _by_levels(
    run: Session, body: str, packing: Packing, asked: Sequence[tuple[int, Kin]], levels: Iterable[int], standing: Standing
) -> None:
    """Concludes the standings of all bodies of one depth after the other, the deepest first."""
    engine = run.engine
    if asked:
        for statement in bodies.CHILDREN:
            engine.run(statement)
    if any(kin.relation == "descendants" for _, kin in asked):
        run.climb(body)
        for statement in bodies.DESCENDANTS:
            engine.run(statement.format(body=body))
    made = case_standings(packing.words)
    for depth in levels:
        for number, kin in asked:
            engine.run(_kin(kin), body=body, depth=depth, **_asked_of(kin, number))
        engine.run(bodies.BODY_CASES.format(words=packing.told), body=body, depth=depth)
        cases = engine.rows(bodies.CASES.format(words=packing.names))
        pronounced = [(*words, keys, standing(words, keys)) for *words, keys in cases]
        engine.empty(made)
        engine.insert(made, pronounced)
        engine.run(bodies.STAND.format(words=packing.names))


def nothing_judged(run: Session) -> bool:
    """Whether the rulebook has rules of its own, and none of them came to a verdict: then nothing is known of any body."""
    own = [number for number, rule in enumerate(run.rules) if isinstance(rule, RulePlan)]
    judged = f"SELECT 1 FROM found WHERE verdict <> '{Verdict.NOT_APPLICABLE}' AND rule IN ({', '.join(map(str, own))}) LIMIT 1"
    return bool(own) and not run.engine.rows(judged)


def concluded(run: Session, most: int | None) -> list[tuple[int, str | None, int, int, int]]:
    """(body row, standing, violated, undetermined, violated in the file); so many at most of each standing."""
    return run.engine.rows(bodies.STANDINGS, most=most)


def stood(run: Session) -> dict[str | None, int]:
    """How many bodies have each standing."""
    return dict(run.engine.rows(bodies.STOOD))


def _alike(run: Session) -> Iterator[tuple[int, int, bool, bool]]:
    """Of each rule the first that no standing tells from it, whether any standing asks for it, and whether it is of the file.

    Bodies that differ only in which of such rules they violate are one case: it is told of the first.
    """
    tallies = [atom for atom in atoms(run.plan.law) if isinstance(atom, Tally)]
    first: dict[tuple[bool, ...], int] = {}
    for number, rule in enumerate(run.rules):
        selected = tuple(tally.selects(rule.id, rule.severity) for tally in tallies)
        yield number, first.setdefault(selected, number), any(selected), isinstance(rule, IntegrityPlan)


def _kin(kin: Kin) -> str:
    if kin.share is None:
        return bodies.KIN.format(sure=bodies.ENOUGH_SURELY, possible=bodies.ENOUGH_POSSIBLY)
    return bodies.KIN.format(sure=bodies.SHARE_SURELY, possible=bodies.SHARE_POSSIBLY)


def _asked_of(kin: Kin, number: int) -> dict[str, object]:
    asked: dict[str, object] = {"key": number, "relation": kin.relation, "standings": list(kin.standings)}
    if kin.share is None:
        return {**asked, "least": kin.at_least}
    return {**asked, "part": kin.share.numerator, "whole": kin.share.denominator, "strict": int(kin.strict)}


def _case(run: Session, counts: Iterable[tuple[int, str, int, int]], keys: str) -> BodyCase:
    parts = [(run.rules[rule].id, Verdict(verdict), times, again) for rule, verdict, times, again in counts]
    findings = tuple((rule, verdict, times) for rule, verdict, times, _ in parts)
    again = tuple((rule, verdict, times) for rule, verdict, _, times in parts if times)
    return BodyCase(findings, run.stated(keys, exceptions=False), again)
