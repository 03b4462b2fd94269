"""Section 8 of docs/meaning.md: the rules that follow from `records:`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.model.words import Verdict
from tests.oracle.cells import Row
from tests.oracle.judge import SUBMISSION, Finding, subject_id
from tests.oracle.world import Nothing, World

Fails = Callable[[Row], bool | None]
"""Whether a row fails; None: the table it refers to was not submitted."""


def integrity_rules(world: World, record: str) -> Iterator[tuple[str, Fails]]:
    """The integrity rules of a record, and what fails them."""
    declared = world.record(record)
    key, parent = declared.get("key"), declared.get("parent")
    for name, spec in declared["fields"].items():
        if (spec or {}).get("required") or name == key:
            yield f"{name}/required", lambda row, name=name: row.cells[name].was_empty  # type: ignore[misc]
        yield f"{name}/allowed", lambda row, name=name: row.cells[name].state == "unreadable"  # type: ignore[misc]
        if "ref" in (spec or {}):
            yield f"{name}/reference", lambda row, name=name: dangles(world, row, name)  # type: ignore[misc]
    if key is not None:
        yield f"{key}/unique", lambda row: row not in world.subjects(record)
    if parent is not None:
        yield f"{parent}/acyclic", lambda row: on_cycle(world, row, parent)


def dangles(world: World, row: Row, name: str) -> bool | None:
    """Whether a reference leads to no record there is."""
    if world.tables[world.field(row.record, name)["ref"]] is None:
        return None if row.cells[name].state == "known" else False
    target = world.refer(row, name)
    return isinstance(target, Nothing) and not target.empty


def on_cycle(world: World, row: Row, parent: str) -> bool:
    """Whether a row is above itself in the tree."""
    passed: list[Row] = []
    at = world.refer(row, parent)
    while isinstance(at, Row) and at not in passed:
        if at is row:
            return True
        passed.append(at)
        at = world.refer(at, parent)
    return False


def check_integrity(world: World) -> Iterator[Finding]:
    """One finding per failing row; of a rule that no row fails, one satisfied finding per row."""
    for record in world.book["records"]:
        rows = world.tables[record]
        for rule, fails in integrity_rules(world, record):
            name = f"records/{record}/{rule}"
            if rows is None:
                yield Finding(name, SUBMISSION, None, Verdict.UNDETERMINED, "not-submitted")
                continue
            failing = [row for row in rows if fails(row) is True]
            for row in failing:
                yield Finding(name, subject_id(row), None, Verdict.VIOLATED, row=row)
            if any(fails(row) is None for row in rows):
                yield Finding(name, SUBMISSION, None, Verdict.UNDETERMINED, "not-submitted")
            elif not failing:
                for row in rows:
                    yield Finding(name, subject_id(row), None, Verdict.SATISFIED, row=row)
