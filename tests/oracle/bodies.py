"""Section 9 of docs/meaning.md: which body answers for a row."""

from __future__ import annotations

from tests.oracle.cells import Row
from tests.oracle.world import World


def body_record(world: World) -> str | None:
    """The rulebook's `body:`; by default the only record that is a tree."""
    trees = [name for name, record in world.book["records"].items() if "parent" in record]
    named: str | None = world.book.get("body")
    return named or (trees[0] if len(trees) == 1 else None)


def body_of(world: World, row: Row | None) -> Row | None:
    """The body that a row belongs to; None where there is none, or it is not known."""
    body, at, passed = body_record(world), row and world.submitted(row), list[Row]()
    while at is not None and at not in passed and body is not None:
        if at.record == body:
            return next(each for each in world.subjects(body) if each.number == at.number or (at.key and each.key == at.key))
        passed.append(at)
        record = world.record(at.record)
        leading = [name for name, spec in record["fields"].items() if (spec or {}).get("ref") == body]
        name = record.get("belongs_to") or (leading[0] if len(leading) == 1 else None)
        for step in name.split(".") if name else ():
            target = world.refer(at, step) if at is not None else None
            at = target if isinstance(target, Row) else None
        at = at if name else None
    return None
