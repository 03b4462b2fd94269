"""Completes a submission: every cell and table that is not known gets some value that it might have had."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.oracle.cells import Partly, Table, read_cell
from tests.oracle.submissions import Filing, Time, a_table, a_value
from tests.oracle.world import Book

NO_SUCH_THING = 0.3
"""How often an unknown optional reference, or end of a lifespan, turns out to be empty."""


def completed(seed: int, book: Book, filing: Filing) -> Filing:
    """The submission without anything unknown, keys apart: an empty key stays empty, and twins stay twins."""
    random = Random(f"completion {seed}")  # noqa: S311
    time = (filing.period, filing.as_of)
    tables = {}
    for name, record in book["records"].items():
        if "roll_call" in record or "derive" in record:
            continue
        known = filing.tables.get(name) or a_table(random, record, time, 0.0)
        rows: list[dict[str, str | None]] = []
        for row in known.rows:
            twin = next((rows[n] for n, other in enumerate(known.rows[: len(rows)]) if other == row), None)
            whole = {
                column: row.get(column) if is_told(record, column, known, row) else a_guess(random, record, column, time, row)
                for column in record["fields"]
            }
            rows.append(twin or whole)
        tables[name] = Table(tuple(record["fields"]), tuple(rows))
    return Filing(tables, filing.period, filing.as_of, filing.overrides, filing.waivers)


def is_told(record: dict[str, Any], column: str, table: Table, row: Mapping[str, str | None]) -> bool:
    """Whether the submission tells what is in a cell; of a key it counts as told that there is none."""
    lifespan = column in record.get("lifespan", {}).values()
    cell = read_cell(record["fields"][column], row.get(column), submitted=lifespan or column in table.columns)
    return cell.state == "known" or column == record.get("key") or (cell.state == "empty" and may_be_empty(record, column))


def may_be_empty(record: dict[str, Any], column: str) -> bool:
    """Whether an empty cell says something: that there is no such record, or no such day."""
    spec = record["fields"][column]
    return ("ref" in spec or "list" in spec or column in record.get("lifespan", {}).values()) and not spec.get("required")


def a_guess(random: Random, record: dict[str, Any], column: str, time: Time, row: Mapping[str, str | None]) -> str | None:
    """What might have been in an unknown cell: of a month or a year, one of its days."""
    spec = record["fields"][column]
    partly = read_cell(spec, row.get(column), submitted=True).value if column in row else None
    if isinstance(partly, Partly):
        return str(random.choice([partly.low, partly.high]))
    if may_be_empty(record, column) and random.random() < NO_SUCH_THING:
        return None
    return a_value(random, {key: said for key, said in spec.items() if key != "precision"}, time)
