"""What a deadline may say together, and what its author is told otherwise."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from checker.forms.deadline import Deadline


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ({"within": "10d", "per": "month", "after": "founded"}, "with 'per' the first day is counted from the window"),
        ({"within": "10d", "per": "month", "early": "counts"}, "with 'per' the first day is counted from the window"),
        ({"within": "10d", "per": "90d"}, "a duty comes again with the windows of the calendar"),
        ({"within": "10d", "per": "term of mandates"}, "a duty comes again with the windows of the calendar"),
        ({"until": "founded", "per": "month"}, "'per' goes with a day of the year"),
        ({"until": "next 03-01", "per": "month"}, "'until: next 03-01' comes every year"),
        ({"until": "next 03-01"}, "'until: next 03-01' comes every year"),
        ({"until": "next 02-29", "per": "year"}, "not every year has a day 'next 02-29'"),
        ({"within": "10d", "about": "date"}, "'about' says which window a row is about"),
        ({"within": "10 working days", "roll": "next working day"}, "a span of working days ends on one"),
        ({"within": "10d", "roll": "next"}, "Input should be 'next working day' or 'previous working day'"),
    ],
)
def test_what_does_not_go_together(written: dict[str, str], what: str) -> None:
    with pytest.raises(ValidationError, match="validation error") as raised:
        Deadline.model_validate({"of": "meetings", **written})
    (found,) = raised.value.errors()
    mistake = found.get("ctx", {}).get("mistake")
    assert what in (found["msg"] if mistake is None else str(mistake.message))
