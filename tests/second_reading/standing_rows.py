"""What the rows of a submission are worth: which stand for a key, which are in doubt, and which references are near a key."""

from collections.abc import Mapping, Sequence

from tests.second_reading import cells, likeness
from tests.second_reading.cells import EMPTY, UNKNOWN
from tests.second_reading.tables import Row, Table


def weigh(tables: Mapping[str, Table]) -> None:
    """Marks the rows of all tables, and finds those that are judged."""
    for table in tables.values():
        keyless(table, tables)
        shared(table)
        combined(table)
    for table in tables.values():
        near(table, tables)
    for table in tables.values():
        for row in (row for row in table.rows if row.first):
            row.stands = standing(row)
            table.subjects.append(row.stands)
            if isinstance(row.key, str):
                table.by_key[row.key] = row.stands


def agree(rows: Sequence[Row], name: str) -> bool:
    """Whether rows agree in a field; unreadable cells in their text."""
    said = [cells.tidy(row.raw[name] or "") if row.cells[name] is UNKNOWN else row.cells[name] for row in rows]
    return all(each == said[0] and type(each) is type(said[0]) for each in said)


def shared(table: Table) -> None:
    """Rows that share a key."""
    sharing: dict[str, list[Row]] = {}
    for row in table.rows:
        if isinstance(row.key, str):
            sharing.setdefault(row.key, []).append(row)
    for key, rows in sharing.items():
        table.by_key[key] = rows[0]
        rows[0].disputed = frozenset(name for name in table.record.fields if not agree(rows, name))
        for row in rows[1:]:
            row.first = False
        doubt(rows, disagree=bool(rows[0].disputed))


def doubt(rows: list[Row], *, disagree: bool) -> None:
    """Of rows of which one is enough, the others only may count; each of them, where they disagree."""
    for row in rows if len(rows) > 1 else []:
        row.doubtful |= disagree or row is not rows[0]


def combined(table: Table) -> None:
    """Rows that agree in a combination of which there should be one."""
    for together in table.record.unique:
        alike: dict[tuple[object, ...], list[Row]] = {}
        for row in table.rows:
            values = tuple(row.cells[name] for name in together)
            if not {EMPTY, UNKNOWN} & {*values} and not any(isinstance(value, cells.Days) for value in values):
                alike.setdefault(values, []).append(row)
        for rows in alike.values():
            doubt(rows, disagree=not all(agree(rows, name) for name in table.record.fields))


def near(table: Table, tables: Mapping[str, Table]) -> None:
    """References to no key that almost match one."""
    for name, field in table.record.fields.items():
        keys: dict[str, set[str]] = {}
        for key in tables[field.ref].by_key if field.ref else ():
            keys.setdefault(likeness.plain(key), set()).add(key)
        for row in table.rows if keys else []:
            said = row.cells[name]
            if isinstance(said, frozenset) and any(keys.get(likeness.plain(key)) for key in lost(said, tables[field.ref or ""])):
                row.cells = {**row.cells, name: UNKNOWN}
            if isinstance(said, str) and field.ref and said not in tables[field.ref].by_key:
                row.near[name] = frozenset(keys.get(likeness.plain(said), ()))


def keyless(table: Table, tables: Mapping[str, Table]) -> None:
    """References to rows of which no key was submitted, each of which is unknown."""
    for name, field in table.record.fields.items():
        lost_keys = field.ref and not field.signs and tables[field.ref].keyless
        for row in table.rows if lost_keys else []:
            if row.cells[name] is not EMPTY:
                row.cells = {**row.cells, name: UNKNOWN}


def lost(elements: cells.Elements, table: Table) -> list[str]:
    """The elements of a list of references that are no key."""
    return [key for key in elements if key not in table.by_key]


def standing(row: Row) -> Row:
    """A row as it is judged, and as references lead to it: what is disputed, or only near a key, is unknown."""
    unsure = row.disputed | {name for name, keys in row.near.items() if keys}
    if not unsure:
        return row
    values = {name: UNKNOWN if name in unsure else value for name, value in row.cells.items()}
    return Row(row.record, row.number, row.raw, values, row.doubtful, row.first, origin=row)
