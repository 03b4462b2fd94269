"""Resolves the declared columns of records: types, enumerated values, limits, defaults, formats."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from checker.model.blanks import BLANK, fold
from checker.model.days import read_day
from checker.model.lists import allowed, elements
from checker.model.schema import FALSE, TRUE, Field, FieldType, Precision
from checker.model.words import Text
from checker.rules.tokens import RESERVED
from checker.rules.writing import written_in
from checker.words.message import message, one_of

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
    "list": _TEXT,
    "min": _NUMERIC,
    "max": _NUMERIC,
    "decimal": _NUMERIC,
    "thousands": _NUMERIC,
    "formats": _DAYS,
    "with_time": _DAYS,
    "precision": _DAYS,
    "true_words": _BOOLEAN,
    "false_words": _BOOLEAN,
}


def no_common_headers(reader: Reader, path: Path, entries: Mapping[str, Iterable[str]], key: str) -> None:
    """Notes names and headers by which two tables, or two columns of one, could not be told apart; `key` is of the text."""
    taken: dict[str, str] = {}
    for name, headers in entries.items():
        for header in dict.fromkeys(map(fold, (name, *headers))):
            first = taken.setdefault(header, name)
            if first != name:
                wrong = message(key, header=header, first=first, name=name)
                reader.report((*path, name), "common-header", wrong, message("book-common-header-fix"))


def fields(reader: Reader, path: Path, entry: RecordEntry, header: WritingEntry) -> tuple[Field, ...]:
    """The fields of a record; `path` is where the record stands, `header` says how values are written in all of them."""
    path, written = (*path, "fields"), entry.fields_ or {}
    no_common_headers(reader, path, {name: each.headers for name, each in written.items()}, "book-common-column")
    return tuple(_field(reader, (*path, name), name, each, entry, header) for name, each in written.items())


def _field(reader: Reader, path: Path, name: str, entry: FieldEntry, record: RecordEntry, header: WritingEntry) -> Field:
    reader.name(path, name, of_field=True)
    if name in RESERVED:
        reader.report(path, "bad-name", message("book-reserved-name", name=name), message("book-reserved-name-fix"))
    for key, types in _ONLY_FOR.items():
        if getattr(entry, "list_" if key == "list" else key) not in (None, (), Precision.DAY) and entry.type not in types:
            kinds = sorted(types)
            wrong = message("book-key-of-type", key=key, kinds=one_of(kinds), name=name, type=entry.type)
            reader.report((*path, key), "wrong-type", wrong, message("book-key-of-type-fix", key=key, type=kinds[0]))
    if entry.enum and entry.ref:
        wrong = message("book-enum-and-ref", name=name)
        reader.report((*path, "ref"), "wrong-type", wrong, message("book-enum-and-ref-fix"))
    _limits(reader, path, entry)
    _separators(reader, path, entry)
    words = _words(reader, path, entry)
    enum = tuple((value, _with_words(synonyms, words.get(value))) for value, synonyms in (entry.enum or {}).items())
    _synonyms(reader, path, enum)
    writing = written_in(reader, path, entry, record, header)
    found = Field(
        name=name,
        type=entry.type,
        title=reader.text((*path, "title"), entry.title, name.replace("_", " ")),
        headers=entry.headers,
        required=entry.required or name == record.key,
        default=_default(reader, (*path, "default"), entry),
        enum=enum,
        min=entry.min,
        max=entry.max,
        ref=None if entry.list_ else entry.ref,
        words=tuple(words.items()),
        writing=writing,
        separators=entry.list_ or "",
        elements_of=entry.ref if entry.list_ else None,
        precision=entry.precision,
    )
    for element in elements(found, found.default or "") if found.separators else ():
        if allowed(found, element) is None:
            wrong = message("book-default-no-value", text=element)
            reader.unknown((*path, "default"), wrong, element, dict(found.enum), message("known-values"))
    return found


def _words(reader: Reader, path: Path, entry: FieldEntry) -> dict[str, Text]:
    """What people call the values of an enumerated field."""
    for value in entry.words:
        if value not in (entry.enum or {}):
            reader.unknown(
                (*path, "words", value),
                message("book-not-its-value", value=value),
                value,
                entry.enum or {},
                message("known-values"),
            )
    return {value: reader.text((*path, "words", value), text) for value, text in entry.words.items()}


def _with_words(synonyms: tuple[str, ...], words: Text | None) -> tuple[str, ...]:
    """The synonyms of a value, and the words that people have for it."""
    return synonyms if words is None else tuple(dict.fromkeys((*synonyms, *(text for _, text in words.variants))))


def _limits(reader: Reader, path: Path, entry: FieldEntry) -> None:
    if entry.min is not None and entry.max is not None and entry.min > entry.max:
        reader.report(
            (*path, "max"), "bad-limits", message("book-max-below-min", max=entry.max, min=entry.min), message("exchange-the-two")
        )
    for key, limit in (("min", entry.min), ("max", entry.max)):
        if entry.type is FieldType.INTEGER and limit is not None and limit % 1:
            reader.report((*path, key), "bad-limits", message("book-no-integer", limit=limit), message("book-no-integer-fix"))


def _separators(reader: Reader, path: Path, entry: FieldEntry) -> None:
    """Notes signs between the elements of a list that may stand in these, or are seen by nobody."""
    for sign in entry.list_ or "":
        if sign.isalnum() or (sign != "\n" and (sign in BLANK or not sign.isprintable())):
            reader.report((*path, "list"), "bad-list", message("book-list-sign", sign=sign), message("book-list-sign-fix"))
    for value, words in (entry.enum or {}).items():
        for word in (value, *words):
            if any(sign in word for sign in entry.list_ or ""):
                fix = message("book-list-value-fix")
                reader.report((*path, "list"), "bad-list", message("book-list-value", word=word), fix)


def _synonyms(reader: Reader, path: Path, enum: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    taken: dict[str, str] = {}
    for value, words in enum:
        for word in (value, *words):
            first = taken.setdefault(unicodedata.normalize("NFC", word).casefold(), value)
            if first != value:
                wrong = message("book-common-synonym", word=word, first=first, value=value)
                reader.report((*path, "enum", value), "common-synonym", wrong, message("book-common-synonym-fix"))


def _default(reader: Reader, path: Path, entry: FieldEntry) -> str | None:
    text = entry.default
    if text is None:
        return None
    match entry.type:
        case FieldType.TEXT if entry.enum and not entry.list_:
            words = {word.casefold(): value for value, words in entry.enum.items() for word in (value, *words)}
            if text.casefold() not in words:
                reader.unknown(path, message("book-default-no-value", text=text), text, entry.enum, message("known-values"))
            return words.get(text.casefold(), text)
        case FieldType.BOOLEAN:
            if text.casefold() not in (*TRUE, *FALSE):
                reader.report(path, "bad-default", message("book-default-no-truth", text=text), message("write-true-or-false"))
            return "true" if text.casefold() in TRUE else "false"
        case FieldType.DATE:
            if read_day(text) is None:
                fix = message("write-a-day")
                reader.report(path, "bad-default", message("book-default-no-day", text=text), fix)
        case FieldType.INTEGER | FieldType.NUMBER:
            _numeric_default(reader, path, entry, text)
    return text


def _numeric_default(reader: Reader, path: Path, entry: FieldEntry, text: str) -> None:
    pattern = r"-?[0-9]{1,18}" if entry.type is FieldType.INTEGER else r"-?[0-9]{1,18}(\.[0-9]{1,6})?"
    if not re.fullmatch(pattern, text):
        wrong = message("book-default-of-type", text=text, type=entry.type)
        reader.report(path, "bad-default", wrong, message("book-default-of-type-fix"))
    elif (entry.min is not None and Decimal(text) < entry.min) or (entry.max is not None and Decimal(text) > entry.max):
        wrong = message("book-default-outside", text=text)
        reader.report(path, "bad-default", wrong, message("book-default-outside-fix"))
