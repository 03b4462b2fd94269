"""The floor: the benchmark's seven rules fused by hand into SQL, `python -m benchmarks.floor SUBMISSION FINDINGS.parquet`.

What somebody who knows the engine writes for these rules and these tables only: the meetings are grouped by organisation
once, and read once more for the rows that have a say of their own (without a day, without a number, below the quorum, of an
organisation that does not exist). It relies on what the generator promises and a checker cannot: readable cells, unique
keys, nobody present who is not entitled, no meeting to which nobody is.

The verdicts are those of docs/meaning.md: what a missing cell leaves open is undetermined. Satisfied findings are not written.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

_CSV = """
CREATE TEMP TABLE meetings AS
SELECT organisation, kind = 'plenary' AS plenary, kind = 'committee' AS committee, held_on, present, entitled
FROM read_csv('{folder}/meetings.csv', header = true, auto_detect = false, delim = ',', quote = '"', columns = {{
    organisation: 'VARCHAR', kind: 'VARCHAR', held_on: 'DATE', present: 'INTEGER', entitled: 'INTEGER'}});
CREATE TEMP VIEW numbered AS SELECT rowid + 1 AS row, * FROM meetings;
"""
_PARQUET = """
CREATE TEMP VIEW meetings AS
SELECT organisation, kind = 'plenary' AS plenary, kind = 'committee' AS committee, held_on, present, entitled
FROM read_parquet('{folder}/meetings.parquet');
CREATE TEMP VIEW numbered AS
SELECT file_row_number + 1 AS row, organisation, kind = 'plenary' AS plenary, kind = 'committee' AS committee,
    held_on, present, entitled
FROM read_parquet('{folder}/meetings.parquet', file_row_number = true);
"""
_OTHER_CSV = "CREATE TEMP TABLE {table} AS SELECT {columns}, row_number() OVER () AS row FROM '{folder}/{table}.csv'"
_OTHER_PARQUET = """
CREATE TEMP VIEW {table} AS
SELECT {columns}, file_row_number + 1 AS row FROM read_parquet('{folder}/{table}.parquet', file_row_number = true)
"""
_COLUMNS = {
    "organisations": "id",
    "hamlets": "id, organisation",
    "branches": "hamlet",
    "documents": "organisation, kind, reviewed_on",
}

# The bits of `months` are those in which the committee met. A sum passes over the meetings that do not say who was present.
_FUSED = """
CREATE TEMP TABLE sums AS
SELECT organisation, count(*) FILTER (plenary) AS plenaries,
    bit_or(1 << (month(held_on) - 1)::INTEGER) FILTER (committee) AS months,
    sum(present) AS present, sum(entitled) AS entitled
FROM meetings WHERE held_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' GROUP BY organisation;

CREATE TEMP TABLE strange AS SELECT organisation FROM sums ANTI JOIN organisations ON organisations.id = sums.organisation;

CREATE TEMP TABLE odd AS
SELECT * FROM numbered
WHERE (held_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' AND 3 * present >= 2 * entitled) IS NOT TRUE
    OR organisation IN (FROM strange);

SET preserve_insertion_order = false;

CREATE TEMP TABLE unsure AS
SELECT organisation, count(*) FILTER (plenary AND held_on IS NULL) AS plenaries,
    count(*) FILTER (committee AND held_on IS NULL) AS committees,
    sum(coalesce(present, entitled)) AS present, sum(entitled) FILTER (held_on IS NULL) AS entitled,
    sum(least(0, 5 * coalesce(present, 0) - 4 * entitled)) FILTER (held_on IS NULL) AS least,
    sum(if(held_on IS NULL, greatest(0, 5 * coalesce(present, entitled) - 4 * entitled), 5 * entitled)) AS greatest
FROM odd
WHERE held_on IS NULL OR present IS NULL AND held_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' GROUP BY organisation;

CREATE TEMP TABLE bodies AS
SELECT * FROM (
    SELECT id, coalesce(s.plenaries, 0) AS plenaries, coalesce(s.plenaries, 0) + coalesce(u.plenaries, 0) AS plenaries_high,
        coalesce(months, 0) AS months, coalesce(committees, 0) AS committees_undated,
        coalesce(s.present, 0) AS present, coalesce(s.present, 0) + coalesce(u.present, 0) AS present_high,
        coalesce(s.entitled, 0) AS entitled, coalesce(s.entitled, 0) + coalesce(u.entitled, 0) AS entitled_high,
        5 * coalesce(s.present, 0) - 4 * coalesce(s.entitled, 0) + coalesce(least, 0) AS margin,
        5 * coalesce(s.present, 0) - 4 * coalesce(s.entitled, 0) + coalesce(greatest, 0) AS margin_high
    FROM organisations LEFT JOIN sums AS s ON s.organisation = id LEFT JOIN unsure AS u ON u.organisation = id
) WHERE plenaries < 2 OR months <> 4095 OR margin < 0;
"""

_FINDINGS = """
SELECT 'two-plenaries' AS rule, id AS subject, '2025' AS window_label,
    if(plenaries_high < 2, 'violated', 'undetermined') AS verdict,
    plenaries AS low, plenaries_high AS high
FROM bodies WHERE plenaries < 2
UNION ALL
SELECT 'committee-monthly', id, printf('2025-%02d', month), if(committees_undated = 0, 'violated', 'undetermined'),
    0, committees_undated
FROM bodies, range(1, 13) AS m(month) WHERE months & (1 << (month - 1)::INTEGER) = 0
UNION ALL
SELECT 'hamlet-covered', id, NULL, 'violated', 0, 0 FROM hamlets ANTI JOIN branches ON hamlet = hamlets.id
UNION ALL
SELECT 'attendance', id, '2025', if(margin_high < 0 AND entitled > 0, 'violated', 'undetermined'), present, present_high
FROM bodies WHERE margin < 0 AND entitled_high > 0
UNION ALL
SELECT 'regulations-reviewed', id, NULL, if(unknown, 'undetermined', 'violated'), NULL, NULL
FROM (
    SELECT id, count(undated.organisation) > 0 AS unknown
    FROM organisations
    ANTI JOIN (FROM documents WHERE {reviewed} AND reviewed_on BETWEEN DATE '2024-12-31' AND DATE '2025-12-31') AS fresh
        ON fresh.organisation = id
    LEFT JOIN (FROM documents WHERE {reviewed} AND reviewed_on IS NULL) AS undated ON undated.organisation = id
    GROUP BY id
)
UNION ALL
SELECT 'quorum', 'row ' || row, NULL, if(held_on IS NULL OR present IS NULL, 'undetermined', 'violated'),
    coalesce(present, 0), coalesce(present, entitled)
FROM odd
WHERE (held_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31' OR held_on IS NULL) AND (3 * present >= 2 * entitled) IS NOT TRUE
UNION ALL
SELECT 'records/meetings/organisation/reference', 'row ' || row, NULL, 'violated', NULL, NULL
FROM odd ANTI JOIN organisations ON id = organisation WHERE organisation IS NOT NULL
UNION ALL
SELECT 'records/hamlets/organisation/reference', hamlets.id, NULL, 'violated', NULL, NULL
FROM hamlets ANTI JOIN organisations ON organisations.id = organisation WHERE organisation IS NOT NULL
UNION ALL
SELECT 'records/branches/hamlet/reference', 'row ' || row, NULL, 'violated', NULL, NULL
FROM branches ANTI JOIN hamlets ON hamlets.id = hamlet WHERE hamlet IS NOT NULL
UNION ALL
SELECT 'records/documents/organisation/reference', 'row ' || row, NULL, 'violated', NULL, NULL
FROM documents ANTI JOIN organisations ON id = organisation WHERE organisation IS NOT NULL
""".format(reviewed="kind = 'working regulations'")

_COUNTS = "SELECT rule, verdict, count(*) FROM '{findings}' GROUP BY ALL ORDER BY ALL"


def check(folder: Path, findings: Path) -> list[tuple[str, str, int]]:
    """Writes what is violated or undetermined to a Parquet file, and counts it by rule and verdict."""
    written = "parquet" if (folder / "meetings.parquet").exists() else "csv"
    quoted = str(folder).replace("'", "''")
    target = str(findings).replace("'", "''")
    with duckdb.connect() as engine:
        other = _OTHER_PARQUET if written == "parquet" else _OTHER_CSV
        for table, columns in _COLUMNS.items():
            engine.execute(other.format(table=table, columns=columns, folder=quoted))
        engine.execute((_PARQUET if written == "parquet" else _CSV).format(folder=quoted))
        engine.execute(_FUSED)
        engine.execute(f"COPY ({_FINDINGS}) TO '{target}' (FORMAT parquet)")
        return engine.execute(_COUNTS.format(findings=target)).fetchall()


def main() -> None:
    """Checks one submission and prints the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("submission", type=Path)
    parser.add_argument("findings", type=Path)
    given = parser.parse_args()
    for rule, verdict, count in check(given.submission, given.findings):
        print(f"{rule:<45} {verdict:<13} {count:>12,}")


if __name__ == "__main__":
    main()
