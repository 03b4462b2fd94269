"""Standings (9): what is concluded about a body from the findings of all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from checker.model.words import Verdict
from tests.oracle.bodies import body_of, body_record
from tests.oracle.cells import Row, Truth
from tests.oracle.expressions import all_of, any_of, opposite, parse
from tests.oracle.judge import Finding, rule_of, subject_id
from tests.oracle.kin import RELATIONS, depth
from tests.oracle.kin import holds as kin_holds
from tests.oracle.repeated import marked
from tests.oracle.world import World


def standings(world: World, findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """(body, standing) of every body; the first match from the top."""
    body, laws = body_record(world), world.book.get("standings", [])
    own = {rule["id"] for rule in world.book.get("rules", [])}
    judged = any(finding.rule in own and finding.verdict is not Verdict.NOT_APPLICABLE for finding in findings)
    if body is None or world.tables[body] is None or not laws or (own and not judged):
        return []
    findings = marked(world, findings)
    parent = world.record(body).get("parent")
    rows = world.subjects(body)
    known: dict[int, str] = {}
    for level in sorted({depth(world, row, parent) for row in rows} if parent else {0}, reverse=True):
        level_rows = [row for row in rows if parent is None or depth(world, row, parent) == level]
        known |= {row.number: standing(world, laws, row, findings, known) for row in level_rows}
    return [(subject_id(row), known[row.number]) for row in rows]


def standing(world: World, laws: Sequence[Any], row: Row, findings: Sequence[Finding], known: Mapping[int, str]) -> str:
    """The standing of a body, those of the deeper ones being known; `none` where no law matches."""
    own = [finding for finding in findings if body_of(world, finding.row) is row or row in finding.bodies]
    for law in laws:
        holds = condition(world, law.get("when", {"all": []}), row, own, known)
        if holds is not False:
            return str(law["id"]) if holds else "undetermined"
    return "none"


def condition(  # noqa: PLR0911 - one for each kind of condition
    world: World, when: Any, body: Row, findings: Sequence[Finding], known: Mapping[int, str]
) -> Truth:
    """Whether a condition holds of a body; an undetermined finding may be a violation."""
    if "all" in when:
        return all_of(condition(world, part, body, findings, known) for part in when["all"])
    if "any" in when:
        return any_of(condition(world, part, body, findings, known) for part in when["any"])
    if "not" in when:
        return opposite(condition(world, when["not"], body, findings, known))
    if set(RELATIONS) & set(when):
        return kin_holds(world, when, body, known, world.record(body.record)["parent"])
    if "subject" in when:
        return world.holds([parse(str(when["subject"]))], body, world.ref)
    least = int(when.get("at_least", 1))
    if "undetermined" in when:
        return tally(world, findings, when["undetermined"], Verdict.UNDETERMINED) >= least
    violated = tally(world, findings, when["violated"], Verdict.VIOLATED)
    if violated >= least:
        return True
    return None if violated + tally(world, findings, when["violated"], Verdict.UNDETERMINED) >= least else False


def tally(world: World, findings: Iterable[Finding], chosen: Any, verdict: Verdict) -> int:
    """How many findings have that verdict, and one of the severities and rules that are named, and are repeated if so asked."""
    severities, rules = several(chosen.get("severity")), several(chosen.get("rule"))
    return sum(
        finding.verdict is verdict
        and (not severities or severity(world, finding.rule) in severities)
        and (not rules or finding.rule in rules)
        and (not chosen.get("repeated") or finding.repeated)
        for finding in findings
    )


def several(value: Any) -> list[str]:
    """A value or a list of them."""
    return [] if value is None else value if isinstance(value, list) else [value]


def severity(world: World, rule: str) -> str:
    """How grave a violation of a rule is; of an integrity rule, major (8)."""
    return "major" if rule.startswith("records/") else str(rule_of(world, rule).get("severity", "major"))
