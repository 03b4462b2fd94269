"""Puts bodies before the rule engine for their standings: all at once, or from the leaves of the tree up to its roots."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from checker.measure import bodies
from checker.measure.run import Measurement
from checker.model.law import BodyCase, Kin, Pronouncement, Tally, atoms, most_asked
from checker.model.plan import Statement
from checker.model.words import Verdict


def conclude(run: Measurement, pronounce: Callable[[BodyCase], Pronouncement]) -> None:
    """Concludes the standing of every body. Counts above the largest that a standing asks for are all alike.

    Where a standing depends on those of the bodies below, the deepest are concluded first.
    """
    plan, engine = run.plan, run.engine
    if plan.body is None or plan.members is None or not plan.law.standings or plan.body not in run.tables:
        return
    asked = [atom for atom in atoms(plan.law) if isinstance(atom, Kin)]
    repeated = any(isinstance(atom, Tally) and atom.repeated for atom in atoms(plan.law))
    engine.set({"most": most_asked(plan.law), "body": plan.body, "repeated": repeated})
    engine.run(Statement(f"CREATE TABLE members AS {plan.members.sql}", plan.members.needs))
    engine.run(Statement(bodies.GRAVER, ("repeated",)))
    engine.run(Statement(bodies.TALLIES, ("most",)))
    for statement in bodies.TREE if asked else bodies.NO_TREE:
        engine.run(statement.format(body=plan.body))
    known: dict[BodyCase, str | None] = {}
    for (depth,) in engine.rows("SELECT DISTINCT depth FROM bodies ORDER BY depth DESC"):
        engine.set({"depth": depth})
        for number, kin in enumerate(asked, len(plan.exceptions) + len(plan.attributes)):
            engine.run(_kin(kin), **_asked_of(kin, number))
        engine.run(Statement(bodies.TALLIED, ("body", "depth")))
        pronounced = []
        for case_no, tally, keys in engine.rows(bodies.CASES):
            case = _case(run, tally, keys)
            if case not in known:
                known[case] = pronounce(case).standing
            pronounced.append((case_no, known[case]))
        engine.run(bodies.PRONOUNCED)
        engine.insert("pronounced", ("INTEGER", "VARCHAR"), pronounced)
        engine.run(bodies.STAND)


def concluded(run: Measurement, most: int | None) -> list[tuple[int, str | None, int, int]]:
    """(body row, standing, violated, undetermined), if standings were concluded; so many at most of each standing."""
    return run.engine.rows(Statement(bodies.STANDINGS, ("most",)), most=most)


def stood(run: Measurement) -> dict[str | None, int]:
    """How many bodies have each standing."""
    return dict(run.engine.rows(bodies.STOOD))


def _kin(kin: Kin) -> Statement:
    needs = ("body", "depth", "key", "relation", "standings")
    if kin.share is None:
        return Statement(bodies.KIN.format(sure=bodies.ENOUGH_SURELY, possible=bodies.ENOUGH_POSSIBLY), (*needs, "least"))
    text = bodies.KIN.format(sure=bodies.SHARE_SURELY, possible=bodies.SHARE_POSSIBLY)
    return Statement(text, (*needs, "part", "whole", "strict"))


def _asked_of(kin: Kin, number: int) -> dict[str, object]:
    share = kin.share or 0
    return {
        "key": number,
        "relation": kin.relation,
        "standings": list(kin.standings),
        "least": kin.at_least,
        "part": share.numerator,
        "whole": share.denominator,
        "strict": int(kin.strict),
    }


def _case(run: Measurement, tally: str, keys: str) -> BodyCase:
    parts = [part.split(":") for part in tally.split(",") if part]
    findings = [(run.rules[int(number)].id, Verdict(verdict), int(times)) for number, verdict, times, _ in parts]
    again = [(run.rules[int(number)].id, Verdict(verdict), int(times)) for number, verdict, _, times in parts]
    return BodyCase(tuple(findings), run.stated(keys, exceptions=False), tuple(_some(again)))


def _some(findings: Iterable[tuple[str, Verdict, int]]) -> Iterable[tuple[str, Verdict, int]]:
    return ((rule, verdict, times) for rule, verdict, times in findings if times)
