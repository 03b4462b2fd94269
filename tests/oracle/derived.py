"""Section 3 of docs/meaning.md: records that are made of the distinct values of another, and the whole submission."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from tests.oracle.cells import Cell, Elements, Near, Null, Row, Value, Whole
from tests.oracle.expressions import all_of

if TYPE_CHECKING:
    from tests.oracle.world import World

SUBMISSION = "submission"
_PART = re.compile(r"(month|quarter|year)\((.+)\)")


def parted(text: str) -> tuple[str, str]:
    """The path in a column, and the part of a day that is meant of it, or nothing."""
    found = _PART.fullmatch(text)
    return (found[2], found[1]) if found else (text, "")


def columns_of(derive: Mapping[str, Any]) -> dict[str, str]:
    """The columns of whose values there is a row each, by name."""
    key = derive["key"]
    if isinstance(key, Mapping):
        return dict(key)
    return {
        part or path.split(".")[-1]: text for text in (key if isinstance(key, list) else [key]) for path, part in [parted(text)]
    }


def source_of(book: Mapping[str, Any], derive: Mapping[str, Any]) -> str:
    """The record whose values these are."""
    name = str(derive["from"])
    while name in book.get("terms", {}):
        name = book["terms"][name]["of"]
    return name


def field_at(records: Mapping[str, Any], record: str, path: str) -> Any:
    """What is declared of the end of a path."""
    *way, last = path.split(".")
    for name in way:
        record = records[record]["fields"][name]["ref"]
    return records[record]["fields"][last] or {}


def expanded(book: Mapping[str, Any], derive: Mapping[str, Any]) -> dict[str, Any]:
    """The key, the fields and the date of a record that is derived."""
    records, source = book["records"], source_of(book, derive)
    fields: dict[str, Any] = {"id": {}}
    dated = None
    for name, text in columns_of(derive).items():
        path, part = parted(text)
        if part:
            fields[name] = {"type": "integer"} if part == "year" else {}
            dated = dated or "date"
            continue
        spec = field_at(records, source, path)
        fields[name] = {key: spec[key] for key in ("type", "enum", "ref", "min", "max") if key in spec}
        fields[name] |= {"ref": spec["keys_of"]} if "keys_of" in spec else {}
        if path == records[source].get("date"):
            dated = dated or name
    if dated == "date":
        fields.setdefault("date", {"type": "date"})
    return {"key": "id", "fields": fields} | ({"date": dated} if dated else {})


def value_of(world: World, row: Row, text: str) -> Value | None:
    """The value of a column; None, which equals nothing, where it leads nowhere or says that there is none."""
    path, part = parted(text)
    value = world.value_at(row, path)
    if not part or not isinstance(value, date):
        return value
    if part == "year":
        return Whole(value.year)
    return f"{value.year:04}-{value.month:02}" if part == "month" else f"{value.year:04}-Q{(value.month + 2) // 3}"


def derived(world: World, name: str) -> list[Row] | None:
    """The rows of a derived record: those of values that are known, and one for each row of which some is not."""
    declared = world.record(name)
    derive = declared["derive"]
    source, predicates = world.selection(derive["from"])
    if world.tables[source] is None:
        return None
    columns, dated = columns_of(derive), world.record(source).get("date")
    found: list[tuple[dict[str, Value], bool]] = []
    for row in world.subjects(source):
        day = world.day(row, dated) if dated else world.ref
        counts = all_of(
            [
                world.holds(predicates, row, day),
                world.until(row, dated, world.ref) if dated else True,
                world.exists(row, world.ref, world.ref),
                None if world.is_doubtful(row) else True,
            ]
        )
        values = {column: value_of(world, row, text) for column, text in columns.items()}
        if counts is False or None in values.values():
            continue
        # A list has a row for each of its elements, several lists one for each combination of these.
        several = (sorted(value) if isinstance(value, Elements) else [value] for value in values.values())
        choices: list[list[Value]] = [[each for each in some if each is not None] for some in several]
        for chosen in product(*choices):
            told: dict[str, Value] = dict(zip(values, chosen, strict=True))
            unknown = any(isinstance(value, Null) for value in chosen)
            same = [number for number, (others, _) in enumerate(found) if others == told and not unknown]
            if same:
                found[same[0]] = (found[same[0]][0], found[same[0]][1] or counts is True)
            else:
                found.append((told, counts is True and not unknown))
    rows = []
    for number, (found_values, sure) in enumerate(found, 1):
        rows.append(a_row(name, number, found_values, columns, dated=declared.get("date") == "date" and "date" not in columns))
        if not sure:
            world.doubts.add((name, number))
    return rows


def a_row(name: str, number: int, values: Mapping[str, Value], columns: Mapping[str, str], *, dated: bool) -> Row:
    """A derived row; it may be `dated` by the last day of its month, quarter or year."""
    texts = [None if isinstance(value, Null) else written(value) for value in values.values()]
    key = None if None in texts else " / ".join(str(text) for text in texts)
    cells = {column: known(value) for column, value in values.items()} | {"id": known(Null.UNKNOWN if key is None else key)}
    for column, text in columns.items() if dated else ():
        _, part = parted(text)
        if part:
            cells["date"] = known(
                last_day(str(written(values[column])), part) if column_is_known(values[column]) else Null.UNKNOWN
            )
            break
    return Row(name, number, cells, key)


def column_is_known(value: Value) -> bool:
    """Whether a value is one."""
    return not isinstance(value, Null | Near)


def known(value: Value) -> Cell:
    """A cell of a value that is made."""
    if isinstance(value, Null):
        return Cell("unreadable", Null.UNKNOWN, "", was_empty=False)
    return Cell("known", value, written(value), was_empty=False)


def written(value: Value) -> str:
    """The text of a value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def last_day(text: str, part: str) -> date:
    """The last day of a month, quarter or year."""
    year = int(text[:4]) if part != "year" else int(text)
    month = 12 if part == "year" else int(text[5:]) if part == "month" else 3 * int(text[6:])
    return date(year, month, calendar.monthrange(year, month)[1])


def the_submission() -> list[Row]:
    """The whole submission, which is one row."""
    return [Row(SUBMISSION, 1, {"id": known(SUBMISSION)}, SUBMISSION)]
