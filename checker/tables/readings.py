"""The two ways in which the rows of a table are read (docs/meaning.md, section 3).

`rows_<record>` are related rows: as they were submitted, and once more, as rows that only may count, for each key that a
dangling reference almost matches; `_via` then names the reference. `subjects_<record>` are subjects, and what references
lead to: what is in dispute is unknown there. As long as nothing is in doubt there is neither, and the table itself is read in
their place: few rows are asked for by many statements, which are not optimized, and would read every column of a view.
"""

from __future__ import annotations

from collections.abc import Collection

from checker.model.quoting import quoted
from checker.model.schema import FieldType, Record
from checker.tables.names import high_of, low_of, related_rows, standing_rows, state, table

DISPUTED = 4
"""The state of a cell that may be another: rows of one key disagree, or a reference almost matches a key."""


def undoubted(record: Record) -> dict[str, str]:
    """What is read in the place of both where nothing is in doubt."""
    return dict.fromkeys((related_rows(record.name), standing_rows(record.name)), table(record.name))


def unsure(name: str) -> str:
    """The column of `doubts_<record>` that says that an element of a list almost matches a key."""
    return f"{name}.unsure"


def doubted(
    record: Record, kind: str, disputed: Collection[str], near: Collection[str], lists: Collection[str] = ()
) -> tuple[str, str]:
    """The statements that make both, as tables or views, where something is in doubt.

    `doubts_<record>` says which rows only may count, and of which subjects those fields are disputed; `near` are the references
    of which `near_<record>` has the keys that they almost match. Of `lists` it is not known what is in them where an element
    almost matches one.
    """
    name = record.name
    submitted = f"{quoted(f't_{name}')} AS r LEFT JOIN {quoted(f'doubts_{name}')} AS d ON d._row = r._row"
    doubt = "(r._doubt OR COALESCE(d._doubt, FALSE)) AS _doubt"
    untold = [shown for each in lists for shown in _untold(each, f"d.{quoted(unsure(each))}")]
    related = f"SELECT r.* REPLACE ({', '.join((doubt, *untold))}) FROM {submitted}"
    if near:
        keys = ", ".join(f"COALESCE(n.{quoted(each)}, r.{quoted(each)}) AS {quoted(each)}" for each in near)
        related += (
            f" UNION ALL SELECT r.* REPLACE ({', '.join((keys, *untold))}, TRUE AS _doubt, n._via AS _via) "
            f"FROM {submitted} JOIN {quoted(f'near_{name}')} AS n ON n._row = r._row"
        )
    unknown = [doubt]
    for each in disputed:
        unknown += _untold(each, f"d.{quoted(each)}")
        field, low = record.field(each), quoted(low_of(each))
        beside = [low] if field is not None and (field.type is FieldType.NUMBER or field.partial) else []
        beside += [quoted(high_of(each))] if field is not None and field.partial else []
        unknown += [f"CASE WHEN d.{quoted(each)} THEN NULL ELSE r.{end} END AS {end}" for end in beside]
    for end, column in ((record.begins, "_begins"), (record.ends, "_ends")):
        if end in disputed:
            unknown.append(f"CASE WHEN d.{quoted(str(end))} THEN NULL ELSE r.{column} END AS {column}")
    return (
        f"CREATE OR REPLACE {kind} {quoted(f'rows_{name}')} AS {related}",
        f"CREATE OR REPLACE {kind} {quoted(f'subjects_{name}')} AS SELECT r.* REPLACE ({', '.join(unknown)}) FROM {submitted}",
    )


def _untold(name: str, where: str) -> tuple[str, str]:
    """A cell of which it is not known, there, what stands in it; and that this is so."""
    cell, told = quoted(name), quoted(state(name))
    return (
        f"CASE WHEN {where} THEN NULL ELSE r.{cell} END AS {cell}",
        f"CASE WHEN {where} THEN {DISPUTED} ELSE r.{told} END AS {told}",
    )
