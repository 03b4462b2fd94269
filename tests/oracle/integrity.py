"""Section 8 of docs/meaning.md: the rules that follow from `records:`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from checker.model.words import Verdict
from tests.oracle.bodies import body_of
from tests.oracle.cells import Near, Null, Row
from tests.oracle.handed import has, lacking, part
from tests.oracle.judge import SUBMISSION, Finding, subject_id
from tests.oracle.waivers import covers_column, is_waived
from tests.oracle.world import Nothing, World

Fails = Callable[[Row], bool]
"""Whether a row fails."""


def integrity_rules(world: World, record: str) -> Iterator[tuple[str, Fails]]:
    """The integrity rules of a record, and what fails them."""
    declared = world.record(record)
    if "roll_call" in declared or "derive" in declared or record == SUBMISSION:
        return
    key, parent, span = declared.get("key"), declared.get("parent"), declared.get("lifespan", {})
    for name, spec in declared["fields"].items():
        if (spec or {}).get("required") or name == key:
            yield f"{name}/required", lambda row, name=name: row.cells[name].was_empty  # type: ignore[misc]
        yield f"{name}/allowed", lambda row, name=name: row.cells[name].state == "unreadable"  # type: ignore[misc]
        if "ref" in (spec or {}):
            yield f"{name}/reference", lambda row, name=name: dangles(world, row, name)  # type: ignore[misc]
        if "keys_of" in (spec or {}):
            yield f"{name}/reference", lambda row, name=name: bool(world.near_elements(row, name))  # type: ignore[misc]
    if len(span) == 2:
        yield f"{span['until']}/lifespan", lambda row: ends_before_it_begins(world, row, span)
    if key is not None:
        yield f"{key}/unique", lambda row: row.number not in [first.number for first in world.subjects(record)]
    for fields in declared.get("unique", []):
        yield f"{'+'.join(fields)}/unique", lambda row, fields=fields: comes_again(world, row, fields)  # type: ignore[misc]
    if parent is not None:
        yield f"{parent}/acyclic", lambda row: on_cycle(world, row, parent)


def comes_again(world: World, row: Row, fields: list[str]) -> bool:
    """Whether a row before this one has the same known values in all these fields."""
    values = [row.cells[name].value for name in fields]
    rows = world.tables[row.record] or []
    earlier = ([other.cells[name].value for name in fields] for other in rows if other.number < row.number)
    return not any(isinstance(value, Null | Near) for value in values) and values in earlier


def ends_before_it_begins(world: World, row: Row, span: Mapping[str, str]) -> bool:
    """Whether the two ends of a lifespan are in the wrong order."""
    begins, ends = world.day(row, span["from"]), world.day(row, span["until"])
    return begins is not None and ends is not None and ends < begins


def dangles(world: World, row: Row, name: str) -> bool:
    """Whether a reference leads to no record there is."""
    target = world.refer(row, name)
    return isinstance(target, Nothing) and not target.empty


def on_cycle(world: World, row: Row, parent: str) -> bool:
    """Whether a row is above itself in the tree, or above the row that stands for its key."""
    passed: list[Row] = []
    at = world.refer(row, parent)
    while isinstance(at, Row) and at not in passed:
        if at.number == row.number or at.key == row.key:
            return True
        passed.append(at)
        at = world.refer(world.submitted(at), parent)
    return False


def has_keys(world: World, record: str) -> bool:
    """Whether the column of the key was submitted; of a table without rows nothing is missing."""
    rows = world.tables[record]
    return not rows or rows[0].cells[world.book["records"][record]["key"]].submitted


def check_integrity(world: World) -> Iterator[Finding]:
    """One finding per row, violated or satisfied; where the table or the keys referred to are not there, one for all."""
    for record in world.book["records"]:
        rows = world.tables[record]
        for rule, fails in integrity_rules(world, record):
            name = f"records/{record}/{rule}"
            field, kind = rule.split("/")
            spec = world.field(record, field) if kind == "reference" else {}
            target = spec.get("ref") or spec.get("keys_of") or record
            if rows is None or world.tables[target] is None or (kind == "reference" and not has_keys(world, target)):
                yield Finding(name, SUBMISSION, None, Verdict.UNDETERMINED, "not-submitted")
                continue
            if kind == "required" and rows and not rows[0].cells[field].submitted:
                verdict = Verdict.WAIVED if covers_column(world, name) else Verdict.VIOLATED
                yield Finding(name, SUBMISSION, None, verdict, bodies=[body_of(world, row) for row in rows])
                continue
            for row in rows:
                if kind == "reference" and (
                    (record, row.number, field) in world.unknown_references
                    or (target in lacking(world.submission) and fails(row) and not has(world, part(world, row), target))
                ):
                    yield Finding(name, subject_id(row), None, Verdict.UNDETERMINED, "not-handed-in", row=row)
                    continue
                verdict = Verdict.VIOLATED if fails(row) else Verdict.SATISFIED
                if verdict is Verdict.VIOLATED and is_waived(world, name, row, None):
                    verdict = Verdict.WAIVED
                yield Finding(name, subject_id(row), None, verdict, row=row)
