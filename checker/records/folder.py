"""A folder of files of any formats, each with one table or many, judged as one submission."""

from __future__ import annotations

import filecmp
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import Place, Problem, RecordsError
from checker.files import TEXT, require_regular
from checker.records.agreeing import agreed
from checker.records.archive import SUFFIX, unpacked
from checker.records.manifest import read_manifest
from checker.records.readers import KINDS, TREES, Reader, reader_of
from checker.records.readers.protocol import Document, Found, Means, NoTablesError, UnreadFile, outside_link, part_files
from checker.records.shaping import unreadable_file
from checker.records.sorting import Part, unread
from checker.records.submission import Opened
from checker.records.values import Manifest
from checker.words.message import message

if TYPE_CHECKING:
    from checker.records.readers.tree import Tree

_LEFT_BEHIND = frozenset((".bak", ".old", ".orig", ".tmp"))
_PERHAPS = frozenset((".txt", ".tab", ".dat", ".numbers", ".dbf", ".mdb", ".accdb"))
DEPTH = 5
"""How deep folders may stand in one another."""


@dataclass(slots=True)
class _Found:
    """What was found in a folder so far."""

    loose: list[Found] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    manifests: list[tuple[str, Manifest]] = field(default_factory=list)
    folders: list[Document] = field(default_factory=list)
    containers: list[Document] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def open_folder(folder: Document, means: Means, depth: int = DEPTH) -> Opened:
    """Opens a folder; folders below it are looked into to that depth. Raises RecordsError if it is no submission."""
    if depth == 0:
        wrong, fix = message("folders-too-deep"), message("folders-too-deep-fix", n=DEPTH)
        raise RecordsError(Problem("too-deep", wrong, fix, Place(folder.shown)))
    means = means if means.within is not None else replace(means, within=Path(os.path.realpath(folder.path)))
    files, found = _listed(folder), _Found()
    if not files:
        raise RecordsError(
            Problem("empty-folder", message("empty-folder"), message("hand-in-fix", kinds=KINDS), Place(folder.shown))
        )
    if len(files) > means.limits.files:
        wrong = message("too-many-files", n=len(files), most=means.limits.files)
        raise RecordsError(Problem("too-many-files", wrong, message("too-many-files-fix"), Place(folder.shown)))
    written = [file for file in files if file.stem.lower() == "submission" and file.suffix.lower() in TREES]
    if len(written) > 1:
        wrong = message("two-manifests", one=written[0].name, other=written[1].name)
        raise RecordsError(Problem("two-manifests", wrong, message("two-manifests-fix"), Place(folder.shown)))
    outside = [file for file in files if means.leads_out(file)]
    found.problems += [outside_link(_within(folder, file)) for file in outside]
    if {*outside} & {*written}:
        raise RecordsError(*found.problems)
    manifest = _manifest(_within(folder, written[0])) if written else Manifest()
    means = replace(means, encoding=manifest.encoding or means.encoding)
    apart = {*written, *outside, folder.path / (manifest.waivers or ""), folder.path / (manifest.parts or "")}
    for file in files:
        if file not in apart:
            _look_into(_within(folder, file), means, found, depth)
    if found.loose:
        found.parts.insert(0, Part(tuple(found.loose)))
    _look_below(folder, manifest, means, found, depth)
    if not any(part.aside is None for part in found.parts) and not found.problems:
        wrong, fix = message("no-table-in-folder"), message("hand-in-fix", kinds=KINDS)
        raise RecordsError(Problem("no-table", wrong, fix, Place(folder.shown)))
    manifest, problems = agreed(manifest, found.manifests)
    return Opened(
        manifest, folder.shown, tuple(found.parts), tuple(found.notices), (*found.problems, *problems), folder.path, means.limits
    )


def _look_into(file: Document, means: Means, found: _Found, depth: int) -> None:
    """Adds what is in a file of the folder."""
    reader = reader_of(file.suffix)
    if file.path.is_dir() and (reader is None or reader.several):
        found.folders.append(file)
    elif file.suffix == SUFFIX:
        _look_into_archive(file, means, found, depth)
    elif reader is not None:
        try:
            _read(reader, file, means, found)
        except NoTablesError:
            found.notices.append(unread(Place(file.shown), message("unread-no-tables")))
        except RecordsError as error:
            found.problems += error.problems
        except OSError as error:
            found.problems.append(unreadable_file(error, Place(file.shown)))
    elif _is_data(file.path):
        found.notices.append(unread(Place(file.shown), message("unread-kind")))


def _look_into_archive(file: Document, means: Means, found: _Found, depth: int) -> None:
    try:
        _add(open_folder(unpacked(file, means), means, depth - 1), "", found)
    except RecordsError as error:
        found.problems += error.problems
    except OSError as error:
        found.problems.append(unreadable_file(error, Place(file.shown)))


def _read(reader: Reader, file: Document, means: Means, found: _Found) -> None:
    if file.path.is_dir() and not reader.folders:
        found.parts += [Part(_tables(reader, each, means), file.name) for each in part_files(file, means)]
    elif reader.several:
        require_regular(file.path)
        _refuse_copy(file, found.containers)
        contents = reader.read(file, means)
        found.parts.append(Part(contents.tables))
        found.manifests.append((file.shown, read_manifest(contents.entries)))
    else:
        tables = _tables(reader, file, means)
        found.loose += tables
        if not tables:
            found.notices.append(unread(Place(file.shown), message("unread-engine")))


def _tables(reader: Reader, file: Document, means: Means) -> tuple[Found, ...]:
    """The table that a file is: also where it cannot be read it is known of which record it was to be."""
    try:
        return reader.read(file, means).tables
    except (RecordsError, OSError) as error:
        return (UnreadFile(file, error),)


def _refuse_copy(file: Document, others: list[Document]) -> None:
    """Raises RecordsError where another file holds the very same: its rows would count twice."""
    for other in others:
        if filecmp.cmp(file.path, other.path, shallow=False):
            wrong = message("same-file-twice", other=other.shown)
            raise RecordsError(Problem("same-file-twice", wrong, message("same-file-twice-fix"), Place(file.shown)))
    others.append(file)


def _look_below(folder: Document, manifest: Manifest, means: Means, found: _Found, depth: int) -> None:
    """Adds what is in folders below: those of many bodies, or, beside other tables, folders that are called as a record is."""
    if manifest.parts is not None:
        named = folder.path / manifest.parts
        if means.leads_out(named):
            raise RecordsError(outside_link(_within(folder, named)))
        if not named.is_dir():
            wrong = message("no-folder", folder=manifest.parts)
            raise RecordsError(Problem("no-parts", wrong, message("no-parts-fix"), Place(folder.shown)))
        _add(open_folder(_within(folder, named), means, depth - 1), named.name, found)
    beside = bool(found.parts)
    for inner in found.folders:
        if beside:
            loose = _loose(inner, means, found)
            found.parts += [Part(loose, inner.name, Place(inner.shown))] if loose else []
            continue
        try:
            _add(open_folder(inner, means, depth - 1), inner.name, found)
        except RecordsError as error:
            if not {problem.code for problem in error.problems} <= {"empty-folder", "no-table"}:
                found.problems += error.problems


def _add(opened: Opened, name: str, found: _Found) -> None:
    found.parts += [part._replace(within=part.within or name) for part in opened.parts]
    found.notices += opened.notices
    found.problems += opened.problems
    found.manifests.append((opened.shown, opened.manifest))


def _loose(folder: Document, means: Means, found: _Found) -> tuple[Found, ...]:
    """The tables of a folder that are files by themselves."""
    files = [_within(folder, file) for file in _listed(folder)]
    found.problems += [outside_link(file) for file in files if means.leads_out(file.path)]
    files = [file for file in files if not means.leads_out(file.path)]
    readers = [(file, reader_of(file.suffix)) for file in files]
    return tuple(table for file, reader in readers if reader and not reader.several for table in _tables(reader, file, means))


def _listed(folder: Document) -> list[Path]:
    """The files and folders in a folder, but for hidden ones."""
    return [file for file in sorted(folder.path.iterdir()) if not file.name.startswith((".", "~$"))]


def _within(folder: Document, file: Path) -> Document:
    return Document(file, str(Path(folder.shown) / file.name), keep=folder.keep)


def _manifest(file: Document) -> Manifest:
    from checker.records.readers.tree import manifest_entries  # noqa: PLC0415 -- as its readers

    try:
        return read_manifest(manifest_entries(_tree(file)))
    except RecordsError as error:
        if not file.path.is_symlink():
            raise
        from checker.rules.quoting import MANIFEST, unquoted  # noqa: PLC0415 -- YAML only where something is wrong

        raise RecordsError(*unquoted(error.problems, MANIFEST)) from None


def _tree(file: Document) -> Tree:
    if file.suffix == ".json":
        from checker.records.readers.json_file import tree  # noqa: PLC0415 -- only JSON pays for its reader
    else:
        from checker.records.readers.yaml_file import tree  # noqa: PLC0415 -- only YAML pays for its reader
    return tree(file.path, file.shown, TEXT)


def _is_data(file: Path) -> bool:
    """Whether a file of no kind that is read looks like data that somebody expects to be read."""
    kept = Path(file.name.rstrip("~"))
    if kept.suffix.lower() in _LEFT_BEHIND:
        kept = kept.with_suffix("")
    return (kept.name != file.name and reader_of(kept.suffix.lower()) is not None) or kept.suffix.lower() in _PERHAPS
