"""Opens a workbook: looks through it first, since what its reader cannot hold ends the process."""

from __future__ import annotations

import pickle
import subprocess
import sys
import zipfile
import zlib
from contextlib import suppress
from functools import partial
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import fold
from checker.records.extent import UnfitWorkbookError, check_parts, extent
from checker.records.faulty_cells import Cells, faulty_cells
from checker.records.manifest import SHEETS
from checker.records.sheet_cells import sheet_parts
from checker.records.sheets import Grid, WorkbookSheet

_SECOND_LOOK = (".xlsx", ".xlsm")
_FAULTS = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    UnfitWorkbookError,
    KeyError,
    EOFError,
    RuntimeError,  # parts that are encrypted, or packed in a way that is not known
)
_MEMORY = 2_000_000_000
_PATIENCE = 120
"""How much memory, and how many seconds, the process may take that reads a workbook of another kind."""


def open_workbook(file: Path, shown: str) -> tuple[list[WorkbookSheet], list[WorkbookSheet]]:
    """The sheets that hold the manifest, and the others, in the order of the workbook. Raises RecordsError."""
    try:
        if file.suffix.lower() in _SECOND_LOOK and zipfile.is_zipfile(file):
            sheets = _surveyed(file, shown)
        else:
            sheets = _handed_over(file, shown)
    except PasswordError as error:
        what, fix = "the workbook is protected by a password", "Save it without a password."
        raise RecordsError(Problem("locked-workbook", what, fix, Place(shown))) from error
    except _FAULTS as error:
        raise RecordsError(_broken(shown, error)) from error
    manifests = [sheet for sheet in sheets if fold(sheet.name) in SHEETS]
    return manifests, [sheet for sheet in sheets if sheet not in manifests]


def _surveyed(file: Path, shown: str) -> list[WorkbookSheet]:
    """The sheets of an .xlsx workbook, each looked through before its reader opens it."""
    with zipfile.ZipFile(file) as zipped:
        check_parts(zipped)
        parts = sheet_parts(zipped)
        extents = {name: extent(zipped, part) for name, part in parts.items()}
    book = CalamineWorkbook.from_path(file)

    def opened(name: str) -> CalamineSheet:
        try:
            return book.get_sheet_by_name(name)
        except _FAULTS as error:
            raise RecordsError(_broken(shown, error)) from error

    def faulty(name: str) -> Cells:
        try:
            return faulty_cells(file, parts[name]) if extents[name].suspect else {}
        except _FAULTS as error:
            raise RecordsError(_broken(shown, error)) from error

    return [
        WorkbookSheet(
            found.name,
            shown,
            found.visible != SheetVisibleEnum.Visible,
            partial(opened, found.name),
            extents[found.name],
            partial(faulty, found.name),
        )
        for found in book.sheets_metadata
        if found.typ == SheetTypeEnum.WorkSheet
    ]


def _handed_over(file: Path, shown: str) -> list[WorkbookSheet]:
    """The sheets of a workbook of another kind, read by a process of their own: what they hold may be too much for one."""
    script = f"import sys; sys.path[:] = {sys.path!r}; from checker.records.workbook import hand_over; hand_over()"
    command = [sys.executable, "-c", script, str(file)]
    try:
        done = subprocess.run(  # noqa: S603 -- this very program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CalamineError(f"reading it takes more than {_PATIENCE} seconds") from error
    if done.returncode:
        raise CalamineError("it needs more memory than any table would; perhaps a cell stands far away from all others")
    found = pickle.loads(done.stdout)  # noqa: S301 -- from the process that was started here
    if isinstance(found, Exception):
        raise found
    return [WorkbookSheet(name, shown, hidden, partial(_same, grid), None, None) for name, hidden, grid in found]


def hand_over() -> None:
    """Reads the workbook that the command line names, and writes what is in it to standard output, or why it cannot be read."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 -- only where there are limits

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_PATIENCE, _PATIENCE))  # should nobody wait for it any more
    found: object
    try:
        book = CalamineWorkbook.from_path(sys.argv[1])
        found = [
            (each.name, each.visible != SheetVisibleEnum.Visible, Grid.of(book.get_sheet_by_name(each.name)))
            for each in book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet
        ]
    except (CalamineError, OSError) as error:
        found = error
    sys.stdout.buffer.write(pickle.dumps(found))


def _same(grid: Grid) -> Grid:
    return grid


def _broken(shown: str, error: Exception) -> Problem:
    fix = "Open it in a spreadsheet program and save it anew as .xlsx."
    return Problem("broken-workbook", f"the workbook cannot be read: {error}", fix, Place(shown))
