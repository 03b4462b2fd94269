"""Writes days and spans of the calendar as a language does, by the patterns of its catalogue.

The patterns are those of the Unicode locale data, as far as they are needed: `d`, `M`, `Q` and `y` are numbers, `dd` and `MM`
of two digits, `MMMM` the name of a month and `MMM` its first three letters, `QQQQ` a quarter in Roman figures; what stands
between apostrophes is written as it is. Nothing is asked of the locale of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

_PART = re.compile(r"'([^']*)'|(d+|M+|Q+|y)")
_ROMAN = ("I", "II", "III", "IV")

_PARTS: Mapping[str, Callable[[date, Sequence[str]], str]] = {
    "d": lambda day, _: str(day.day),
    "dd": lambda day, _: f"{day.day:02d}",
    "M": lambda day, _: str(day.month),
    "MM": lambda day, _: f"{day.month:02d}",
    "MMM": lambda day, months: months[day.month - 1][:3],
    "MMMM": lambda day, months: months[day.month - 1],
    "Q": lambda day, _: str((day.month + 2) // 3),
    "QQQQ": lambda day, _: _ROMAN[(day.month - 1) // 3],
    "y": lambda day, _: str(day.year),
}


def written(day: date, pattern: str, months: Sequence[str]) -> str:
    """The day, or the month, quarter or year that begins on it, by a pattern; `months` are the names of the months."""
    return _PART.sub(lambda found: found[1] if found[2] is None else _PARTS[found[2]](day, months), pattern)
