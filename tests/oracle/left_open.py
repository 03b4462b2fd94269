"""Section 3 of docs/meaning.md: what is left open where a table that others handed in is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from checker.model.words import Outcome
from tests.oracle.cells import Row
from tests.oracle.derived import SUBMISSION, columns_of, parted, source_of
from tests.oracle.duty import parts_of
from tests.oracle.handed import has, lacking, part, part_of
from tests.oracle.judge import Judged
from tests.oracle.rows import pairs_of, passed
from tests.oracle.world import World

REASON = "not-handed-in"


def left_open(world: World, rule: Any, found: list[Judged]) -> Iterator[Judged]:
    """The outcomes of a rule, of which some are left open."""
    missing = lacking(world.submission)
    record = world.selection(rule["for"])[0]
    if not missing or any(each.row is None for each in found):
        yield from found
        return
    parts = parts_of(rule)
    own_window = not {"spacing", "streak", "occupancy"}.isdisjoint(rule["require"])
    told: set[int] = set()
    for each in found:
        if each.row is None or not any(in_doubt(world, part, each.row) for part in parts) or not doubtful(parts[0], each):
            yield each
        elif own_window:
            if each.row.number not in told:
                told.add(each.row.number)
                yield replace(each, window=None, outcome=Outcome.UNKNOWN, reason=REASON, measured=None)
        elif each.window is not None and each.window.last > world.as_of:
            yield replace(each, outcome=Outcome.OPEN, reason=None)
        else:
            yield replace(each, outcome=Outcome.UNKNOWN, reason=REASON, measured=None)
    if missing.keys() & made_of(world, {record}):
        yield Judged(rule["id"], None, None, Outcome.UNKNOWN, REASON)


def in_doubt(world: World, rule: Any, subject: Row) -> bool:
    """Whether rows that a rule or an indicator counts may be missing of a subject."""
    missing = lacking(world.submission)
    record = world.selection(rule["for"])[0]
    tables = [name for name in sorted(missing) if name in counted(world, rule)]
    if everybody(world, rule, record):
        return bool(tables)
    return any(subject.number in concerned(world, rule, record, name, missing[name]) for name in tables)


def doubtful(rule: Any, judged: Judged) -> bool:
    """Whether an outcome rests on rows that may be missing."""
    if judged.outcome is Outcome.NONE:
        terms = str(next(iter(rule["require"].values())).get("per")).startswith("term of ")
        return judged.reason in {"nothing-to-measure", *(("no-window", "not-in-existence") if terms else ())}
    return judged.outcome is not Outcome.OPEN


def counted(world: World, rule: Any) -> set[str]:
    """The tables whose rows a rule counts, or whose rows are its windows."""
    (require,) = rule["require"].values()
    found = {world.selection(require["of"])[0]} if "of" in require else set()
    if "unique" in rule["require"]:
        found.add(world.selection(rule["for"])[0])
    if str(require.get("per")).startswith("term of "):
        found.add(world.selection(str(require["per"]).removeprefix("term of "))[0])
    return made_of(world, found)


def made_of(world: World, records: set[str]) -> set[str]:
    """These records, and those that they are made of."""
    found: set[str] = set()
    new = records - {SUBMISSION}
    while new:
        found |= new
        new = {name for each in new for name in _made_of(world, each)} - found - {SUBMISSION}
    return found


def _made_of(world: World, record: str) -> set[str]:
    declared = world.record(record)
    if "roll_call" in declared:
        call = declared["roll_call"]
        return {call["who"], call["occasion"], world.selection(call["present"])[0]}
    if "derive" in declared:
        source = source_of(world.book, declared["derive"])
        ways = (passed(world, source, path) for path in columns_of(declared["derive"]).values())
        return {source, *(name for way in ways for name in way)}
    return set()


def everybody(world: World, rule: Any, record: str) -> bool:
    """Whether rows that are missing may be anybody's."""
    (require,) = rule["require"].values()
    if record == SUBMISSION or is_made(world, record) or "unique" in rule["require"]:
        return True
    if "of" not in require:
        return False
    related = world.selection(require["of"])[0]
    values = [end for pair in pairs_of(world, require, Row(record, 0, {})) for end in ((related, pair[0]), (record, pair[1]))]
    by_key = all(own == world.record(record).get("key") for _, own in pairs_of(world, require, Row(record, 0, {})))
    led = all(are_references(world, start, path, record) for start, path in values)
    return is_made(world, related) or not by_key or not led


def are_references(world: World, record: str, path: str, subjects: str) -> bool:
    """Whether a path is the key of the subject, or leads to the subject through references alone."""
    plain, piece = parted(path)
    if record == subjects and plain == world.record(record).get("key"):
        return True
    at = record
    for step, name in enumerate(plain.split(".")):
        if step and name == world.record(at).get("key"):
            # The key of what a reference leads to is that reference.
            return not piece and at == subjects
        spec = world.field(at, name) or {}
        if "ref" not in spec:
            return False
        at = str(spec["ref"])
    return not piece and at == subjects


def is_made(world: World, record: str) -> bool:
    """Whether a record is not submitted but made."""
    return bool({"roll_call", "derive"} & world.record(record).keys())


def concerned(world: World, rule: Any, record: str, name: str, where: set[str]) -> set[int]:
    """The subjects for which a table is missing, by their numbers."""
    (require,) = rule["require"].values()
    led = (
        "via" in require
        or ("of" in require and world.selection(require["of"])[0] == record)
        or len(counted(world, rule)) > 1
        or any("." in theirs for theirs, _ in pairs_of(world, require, Row(record, 0, {})))
    )
    reached = {(each.record, each.number) for each in all_rows(world) if part(world, each) in where}
    own = set(reached)
    new = set(reached)
    while new:
        found = {one for each in all_rows(world) if (each.record, each.number) in new for one in targets(world, each)}
        new = found - reached
        reached |= new
        own |= {(of, number) for of, number in new if not has(world, part_of(world.submission[of], number), name)}
    return {number for of, number in (reached if led else own) if of == record}


def all_rows(world: World) -> Iterator[Row]:
    """The rows of all submitted tables."""
    for record in world.submission:
        yield from world.tables.get(record) or []


def targets(world: World, row: Row) -> Iterator[tuple[str, int]]:
    """The rows to which the references of a row lead, or may lead."""
    for name, spec in world.record(row.record)["fields"].items():
        to = (spec or {}).get("ref")
        if to is None or "list" in (spec or {}) or to not in world.submission or world.tables[to] is None:
            continue
        target = world.refer(row, name)
        if isinstance(target, Row):
            yield to, target.number
        elif target is None or world.near(row, name):
            yield from ((to, each.number) for each in world.tables[to] or [])
