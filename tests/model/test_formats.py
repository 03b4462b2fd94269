"""Which texts a format of a date field accepts, and which formats contradict each other."""

from __future__ import annotations

from datetime import date

import pytest

from checker.model.formats import contradict, directives, read_format

DAY = date(2025, 4, 7)


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("%d/%m/%Y", "07/04/2025", DAY),
        ("%d/%m/%Y", "7/4/2025", DAY),
        ("%d/%m/%Y", "07/04/25", None),
        ("%d/%m/%Y", "07/04/02025", None),
        ("%d/%m/%Y", "007/04/2025", None),
        ("%d/%m/%Y", "31/02/2025", None),
        ("%d/%m/%Y", "07/04/2025 ", None),
        ("%d/%m/%Y", "07/04/２０２５", None),
        ("%d.%m.%Y", "07/04/2025", None),
        ("%d/%m/%y", "07/04/25", DAY),
        ("%d/%m/%y", "07/04/2025", None),
        ("%d/%m/%y", "07/04/69", date(1969, 4, 7)),
        ("%d/%m/%y", "07/04/68", date(2068, 4, 7)),
        ("%Y%m%d", "20250407", DAY),
        ("%Y%m%d", "2025407", None),
        ("%d %b %Y", "7 APR 2025", DAY),
        ("%d %B %Y", "7  April 2025", DAY),
        ("%d %b %Y", "7 April 2025", None),
        ("ngày %d tháng %m năm %Y", "ngày 7 tháng 4 năm 2025", DAY),
        ("%d/%m/%Y %H:%M", "07/04/2025 10:30", DAY),
        ("%Y-%j", "2025-97", DAY),
    ],
)
def test_what_a_format_accepts(form: str, text: str, day: date | None) -> None:
    assert read_format(form, text) == day


@pytest.mark.parametrize(
    ("first", "second", "so"),
    [
        ("%d/%m/%Y", "%m/%d/%Y", True),
        ("%d/%m/%y", "%y/%m/%d", True),
        ("%d%m%y", "%y%m%d", True),
        ("%d/%m/%Y", "%d/%m/%y", False),
        ("%d/%m/%Y", "%d.%m.%Y", False),
        ("%d/%m/%Y", "%d/%m/%Y", False),
    ],
)
def test_formats_that_read_one_text_as_two_days(first: str, second: str, so: bool) -> None:  # noqa: FBT001 -- of a table
    assert contradict(first, second) is so


def test_directives_of_a_format() -> None:
    assert directives("%d/%m 100%% %Y") == ("d", "m", "%", "Y")
