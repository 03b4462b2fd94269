"""Finds the rulebook that a file belongs to: from the file of rules or cases that somebody edits, or changed, to the whole."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import RulesError
from checker.model.schema import SUBMISSION
from checker.rules.merged import LISTS, MAPPINGS
from checker.rules.shelf import APART, CASES
from checker.rules.texts import DISK, Texts
from checker.rules.written import Header
from checker.yaml_tree import YamlError

if TYPE_CHECKING:
    from pathlib import Path

_KEY = re.compile(r"^([A-Za-z_]\w*)[ \t]*:", re.MULTILINE)
_ITEM = re.compile(r"^- ", re.MULTILINE)
_HIGHEST = 4
"""How many folders above a file a rulebook's folder is looked for in."""

_OF_A_PART = LISTS | MAPPINGS | {info.alias or name for name, info in Header.model_fields.items()} | {"library"}

_HANDED_IN = frozenset({"tables", "period", "as_of"})


class Role(StrEnum):
    """What a file is to its rulebook."""

    RULES = "rules"
    CASES = "cases"


class Home(NamedTuple):
    """The file or folder of the rulebook or library to which a file belongs, and what the file is to it."""

    source: Path
    role: Role
    library: bool = False


def home_of(file: Path, texts: Texts = DISK) -> Home | None:
    """The rulebook or library that a file is part of; None where it is part of none.

    A folder is a rulebook where just one of its files says `rulebook:`, and none looks like a file of another kind.
    """
    file = file.absolute()
    cases = next((folder for folder in file.parents[:_HIGHEST] if folder.name == CASES), None)
    if cases is not None:
        library = _folder(cases.parent, texts)
        return None if library is None else Home(cases.parent, Role.CASES, library)
    for folder in file.parents[:_HIGHEST]:
        if folder.name in APART:
            break
        library = _folder(folder, texts)
        if library is not None:
            return Home(folder, Role.RULES, library)
        if _heads_in(folder, texts):
            break
    return Home(file, Role.RULES, "library" in _keys(file, texts)) if _heads(file, texts) else None


def _folder(folder: Path, texts: Texts) -> bool | None:
    """Whether a folder is that of a library; False for that of a rulebook, None for that of neither."""
    heads = _heads_in(folder, texts)
    if len(heads) != 1:
        return None
    try:
        files = [folder / way for way in texts.rules(folder)]
    except (OSError, RulesError):
        # There are far too many folders below, or what cannot be looked into.
        return None
    if any(file not in heads and (_heads(file, texts) or _is_of_another_kind(file, texts)) for file in files):
        return None
    return "library" in _keys(heads[0], texts)


def _heads_in(folder: Path, texts: Texts) -> list[Path]:
    """The files right in a folder that say what rulebook or library they are."""
    try:
        return [file for file in texts.beside(folder) if _heads(file, texts)]
    except OSError:
        return []


def _heads(file: Path, texts: Texts) -> bool:
    return not _is_handed_in(file, texts) and not _keys(file, texts).isdisjoint({"rulebook", "library"})


def _is_handed_in(file: Path, texts: Texts) -> bool:
    """Whether a file is a manifest, or a whole submission, which may name its rulebook."""
    return file.stem.lower() == SUBMISSION or not _keys(file, texts).isdisjoint(_HANDED_IN)


def _is_of_another_kind(file: Path, texts: Texts) -> bool:
    """Whether a file is a manifest, a list such as one of waivers, or has no key of a rulebook at all."""
    keys = _keys(file, texts)
    return _is_handed_in(file, texts) or (keys.isdisjoint(_OF_A_PART) if keys else _is_a_list(file, texts))


def _keys(file: Path, texts: Texts) -> frozenset[str]:
    """The keys at the left edge of a file, whether or not it can be read as YAML."""
    return frozenset(_KEY.findall(_text(file, texts)))


def _is_a_list(file: Path, texts: Texts) -> bool:
    return _ITEM.search(_text(file, texts)) is not None


def _text(file: Path, texts: Texts) -> str:
    try:
        return texts.text(file, str(file))
    except YamlError:
        return ""
