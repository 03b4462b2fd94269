"""Rows of a sheet or CSV file that are no rows of its table: titles of sections, totals, notes and signatures.

They are set apart, with a notice that shows them (docs/meaning.md, section 3), and only where a required cell is empty: a row
that may well be one is never taken away. Only tables are looked through of which some row is without a required cell, and of
those that are kept as Parquet the file tells it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.errors import Problem
from checker.model.marks import TOTAL
from checker.model.quoting import literal, quoted
from checker.records.values import UNREADABLE, CsvSource, ParquetSource, PartsSource, RowsSource, Table
from checker.tables.names import apart, raw
from checker.words.message import message

if TYPE_CHECKING:
    from checker.model.plan import RecordPlan
    from checker.model.schema import Record
    from checker.run.session import Session

_NAMED_EACH = 10
_LETTER = "\\pL"
_SEVERAL_WORDS = "\\S\\s+\\S"


def take_out(run: Session) -> list[RecordPlan]:
    """Takes what is no row out of the tables, notes it, and gives those of which something was taken."""
    plans = [plan for plan in run.plan.records if is_sheet(run.tables.get(plan.record.name)) and _required(run, plan.record)]
    if not plans:
        return []
    asked = " UNION ALL ".join(f"SELECT {at} WHERE {_any_is_incomplete(run, plan.record)}" for at, plan in enumerate(plans))
    return [plan for (at,) in run.engine.rows(f"{asked} ORDER BY 1") for plan in [plans[at]] if _set_apart(run, plan)]


def _set_apart(run: Session, plan: RecordPlan) -> bool:
    """Takes such rows out of one table, and says whether there are any."""
    record, table = plan.record, run.tables[plan.record.name]
    names = quoted(apart(record))
    run.engine.run(f"CREATE OR REPLACE TABLE {names} AS {_candidates(run, record)}")
    ((count, untold),) = run.engine.rows(f"SELECT COUNT(*), COUNT(*) FILTER (NOT _told) FROM {names}")
    if untold:
        # All other rows are asked only where there is a row that they could tell from these.
        run.engine.run(f"DELETE FROM {names} WHERE NOT _told AND _row NOT IN ({_unlike(run, record)})")
        ((count,),) = run.engine.rows(f"SELECT COUNT(*) FROM {names}")
    if not count:
        return False
    shown = run.engine.rows(f"SELECT _row, said FROM {names} ORDER BY _row LIMIT {_NAMED_EACH}")
    filed = run.filed.get(record.name)
    if filed is not None and isinstance(filed.source, ParquetSource):
        run.filed[record.name] = replace(filed, source=replace(filed.source, apart=True))
        run.engine.load(record, run.filed[record.name])
    else:
        run.engine.run(f"DELETE FROM {raw(record)} WHERE _row IN (SELECT _row FROM {names})")
    run.apart[record.name] = count
    run.notices.extend(_notices(table, shown, count))
    return True


def _notices(table: Table, found: Sequence[tuple[int, str]], count: int) -> Iterator[Problem]:
    for row, text in found:
        yield Problem("no-row", message("no-row", text=text), message("no-row-fix"), table.place(row))
    if count > len(found):
        said = message("no-rows-more", n=count - len(found))
        yield Problem("no-row", said, message("no-row-fix"), table.place(found[-1][0]))


def _any_is_incomplete(run: Session, record: Record) -> str:
    """Whether any row is without a required cell."""
    return run.engine.unfilled(record, run.filed.get(record.name), _required(run, record))


def _candidates(run: Session, record: Record) -> str:
    """The query for the numbers of rows that may be none, and what they say; of some their own cells have `_told` it."""
    names = [field.name for field in record.fields]
    cells = ", ".join(f"BARE({quoted(name)}) AS {quoted(name)}" for name in names)
    text = f"CONCAT_WS(' | ', {', '.join(map(quoted, names))})"
    keys = "".join(f", NOT {quoted(name)} IS NULL AS {quoted(f'_has_{name}')}" for name in _keys(record))
    letter, words, total = _matches("_cell", _LETTER), _matches("_cell", _SEVERAL_WORDS), _is_total("_cell")
    # Cell by cell, since the engine takes longer to prepare a pattern for each column than to look at these few rows.
    return (
        f"WITH cell AS MATERIALIZED (SELECT _row, {cells} FROM {raw(record)} WHERE {_is_incomplete(run, record)}), "
        f"each AS (SELECT *, {letter} AS _letter, {total} AS _total FROM "
        f"(SELECT _row, UNNEST([{', '.join(map(quoted, names))}]) AS _cell FROM cell)), "
        f"told AS (SELECT _row, "
        f"COALESCE(BOOL_OR(_total), FALSE) AND BOOL_AND(_cell IS NULL OR NOT _letter OR _total) AS _told, "
        f"BOOL_AND(_cell IS NULL OR (_letter AND {words})) AS _wordy FROM each GROUP BY _row) "
        f"SELECT _row, {text} AS said, _told{keys} FROM cell JOIN told USING (_row) "
        f"WHERE (_told OR _wordy) AND {text} <> '' AND NOT CONTAINS({text}, '{UNREADABLE}')"
    )


def _unlike(run: Session, record: Record) -> str:
    """The query for those of the candidates that are unlike all complete rows: there are such, and their keys are no words."""
    spaced = [f"COALESCE(BOOL_OR({_matches(name, _SEVERAL_WORDS)}), FALSE) AS {quoted(name)}" for name in _keys(record)]
    whole = f"SELECT {', '.join(['COUNT(*) AS _complete', *spaced])} FROM {raw(record)} WHERE NOT ({_is_incomplete(run, record)})"
    unlike = [f"NOT (c.{quoted(f'_has_{name}')} AND whole.{quoted(name)})" for name in _keys(record)]
    return f"SELECT _row FROM {quoted(apart(record))} AS c, ({whole}) AS whole WHERE {' AND '.join(['_complete > 0', *unlike])}"


def _keys(record: Record) -> list[str]:
    """The fields that hold keys: its own, and those of other records."""
    return [field.name for field in record.fields if field.name == record.key or field.ref is not None]


def _is_incomplete(run: Session, record: Record) -> str:
    """Whether a row is without a required cell."""
    return " OR ".join(f"BARE({quoted(name)}) IS NULL" for name in _required(run, record))


def suspected(run: Session, records: Sequence[Record]) -> Iterator[Problem]:
    """Notices of rows of some records that have all required cells, so that they are judged, and yet look like no bodies.

    They repeat the header, or are a word for totals and numbers.
    """
    for record in _of_odd_keys(run, [each for each in records if is_sheet(run.tables[each.name])]):
        table = run.tables[record.name]
        found = run.engine.rows(f"{_look_alikes(record, table)} ORDER BY _row LIMIT {_NAMED_EACH}")
        for row, text in found:
            yield Problem("maybe-no-row", message("maybe-no-row", text=text), message("maybe-no-row-fix"), table.place(row))


def _of_odd_keys(run: Session, records: Sequence[Record]) -> list[Record]:
    """Those of which some key is missing, the header of its column, or a word for totals: at one look at the keys of all."""
    if not records:
        return []
    headers = [literal(_headers(run.tables[each.name]).get(each.key, "").strip()) for each in records]
    keys = " UNION ALL ".join(
        f"SELECT {n} AS n, LOWER({quoted(str(each.key))}) AS key, LOWER({headers[n]}) AS header FROM {quoted(f't_{each.name}')}"
        for n, each in enumerate(records)
    )
    odd = f"SELECT DISTINCT n FROM ({keys}) WHERE key IS NULL OR key = header OR {_is_total('key')} ORDER BY n"
    return [records[n] for (n,) in run.engine.rows(odd)]


def _headers(table: Table) -> dict[str | None, str]:
    """The header over the cells of each field."""
    return {column.field: column.header for column in table.columns if column.field is not None}


def _look_alikes(record: Record, table: Table) -> str:
    """The query for the numbers of such rows, and what they say."""
    headers = _headers(table)
    names = [field.name for field in record.fields if field.name in headers]
    cells = ", ".join(f"BARE({quoted(name)}) AS {quoted(name)}" for name in names)
    repeats = [f"COALESCE(LOWER({quoted(name)}) = LOWER({literal(headers[name].strip())}), TRUE)" for name in names]
    several = " + ".join(f"CAST(NOT {quoted(name)} IS NULL AS INTEGER)" for name in names)
    # One look for letters: the engine takes longer to prepare it for each column than to look at these few rows.
    rest = ", ".join(["''", *(quoted(name) for name in names if name != record.key)])
    return (
        f"SELECT _row, said FROM (SELECT *, CONCAT_WS(' | ', {', '.join(map(quoted, names))}) AS said, "
        f"CONCAT_WS(' ', {rest}) AS rest FROM (SELECT _row, {cells} FROM {raw(record)})) "
        f"WHERE ({several}) > 1 AND ({' AND '.join(repeats)} OR {_is_total(f'{record.key}')} AND NOT {_matches('rest', _LETTER)})"
    )


def is_sheet(table: Table | None) -> bool:
    """Whether people made it as a sheet: its columns have numbers."""
    if table is None:
        return False
    if isinstance(table.source, PartsSource):
        return all(map(is_sheet, table.source.tables))
    return isinstance(table.source, CsvSource | RowsSource) and table.lines.numbered


def _required(run: Session, record: Record) -> list[str]:
    """The fields that are required, as far as the table has them."""
    table = run.tables[record.name]
    return [field.name for field in record.fields if (field.required or field.name == record.date) and table.has(field.name)]


def _is_total(name: str) -> str:
    return f"REGEXP_MATCHES(LOWER({quoted(name)}), {literal(TOTAL)})"


def _matches(name: str, pattern: str) -> str:
    return f"REGEXP_MATCHES({quoted(name)}, {literal(pattern)})"
