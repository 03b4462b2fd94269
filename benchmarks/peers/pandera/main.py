"""The seven rules as pandera schemas, validated lazily by its Polars backend.

Pandera judges the rows of a table: what is counted and summed, and whether a reference leads anywhere, is computed before, in
Polars, and the schemas hold the limits. A meeting whose day is unknown counts in every month.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

_FIRST, _LAST, _OLDEST = date(2025, 1, 1), date(2025, 12, 31), date(2024, 12, 31)
_MONTHS = [f"2025-{month:02}" for month in range(1, 13)]

_HOLDS = pa.Check.isin([True])
_ORGANISATIONS = pa.DataFrameSchema(
    {
        "two-plenaries 2025": pa.Column(checks=pa.Check.ge(2)),
        **{f"committee-monthly {month}": pa.Column(checks=pa.Check.ge(1)) for month in _MONTHS},
        "attendance 2025": pa.Column(checks=pa.Check.ge(0)),
        "regulations-reviewed": pa.Column(checks=_HOLDS),
    }
)
_HAMLETS = pa.DataFrameSchema(
    {
        "hamlet-covered": pa.Column(checks=_HOLDS),
        "records/hamlets/organisation/reference": pa.Column(checks=_HOLDS),
    }
)
_BRANCHES = pa.DataFrameSchema({"records/branches/hamlet/reference": pa.Column(checks=_HOLDS)})
_DOCUMENTS = pa.DataFrameSchema({"records/documents/organisation/reference": pa.Column(checks=_HOLDS)})
_MEETINGS = pa.DataFrameSchema(
    {
        "quorum": pa.Column(checks=pa.Check.ge(0), nullable=True),
        "records/meetings/organisation/reference": pa.Column(checks=_HOLDS),
    }
)


def violations(folder: Path) -> pl.DataFrame:
    """Rule, subject and window of every violation, table by table."""
    organisations, hamlets, branches, documents, meetings = (
        pl.read_parquet(folder / f"{name}.parquet") for name in ("organisations", "hamlets", "branches", "documents", "meetings")
    )
    dated = pl.col("held_on").is_between(_FIRST, _LAST)
    reviewed = documents.filter(
        pl.col("kind") == "working regulations",
        pl.col("reviewed_on").is_between(_OLDEST, _LAST) | pl.col("reviewed_on").is_null(),
    )
    measured = (
        organisations.select("id")
        .join(_measures(meetings, dated), left_on="id", right_on="organisation", how="left")
        .with_columns(pl.exclude("id").fill_null(0), _known(pl.col("id"), reviewed["organisation"], "regulations-reviewed"))
    )
    places = hamlets.select(
        "id",
        _known(pl.col("id"), branches["hamlet"], "hamlet-covered"),
        _known(pl.col("organisation"), organisations["id"], "records/hamlets/organisation/reference"),
    )
    held = meetings.select(
        pl.when(dated).then(3 * pl.col("present") - 2 * pl.col("entitled")).alias("quorum"),
        _known(pl.col("organisation"), organisations["id"], "records/meetings/organisation/reference"),
    )
    founded = branches.select(_known(pl.col("hamlet"), hamlets["id"], "records/branches/hamlet/reference"))
    written = documents.select(_known(pl.col("organisation"), organisations["id"], "records/documents/organisation/reference"))
    return pl.concat(
        [
            _failures(_ORGANISATIONS, measured, measured["id"]),
            _failures(_HAMLETS, places, places["id"]),
            *(
                _failures(schema, table, pl.select(pl.format("row {}", pl.int_range(1, len(table) + 1))).to_series())
                for schema, table in ((_MEETINGS, held), (_BRANCHES, founded), (_DOCUMENTS, written))
            ),
        ]
    )


def _measures(meetings: pl.DataFrame, dated: pl.Expr) -> pl.DataFrame:
    undated, entitled = pl.col("held_on").is_null(), pl.col("entitled")
    margin = 5 * pl.col("present").fill_null(entitled) - 4 * entitled
    committee, month = pl.col("kind") == "committee", pl.col("held_on").dt.month()
    return (
        meetings.lazy()
        .filter(dated | undated)
        .group_by("organisation")
        .agg(
            (pl.col("kind") == "plenary").sum().alias("two-plenaries 2025"),
            *(
                (committee & (undated | (month == number))).sum().alias(f"committee-monthly {name}")
                for number, name in enumerate(_MONTHS, 1)
            ),
            pl.when(entitled.filter(dated).sum() > 0)
            .then(margin.filter(dated).sum() + margin.filter(undated).clip(lower_bound=0).sum())
            .otherwise(0)
            .alias("attendance 2025"),
        )
        .collect()
    )


def _known(field: pl.Expr, keys: pl.Series, rule: str) -> pl.Expr:
    return field.is_in(keys.implode()).alias(rule)


def _failures(schema: pa.DataFrameSchema, table: pl.DataFrame, subjects: pl.Series) -> pl.DataFrame:
    """The failure cases of a table, by the names of its columns: a rule and perhaps a window."""
    try:
        schema.validate(table, lazy=True)
    except SchemaErrors as errors:
        found = errors.failure_cases.select("column", "index")
    else:
        return pl.DataFrame(schema=dict.fromkeys(("rule", "subject", "window"), pl.String))
    names = found["column"].str.split_exact(" ", 1).struct.unnest()
    return pl.DataFrame({"rule": names["field_0"], "subject": subjects.gather(found["index"]), "window": names["field_1"]})


if __name__ == "__main__":
    violations(Path(sys.argv[1])).write_csv(sys.argv[2])
