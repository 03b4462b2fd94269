"""Reads a workbook of many rows into the engine, and by its reader alone, in turns: `python -m benchmarks.workbook [ROWS]`.

Prints the processor time and the memory of each, and the ratio of the medians. The reader alone makes Python values of all cells;
the program makes a table of the engine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

_TURNS = 5
_NAMES = ("id", "organisation", "type", "status", "date", "eligible", "present")

_READER = """
from python_calamine import CalamineWorkbook
begun = process_time()
book = CalamineWorkbook.from_path(sys.argv[1])
cells = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
"""
_PROGRAM = """
import python_calamine
from checker.engine.duckdb.database import Duck
from checker.model.schema import Field, FieldType, Record
from checker.records.opening import open_submission
names = "id organisation type status".split()
fields = [*map(Field, names), Field("date", FieldType.DATE), *(Field(n, FieldType.INTEGER) for n in ("eligible", "present"))]
record = Record("meetings", tuple(fields))
begun = process_time()
engine = Duck()
submission = open_submission(sys.argv[1]).tables([record])
engine.expect(small=False)
engine.load(record, submission.tables[0])
"""
_MEASURED = """
import sys
from resource import RUSAGE_SELF, getrusage
from time import process_time
{work}
print(process_time() - begun, getrusage(RUSAGE_SELF).ru_maxrss)
"""


def write(path: Path, rows: int) -> None:
    """Writes a workbook of so many rows."""
    import xlsxwriter  # noqa: PLC0415 -- only here

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet, day = book.add_worksheet("meetings"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, _NAMES)
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, (f"M{row}", f"B{row % 300}", "plenary", "held"))
        sheet.write_datetime(row, 4, date(2019, 1, 1) + timedelta(row % 365), day)
        sheet.write_row(row, 5, (20 + row % 7, row % 20))
    book.close()


def measured(work: str, book: Path) -> tuple[float, float]:
    """Seconds of the processor, and megabytes."""
    command = [sys.executable, "-c", _MEASURED.format(work=work), str(book)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()
    return float(seconds), int(memory) / 1024


def main(rows: int) -> None:
    """Measures both in turns, and prints what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        write(book, rows)
        turns = [(measured(_READER, book), measured(_PROGRAM, book)) for _ in range(_TURNS)]
    medians = [[statistics.median(turn[who][what] for turn in turns) for what in (0, 1)] for who in (0, 1)]
    for name, (seconds, memory) in zip(("reader alone", "program"), medians, strict=True):
        print(f"{name:<14}{seconds:6.2f} s {memory:6.0f} MB")
    print(f"{'ratio':<14}{medians[1][0] / medians[0][0]:6.2f}   {medians[1][1] / medians[0][1]:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
