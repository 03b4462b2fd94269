"""Damages a submission that `benchmarks.generate` made, always in the same places: `python -m benchmarks.damage FROM TO`.

By default one row of a thousand has each fault of `FAULTS`; with `--one FAULT` a single cell of the submission has it.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from benchmarks.generate import DRAWS, WRITTEN, Format


class Fault(NamedTuple):
    """What is wrong in a cell: which column of which table, and what stands there instead, in SQL over `row` and its cells."""

    table: str
    column: str
    instead: str


FAULTS = {
    "nameless-subject": Fault("organisations", "id", "NULL"),
    "shared-key": Fault("organisations", "id", "(lag(id) OVER (ORDER BY row))"),
    "nameless-hamlet": Fault("hamlets", "id", "NULL"),
    "shared-hamlet": Fault("hamlets", "id", "(lag(id) OVER (ORDER BY row))"),
    "hamlet-of-nobody": Fault("hamlets", "organisation", "NULL"),
    "dangling-hamlet": Fault("hamlets", "organisation", "'X' || row"),
    "branch-of-nobody": Fault("branches", "hamlet", "NULL"),
    "dangling-branch": Fault("branches", "hamlet", "'Y' || row"),
    "document-of-nobody": Fault("documents", "organisation", "NULL"),
    "dangling-document": Fault("documents", "organisation", "'Z' || row"),
    "document-without-kind": Fault("documents", "kind", "NULL"),
    "document-of-another-kind": Fault("documents", "kind", "'minutes'"),
    "document-without-day": Fault("documents", "reviewed_on", "NULL"),
    "document-of-tomorrow": Fault("documents", "reviewed_on", "DATE '2026-02-01'"),
    "meeting-of-nobody": Fault("meetings", "organisation", "NULL"),
    "blank-reference": Fault("meetings", "organisation", "' ' || organisation"),
    "dangling-meeting": Fault("meetings", "organisation", "'N' || row"),
    "meeting-without-kind": Fault("meetings", "kind", "NULL"),
    "blank-kind": Fault("meetings", "kind", "' ' || kind || ' '"),
    "meeting-without-day": Fault("meetings", "held_on", "NULL"),
    "meeting-before": Fault("meetings", "held_on", "DATE '2024-12-05'"),
    "meeting-after": Fault("meetings", "held_on", "DATE '2026-01-05'"),
    "present-unknown": Fault("meetings", "present", "NULL"),
    "more-than-all": Fault("meetings", "present", "entitled + 1"),
    "fewer-than-none": Fault("meetings", "present", "-1"),
    "entitled-unknown": Fault("meetings", "entitled", "NULL"),
    "entitled-nobody": Fault("meetings", "entitled", "0"),
}
"""What people get wrong in such tables, by name."""


def damage(clean: Path, damaged: Path, faults: Iterable[str] = FAULTS, *, one: bool = False, share: int = 10) -> None:
    """Writes a submission with these faults into the folder `damaged`; each in so many of 10,000 rows, or in one."""
    damaged.mkdir(parents=True, exist_ok=True)
    wanted = {name: FAULTS[name] for name in faults}
    for file in clean.iterdir():
        mine = [
            (salt, fault) for salt, (name, fault) in enumerate(FAULTS.items(), 1) if name in wanted and fault.table == file.stem
        ]
        if mine and file.suffix[1:] in WRITTEN:
            _write(file, damaged / file.name, mine, one=one, share=share)
        else:
            shutil.copy(file, damaged / file.name)


def _write(source: Path, target: Path, faults: Sequence[tuple[int, Fault]], *, one: bool, share: int) -> None:
    written: Format = "parquet" if source.suffix == ".parquet" else "csv"
    read = f"read_{written}('{_sql(source)}'{', header = true' if written == 'csv' else ''})"
    with duckdb.connect() as engine:
        engine.execute(DRAWS)
        engine.execute(f"CREATE TABLE rows AS SELECT row_number() OVER () AS row, * FROM {read}")
        ((middle,),) = engine.execute("SELECT count(*) // 2 FROM rows").fetchall()
        columns = [name for name, *_ in engine.execute("DESCRIBE rows").fetchall() if name != "row"]
        shown = []
        for column in columns:
            cases = [
                f"WHEN {f'row = {middle}' if one else f'draw(row, {100 + salt}) < {share}'} THEN {fault.instead}"
                for salt, fault in faults
                if fault.column == column
            ]
            shown.append(f"CASE {' '.join(cases)} ELSE {column} END AS {column}" if cases else column)
        query = f"SELECT {', '.join(shown)} FROM rows ORDER BY row"
        engine.execute(f"COPY ({query}) TO '{_sql(target)}' ({WRITTEN[written]})")


def _sql(path: Path) -> str:
    return str(path).replace("'", "''")


def main() -> None:
    """Damages one submission, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clean", type=Path)
    parser.add_argument("damaged", type=Path)
    parser.add_argument("--one", choices=FAULTS, metavar="FAULT", help=", ".join(FAULTS))
    given = parser.parse_args()
    damage(given.clean, given.damaged, FAULTS if given.one is None else [given.one], one=given.one is not None)


if __name__ == "__main__":
    main()
