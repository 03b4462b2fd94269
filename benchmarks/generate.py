"""Makes a submission of any size, always the same one: `python -m benchmarks.generate FOLDER`.

Every value is computed from the number of its organisation and of its slot by integer arithmetic of our own, so that a
later version of the engine makes the same records.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

import duckdb

Format = Literal["parquet", "csv"]

PERIOD = "2025"
AS_OF = "2025-12-31"
MANIFEST = f"""\
title: Benchmark, {{organisations}} organisations
rulebook: benchmark
period: {PERIOD}
as_of: {AS_OF}
"""

# A number below 10,000 for each (place, salt), where a place is an organisation, or an organisation and a slot: two rounds
# of squaring modulo a prime below 2^31, so that no product leaves 64 bits.
DRAWS = """
CREATE MACRO folded(u) AS (u * u + 7 * u + 12345) % 2147483629;
CREATE MACRO draw(place, salt) AS folded(folded((place * 48271 + salt * 16807 + 11) % 2147483647) + salt) % 10000;
CREATE MACRO organisation(i) AS printf('O%07d', i);
CREATE MACRO hamlet(i) AS printf('H%07d', i);
"""

# A committee and a branch meeting in every month, and two plenaries. A slot is a place in these lists.
_KINDS = ["committee", "branch"] * 12 + ["plenary"] * 2
_MONTHS = [month for month in range(1, 13) for _ in range(2)] + [3, 9]

_TABLES: Mapping[str, str] = {
    "organisations": "SELECT organisation(i) AS id, 'Organisation ' || i AS name FROM range({n}) AS t(i)",
    "hamlets": "SELECT hamlet(i) AS id, organisation(i) AS organisation FROM range({n}) AS t(i)",
    # One hamlet of a hundred has no branch.
    "branches": "SELECT printf('B%07d', i) AS id, hamlet(i) AS hamlet FROM range({n}) AS t(i) WHERE draw(i, 1) >= 100",
    # Of a hundred organisations two have no working regulations, and five have not reviewed them for more than 365 days.
    "documents": """
        SELECT organisation(i) AS organisation, 'working regulations' AS kind,
            DATE '2025-12-31' - (CASE WHEN draw(i, 3) < 500 THEN 366 + draw(i, 4) % 300 ELSE draw(i, 4) % 360 END)::INTEGER
                AS reviewed_on
        FROM range({n}) AS t(i) WHERE draw(i, 2) >= 200
    """,
    # By slot, so that an organisation's meetings lie apart. Three of a hundred are missing; of those there are, one of ten
    # thousand is of an organisation that does not exist, one of a thousand has no date, four of a thousand do not say how
    # many were present, and in 2.5 of a hundred fewer than two thirds were, but never otherwise.
    "meetings": """
        SELECT CASE WHEN draw(place, 6) = 0 THEN 'O9' || printf('%07d', i) ELSE organisation(i) END AS organisation, kind,
            CASE WHEN draw(place, 7) >= 10 THEN make_date(2025, held_in, 1 + draw(place, 8) % 28) END AS held_on,
            CASE WHEN draw(place, 9) >= 40 THEN CASE
                WHEN draw(place, 10) < 250 THEN entitled * (40 + draw(place, 11) % 25) // 100
                ELSE (entitled * (68 + draw(place, 11) % 33) + 99) // 100
            END END::INTEGER AS present,
            entitled::INTEGER AS entitled
        FROM (
            SELECT i, i * 32 + slot AS place, {kinds}[slot + 1] AS kind, {months}[slot + 1] AS held_in,
                5 + draw(i, 12) % 45 AS entitled
            FROM (SELECT k % {n} AS i, k // {n} AS slot FROM range({n} * {slots}) AS t(k))
        ) WHERE draw(place, 5) >= 300
    """,
}
# Every organisation has one mandate for each half of the year; of a hundred, one began a month late.
_MANDATES = """
SELECT organisation(i) AS organisation, make_date(2025, 1 + 6 * half, 1)
        + CASE WHEN half = 1 AND draw(i, 13) < 100 THEN INTERVAL 1 MONTH ELSE INTERVAL 0 MONTH END AS begins,
    make_date(2025, 6 + 6 * half, 30 + half) AS ends
FROM range({n}) AS t(i), range(2) AS h(half)
"""
WRITTEN: Mapping[Format, str] = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER"}


def generate(folder: Path, organisations: int, written: Format) -> None:
    """Writes the submission of that many organisations into the folder, which need not be there."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as engine:
        engine.execute(DRAWS)
        for name, template in _TABLES.items():
            query = template.format(n=organisations, kinds=_KINDS, months=_MONTHS, slots=len(_KINDS))
            _copy(engine, query, folder / f"{name}.{written}", written)
    (folder / "submission.yaml").write_text(MANIFEST.format(organisations=organisations), encoding="utf-8")


def with_mandates(clean: Path, target: Path, organisations: int, written: Format) -> None:
    """Writes the same submission into the folder `target`, with a further table of mandates: terms of office."""
    shutil.copytree(clean, target)
    with duckdb.connect() as engine:
        engine.execute(DRAWS)
        _copy(engine, _MANDATES.format(n=organisations), target / f"mandates.{written}", written)


def _copy(engine: duckdb.DuckDBPyConnection, query: str, target: Path, written: Format) -> None:
    quoted = str(target).replace("'", "''")
    engine.execute(f"COPY ({query}) TO '{quoted}' ({WRITTEN[written]})")


def main() -> None:
    """Makes one submission, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--organisations", type=int, default=10_000)
    parser.add_argument("--format", choices=get_args(Format), default="parquet")
    given = parser.parse_args()
    generate(given.folder, given.organisations, given.format)


if __name__ == "__main__":
    main()
