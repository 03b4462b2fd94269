"""Opens a workbook: looks through it first, since what its reader cannot hold ends the process."""

from __future__ import annotations

import pickle
import subprocess
import sys
import zipfile
from contextlib import suppress
from functools import partial
from io import BytesIO
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
from checker.records.damaged import DAMAGED
from checker.records.limits import Limits
from checker.records.manifest import SHEETS
from checker.records.readers.protocol import Contents, Document, Means
from checker.records.readers.sniffing import LOCKED, Kind, kind_of
from checker.records.readers.workbook.extent import UnfitWorkbookError, check_parts, extent
from checker.records.readers.workbook.faulty_cells import Cells, faulty_cells
from checker.records.readers.workbook.hidden import Hidden
from checker.records.readers.workbook.hidden_ods import conceals, hidden_in
from checker.records.readers.workbook.sheet_cells import sheet_parts
from checker.records.readers.workbook.sheets import Grid, WorkbookSheet
from checker.words.message import message

_PACKED = ".xlsx"
_KINDS = frozenset((_PACKED, ".xlsb", ".xls", ".ods"))
"""What a workbook may be, whatever end its name has."""

_FAULTS = (CalamineError, *DAMAGED, ExpatError, UnfitWorkbookError, KeyError)


def read(document: Document, means: Means) -> Contents:
    """The sheets of a workbook in their order, and what the sheet says that holds the manifest. Raises RecordsError."""
    file, shown = document.path, document.shown
    kind = kind_of(file)
    if kind is None or kind.suffix not in _KINDS:
        raise RecordsError(_no_workbook(document, kind))
    try:
        sheets = _surveyed(file, shown) if kind.suffix == _PACKED else _handed_over(file, shown, means.limits)
    except PasswordError as error:
        raise RecordsError(_locked(shown)) from error
    except _FAULTS as error:
        raise RecordsError(_broken(shown, error)) from error
    manifests = [sheet for sheet in sheets if fold(sheet.name) in SHEETS]
    tables = tuple(sheet for sheet in sheets if sheet not in manifests)
    if not tables:
        raise RecordsError(Problem("no-table", message("no-sheet"), message("no-sheet-fix"), Place(shown)))
    return Contents(tables, tuple(entry for sheet in manifests for entry in sheet.entries()))


def _surveyed(file: Path, shown: str) -> list[WorkbookSheet]:
    """The sheets of an .xlsx workbook, each looked through before its reader opens it."""
    with zipfile.ZipFile(file) as zipped:
        check_parts(zipped)
        parts = sheet_parts(zipped)
        extents = {name: extent(zipped, part) for name, part in parts.items()}
    book = _opened(file)

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
            extents[found.name].hidden,
            extents[found.name].last_column,
        )
        for found in book.sheets_metadata
        if found.typ == SheetTypeEnum.WorkSheet
    ]


def _handed_over(file: Path, shown: str, limits: Limits) -> list[WorkbookSheet]:
    """The sheets of a workbook of another kind, read by a process of their own: what they hold may be too much for one."""
    script = (
        f"import sys; sys.path[:] = {sys.path!r}; from checker.records.readers.workbook.opening import hand_over; hand_over()"
    )
    command = [sys.executable, "-c", script, str(file), str(limits.memory), str(limits.seconds)]
    try:
        done = subprocess.run(  # noqa: S603 -- this very program
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnfitWorkbookError(message("workbook-slow", n=limits.seconds)) from error
    if done.returncode:
        raise UnfitWorkbookError(message("workbook-memory"))
    found = pickle.loads(done.stdout)  # noqa: S301 -- from the process that was started here
    if isinstance(found, Exception):
        raise found
    return [
        WorkbookSheet(name, shown, hidden, partial(_same, grid), None, None, concealed, grid.width)
        for name, hidden, grid, concealed in found
    ]


def hand_over() -> None:
    """Reads the workbook that the command line names, and writes what is in it to standard output, or why it cannot be read."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 -- only where there are limits

        memory, seconds = map(int, sys.argv[2:])
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))  # should nobody wait for it any more
    found: object
    try:
        file = Path(sys.argv[1])
        some_hidden = conceals(file)
        book = _opened(file)
        sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        grids = {each.name: Grid.of(book.get_sheet_by_name(each.name)) for each in sheets}
        concealed = hidden_in(file, grids) if some_hidden else {}
        found = [
            (each.name, each.visible != SheetVisibleEnum.Visible, grids[each.name], concealed.get(each.name, Hidden()))
            for each in sheets
        ]
    except OSError as error:  # what it says of a file that is cut off is no error of the system
        found = error if error.errno else CalamineError(str(error))
    except CalamineError as error:
        found = UnfitWorkbookError(message("workbook-memory")) if "Cell limit exceeded" in str(error) else error
    except (*DAMAGED, UnfitWorkbookError) as error:
        found = error
    sys.stdout.buffer.write(pickle.dumps(found))


def _opened(file: Path) -> CalamineWorkbook:
    """The workbook; its reader goes by the end of its name, which may be that of another kind."""
    kind = kind_of(file)
    if kind is None or kind.suffix == file.suffix.lower() or {kind.suffix, file.suffix.lower()} <= {_PACKED, ".xlsm"}:
        return CalamineWorkbook.from_path(file)
    return CalamineWorkbook.from_filelike(BytesIO(file.read_bytes()))


def _same(grid: Grid) -> Grid:
    return grid


def _no_workbook(document: Document, kind: Kind | None) -> Problem:
    """The problem of a file that is a workbook by its name only."""
    fix = message("broken-workbook-fix")
    if kind is None:
        return Problem("broken-workbook", message("no-workbook"), fix, Place(document.shown))
    if kind == LOCKED:
        return _locked(document.shown)
    if kind.suffix is not None:
        fix = message("rename-workbook-fix", name=f"{document.name}{kind.suffix}")
    return Problem("broken-workbook", message("no-workbook-but", kind=kind.name), fix, Place(document.shown))


def _locked(shown: str) -> Problem:
    return Problem("locked-workbook", message("locked-workbook"), message("locked-workbook-fix"), Place(shown))


def _broken(shown: str, error: Exception) -> Problem:
    why = error.why if isinstance(error, UnfitWorkbookError) else message("reader-reports", text=str(error))
    return Problem("broken-workbook", message("broken-workbook", why=why), message("broken-workbook-fix"), Place(shown))
