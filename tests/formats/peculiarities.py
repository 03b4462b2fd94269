"""Small submissions, each with one peculiarity that tables have in life, and what is to be found in each, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from tests.formats.written import Sheet, Sheets


class Expected(NamedTuple):
    """The tables, how many rows of each are read and judged, and what is not satisfied: rule, subject, and how often.

    The report has the hint as often as there are wrong cells.
    """

    sheets: Sheets
    rows: tuple[tuple[str, int, int], ...]
    unmet: tuple[tuple[str, str, str], ...]
    notices: frozenset[str] = frozenset()
    hint: str = ""


_MEMBERS = ("id", "name", "joined", "seen", "fee", "active", "note")
_MEETINGS = ("member", "held_on", "present")
_SPRING, _AUTUMN = date(2019, 3, 1), date(2019, 10, 31)


def _of(*members: tuple[object, ...], meetings: int = 2) -> Sheets:
    """Members with so many meetings each, which is enough."""
    held = [(str(member[0]), day, 5) for member in members for day in (_SPRING, _AUTUMN)[:meetings]]
    return {"members": Sheet(_MEMBERS, list(members)), "meetings": Sheet(_MEETINGS, held)}  # type: ignore[arg-type]


_ANN = ("a", "Ann", date(2010, 1, 2), datetime(2019, 3, 1, 8, 30), Decimal("12.5"), True, "fine")  # noqa: DTZ001
_PLAIN = _of(_ANN)
_WRONG_DAYS = (
    ("meets-twice", "a", "undetermined"),
    ("records/meetings/held_on/allowed", "row 1", "violated"),
    ("records/meetings/held_on/allowed", "row 2", "violated"),
)


def _held(*days: int | datetime) -> Sheets:
    """A member with a meeting on each of the days, however that is written."""
    return {**_PLAIN, "meetings": Sheet(_MEETINGS, [("a", day, 5) for day in days])}


PECULIARITIES: Mapping[str, Expected] = {
    "plain": Expected(_PLAIN, (("members", 1, 1), ("meetings", 2, 2)), ()),
    "non-ASCII": Expected(
        _of(("Đ1", "Nguyễn Thị Ánh, Ủy viên", None, None, Decimal(3), True, "“Ghi chú”: 日本 Ωμέγα 🎉")),
        (("members", 1, 1), ("meetings", 2, 2)),
        (("fee-of-ten", "Đ1", "violated"),),
    ),
    "empty cells": Expected(
        _of(("a", "Ann", None, None, None, None, None), ("b", None, None, None, None, True, None)),
        (("members", 2, 2), ("meetings", 4, 4)),
        (("fee-of-ten", "a", "undetermined"), ("fee-of-ten", "b", "undetermined")),
    ),
    "dates and times": Expected(
        _of(
            ("a", "Ann", date(1900, 3, 1), datetime(2019, 12, 31, 23, 59, 59), Decimal(10), True, None),  # noqa: DTZ001
            ("b", "Bob", date(2020, 2, 29), datetime(2019, 1, 1, 0, 0), Decimal(10), True, None),  # noqa: DTZ001
        ),
        (("members", 2, 2), ("meetings", 4, 4)),
        (),
    ),
    "times in a field of days": Expected(
        _held(datetime(2019, 3, 1, 19, 30), datetime(2019, 10, 31, 8, 0)),  # noqa: DTZ001
        (("members", 1, 1), ("meetings", 2, 2)),
        _WRONG_DAYS,
        hint="it has a time of day; write the day alone",
    ),
    "serial numbers in a field of days": Expected(
        _held(43525, 43769),
        (("members", 1, 1), ("meetings", 2, 2)),
        _WRONG_DAYS,
        hint="is how a spreadsheet counts",
    ),
    "decimals": Expected(
        _of(
            *((f"m{number}", "Ann", None, None, fee, True, None) for number, fee in enumerate(map(Decimal, ("9.999", "10.001")))),
            ("m2", "Ann", None, None, Decimal("-0.5"), True, None),
            ("m3", "Ann", None, None, Decimal("123456789.125"), True, None),
        ),
        (("members", 4, 4), ("meetings", 8, 8)),
        (
            ("fee-of-ten", "m0", "violated"),
            ("fee-of-ten", "m2", "undetermined"),
            ("records/members/fee/allowed", "m2", "violated"),
        ),
    ),
    "long and odd texts": Expected(
        _of(
            ("a", "says \"no\"; twice, 'quoted' | barred", None, None, Decimal(10), True, "word " * 5000),
            ("b", "two\nlines", None, None, Decimal(10), True, "=1+1"),
            ("c", "tab\there", None, None, Decimal(10), True, "-"),
        ),
        (("members", 3, 3), ("meetings", 6, 6)),
        (),
    ),
    "leading zeros": Expected(
        _of(("007", "Ann", None, None, Decimal(10), True, None), ("7", "Bob", None, None, Decimal(1), True, None)),
        (("members", 2, 2), ("meetings", 4, 4)),
        (("fee-of-ten", "7", "violated"),),
        frozenset({"near-keys"}),
    ),
    "duplicates": Expected(
        {
            "members": Sheet(_MEMBERS, [_ANN, ("b", *_ANN[1:]), _ANN]),
            "meetings": Sheet(_MEETINGS, [("a", _SPRING, 5), ("a", _SPRING, 5), ("b", _SPRING, 5), ("b", _AUTUMN, 5)]),
        },
        (("members", 3, 2), ("meetings", 4, 3)),
        (
            ("meets-twice", "a", "undetermined"),
            ("records/meetings/member+held_on/unique", "row 2", "violated"),
            ("records/members/id/unique", "a", "violated"),
        ),
    ),
    "an extra column": Expected(
        {**_PLAIN, "members": Sheet((*_MEMBERS, "shoe size"), [(*_ANN, 42)])},
        (("members", 1, 1), ("meetings", 2, 2)),
        (),
        frozenset({"unknown-column"}),
    ),
    "a missing column": Expected(
        {**_PLAIN, "members": Sheet(tuple(each for each in _MEMBERS if each != "fee"), [(*_ANN[:4], *_ANN[5:])])},
        (("members", 1, 1), ("meetings", 2, 2)),
        (("fee-of-ten", "a", "undetermined"),),
    ),
    "titles for headers": Expected(
        {**_PLAIN, "members": Sheet(("Mã số", "Họ và tên", *_MEMBERS[2:]), [_ANN])},
        (("members", 1, 1), ("meetings", 2, 2)),
        (),
    ),
    "a reference that leads nowhere": Expected(
        {**_PLAIN, "meetings": Sheet(_MEETINGS, [("a", _SPRING, 5), ("z", _AUTUMN, 5)])},
        (("members", 1, 1), ("meetings", 2, 2)),
        (("meets-twice", "a", "violated"), ("records/meetings/member/reference", "row 2", "violated")),
    ),
}
"""What is to be found in submissions of every format."""
