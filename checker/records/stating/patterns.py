"""Names of sheets and files, and titles, with names of fields in them: `T{month}`, `branches-{branch}.csv`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from checker.model.blanks import bare

_PART = re.compile(r"\{([^{}]*)\}|(\*)|([^{*]+|\{)")


def captured(pattern: str, text: str, *, anywhere: bool = False) -> Mapping[str, str] | None:
    """What stands in the text in place of each name in the pattern; None where the text is no such one.

    `*` stands for anything. Capitals and blanks do not matter.
    """
    names: list[str] = []
    found = []
    for name, star, plain in _PART.findall(_plain(pattern)):
        if star:
            found.append(".*?")
        elif plain:
            found.append(r"\s+".join(map(re.escape, re.split(r"\s+", plain))))
        else:
            names.append(bare(name))
            found.append("(.+?)")
    whole = "".join(found)
    match = (re.search if anywhere else re.fullmatch)(f"{whole}$" if anywhere else whole, _plain(text), re.IGNORECASE)
    if match is None:
        return None
    return {name: bare(value) for name, value in zip(names, match.groups(), strict=True)}


def names_in(pattern: str) -> list[str]:
    """The names of fields in a pattern."""
    return [bare(name) for name, star, plain in _PART.findall(_plain(pattern)) if not star and not plain]


def _plain(text: str) -> str:
    return bare(unicodedata.normalize("NFC", text))
