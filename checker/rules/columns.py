"""Resolves the declared columns of records: types, enumerated values, limits, defaults, formats."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from checker.model.blanks import fold
from checker.model.days import read_day
from checker.model.schema import FALSE, TRUE, Field, FieldType
from checker.model.words import Text
from checker.rules.tokens import RESERVED
from checker.rules.writing import written_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checker.rules.reader import Reader
    from checker.rules.written import FieldEntry, RecordEntry, WritingEntry
    from checker.yaml_tree import Path

_NUMERIC = frozenset({FieldType.INTEGER, FieldType.NUMBER})
_TEXT = frozenset({FieldType.TEXT})
_DAYS = frozenset({FieldType.DATE})
_BOOLEAN = frozenset({FieldType.BOOLEAN})
_ONLY_FOR = {
    "enum": _TEXT,
    "ref": _TEXT,
    "min": _NUMERIC,
    "max": _NUMERIC,
    "decimal": _NUMERIC,
    "thousands": _NUMERIC,
    "formats": _DAYS,
    "with_time": _DAYS,
    "true_words": _BOOLEAN,
    "false_words": _BOOLEAN,
}


def no_common_headers(reader: Reader, path: Path, entries: Mapping[str, Iterable[str]], kind: str) -> None:
    """Notes names and headers by which two tables, or two columns of one, could not be told apart."""
    taken: dict[str, str] = {}
    for name, headers in entries.items():
        for header in dict.fromkeys(map(fold, (name, *headers))):
            first = taken.setdefault(header, name)
            if first != name:
                message = f"'{header}' may mean the {kind} '{first}' or '{name}'"
                reader.report((*path, name), "common-header", message, "Give them different names and headers.")


def fields(reader: Reader, path: Path, entry: RecordEntry, header: WritingEntry) -> tuple[Field, ...]:
    """The fields of a record; `path` is where the record stands, `header` says how values are written in all of them."""
    path, written = (*path, "fields"), entry.fields_ or {}
    no_common_headers(reader, path, {name: each.headers for name, each in written.items()}, "column")
    return tuple(_field(reader, (*path, name), name, each, entry, header) for name, each in written.items())


def _field(reader: Reader, path: Path, name: str, entry: FieldEntry, record: RecordEntry, header: WritingEntry) -> Field:
    reader.name(path, name, of_field=True)
    if name in RESERVED:
        reader.report(path, "bad-name", f"'{name}' is a word of the expression language", "Give the field another name.")
    for key, types in _ONLY_FOR.items():
        if getattr(entry, key) not in (None, ()) and entry.type not in types:
            kinds = " or ".join(sorted(types))
            message = f"'{key}' is for fields of type {kinds}, and '{name}' is of type {entry.type}"
            reader.report((*path, key), "wrong-type", message, f"Remove '{key}', or write 'type: {kinds.split(' or ')[0]}'.")
    if entry.enum and entry.ref:
        message = f"'{name}' is both enumerated and a reference"
        reader.report((*path, "ref"), "wrong-type", message, "Keep 'enum' or 'ref'.")
    _limits(reader, path, entry)
    words = _words(reader, path, entry)
    enum = tuple((value, _with_words(synonyms, words.get(value))) for value, synonyms in (entry.enum or {}).items())
    _synonyms(reader, path, enum)
    writing = written_in(reader, path, entry, record, header)
    return Field(
        name=name,
        type=entry.type,
        title=reader.text((*path, "title"), entry.title, name.replace("_", " ")),
        headers=entry.headers,
        required=entry.required or name == record.key,
        default=_default(reader, (*path, "default"), entry),
        enum=enum,
        min=entry.min,
        max=entry.max,
        ref=entry.ref,
        words=tuple(words.items()),
        writing=writing,
    )


def _words(reader: Reader, path: Path, entry: FieldEntry) -> dict[str, Text]:
    """What people call the values of an enumerated field."""
    for value in entry.words:
        if value not in (entry.enum or {}):
            reader.unknown(
                (*path, "words", value), f"'{value}' is not one of the field's values", value, entry.enum or {}, "Its values"
            )
    return {value: reader.text((*path, "words", value), text) for value, text in entry.words.items()}


def _with_words(synonyms: tuple[str, ...], words: Text | None) -> tuple[str, ...]:
    """The synonyms of a value, and the words that people have for it."""
    return synonyms if words is None else tuple(dict.fromkeys((*synonyms, *(text for _, text in words.variants))))


def _limits(reader: Reader, path: Path, entry: FieldEntry) -> None:
    if entry.min is not None and entry.max is not None and entry.min > entry.max:
        reader.report((*path, "max"), "bad-limits", f"'max' {entry.max} is below 'min' {entry.min}", "Exchange the two.")
    for key, limit in (("min", entry.min), ("max", entry.max)):
        if entry.type is FieldType.INTEGER and limit is not None and limit % 1:
            reader.report((*path, key), "bad-limits", f"'{limit}' is not an integer", "Write an integer, or 'type: number'.")


def _synonyms(reader: Reader, path: Path, enum: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    taken: dict[str, str] = {}
    for value, words in enum:
        for word in (value, *words):
            first = taken.setdefault(unicodedata.normalize("NFC", word).casefold(), value)
            if first != value:
                message = f"'{word}' may mean '{first}' or '{value}'"
                reader.report((*path, "enum", value), "common-synonym", message, "Let every word stand for one value.")


def _default(reader: Reader, path: Path, entry: FieldEntry) -> str | None:
    text = entry.default
    if text is None:
        return None
    match entry.type:
        case FieldType.TEXT if entry.enum:
            words = {word.casefold(): value for value, words in entry.enum.items() for word in (value, *words)}
            if text.casefold() not in words:
                reader.unknown(path, f"the default '{text}' is not one of the field's values", text, entry.enum, "Its values")
            return words.get(text.casefold(), text)
        case FieldType.BOOLEAN:
            if text.casefold() not in (*TRUE, *FALSE):
                reader.report(path, "bad-default", f"the default '{text}' is not true or false", "Write true or false.")
            return "true" if text.casefold() in TRUE else "false"
        case FieldType.DATE:
            if read_day(text) is None:
                fix = "Write a day of the calendar such as 2021-01-31."
                reader.report(path, "bad-default", f"the default '{text}' is not a day", fix)
        case FieldType.INTEGER | FieldType.NUMBER:
            _numeric_default(reader, path, entry, text)
    return text


def _numeric_default(reader: Reader, path: Path, entry: FieldEntry, text: str) -> None:
    pattern = r"-?[0-9]{1,18}" if entry.type is FieldType.INTEGER else r"-?[0-9]{1,18}(\.[0-9]{1,6})?"
    if not re.fullmatch(pattern, text):
        message = f"the default '{text}' is not a value of type {entry.type}"
        reader.report(path, "bad-default", message, "Write such a value, or remove 'default'.")
    elif (entry.min is not None and Decimal(text) < entry.min) or (entry.max is not None and Decimal(text) > entry.max):
        message = f"the default {text} lies outside the field's 'min' and 'max'"
        reader.report(path, "bad-default", message, "Write a value that the field may have.")
