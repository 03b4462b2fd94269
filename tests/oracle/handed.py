"""Section 3 of docs/meaning.md: tables that some handed in and others did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.cells import Row, Submission, Table, disputed, trimmed

if TYPE_CHECKING:
    from tests.oracle.world import World


def lacking(submission: Submission) -> dict[str, set[str]]:
    """Each table that is missing somewhere, and where."""
    held = handed(submission)
    given = {next(iter(tables)) for tables in held.values() if len(tables) == 1}
    found: dict[str, set[str]] = {}
    for part, tables in held.items():
        alike = [others for others in held.values() if not others.isdisjoint(tables)]
        for name in set().union(*alike) - tables - given:
            found.setdefault(name, set()).add(part)
    return found


def handed(submission: Submission) -> dict[str, set[str]]:
    """What was handed in with what."""
    found: dict[str, set[str]] = {}
    for name, table in submission.items():
        for part in table.held:
            found.setdefault(part, set()).add(name)
    return found


def part_of(table: Table, number: int) -> str:
    """Where a row stands."""
    filled = [at for at, row in enumerate(table.rows) if any(map(trimmed, row.values()))]
    return table.parts[filled[number - 1]] if table.parts else ""


def part(world: World, row: Row) -> str:
    """Where a row of a submitted table stands."""
    return part_of(world.submission[row.record], row.number) if row.record in world.submission else ""


def has(world: World, where: str, name: str) -> bool:
    """Whether a table was handed in there."""
    return name in world.submission and where in world.submission[name].held


def is_keyless(world: World, record: str) -> bool:
    """Whether a table with rows was submitted without the column of its key."""
    rows, key = world.tables[record], world.book["records"][record].get("key")
    return bool(rows) and key is not None and not rows[0].cells[key].submitted  # type: ignore[index]


def leave_keyless_unknown(world: World) -> None:
    """Leaves references unknown to a table that was submitted with rows, but without the column of its key."""
    for record, rows in world.tables.items():
        for name, spec in world.book["records"][record]["fields"].items():
            target = None if "list" in (spec or {}) else (spec or {}).get("ref")
            for row in rows or [] if target is not None and is_keyless(world, target) else []:
                if row.cells[name].state == "known":
                    row.cells[name] = disputed(row.cells[name])


def leave_references_unknown(world: World) -> set[tuple[str, int, str]]:
    """Leaves references unknown that lead nowhere, in rows with which the table was not handed in; says which."""
    missing = lacking(world.submission)
    found = set()
    for record, rows in world.tables.items():
        for name, spec in world.book["records"][record]["fields"].items():
            target = None if "list" in (spec or {}) else (spec or {}).get("ref")
            if target not in missing or "key" not in world.book["records"][target] or world.tables[target] is None:
                continue
            keys = {other.key for other in world.tables[target] or []}
            for row in rows or []:
                if (
                    row.cells[name].state == "known"
                    and row.cells[name].value not in keys
                    and not has(world, part(world, row), target)
                ):
                    found.add((record, row.number, name))
    for record, number, name in found:
        for row in world.tables[record] or []:
            if row.number == number:
                row.cells[name] = disputed(row.cells[name])
    return found
