"""Which texts are a month or a year, and between which days they lie."""

from __future__ import annotations

from datetime import date

import pytest

from checker.model.formats import month_formats
from checker.model.partial_days import may_be
from checker.model.schema import Field, FieldType, Precision, Writing

MAY = date(2019, 5, 1), date(2019, 5, 31)
YEAR = date(2019, 1, 1), date(2019, 12, 31)


@pytest.mark.parametrize(
    ("form", "months"),
    [
        ("%d/%m/%Y", ("%m/%Y",)),
        ("%Y%m%d", ("%Y%m",)),
        ("%Y.%m.%d", ("%Y.%m",)),
        ("%d %B %Y", ("%B %Y",)),
        ("%B %d, %Y", ("%B %Y",)),
        ("%d/%m/%y", ("%m/%y",)),
        ("%Y-%j", ()),
        ("%d/%m/%Y %H:%M", ()),
    ],
)
def test_a_month_is_written_as_days_are(form: str, months: tuple[str, ...]) -> None:
    assert month_formats([form]) == months


@pytest.mark.parametrize(
    ("precision", "text", "days"),
    [
        (Precision.MONTH, "2019-05", MAY),
        (Precision.MONTH, "05/2019", MAY),
        (Precision.MONTH, "5/2019", MAY),
        (Precision.MONTH, "2019", None),
        (Precision.MONTH, "2019-5", None),
        (Precision.MONTH, "2019-13", None),
        (Precision.MONTH, "31/05/2019", None),
        (Precision.YEAR, "2019", YEAR),
        (Precision.YEAR, "2019-05", MAY),
        (Precision.YEAR, "0000", None),
        (Precision.YEAR, "２０１９", None),
        (Precision.DAY, "2019-05", None),
    ],
)
def test_between_which_days_a_cell_lies(precision: Precision, text: str, days: tuple[date, date] | None) -> None:
    field = Field("held", FieldType.DATE, writing=Writing(formats=("%d/%m/%Y",)), precision=precision)
    assert may_be(field, text) == days
