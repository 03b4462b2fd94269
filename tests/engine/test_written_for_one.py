"""SQL that only DuckDB reads: no module more may hold any outside the engine's room, and each that is freed stays so."""

from __future__ import annotations

import pytest

from tests.engine.written_for_one import only_duckdb, written_for_one

LEFT = {
    "plan/logical/doubtful_columns.py",
    "plan/logical/lists.py",
    "plan/logical/trees.py",
    "provenance/batches.py",
    "provenance/exporting.py",
    "provenance/lookup.py",
    "provenance/script.py",
    "run/bodies.py",
    "run/doubtful_rows.py",
    "run/filling.py",
    "run/folding.py",
    "run/identity.py",
    "run/look_alikes.py",
    "run/measuring.py",
    "run/near_keys.py",
    "run/no_rows.py",
    "run/results.py",
    "run/shared_scans.py",
    "tables/readings.py",
}


def test_no_other_module_is_written_for_one_engine() -> None:
    assert written_for_one().keys() == LEFT


@pytest.mark.parametrize(
    ("sql", "marks"),
    [
        ("SELECT a, COUNT(*) FILTER (WHERE b) FROM t GROUP BY a ORDER BY 1", set()),
        ("SELECT COUNT_IF(b) FROM t GROUP BY ALL", {"COUNT_IF", "GROUP or ORDER BY ALL"}),
        ("SELECT 7 // 2", {"//", "its grammar"}),
        ("CREATE OR REPLACE TABLE a AS SELECT 1", {"CREATE OR REPLACE TABLE"}),
        ("EXISTS (FROM t WHERE a IS NULL)", {"FROM without SELECT"}),
        ("SELECT CAST(a AS HUGEINT) FROM t", {"HUGEINT"}),
    ],
)
def test_what_only_duckdb_reads_is_seen(sql: str, marks: set[str]) -> None:
    assert only_duckdb(sql) == marks
