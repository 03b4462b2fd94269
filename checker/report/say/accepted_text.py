"""What can stand in a cell, in words: `a whole number in figures, between 1 and 400`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from checker.model.report import Required
from checker.model.schema import FieldType
from checker.report.say.wording import Wording
from checker.words.amounts import Marks, number

_DAY = date(2019, 12, 31)
"""A day of which nobody takes the month for the day, or one of them for the year."""
_VALUES = 8


def accepted_text(required: Sequence[Required], wording: Wording) -> str:
    """What `checker.model.accepted` requires of a cell, in words; of many values the first are named."""
    what = _each_text(required, wording)
    return several(what, signs, wording) if (signs := "".join(_texts("several", required))) else what


def several(what: str, signs: str, wording: Wording) -> str:
    """What may stand in a cell several times, with one of these signs between."""
    shown = (wording("accepted-new-line") if sign == "\n" else f"'{sign}'" for sign in signs)
    return wording("accepted-several", what=what, signs=wording("or").join(shown))


def _each_text(required: Sequence[Required], wording: Wording) -> str:
    (kind,) = _texts("type", required)
    if kind == FieldType.BOOLEAN:
        return wording("accepted-boolean")
    values = [each.said.in_(wording.language) or each.text for each in required if each.operator == "one of"]
    if values:
        named, more = ", ".join(f"'{value}'" for value in values[:_VALUES]), len(values) - _VALUES
        return wording("accepted-more", values=named, n=more) if more > 0 else wording("accepted-one-of", values=named)
    days = wording("or").join(_DAY.strftime(form) for form in _texts("as", required))
    # In a cell a number has a point before decimals, or what the field declares, whatever the language.
    (decimal,) = _texts("decimal", required) or ["."]
    ends = {each.operator: number(each.value, Marks(decimal)) for each in required if each.value is not None}
    comma = "-comma" if kind == "number" and decimal == "," else ""
    said = [wording(f"accepted-{kind}{comma}", days=days)]
    said += [wording("accepted-thousands", sign=f"'{sign}'") for sign in _texts("thousands", required)]
    said += [wording("accepted-with-time") for _ in _texts("with time", required)]
    if len(ends) > 1:
        said.append(wording("range", low=ends[">="], high=ends["<="]))
    else:
        said += [wording(operator, value=end) for operator, end in ends.items()]
    return ", ".join(said)


def _texts(operator: str, required: Sequence[Required]) -> list[str]:
    return [each.text for each in required if each.operator == operator]
