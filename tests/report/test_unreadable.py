"""Why a cell cannot be read, said of those of which it can be seen."""

from __future__ import annotations

import pytest

from checker.model.schema import Field, FieldType, Writing
from checker.report.say.unreadable import why
from checker.report.say.wording import Wording

DAY = Field("day", FieldType.DATE, writing=Writing(formats=("%d/%m/%Y",)))
WHOLE, NUMBER = Field("whole", FieldType.INTEGER), Field("number", FieldType.NUMBER)
KIND = Field("kind", enum=(("Plenary", ("half-yearly",)), ("closing", ())))
YEAR, DIGITS = ": the year has two digits; write four", ": write the digits 0 to 9"
SERIAL_MOMENT = "is how a spreadsheet counts a time on 1 March 2019; format the column as dates, and write the day alone"
PERCENT = ": with a % sign 85 may be 85 or 0.85; write the number as the column needs it, without it"
SEPARATORS = ": write it without separators between thousands, and a point before decimals"


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        (DAY, "07/04/25", YEAR),
        (DAY, "7/4/25", YEAR),
        (DAY, "25-04-07", YEAR),
        (DAY, "07/04/225", ""),
        (DAY, "31/02/2025", ""),
        (DAY, "2019-06-30T10:00:00", ": it has a time of day; write the day alone"),
        (DAY, "30/06/2019 8:30", ": it has a time of day; write the day alone"),
        (DAY, "30/6/2019  08:30:15 PM", ": it has a time of day; write the day alone"),
        (DAY, "30/06/2019 8", ""),
        (DAY, "43525.8125", f": 43525.8125 {SERIAL_MOMENT}"),
        (DAY, "43525,8125", f": 43525,8125 {SERIAL_MOMENT}"),
        (DAY, "435250", ""),
        (DAY, "43525", ": 43525 is how a spreadsheet counts 1 March 2019; format the column as dates"),
        (DAY, "２０１９-01-01", DIGITS),
        (WHOLE, "١٢", DIGITS),
        (WHOLE, "6.991", SEPARATORS),
        (WHOLE, "6.99", ""),
        (NUMBER, "1.250.000", SEPARATORS),
        (NUMBER, "8.000,50", SEPARATORS),
        (NUMBER, "12,5", SEPARATORS),
        (NUMBER, "1 250", SEPARATORS),
        (NUMBER, "98,76 %", PERCENT),
        (NUMBER, "98.76%", PERCENT),
        (WHOLE, "98\u00a0%", PERCENT),
        (NUMBER, "% of 98", ""),
        (NUMBER, "many", ""),
        (Field("note"), "１２", ""),
        (KIND, "plenery", "; did you mean 'Plenary'?"),
        (KIND, "HALF YEARLY", "; did you mean 'half-yearly'?"),
        (KIND, "other", ""),
    ],
)
def test_what_is_seen_from_the_text(field: Field, text: str, says: str) -> None:
    assert why(field, text, Wording("en")) == says


def test_it_is_said_in_vietnamese_too() -> None:
    assert why(DAY, "07/04/25", Wording("vi")) == ": năm chỉ có hai chữ số; hãy ghi đủ bốn chữ số"
