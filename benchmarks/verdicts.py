"""Says whether two programs found the same: the findings of each, and how those differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

_READ = {
    # Of the floor and of `checker check --findings`.
    ".parquet": """
        SELECT rule, subject, window_label, verdict FROM read_parquet($file) WHERE verdict IN ('violated', 'undetermined')
    """,
    # Of the peers, which tell violations only.
    ".csv": """SELECT rule, subject, "window", 'violated' FROM read_csv($file, all_varchar = true, header = true)""",
}


class Difference(NamedTuple):
    """How many findings only one of two programs has, and some of these."""

    missing: int
    surplus: int
    examples: Sequence[tuple[str, ...]]


def difference(found: Path, expected: Path, *, violations_only: bool = False) -> Difference:
    """Compares findings by rule, subject, window and verdict; each file's suffix says who wrote it."""
    with duckdb.connect() as engine:
        for name, file in (("found", found), ("expected", expected)):
            engine.execute(f"CREATE TABLE {name} (rule VARCHAR, subject VARCHAR, span VARCHAR, verdict VARCHAR)")
            engine.execute(f"INSERT INTO {name} {_READ[file.suffix]}", {"file": str(file)})
            if violations_only:
                engine.execute(f"DELETE FROM {name} WHERE verdict <> 'violated'")
        missing = engine.execute("FROM expected EXCEPT ALL FROM found ORDER BY ALL").fetchall()
        surplus = engine.execute("FROM found EXCEPT ALL FROM expected ORDER BY ALL").fetchall()
    return Difference(
        len(missing), len(surplus), [*(("missing", *row) for row in missing[:3]), *(("surplus", *row) for row in surplus[:3])]
    )
