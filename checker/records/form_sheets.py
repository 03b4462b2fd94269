"""How the sheets of a form are called: those of its tables, and those without records, which explain, or list choices."""

from __future__ import annotations

import re

from checker.model.blanks import bare, fold
from checker.words.catalogue import catalogue, languages

MOST = 31
"""How many units of UTF-16 the name of a sheet can have."""

OWN = ("sheet-explained", "sheet-read-by", "sheet-lists", "sheet-found")
"""The keys of the names of the sheets without records, in every language."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\s]+")

_TAKEN = frozenset({"history", "lịch sử"})
"""What spreadsheet programs keep for themselves."""


def sheet_name(text: str) -> str:
    """The text as the name of a sheet: without signs that none can have, and cut where it is too long."""
    name = bare(_FORBIDDEN.sub(" ", text)).strip("'")
    units = name.encode("utf-16-le", "replace")[: 2 * MOST]
    fitting = bare(units.decode("utf-16-le", "ignore")).strip("'")
    return f"{fitting} 1" if fold(fitting) in _TAKEN else fitting


def own_name(key: str) -> str:
    """What a sheet without records is called where a table has its name."""
    return f"checker {key}"


def is_own(name: str) -> bool:
    """Whether a sheet of that name is one without records."""
    spoken = (catalogue(language).text(key) for language in languages() for key in OWN)
    return fold(name) in map(fold, (*map(own_name, OWN), *spoken))
