"""The seven rules fused by hand in Polars, lazily: `python -m benchmarks.peers.polars.main SUBMISSION FINDINGS.csv`.

What a missing cell leaves open is no violation here either: undated meetings count for whoever could need them.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import polars as pl

_FIRST, _LAST = date(2025, 1, 1), date(2025, 12, 31)
_PLENARIES = 2
_EVERY_MONTH = 4095
_OLDEST = date(2024, 12, 31)


def violations(folder: Path) -> pl.DataFrame:
    """Rule, subject and window of every violation."""
    organisations = pl.scan_parquet(folder / "organisations.parquet").select("id")
    hamlets = pl.scan_parquet(folder / "hamlets.parquet")
    branches = pl.scan_parquet(folder / "branches.parquet")
    documents = pl.scan_parquet(folder / "documents.parquet").filter(pl.col("kind") == "working regulations")
    meetings = pl.scan_parquet(folder / "meetings.parquet", row_index_name="row", row_index_offset=1)
    bodies = (
        organisations.join(_by_organisation(meetings), left_on="id", right_on="organisation", how="left")
        .collect(engine="streaming")
        .lazy()
    )
    reviewed = documents.filter(pl.col("reviewed_on").is_null() | pl.col("reviewed_on").is_between(_OLDEST, _LAST))
    row = pl.format("row {}", "row")
    missed = [
        bodies.filter(pl.col("months").fill_null(0) & 2 ** (month - 1) == 0).select(
            **_found("committee-monthly", "id", f"2025-{month:02}")
        )
        for month in range(1, 13)
    ]
    found = [
        bodies.filter(pl.col("plenaries").fill_null(0) < _PLENARIES).select(**_found("two-plenaries", "id", "2025")),
        *missed,
        hamlets.join(branches, left_on="id", right_on="hamlet", how="anti").select(**_found("hamlet-covered", "id")),
        bodies.filter((pl.col("margin") < 0) & (pl.col("entitled") > 0)).select(**_found("attendance", "id", "2025")),
        organisations.join(reviewed, left_on="id", right_on="organisation", how="anti").select(
            **_found("regulations-reviewed", "id")
        ),
        meetings.filter(_dated() & (3 * pl.col("present") < 2 * pl.col("entitled"))).select(**_found("quorum", row)),
        *(
            table.join(target, left_on=field, right_on="id", how="anti").select(
                **_found(f"records/{name}/{field}/reference", key)
            )
            for name, table, field, target, key in (
                ("meetings", meetings, "organisation", organisations, row),
                ("hamlets", hamlets, "organisation", organisations, "id"),
                ("branches", branches.with_row_index("row", 1), "hamlet", hamlets, row),
                ("documents", documents.with_row_index("row", 1), "organisation", organisations, row),
            )
        ),
    ]
    return pl.concat(pl.collect_all(found, engine="streaming"))


def _by_organisation(meetings: pl.LazyFrame) -> pl.LazyFrame:
    """The bits of `months` are those in which the committee met, or may have."""
    undated, entitled = pl.col("held_on").is_null(), pl.col("entitled")
    month = pl.lit(1, pl.Int16) * pl.lit(2, pl.Int16).pow(pl.col("held_on").dt.month() - 1)
    margin = 5 * pl.col("present").fill_null(entitled) - 4 * entitled
    return (
        meetings.filter(_dated() | undated)
        .select(
            "organisation",
            (pl.col("kind") == "plenary").alias("plenaries"),
            pl.when(pl.col("kind") != "committee")
            .then(0)
            .when(undated)
            .then(_EVERY_MONTH)
            .otherwise(month)
            .cast(pl.Int16)
            .alias("months"),
            pl.when(undated).then(margin.clip(lower_bound=0)).otherwise(margin).alias("margin"),
            pl.when(undated).then(0).otherwise(entitled).alias("entitled"),
        )
        .group_by("organisation")
        .agg(pl.col("plenaries", "margin", "entitled").sum(), pl.col("months").bitwise_or())
    )


def _dated() -> pl.Expr:
    return pl.col("held_on").is_between(_FIRST, _LAST)


def _found(rule: str, subject: str | pl.Expr, window: str | None = None) -> dict[str, pl.Expr]:
    key = pl.col(subject) if isinstance(subject, str) else subject
    return {"rule": pl.lit(rule), "subject": key, "window": pl.lit(window, dtype=pl.String)}


if __name__ == "__main__":
    violations(Path(sys.argv[1])).write_csv(sys.argv[2])
