"""Rows of a sheet or CSV file that are no rows of its table: titles of sections, totals, notes and signatures.

They are set apart, with a notice that shows them (docs/meaning.md, section 3), and only where a required cell is empty: a row
that may well be one is never taken away. One statement finds the tables that have a row without a required cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.errors import Problem
from checker.measure.sources import raw
from checker.model.quoting import literal, quoted
from checker.records.values import UNREADABLE, CsvSource, PartsSource, RowsSource, Table
from checker.words.message import message

if TYPE_CHECKING:
    from checker.measure.run import Measurement
    from checker.model.plan import RecordPlan
    from checker.model.schema import Record

_NAMED_EACH = 10
_WORDS = ("tổng cộng", "tổng số", "tổng", "cộng", "cộng dồn", "total", "totals", "grand total", "subtotal", "sub-total", "sum")
_TOTAL = f"^({'|'.join(_WORDS)})[^\\pL]*$"
"""What stands at the beginning of a row of totals: one of these words, and no other."""

_LETTER = "\\pL"
_SEVERAL_WORDS = "\\S\\s+\\S"


def take_out(run: Measurement) -> None:
    """Takes what is no row out of the tables, and notes it; what was made of these tables is made anew."""
    plans = [plan for plan in run.plan.records if _is_sheet(run.tables.get(plan.record.name)) and _required(plan.record)]
    if not plans:
        return
    asked = " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (FROM {raw(plan.record)} WHERE {_incomplete(plan.record)})"
        for number, plan in enumerate(plans)
    )
    changed = [plan for (number,) in run.engine.rows(f"{asked} ORDER BY 1") for plan in [plans[number]] if _set_apart(run, plan)]
    for plan in changed:
        run.engine.run(f"DROP TABLE {quoted(f't_{plan.record.name}')}")
    if changed:
        run.make_anew(changed)


def _set_apart(run: Measurement, plan: RecordPlan) -> bool:
    """Takes such rows out of one table, and says whether there are any."""
    record, table = plan.record, run.tables[plan.record.name]
    found = run.engine.rows(_found(record))
    if not found:
        return False
    rows = ", ".join(str(row) for row, _ in found)
    run.engine.run(f"DELETE FROM {raw(record)} WHERE _row IN ({rows})")
    run.apart[record.name] = len(found)
    run.notices.extend(_notices(table, found))
    return True


def _notices(table: Table, found: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    for row, text in found[:_NAMED_EACH]:
        yield Problem("no-row", message("no-row", text=text), message("no-row-fix"), table.place(row))
    if len(found) > _NAMED_EACH:
        said = message("no-rows-more", n=len(found) - _NAMED_EACH)
        yield Problem("no-row", said, message("no-row-fix"), table.place(found[_NAMED_EACH][0]))


def _found(record: Record) -> str:
    """The query for the numbers of such rows, and what they say."""
    names = [field.name for field in record.fields]
    cells = ", ".join(f"BARE({quoted(name)}) AS {quoted(name)}" for name in names)
    keys = [field.name for field in record.fields if field.name == record.key or field.ref is not None]
    spaced = "".join(
        f", COALESCE(BOOL_OR({_matches(name, _SEVERAL_WORDS)}), FALSE) AS {quoted(f'_spaced_{name}')}" for name in keys
    )
    wordy = [f"({quoted(name)} IS NULL OR ({_matches(name, _LETTER)} AND {_matches(name, _SEVERAL_WORDS)}))" for name in names]
    plain_keys = [f"({quoted(name)} IS NULL OR NOT {quoted(f'_spaced_{name}')})" for name in keys]
    total = " OR ".join(map(_is_total, names))
    rest = [f"({quoted(name)} IS NULL OR NOT {_matches(name, _LETTER)} OR {_is_total(name)})" for name in names]
    text = f"CONCAT_WS(' | ', {', '.join(map(quoted, names))})"
    return (
        f"WITH cell AS MATERIALIZED (SELECT _row, {cells} FROM {raw(record)}), "
        f"whole AS (SELECT COUNT(*) AS _complete{spaced} FROM cell WHERE NOT ({_incomplete(record)})) "
        f"SELECT _row, {text} AS said FROM cell, whole WHERE ({_incomplete(record)}) "
        f"AND NOT CONTAINS({text}, '{UNREADABLE}') AND (COALESCE({total}, FALSE) AND {' AND '.join(rest)} "
        f"OR _complete > 0 AND {' AND '.join((*wordy, *plain_keys))}) AND {text} <> '' ORDER BY _row"
    )


def _is_sheet(table: Table | None) -> bool:
    """Whether people made it as a sheet: its columns have numbers."""
    if table is None:
        return False
    if isinstance(table.source, PartsSource):
        return all(map(_is_sheet, table.source.tables))
    return isinstance(table.source, CsvSource | RowsSource) and table.lines.numbered


def _required(record: Record) -> list[str]:
    return [field.name for field in record.fields if field.required or field.name == record.date]


def _incomplete(record: Record) -> str:
    return " OR ".join(f"{quoted(name)} IS NULL" for name in _required(record))


def _is_total(name: str) -> str:
    return f"REGEXP_MATCHES(LOWER({quoted(name)}), {literal(_TOTAL)})"


def _matches(name: str, pattern: str) -> str:
    return f"REGEXP_MATCHES({quoted(name)}, {literal(pattern)})"
