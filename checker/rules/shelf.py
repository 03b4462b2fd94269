"""Finds rulebooks: by path, or by name among those that are shipped."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from checker.errors import Place, Problem, RulesError, UsageError, nearest
from checker.words.message import message

_SUFFIXES = (".yaml", ".yml")
_YAML_WITHIN = re.compile(r"\.ya?ml\W", re.IGNORECASE)
_MOST = 1_000
CASES = "cases"
APART = frozenset({CASES, "examples"})
"""The folders of a rulebook whose files are not of its text."""


def is_yaml(path: Path) -> bool:
    """Whether it is a file of YAML by its name, in small letters or capitals."""
    return path.suffix.lower() in _SUFFIXES


def yaml_files(folder: Path, apart: Collection[str] = ()) -> list[Path]:
    """The files of YAML below a folder, by their way from it, in order; links to folders are followed.

    Hidden ones are left out, and those `apart`, which are folders in it. Raises RulesError where there are far too many.
    """
    return sorted(path for path in _inside(folder, "", apart, set()) if is_yaml(path))


def rule_files(folder: Path) -> list[Path]:
    """The files of a rulebook's or library's text, as `yaml_files` lists them."""
    return yaml_files(folder, APART)


def overlooked(folder: Path) -> list[Path]:
    """The files of a rulebook's folder that are not read, and whose names look as if they were meant to be."""
    return sorted(path for path in _inside(folder, "", APART - {CASES}, set()) if not is_yaml(path) and _looks_like_yaml(path))


def _looks_like_yaml(path: Path) -> bool:
    """`rules.yaml.txt`, `rules.yml~`, `rules.yalm`."""
    return bool(_YAML_WITHIN.search(path.name) or get_close_matches(path.suffix.lower(), _SUFFIXES[:1], 1, 0.8))


def _inside(folder: Path, way: str, apart: Collection[str], seen: set[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in seen:  # by way of a link
        return
    seen.add(real)
    if len(seen) > _MOST:
        wrong = message("too-many-folders", most=_MOST)
        raise RulesError(Problem("too-many-folders", wrong, message("too-many-folders-fix"), Place(str(folder))))
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name in apart:
                continue
            if entry.is_dir():
                yield from _inside(folder / entry.name, f"{way}{entry.name}/", (), seen)
            else:
                yield Path(way + entry.name)


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
    folders = [path.name for path in entries if path.is_dir() and any(map(is_yaml, path.iterdir()))]
    return tuple(sorted({*folders, *(path.stem for path in entries if is_yaml(path))}))


def libraries_folder() -> Path:
    """Where the shipped libraries of records are."""
    return rules_folder() / "_libraries"


def beside(written: str, folder: Path, shelf: Path) -> Path:
    """The file or folder that a rulebook in `folder` names: by a path from there, else by its name on the shelf.

    Raises UsageError.
    """
    path = Path(written)
    names = shipped_names(shelf)
    listed = ", ".join(names) or message("names-none")
    if is_yaml(path) or "/" in written or "\\" in written:
        if (folder / path).exists():
            return folder / path
        fix = message("no-rulebook-here-fix", names=listed)
        raise UsageError(Problem("unknown-name", message("no-file-or-folder", name=written), fix))
    if written in names:
        return _on(shelf, written)
    fix = message("not-shipped-fix", names=listed, name=written)
    raise UsageError(Problem("unknown-name", message("not-shipped", name=written), fix, instead=nearest(written, names)))


def named_by(written: str, folder: Path, at: Place | None, shipped: Path) -> Path:
    """The rulebook that a manifest in `folder` names at that place: a shipped one, or one by its path from there.

    Raises UsageError.
    """
    names = shipped_names(shipped)
    if written in names:
        return _on(shipped, written)
    if (folder / written).exists():
        return folder / written
    fix = message("no-rulebook-here-fix", names=", ".join(names) or message("names-none"))
    if Path(written).exists():
        fix = message("no-rulebook-here-path-fix", path=Path(os.path.relpath(written, folder)).as_posix())
    wrong, near = message("no-rulebook-here", name=written), nearest(written, names)
    raise UsageError(Problem("no-rulebook", wrong, fix, at, instead=near))


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
    listed = ", ".join(names) or message("names-none")
    if is_yaml(path) or len(path.parts) > 1:
        wrong = message("no-rulebook-file", name=name_or_path)
        raise UsageError(Problem("no-rulebook", wrong, message("no-rulebook-file-fix", names=listed)))
    near = next(iter(get_close_matches(name_or_path, names, 1)), None)
    wrong, fix = message("no-rulebook", name=name_or_path), message("no-rulebook-fix", names=listed)
    raise UsageError(Problem("no-rulebook", wrong, fix, instead=near))
