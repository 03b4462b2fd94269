"""How a day is written, wherever one is read: `2019-01-31`, in digits of ASCII, and in no other way."""

from __future__ import annotations

import re
from datetime import date

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
"""The pattern of a day."""

_DAY = re.compile(DAY)


def read_day(text: str) -> date | None:
    """The day that is written so; None where it is none of the calendar, or is written in another way.

    Python reads `2019-W05-1`, `20190131` and digits of other scripts too: what a day looks like is asked first.
    """
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
