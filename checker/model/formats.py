"""What the `formats` of a date field can say, and exactly which texts each of them accepts (docs/meaning.md, section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from checker.model.schema import Writing

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December",
    "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
)
_WEEKDAYS = ("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday", "Mon|Tue|Wed|Thu|Fri|Sat|Sun")

_FIGURES = {
    "Y": (4, 4),
    "y": (2, 2),
    "m": (1, 2),
    "d": (1, 2),
    "j": (1, 3),
    "H": (1, 2),
    "I": (1, 2),
    "M": (1, 2),
    "S": (1, 2),
}
"""How many figures each directive takes at least and at most."""

_WORDS = {"B": _MONTHS[0], "b": _MONTHS[1], "A": _WEEKDAYS[0], "a": _WEEKDAYS[1], "p": "AM|PM"}
"""The words that each directive takes, in any case."""

_DAYS = (date(2003, 4, 5), date(2007, 12, 11), date(2010, 6, 7))
"""Days of which day, month and the last figures of the year could be exchanged."""
_A_DAY = date(2019, 1, 31)
_PART = re.compile(r"%(.?)|(.)", re.DOTALL)
DIRECTIVES = frozenset({*_FIGURES, *_WORDS, "%"})


def directives(form: str) -> tuple[str, ...]:
    """The directives of a format, without their `%`."""
    return tuple(match[1] for match in _PART.finditer(form) if match[1] is not None)


def tells_a_day(form: str) -> bool:
    """Whether a text in that format says which day of which month of which year it is."""
    try:
        right = datetime.strptime(_A_DAY.strftime(form), form).replace(tzinfo=UTC).date() == _A_DAY
    except ValueError:
        return False
    return right and DIRECTIVES.issuperset(directives(form))


def read_format(form: str, text: str) -> date | None:
    """The day that a text is by a format."""
    if not re.fullmatch(pattern(form), text):
        return None
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC).date()
    except ValueError:
        return None


def month_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """How a month is written where days are written so: without the day and the signs after it, or, at the end, before it."""
    found: dict[str, None] = {}
    for form in formats:
        parts = re.findall(r"%.|[^%]+", form)
        if "%d" in parts:
            at = parts.index("%d")
            beside = at - 1 if at + 1 == len(parts) else at + 1
            around = {at, beside} if beside >= 0 and not parts[beside].startswith("%") else {at}
            rest = "".join(part for number, part in enumerate(parts) if number not in around)
            if sorted(directives(rest)) in _OF_MONTHS:
                found[rest] = None
    return tuple(found)


_OF_MONTHS = [sorted((month, year)) for month in "mbB" for year in "yY"]


def contradict(first: str, second: str) -> bool:
    """Whether the two read some text as different days."""
    return any((other := read_format(second, day.strftime(first))) is not None and other != day for day in _DAYS)


def pattern(form: str) -> str:
    """A regular expression of the texts that a format accepts, as Python and the engine read it.

    Where figures follow each other without a sign between them, each directive takes as many as it can.
    """
    parts = [(match[1], match[2]) for match in _PART.finditer(form)]
    beside = [directive in _FIGURES or (sign or "").isdecimal() for directive, sign in parts]
    found = []
    for place, (directive, sign) in enumerate(parts):
        if directive in _FIGURES:
            least, most = _FIGURES[directive]
            tight = (place > 0 and beside[place - 1]) or (place + 1 < len(parts) and beside[place + 1])
            found.append(f"[0-9]{{{most if tight else least},{most}}}")
        elif directive in _WORDS:
            found.append(f"(?i:{_WORDS[directive]})")
        elif directive is None and sign == " ":
            found.append(" +")
        else:
            found.append(re.escape(sign or "%"))
    return "".join(found)


TIME_OF_DAY = "(T| +)([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?( ?[AaPp][Mm])?(Z| ?[+-][0-9]{2}:?[0-9]{2})?$"
"""A regular expression of the time of day, and of the time zone, that may stand after a day."""

_BLANKS = " \u00a0\u2009\u202f"


def signs(thousands: str) -> str:
    """The signs that stand between groups of three figures where that one is declared: of blanks any."""
    return {" ": _BLANKS, "'": "'\u2019"}.get(thousands, thousands)


def figures(writing: Writing) -> str:
    """A regular expression of the numbers that are written so; groups of three figures need not be parted."""
    grouped = f"|[0-9]{{1,3}}([{signs(writing.thousands)}][0-9]{{3}})+" if writing.thousands else ""
    return f"-?([0-9]+{grouped})([{writing.decimal}][0-9]+)?"
