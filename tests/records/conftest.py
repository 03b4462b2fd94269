"""Submissions made in a temporary folder, the records that they are read as, and what comes of it in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from checker.errors import Problem, RecordsError
from checker.model.schema import Field, FieldType, Record
from checker.model.words import Text
from checker.records.opening import open_submission
from checker.records.readers.csv_records import repair
from checker.records.values import Cell, CsvSource, RowsSource, Submission, Table

RECORDS = (
    Record(
        "meetings",
        (
            Field("id", headers=("Mã",)),
            Field("held_on", FieldType.DATE),
            Field("present", FieldType.INTEGER, title=Text.of({"vi": "Có mặt", "en": "Members present"})),
        ),
        headers=("Cuộc họp",),
    ),
    Record("members", (Field("id"),)),
)

Write = Callable[[Mapping[str, str | bytes]], Path]
Told = Callable[[Path], list[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `in`, which is empty, in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return Path("in")


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes files into the folder; text becomes UTF-8, its line ends as they are."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture
def told() -> Told:
    """All that is read from a submission: tables with rows and places, problems, notices, records that are unreadable.

    An unreadable cell is shown with a `?` before it, an empty one as `-`.
    """
    return lambda path: _describe(open_submission(path).tables(RECORDS))


@pytest.fixture
def refused() -> Told:
    """The problems for which a submission is refused, as a user sees them."""

    def refused(path: Path) -> list[str]:
        with pytest.raises(RecordsError) as caught:
            open_submission(path)
        return [str(problem).replace("error: ", "", 1) for problem in caught.value.problems]

    return refused


def _describe(submission: Submission) -> list[str]:
    return [
        *(line for table in submission.tables for line in _table(table)),
        *(f"problem {_brief(problem)}" for problem in submission.problems),
        *(f"notice {_brief(notice)}" for notice in submission.notices),
        *(f"unreadable {record} {place}" for record, place in submission.unreadable),
    ]


def _table(table: Table) -> list[str]:
    fixed, problems = repair(table)
    assert isinstance(fixed.source, RowsSource)
    source = table.source
    left = f" by {source.delimiter!r} after {source.skip}" if isinstance(source, CsvSource) else ""
    columns = " ".join(f"{c.number}:{c.header or '-'}={c.field or '-'}" for c in table.columns)
    lines = [f"{table.record} {table.file}{f'!{table.sheet}' if table.sheet else ''}{left}: {columns}"]
    for number, row in enumerate(_rows(fixed), 1):
        place = fixed.place(number)
        # The engine's rows are the fixed ones, on the same lines, wherever nothing had to be fixed.
        assert problems or table.place(number) == place
        cells = ["-" if cell is None else cell.replace("\ufffd\x02", "?", 1).replace("\ufffd", "?", 1) for cell in row]
        lines.append(f"{place.key or place.line}: {' | '.join(cells)}")
    return lines + [f"fixed {_brief(problem)}" for problem in problems]


def _rows(table: Table) -> list[tuple[Cell, ...]]:
    assert isinstance(table.source, RowsSource)
    batches = table.source.rows.batches([column.number for column in table.columns])
    return [tuple(cell or None for cell in row) for batch in batches for row in zip(*batch, strict=True)]


def _brief(problem: Problem) -> str:
    assert problem.message
    assert str(problem.fix).endswith((".", "?", ")"))
    return f"{problem.place} {problem.code}"
