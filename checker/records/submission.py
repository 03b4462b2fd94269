"""Opens a submission, whatever its kind, and matches what it holds to the declared records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checker.errors import Place, Problem, RecordsError
from checker.files import DATA, TEXT, require_regular
from checker.model.schema import Record
from checker.records.csv_file import CsvFile
from checker.records.encoding import Scratch, TableFile
from checker.records.manifest import read_manifest
from checker.records.matching import Names
from checker.records.parquet_file import ParquetFile
from checker.records.values import Cell, Describe, Manifest, Reading, Submission, Table

if TYPE_CHECKING:
    from checker.records.tree import Tree

_CSV = (".csv", ".tsv")
_PARQUET = (".parquet",)
_WORKBOOK = (".xlsx", ".xlsm", ".xls", ".ods")
_TREE = (".yaml", ".yml", ".json")
_KINDS = "a folder of .csv or .parquet files, a workbook (.xlsx), or a .yaml or .json file"


class Found(Protocol):
    """A table that was found in a submission, not yet matched to a record."""

    @property
    def name(self) -> str:
        """What it is matched to a record by."""

    @property
    def place(self) -> Place:
        """Where it is."""

    def blank(self) -> bool:
        """Whether there is nothing in it."""

    def read(self, record: Record) -> Reading:
        """Reads it as the table of that record."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A submission with its manifest read and its tables found, but not read. `shown` is its path as given."""

    manifest: Manifest
    shown: str
    found: tuple[Found, ...]
    notices: tuple[Problem, ...] = ()

    @property
    def waivers(self) -> Path | None:
        """The file of waivers that the manifest names, which stands beside it."""
        if self.manifest.waivers is None:
            return None
        return self.folder / self.manifest.waivers

    @property
    def folder(self) -> Path:
        """Where the manifest is: what it names is named from there."""
        path = Path(self.shown)
        return path if path.is_dir() else path.parent

    def tables(self, records: Sequence[Record]) -> Submission:
        """Matches the tables to these records by name, and their columns to the fields."""
        names = Names(records)
        meant = [(found, names.match(found.name)) for found in self.found]
        notices = [*self.notices, *self._waived_by_itself()]
        taken = {name for _, name in meant if name is not None}
        for found, name in meant:
            if name is None and not found.blank():
                notices.append(_unknown_table(found, names.suggest(found.name, taken)))
        tables: list[Table] = []
        problems: list[Problem] = []
        unreadable: list[tuple[str, Place]] = []
        for record in records:
            mine = [found for found, name in meant if name == record.name]
            if not mine:
                continue
            reading = _read(mine, record)
            problems += reading.problems
            notices += reading.notices
            if reading.table is None:
                unreadable.append((record.name, mine[0].place))
            else:
                tables.append(reading.table)
        return Submission(tuple(tables), tuple(problems), tuple(notices), tuple(unreadable))

    def _waived_by_itself(self) -> list[Problem]:
        if self.waivers is None:
            return []
        what = "these waivers are named by the submission itself"
        fix = "Make sure that they were granted by who may grant them; what they waive is listed in the report."
        return [Problem("own-waivers", what, fix, Place(str(self.waivers)))]


def given_tables(tables: Mapping[str, Sequence[Mapping[str, Cell]]], place: Place) -> Opened:
    """A submission of tables at hand, which all stand at that place; it says nothing of itself."""
    from checker.records.tree import TreeTable  # noqa: PLC0415 -- see `open_submission`

    found = [TreeTable(name, place, list(map(dict, rows)), [place.line or 1] * len(rows)) for name, rows in tables.items()]
    return Opened(Manifest(), place.file, tuple(found))


def open_submission(path: Path, describe: Describe | None = None) -> Opened:
    """Opens a folder, workbook, YAML, JSON, CSV or Parquet file. Raises RecordsError if it is no submission.

    Parquet files are read by the engine, which lends `describe`; without it they are not read.
    """
    shown = str(path)
    try:
        if path.is_dir():
            return _open_folder(path, shown, describe)
        if not path.exists():
            fix = "Check the path for a slip."
            raise RecordsError(Problem("missing-path", "there is no such file or folder", fix, Place(shown)))
        return _open_file(path, shown, describe)
    except OSError as error:
        what = f"it cannot be read: {(error.strerror or 'unknown reason').lower()}"
        raise RecordsError(
            Problem("unreadable-file", what, "Name a file that you may read.", Place(str(error.filename or shown)))
        ) from error


def _open_file(path: Path, shown: str, describe: Describe | None) -> Opened:
    require_regular(path)
    suffix = path.suffix.lower()
    if suffix in _CSV:
        return Opened(Manifest(), shown, (CsvFile(path, shown, Scratch(), None),))
    if suffix in _PARQUET and describe is not None:
        return Opened(Manifest(), shown, (ParquetFile(path, shown, Scratch(), describe),))
    if suffix in _WORKBOOK:
        from checker.records.workbook import open_workbook  # noqa: PLC0415 -- only a workbook pays for its reader

        manifests, sheets = open_workbook(path, shown)
        entries = [entry for sheet in manifests for entry in sheet.entries()]
        if not sheets:
            what, fix = "the workbook has no sheet with a table", "Give each table a sheet of its name."
            raise RecordsError(Problem("no-table", what, fix, Place(shown)))
        return Opened(read_manifest(entries), shown, tuple(sheets))
    if suffix in _TREE:
        from checker.records.tree import submission_parts  # noqa: PLC0415 -- with _tree below

        said, tables = submission_parts(_tree(path, shown, DATA))
        return Opened(read_manifest(said), shown, tables)
    what = f"'{path.suffix or path.name}' is not a kind of file that is read"
    raise RecordsError(Problem("unknown-kind", what, f"Hand in {_KINDS}.", Place(shown)))


def _open_folder(folder: Path, shown: str, describe: Describe | None) -> Opened:
    files = sorted(file for file in folder.iterdir() if not file.name.startswith((".", "~$")))
    if not files:
        fix = f"Hand in {_KINDS}."
        raise RecordsError(Problem("empty-folder", "the folder is empty", fix, Place(shown)))
    manifests = [file for file in files if file.stem.lower() == "submission" and file.suffix.lower() in _TREE]
    plain = [file for file in files if file.suffix.lower() in _CSV]
    parquet = [file for file in files if file.suffix.lower() in _PARQUET and describe is not None]
    if not plain and not parquet:
        books = [file.name for file in files if file.suffix.lower() in _WORKBOOK]
        fix = f"Name the workbook itself ({books[0]})." if books else f"Hand in {_KINDS}."
        raise RecordsError(Problem("no-table", "there is no .csv, .tsv or .parquet file in the folder", fix, Place(shown)))
    if len(manifests) > 1:
        what = f"there are two manifests: {manifests[0].name} and {manifests[1].name}"
        raise RecordsError(Problem("two-manifests", what, "Keep one of them.", Place(shown)))
    manifest = _folder_manifest(manifests[0]) if manifests else Manifest()
    scratch = Scratch()
    found: dict[Path, Found] = {file: CsvFile(file, str(file), scratch, manifest.encoding) for file in plain}
    if describe is not None:
        found |= {file: ParquetFile(file, str(file), scratch, describe) for file in parquet}
    read = {*found, *manifests, folder / (manifest.waivers or "")}
    return Opened(
        manifest,
        shown,
        tuple(found[file] for file in files if file in found),
        tuple(_left_out(file) for file in files if file not in read and _is_data(file)),
    )


def _folder_manifest(file: Path) -> Manifest:
    from checker.records.tree import manifest_entries  # noqa: PLC0415 -- with _tree below

    try:
        return read_manifest(manifest_entries(_tree(file, str(file), TEXT)))
    except RecordsError as error:
        if not file.is_symlink():
            raise
        from checker.rules.quoting import MANIFEST, unquoted  # noqa: PLC0415 -- YAML only where something is wrong

        raise RecordsError(*unquoted(error.problems, MANIFEST)) from None


def _tree(file: Path, shown: str, most: int) -> Tree:
    if file.suffix.lower() == ".json":
        from checker.records.json_file import read_json  # noqa: PLC0415 -- only JSON pays for its reader

        return read_json(file, shown, most)
    from checker.records.tree import read_yaml  # noqa: PLC0415 -- only YAML pays for its reader

    return read_yaml(file, shown, most)


def _is_data(file: Path) -> bool:
    """Whether the file looks like data that somebody expects to be read."""
    if file.is_dir():
        return any(inner.suffix.lower() in {*_CSV, *_PARQUET} for inner in file.iterdir())
    kept = Path(file.name.rstrip("~"))
    if kept.suffix.lower() in {".bak", ".old", ".orig", ".tmp"}:
        kept = kept.with_suffix("")
    copy = kept.name != file.name and kept.suffix.lower() in _CSV
    return copy or kept.suffix.lower() in {*_PARQUET, *_WORKBOOK, *_TREE, ".txt", ".ndjson", ".jsonl", ".xlsb"}


def _left_out(file: Path) -> Problem:
    what = "of a folder only the .csv, .tsv and .parquet files and submission.yaml are read; this is not read"
    return Problem("unread-file", what, "Save it as .csv beside the others, or check it by itself.", Place(str(file)))


def _read(mine: Sequence[Found], record: Record) -> Reading:
    """Reads the one table of a record. Of several none is read: neither is known to be the right one."""
    if len(mine) > 1:
        what = f"there are {len(mine)} tables for '{record.name}': {', '.join(_name(found) for found in mine)}"
        fix = "Put all rows into one of them, and remove the others."
        return Reading(None, (Problem("duplicate-table", what, fix, mine[1].place),))
    try:
        if isinstance(mine[0], TableFile) and not mine[0].path.is_dir():
            require_regular(mine[0].path)  # of a folder its reader says what to do
        return mine[0].read(record)
    except RecordsError as error:
        return Reading(None, error.problems)
    except OSError as error:
        what = f"the file cannot be read: {(error.strerror or 'unknown reason').lower()}"
        problem = Problem("unreadable-file", what, "Hand in a file that may be read.", mine[0].place)
        return Reading(None, (problem,))


def _name(found: Found) -> str:
    return found.place.sheet or Path(found.place.file).name if not found.place.line else found.name


def _unknown_table(found: Found, near: str | None) -> Problem:
    what = f"the table '{found.name}' is not a record of the rulebook, and is not read"
    fix = f"Did you mean '{near}'? Then rename it." if near else "Remove it, or name it as the rulebook does."
    return Problem("unknown-table", what, fix, found.place)
