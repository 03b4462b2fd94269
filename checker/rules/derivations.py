"""Resolves the records that are made of the distinct values of another, and the record of which the whole submission is a row."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from checker.model.schema import SUBMISSION, Column, Derivation, Field, FieldType, Record
from checker.model.words import Text
from checker.rules.entries import keys_of
from checker.words.catalogue import languages
from checker.words.message import Message, Words, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.rules.reader import Reader
    from checker.rules.terms import Names
    from checker.rules.written import RecordEntry
    from checker.yaml_tree import Path

PARTS = {"month": FieldType.TEXT, "quarter": FieldType.TEXT, "year": FieldType.INTEGER}
"""The parts of a day that a column may be, and of which type they are."""

_PART = re.compile(rf"({'|'.join(PARTS)})\((.*)\)")


def parted(text: str) -> tuple[tuple[str, ...], str]:
    """The path that is written, and the part of the day there that is meant, or nothing."""
    found = _PART.fullmatch(text.strip())
    path, part = (found[2], found[1]) if found else (text, "")
    return tuple(path.strip().split(".")), part


def the_submission(reader: Reader) -> dict[str, Record]:
    """The record of which the whole submission is the one row, where a rule or an indicator is about that."""
    sections = (reader.tree.value.get(section) for section in ("rules", "indicators"))
    entries = (each for section in sections if isinstance(section, list) for each in section)
    if not any(keys_of(each).get("for") == SUBMISSION for each in entries):
        return {}
    return {SUBMISSION: Record(SUBMISSION, (Field("id"),), _said("whole-submission"), key="id", derivation=Derivation())}


def derivation(name: str, entry: RecordEntry, reader: Reader, given: Mapping[str, Record]) -> Record:
    """The record that is made of values of another; `given` are the records that are submitted."""
    if entry.derive is None:
        raise TypeError(name)
    path: Path = ("records", name, "derive")
    source = _source(reader, path, entry.derive.source, given)
    written = _written(entry.derive.key)
    again = [each for each, times in Counter(each for each, _, _ in written).items() if times > 1]
    for each in again:
        wrong = message("derive-twice", name=name, column=each)
        reader.report((*path, "key"), "bad-derivation", wrong, message("derive-twice-fix"))
    columns, fields, date = list[Column](), [Field("id", title=_said("derived-id"))], None
    for column, text, where in written if source is not None and not again else ():
        at, part = parted(text)
        end = _end(reader, (*path, *where), source, at, given) if source is not None else None
        if end is None or source is None:
            continue
        if (mistake := _wrong(column, end, part)) is not None:
            reader.report((*path, *where), *mistake)
            continue
        columns.append(Column(column, at, part))
        if part:
            fields.append(Field(column, PARTS[part], _said(f"derived-{part}")))
        else:
            fields.append(
                Field(column, end.type, end.title, enum=end.enum, min=end.min, max=end.max, ref=end.refers_to, words=end.words)
            )
        if date is None and (part or at == (source.date,)):
            date = "date" if part else column
    if date == "date" and not any(each.name == date for each in fields):
        fields.append(Field(date, FieldType.DATE, _said("derived-date")))
    return Record(
        name,
        tuple(fields),
        reader.text(("records", name, "title"), entry.title, name.replace("_", " ")),
        key="id",
        date=date,
        belongs_to=entry.belongs_to,
        derivation=Derivation(entry.derive.source, "" if source is None else source.name, tuple(columns)),
    )


def check_derivations(reader: Reader, names: Names) -> None:
    """Notes derived records of what is no record or term."""
    for record in names.records.values():
        if record.derivation is not None and record.derivation.source:
            names.check_selection(reader, ("records", record.name, "derive", "from"), record.derivation.source)


def columns_written(key: object) -> dict[str, str]:
    """The columns of a key by name, as they are written: a text, a list of them, or a mapping."""
    if isinstance(key, dict):
        return {str(name): str(text) for name, text in key.items()}
    return {name: text for name, text, _ in _written(key)}


def _written(key: object) -> list[tuple[str, str, tuple[str | int, ...]]]:
    """The name of each column, what is written of it, and where under `derive`."""
    if isinstance(key, dict):
        return [(name, text, ("key", name)) for name, text in key.items()]
    found: list[tuple[str, str, tuple[str | int, ...]]] = []
    for number, text in enumerate(key if isinstance(key, list) else [key]):
        if isinstance(text, str):
            path, part = parted(text)
            found.append((part or path[-1], text, ("key", number) if isinstance(key, list) else ("key",)))
    return found


def _source(reader: Reader, path: Path, name: str, given: Mapping[str, Record]) -> Record | None:
    """The record whose values they are; None where that is told elsewhere."""
    terms, seen = reader.entries("terms"), set[str]()
    while name in terms and name not in seen and name not in given:
        seen.add(name)
        of = keys_of(terms[name]).get("of")
        name = of if isinstance(of, str) else ""
    declared = keys_of(reader.tree.value.get("records")).get(name)
    if name not in given and isinstance(declared, dict) and {"derive", "roll_call"} & declared.keys():
        wrong = message("derive-of-made", name=name)
        reader.report((*path, "from"), "bad-derivation", wrong, message("derive-of-made-fix"))
    return given.get(name)


def _end(reader: Reader, where: Path, record: Record, path: tuple[str, ...], given: Mapping[str, Record]) -> Field | None:
    """The field at the end of a path; None, with the problem noted, where there is none."""
    at: Record | None = record
    field: Field | None = None
    for number, name in enumerate(path):
        if at is None:
            return None
        field = at.field(name)
        if field is None:
            known = {each.name: each for each in at.fields}
            reader.unknown(where, message("not-a-field-of", field=name, record=at.name), name, known, message("known-fields"))
            return None
        if number + 1 < len(path) and field.ref is None:
            wrong = message("plan-not-a-reference", name=name, record=at.name)
            reader.report(where, "not-a-reference", wrong, message("expr-not-a-reference-fix", name=name))
            return None
        at = given.get(field.ref or "")
    return field


def _wrong(name: str, field: Field, part: str) -> tuple[str, Message, Message] | None:
    if part and field.type is not FieldType.DATE:
        return (
            "wrong-type",
            message("derive-no-part", name=field.name, type=field.type, part=part),
            message("book-name-a-date-field"),
        )
    if field.type is FieldType.NUMBER:
        return "wrong-type", message("derive-number", name=field.name), message("book-name-another-field")
    if name in {"id", "date"} and not (name == "date" and field.type is FieldType.DATE and not part):
        fix = message("derive-reserved-fix", name=name)
        return "bad-name", message("derive-reserved", name=name), fix
    return None


def _said(key: str) -> Text:
    return Text(tuple((language, Words(language)(key)) for language in languages()))
