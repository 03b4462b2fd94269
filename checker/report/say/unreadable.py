"""Why a cell cannot be read, or what it means, where that can be seen from its text: what to write is then no riddle."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from checker.errors import nearest
from checker.model.formats import pattern
from checker.model.schema import Field, FieldType
from checker.report.say.wording import Wording

_TIME = r"(?:T|\s+)[0-9]{1,2}:[0-9]{2}\b.*"
"""A time of day after a day; what else stands there may be a zone."""
_SEPARATED = re.compile(r"[-+]?[0-9]{1,3}([., \u00a0\u202f'][0-9]{3})+|[-+]?[0-9]+([.,\u00a0\u202f' ][0-9]+)*,[0-9]+")
_PERCENT = re.compile(r"[-+]?[0-9][0-9.,]*[ \u00a0\u202f]?%")
_SERIAL = re.compile(r"([1-9][0-9]{4})([.,][0-9]+)?")
_EPOCH = date(1899, 12, 30)
"""The day that a spreadsheet counts as 0."""


def why(field: Field, text: str, wording: Wording) -> str:
    """A clause that says why the text is no value of the field, or which may be meant; empty where there is nothing to say."""
    if any(sign.isdecimal() and not sign.isascii() for sign in text) and field.type is not FieldType.TEXT:
        return wording("unreadable-digits")
    if field.type is FieldType.DATE:
        return _day(field, text, wording)
    plain = (field.writing.decimal, field.writing.thousands) == (".", "")
    if plain and field.type in {FieldType.INTEGER, FieldType.NUMBER} and _SEPARATED.fullmatch(text):
        return wording("unreadable-separators")
    if field.type in {FieldType.INTEGER, FieldType.NUMBER} and _PERCENT.fullmatch(text):
        return wording("unreadable-percent")
    near = _spelled(text, field) if field.enum else None
    return "" if near is None else wording("integrity-near", keys=f"'{near}'")


@lru_cache(maxsize=1000)
def _spelled(text: str, field: Field) -> str | None:
    """The value of an enumerated field that is spelled most like the text."""
    values = {spelling.lower(): spelling for value, synonyms in field.enum for spelling in (value, *synonyms)}
    near = nearest(text, values)
    return None if near is None else values[near]


def _day(field: Field, text: str, wording: Wording) -> str:
    forms = ("%Y-%m-%d", *field.writing.formats)
    short = (pattern(form.replace("%Y", "%y")) for form in forms if "%Y" in form)
    if any(re.fullmatch(each, text) for each in short):
        return wording("unreadable-year")
    if any(re.fullmatch(f"(?:{pattern(form)}){_TIME}", text, re.DOTALL) for form in forms):
        return wording("unreadable-moment")
    serial = _SERIAL.fullmatch(text)
    if serial is None:
        return ""
    key = "unreadable-serial" if serial[2] is None else "unreadable-serial-moment"
    return wording(key, value=text, day=_EPOCH + timedelta(days=int(serial[1])))
