"""The scalars of a rulebook's YAML, and the lists and mappings of them: how each is read, and its JSON Schema."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, WithJsonSchema

from checker.forms.base import wrong
from checker.model import days
from checker.model.days import read_day
from checker.model.words import REQUIRED_VERDICTS, Severity, Verdict
from checker.rules.marks import composed
from checker.words.message import Message, message

_MONTH_START = re.compile(r"(0[1-9]|1[0-2])-01")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")


def _of(key: str, value: object) -> Message:
    """The message about a value, or about the key it stands under where it is no text."""
    return message(key, this=f"'{value}'") if isinstance(value, str) else message(key)


def _plain(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return composed(value)
    raise wrong("wrong_type", message("value-text"), message("value-text-fix"))


def _text(value: object) -> str | dict[str, str]:
    if isinstance(value, str) and value.strip():
        return composed(value)
    if isinstance(value, dict) and value and all(isinstance(text, str) and text.strip() for text in value.values()):
        return {language: composed(text) for language, text in value.items()}
    raise wrong("wrong_type", message("value-text-or-languages"), message("value-text-or-languages-fix"))


def _day(value: object) -> date:
    if isinstance(value, str) and (day := read_day(value)):
        return day
    raise wrong("bad_date", _of("value-day", value), message("write-a-day"))


def _number(value: object) -> Decimal:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    raise wrong("bad_number", _of("value-number", value), message("value-number-fix"))


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(part, str) and part.strip() for part in value):
        return tuple(map(composed, value))
    raise wrong("wrong_type", message("value-texts"), message("value-texts-fix"))


def _combinations(value: object) -> tuple[tuple[str, ...], ...]:
    if isinstance(value, list) and value and all(isinstance(part, list) and part for part in value):
        return tuple(_strings(part) for part in value)
    raise wrong("wrong_type", message("value-fields"), message("value-fields-fix"))


def _one_or_more(value: object) -> tuple[str, ...]:
    found = _strings([value] if isinstance(value, str) else value)
    if not found:
        raise wrong("empty", message("value-empty-list"), message("name-at-least-one"))
    return found


def _enum(value: object) -> dict[str, tuple[str, ...]]:
    if isinstance(value, list) and value and all(isinstance(part, str) and part.strip() for part in value):
        found = {composed(part): tuple[str, ...]() for part in value}
    elif isinstance(value, dict) and value:
        found = {composed(key): () if words is None else _strings(words) for key, words in value.items()}
    else:
        fix = message("value-enum-fix")
        raise wrong("wrong_type", message("value-enum"), fix)
    if len(found) < len(value):
        raise wrong("duplicate_value", message("value-twice"), message("keep-one-of-two"))
    return found


def _requires(value: object) -> dict[str, Verdict]:
    if isinstance(value, str | list):
        names = _one_or_more(value)
        if len(set(names)) < len(names):
            raise wrong("duplicate_value", message("value-rule-twice"), message("keep-one-of-two"))
        return dict.fromkeys(names, Verdict.SATISFIED)
    if not isinstance(value, dict) or not value:
        raise wrong("wrong_type", message("value-rules"), message("value-rules-fix"))
    for verdict in value.values():
        if verdict not in REQUIRED_VERDICTS:
            raise wrong("unknown_value", _of("value-required-verdict", verdict), message("value-required-verdict-fix"))
    return {composed(rule): Verdict(verdict) for rule, verdict in value.items()}


def _nothing(value: object) -> object:
    return {} if value is None else value


def _always(value: object) -> object:
    return [{"value": value}] if isinstance(value, str) else value


def _month_of(value: object) -> int:
    match = _MONTH_START.fullmatch(value) if isinstance(value, str) else None
    if match:
        return int(match[1])
    raise wrong("bad_date", _of("value-month", value), message("value-month-fix"))


def _scalar(title: str, **more: object) -> dict[str, Any]:
    """What an editor accepts where one value is read: numbers and truth values too, which are taken for their text."""
    return {"title": title, "type": ["string", "number", "boolean"], **more}


def _list(of: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"title": f"list of {of['title']}s", "type": "array", "items": of, **more}


def _mapping(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": of, "minProperties": 1}


def _either(title: str, *schemas: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "anyOf": list(schemas)}


def _one_or_list(of: dict[str, Any]) -> dict[str, Any]:
    return _either(f"{of['title']}, or list", of, _list(of, minItems=1))


TEXT = _scalar("text")
"""What an editor accepts where text is read."""
_NAME = {"title": "name", "type": "string", "pattern": "^[a-z][a-z0-9-]*$"}
_FIELD_NAME = {"title": "name", "type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
DAY = {"title": "day", "type": "string", "format": "date", "pattern": f"^{days.DAY}$"}
"""What an editor accepts where a day is read."""
_MONTH_SCHEMA = {"title": "day of the year", "type": "string", "pattern": f"^{_MONTH_START.pattern}$", "default": "01-01"}
_VERDICT = {"title": "verdict", "enum": [verdict.value for verdict in REQUIRED_VERDICTS]}
_REQUIRES = _either("rule, list, or mapping to verdicts", TEXT, _list(TEXT, minItems=1, uniqueItems=True), _mapping(_VERDICT))
_SEVERITY = {"title": "severity", "enum": [severity.value for severity in Severity]}
_SPAN = r"[0-9]{4}(/[0-9]{2}|-(H[12]|Q[1-4]|(0[1-9]|1[0-2])(-[0-9]{2})?))?"
PERIOD = {
    "title": "period",
    "type": ["string", "integer"],
    "pattern": rf"^{_SPAN}(\.\.{_SPAN})?$",
    "minimum": 1,
    "maximum": 9999,
}
"""What an editor accepts where a period or window is read."""
_VALUES = _either(
    "list, or mapping to lists",
    _list(TEXT, minItems=1, uniqueItems=True),
    _mapping({"anyOf": [_list(TEXT), {"type": "null"}]}),
)

Plain = Annotated[str, PlainValidator(_plain), WithJsonSchema(TEXT)]
Predicate = Annotated[str, PlainValidator(_plain), WithJsonSchema(_scalar("predicate"))]
Name = Annotated[str, PlainValidator(_plain), WithJsonSchema(_NAME)]
FieldName = Annotated[str, WithJsonSchema(_FIELD_NAME)]
TextValue = Annotated[
    str | dict[str, str], PlainValidator(_text), WithJsonSchema(_either("text, or one per language", TEXT, _mapping(TEXT)))
]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema(DAY)]
MonthStart = Annotated[int, PlainValidator(_month_of), WithJsonSchema(_MONTH_SCHEMA)]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema({"title": "number", "type": "number"})]
Strings = Annotated[tuple[str, ...], PlainValidator(_strings), WithJsonSchema(_list(TEXT))]
OneOrMore = Annotated[tuple[str, ...], PlainValidator(_one_or_more), WithJsonSchema(_one_or_list(TEXT))]
Combinations = Annotated[
    tuple[tuple[str, ...], ...], PlainValidator(_combinations), WithJsonSchema(_list(_list(TEXT, minItems=1)))
]
Severities = Annotated[tuple[str, ...], PlainValidator(_one_or_more), WithJsonSchema(_one_or_list(_SEVERITY))]
Nothing = Annotated[None, WithJsonSchema({"type": "null"})]
"""A key without a value, where that is no mistake."""
EnumValues = Annotated[dict[str, tuple[str, ...]], PlainValidator(_enum), WithJsonSchema(_VALUES)]


Requires = Annotated[dict[str, Verdict], PlainValidator(_requires), WithJsonSchema(_REQUIRES)]

DecimalSign = Literal[".", ","]
"""What stands before the decimals of a number."""
ThousandsSign = Literal[".", ",", " ", "'"]
"""What stands between groups of three figures; of blanks any."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
"""A day of the week."""


Limit = Annotated[
    str, WithJsonSchema({"title": "number or share", "type": ["string", "integer"], "pattern": r"^[0-9]+(%|/[0-9]+|\.[0-9]+%)?$"})
]
_CONDITIONS = ("violated", "undetermined", "children", "descendants", "subject", "all", "any", "not")
