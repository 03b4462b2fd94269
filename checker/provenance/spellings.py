"""Cells that differ from a text by nothing but case and spaces."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from checker.forms.measure import template
from checker.run.session import Session

_MOST = 5
_FOLDED = "LOWER(REGEXP_REPLACE({}, '\\s+', '', 'g'))"


def spelled_otherwise(measurement: Session, record: str, field: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Some cells of a text field that are none of those texts, and are one of them but for case and spaces."""
    if not measurement.told(record):
        return ()
    cell, written = exp.column(field, quoted=True), [exp.Literal.string(text) for text in texts]
    alike = template(_FOLDED.format(":cell"), cell=cell)
    query = (
        exp.select(cell)
        .distinct()
        .from_(exp.to_table(f"t_{record}", quoted=True))
        .where(
            exp.In(this=alike, expressions=[template(_FOLDED.format(":text"), text=each) for each in written]),
            exp.Not(this=exp.In(this=cell.copy(), expressions=written)),
        )
        .order_by(cell.copy())
        .limit(_MOST)
    )
    return tuple(str(value) for (value,) in measurement.engine.rows(query.sql("duckdb", identify=True)))
