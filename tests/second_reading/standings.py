"""Standings of bodies (sections 9 and 13 of the contract)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.second_reading import book, syntax
from tests.second_reading.book import Record
from tests.second_reading.judging import Finding
from tests.second_reading.kinship import Kin, chances
from tests.second_reading.rulebooks import listed
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth, both, either, opposite

NONE, UNDETERMINED = "none", "undetermined"


@dataclass
class Body:
    """A body, what was found of it, and how it stands."""

    row: Row
    findings: list[Finding] = field(default_factory=list)
    standing: str | None = None


def owner(run: Run, row: Row) -> Row | None:
    """The body to which a row belongs."""
    seen: set[str] = set()
    while row.record.name != run.book.body:
        name = belongs(run, row.record)
        if name is None or row.record.name in seen:
            return None
        seen.add(row.record.name)
        target = row.submitted.reference(name)
        above = run.tables[row.record.fields[name].ref or ""].by_key.get(target) if isinstance(target, str) else None
        if above is None:
            return None
        row = above
    return row.submitted.stands if row.submitted.first else run.tables[row.record.name].by_key.get(str(row.key))


def belongs(run: Run, record: Record) -> str | None:
    """The field by which rows of a record belong to a body."""
    if record.belongs_to:
        return record.belongs_to
    leading = [name for name, each in record.fields.items() if each.ref == run.book.body and not each.signs]
    return leading[0] if len(leading) == 1 else None


def concluded(run: Run, findings: list[Finding]) -> list[Body]:
    """The standing of each body; none where no rule judged anything."""
    own = {rule.id for rule in run.book.rules}
    if not run.book.standings or all(each.verdict == "not-applicable" for each in findings if each.rule in own):
        return []
    bodies = {id(row): Body(row) for row in run.tables[str(run.book.body)].subjects}
    for finding in findings:
        rows = finding.answers or ((finding.row,) if finding.row else ())
        for mine in {body for body in (owner(run, row) for row in rows) if body is not None}:
            bodies[id(mine)].findings.append(finding)
    kin = Kin(run, [body.row for body in bodies.values()])
    for level in kin.levels():
        found = [(bodies[id(row)], pronounced(run, bodies, kin, bodies[id(row)])) for row in level]
        for body, standing in found:
            body.standing = standing
    return list(bodies.values())


def pronounced(run: Run, bodies: Mapping[int, Body], kin: Kin, body: Body) -> str:
    """The first standing that matches."""
    for said in run.book.standings:
        held = holds(run, bodies, kin, body, said["when"]) if "when" in said else True
        if held is not False:
            return str(said["id"]) if held else UNDETERMINED
    return NONE


def holds(run: Run, bodies: Mapping[int, Body], kin: Kin, body: Body, when: Mapping[str, Any]) -> Truth:
    """Whether a condition holds of a body."""
    if "all" in when:
        return both(*(holds(run, bodies, kin, body, each) for each in when["all"]))
    if "any" in when:
        return either(holds(run, bodies, kin, body, each) for each in when["any"])
    if "not" in when:
        return opposite(holds(run, bodies, kin, body, when["not"]))
    if "subject" in when:
        return run.holds(syntax.parse(when["subject"]), body.row, run.ref)
    if "violated" in when or "undetermined" in when:
        return enough(run, body, when)
    relation = "children" if "children" in when else "descendants"
    names, certain = set(listed(when[relation]["standing"])), []
    for row, below, vague in kin.below(body.row, relation):
        standing = bodies[id(row)].standing
        certain.append((below, None if vague or standing in {None, UNDETERMINED} else standing in names))
    limits = {key: str(when[key]) for key in ("at_least", "more_than", "at_most", "less_than") if key in when} or {
        "at_least": "1"
    }
    return both(*(chances(sign, text, certain) for sign, text in limits.items()))


def enough(run: Run, body: Body, when: Mapping[str, Any]) -> Truth:
    """Whether there are so many violations, or undetermined findings."""
    kind = "violated" if "violated" in when else "undetermined"
    wanted, least = when[kind] or {}, book.number(str(when.get("at_least", "1"))) or Fraction(1)
    severities = {rule.id: rule.severity for rule in run.book.rules}
    chosen = [
        each.verdict
        for each in body.findings
        if ("rule" not in wanted or each.rule in listed(wanted["rule"]))
        and ("severity" not in wanted or severities.get(each.rule, "major") in listed(wanted["severity"]))
    ]
    if kind == UNDETERMINED:
        return chosen.count(UNDETERMINED) >= least
    if chosen.count("violated") >= least:
        return True
    return None if chosen.count("violated") + chosen.count(UNDETERMINED) >= least else False
