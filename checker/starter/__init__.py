"""A rulebook to start from: small, commented, with cases and an example submission; one folder here for each language."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from checker.errors import Place, Problem, UsageError
from checker.schemas import FOLDER as SCHEMAS
from checker.temporary import expect
from checker.words.message import message

LANGUAGES = ("en", "vi")

_TEMPLATES = Path(__file__).parent
_STARTER = "starter"
"""The name of the template, in whose place the new one is put."""
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_FOR_EDITORS = ("rulebook", "cases")


def start(name: str, folder: Path, language: str) -> Path:
    """Makes a rulebook of that name in its own folder inside `folder`, whole or not at all, and returns where it is.

    Raises UsageError if the name is not one, or if something is there already.
    """
    if not _NAME.fullmatch(name):
        wrong = message("new-bad-name", name=name)
        raise UsageError(Problem("bad-name", wrong, message("book-name-fix")))
    target = folder / name
    if os.path.lexists(target):
        fix = message("new-exists-fix")
        raise UsageError(Problem("exists", message("new-exists"), fix, Place(str(target))))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{name}.", dir=folder) as draft:
            expect(Path(draft))
            made = Path(draft) / name
            _make(made, name, language)
            made.rename(target)
    except OSError as error:
        wrong = message("new-unwritable", why=error.strerror or error)
        raise UsageError(Problem("cannot-write", wrong, message("unwritable-folder-fix"), Place(str(folder)))) from error
    return target


def _make(target: Path, name: str, language: str) -> None:
    template = _TEMPLATES / language
    for file in sorted(path for path in template.rglob("*") if path.is_file()):
        copy = target / file.relative_to(template)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        copy.write_text(re.sub(rf"\b{_STARTER}\b", name, text), encoding="utf-8", newline="\n")
    (target / "schemas").mkdir()
    for kind in _FOR_EDITORS:
        shutil.copyfile(SCHEMAS / f"{kind}.json", target / "schemas" / f"{kind}.json")
