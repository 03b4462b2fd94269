"""The strict models of a rulebook's YAML, before anything in it is resolved (docs/language.md)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, RootModel
from pydantic_core import PydanticCustomError

from checker.forms.base import Flag
from checker.model.schema import FieldType
from checker.model.words import Severity

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH_START = re.compile(r"(0[1-9]|1[0-2])-01")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")


def wrong(code: str, what: str, mend: str) -> PydanticCustomError:
    """An error whose words `Reader` uses as they are; 'this' becomes the key it stands under."""
    return PydanticCustomError(code, "{what}", {"what": what, "mend": mend})


def composed(text: str) -> str:
    """The text as cells are compared: trimmed, and in Unicode NFC."""
    return unicodedata.normalize("NFC", text).strip()


def _plain(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return composed(value)
    raise wrong("wrong_type", "this should be text", "Write one value after the colon, in quotes if it has signs.")


def _text(value: object) -> str | dict[str, str]:
    if isinstance(value, str) and value.strip():
        return composed(value)
    if isinstance(value, dict) and value and all(isinstance(text, str) and text.strip() for text in value.values()):
        return {language: composed(text) for language, text in value.items()}
    raise wrong("wrong_type", "this should be text, or one text per language", "Write 'text' or {vi: …, en: …}.")


def _day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    shown = f"'{value}'" if isinstance(value, str) else "this"
    raise wrong("bad_date", f"{shown} is not a day", "Write a day of the calendar such as 2021-01-31.")


def _number(value: object) -> Decimal:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    shown = f"'{value}'" if isinstance(value, str) else "this"
    raise wrong("bad_number", f"{shown} is not a number", "Write an integer or a decimal with at most 6 places: 12 or 1.5.")


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(part, str) and part.strip() for part in value):
        return tuple(map(composed, value))
    raise wrong("wrong_type", "this should be a list of texts", "Write [one, two], or one '- value' per line.")


def _one_or_more(value: object) -> tuple[str, ...]:
    found = _strings([value] if isinstance(value, str) else value)
    if not found:
        raise wrong("empty", "this is an empty list", "Name at least one.")
    return found


def _enum(value: object) -> dict[str, tuple[str, ...]]:
    if isinstance(value, list) and value and all(isinstance(part, str) and part.strip() for part in value):
        if len(set(value)) < len(value):
            raise wrong("duplicate_value", "this names a value twice", "Keep one of the two.")
        return {composed(part): () for part in value}
    if isinstance(value, dict) and value:
        return {composed(key): () if words is None else _strings(words) for key, words in value.items()}
    mend = "Write [one, two], or {one: [other words for it], two: []}."
    raise wrong("wrong_type", "this should be a list of values, or a mapping of values to other words", mend)


def _nothing(value: object) -> object:
    return {} if value is None else value


def _always(value: object) -> object:
    return [{"value": value}] if isinstance(value, str) else value


def _month_of(value: object) -> int:
    match = _MONTH_START.fullmatch(value) if isinstance(value, str) else None
    if match:
        return int(match[1])
    shown = f"'{value}'" if isinstance(value, str) else "this"
    raise wrong("bad_date", f"{shown} is not the first day of a month", "Write the month and the day 01: 04-01 for 1 April.")


Plain = Annotated[str, PlainValidator(_plain)]
TextValue = Annotated[str | dict[str, str], PlainValidator(_text)]
Day = Annotated[date, PlainValidator(_day)]
MonthStart = Annotated[int, PlainValidator(_month_of)]
Number = Annotated[Decimal, PlainValidator(_number)]
Strings = Annotated[tuple[str, ...], PlainValidator(_strings)]
OneOrMore = Annotated[tuple[str, ...], PlainValidator(_one_or_more)]


class Entry(BaseModel):
    """Base of all entries: frozen, and every unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


class Header(Entry):
    """What stands once in a rulebook."""

    rulebook: Plain
    title: TextValue
    version: Plain = "0"
    languages: OneOrMore = ("en",)
    year_starts: MonthStart = 1
    body: Plain | None = None


class SourceEntry(Entry):
    """A regulation that rules cite."""

    title: TextValue
    issued: Day | None = None
    url: Plain | None = None
    note: TextValue | None = None


class ValueEntry(Entry):
    """A value of a parameter from a day on."""

    first: Day | None = Field(None, alias="from")
    value: Plain
    cites: Plain | None = None


class ParameterEntry(RootModel[Annotated[list[ValueEntry], BeforeValidator(_always)]]):
    """A parameter's values; one plain value is valid always."""

    model_config = ConfigDict(frozen=True)


class FieldEntry(Entry):
    """A declared column."""

    type: FieldType = FieldType.TEXT
    title: TextValue | None = None
    headers: Strings = ()
    required: Flag = False
    default: Plain | None = None
    enum: Annotated[dict[str, tuple[str, ...]] | None, PlainValidator(_enum)] = None
    min: Number | None = None
    max: Number | None = None
    formats: Strings = ()
    ref: Plain | None = None


class LifespanEntry(Entry):
    """The fields in which a record's existence begins and ends."""

    first: Plain | None = Field(None, alias="from")
    last: Plain | None = Field(None, alias="until")


class RecordEntry(Entry):
    """A declared table."""

    title: TextValue | None = None
    headers: Strings = ()
    key: Plain | None = None
    label: Plain | None = None
    parent: Plain | None = None
    date: Plain | None = None
    lifespan: LifespanEntry | None = None
    belongs_to: Plain | None = None
    fields_: dict[str, Annotated[FieldEntry, BeforeValidator(_nothing)]] = Field(alias="fields", min_length=1)


class TermEntry(Entry):
    """A named selection."""

    of: Plain
    where: Plain | None = None
    title: TextValue | None = None


class InForceEntry(Entry):
    """The days between which a rule is in force."""

    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="until")


class RuleEntry(Entry):
    """A rule; what its form says is validated by the form."""

    id: Plain
    title: TextValue | None = None
    cites: OneOrMore
    verified: Flag = True
    severity: Severity = Severity.MAJOR
    for_: Plain = Field(alias="for")
    in_force: InForceEntry | None = None
    require: dict[str, object]
    remedy: TextValue | None = None
    note: TextValue | None = None


class WhenEntry(Entry):
    """When an exception holds."""

    subject: Plain


class ExceptionEntry(Entry):
    """A provision that displaces rules."""

    id: Plain
    title: TextValue | None = None
    cites: OneOrMore
    when: WhenEntry
    displaces: OneOrMore
    by: Plain | None = None


class StandingEntry(Entry):
    """A conclusion about a body; its condition is read by `checker.rules.standings`."""

    id: Plain
    title: TextValue | None = None
    when: object = None


class FindingsEntry(Entry):
    """Which findings a condition counts; nothing given is any."""

    severity: OneOrMore | None = None
    rule: OneOrMore | None = None
