"""Finds rulebooks: by path, or by name among those that are shipped."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from checker.errors import Place, Problem, UsageError, nearest

_SUFFIXES = (".yaml", ".yml")


def rules_folder() -> Path:
    """Where the shipped rulebooks are: inside an installed package, else beside the package in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_rulebooks"
    return installed if installed.is_dir() else package.parent / "rules"


def shipped_names(shipped: Path) -> tuple[str, ...]:
    """The names of the rulebooks in that folder: folders with YAML files, and single files."""
    if not shipped.is_dir():
        return ()
    entries = [path for path in shipped.iterdir() if not path.name.startswith((".", "_"))]
    folders = [path.name for path in entries if path.is_dir() and any(each.suffix in _SUFFIXES for each in path.iterdir())]
    return tuple(sorted({*folders, *(path.stem for path in entries if path.suffix in _SUFFIXES)}))


def libraries_folder() -> Path:
    """Where the shipped libraries of records are."""
    return rules_folder() / "_libraries"


def beside(written: str, folder: Path, shelf: Path, kind: str) -> Path:
    """The file or folder that a rulebook in `folder` names: by a path from there, else by its name on the shelf.

    Raises UsageError; `kind` is what its message calls the thing.
    """
    path = Path(written)
    names = shipped_names(shelf)
    if path.suffix in _SUFFIXES or "/" in written or "\\" in written:
        if (folder / path).exists():
            return folder / path
        mend = f"Write the path from where this is, or the name of a shipped one: {', '.join(names) or 'there is none'}."
        raise UsageError(Problem("unknown-name", f"there is no file or folder '{written}'", mend))
    if written in names:
        return _on(shelf, written)
    mend = f"Shipped ones are: {', '.join(names) or 'none'}. Name any other by its path: ./{written}.yaml"
    raise UsageError(Problem("unknown-name", f"'{written}' is no shipped {kind}", mend, instead=nearest(written, names)))


def named_by(written: str, folder: Path, at: Place | None, shipped: Path) -> Path:
    """The rulebook that a manifest in `folder` names at that place: a shipped one, or one by its path from there.

    Raises UsageError.
    """
    names = shipped_names(shipped)
    if written in names:
        return _on(shipped, written)
    if (folder / written).exists():
        return folder / written
    mend = f"Name a shipped one ({', '.join(names) or 'there is none'}), or give the path from where this is written."
    if Path(written).exists():
        mend = f"A path is from where this is written: write {Path(os.path.relpath(written, folder)).as_posix()}"
    near = nearest(written, names)
    raise UsageError(Problem("no-rulebook", f"there is no rulebook '{written}' here, nor a shipped one", mend, at, instead=near))


def _on(shelf: Path, name: str) -> Path:
    candidates = (shelf / name, *(shelf / f"{name}{suffix}" for suffix in _SUFFIXES))
    return next(candidate for candidate in candidates if candidate.exists())


def find(name_or_path: str, shipped: Path) -> Path:
    """The file or folder of a rulebook, given by path or by the name of a shipped one. Raises UsageError."""
    path = Path(name_or_path)
    if name_or_path and path.exists():
        return path
    names = shipped_names(shipped)
    if name_or_path in names:
        return _on(shipped, name_or_path)
    if path.suffix in _SUFFIXES or len(path.parts) > 1:
        mend = "Check the path for a slip, or name a shipped rulebook: " + (", ".join(names) or "there is none") + "."
        raise UsageError(Problem("no-rulebook", f"there is no file or folder '{name_or_path}'", mend))
    near = get_close_matches(name_or_path, names, 1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    mend = f"Shipped rulebooks are: {', '.join(names) or 'none'}. Any other is given by its path."
    raise UsageError(Problem("no-rulebook", f"there is no rulebook '{name_or_path}'{hint}", mend))
