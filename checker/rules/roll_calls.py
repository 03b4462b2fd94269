"""Resolves the records that are made by calling a roll: whose presence, at what, told by which rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.schema import Field, FieldType, Record, RollCall
from checker.model.words import Text
from checker.words.catalogue import languages
from checker.words.message import Words, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.rules.reader import Reader
    from checker.rules.terms import Names
    from checker.rules.written import RecordEntry


def roll_call(name: str, entry: RecordEntry, reader: Reader, given: Mapping[str, Record]) -> Record:
    """The record that the roll call of that entry makes; `given` are the records that are submitted."""
    if entry.roll_call is None:
        raise TypeError(name)
    roll = RollCall(entry.roll_call.who, entry.roll_call.occasion, entry.roll_call.present)
    if entry.roll_call.by is not None:
        roll = roll._replace(who_by=entry.roll_call.by.who or "", occasion_by=entry.roll_call.by.occasion or "")
    occasion = given.get(roll.occasion)
    date = occasion.field(occasion.date) if occasion is not None and occasion.date is not None else None
    dated = date is not None
    fields = [
        Field("who", title=_title("who"), required=True, ref=roll.who),
        Field("occasion", title=_title("occasion"), required=True, ref=roll.occasion),
        *([Field("date", FieldType.DATE, _title("date"), precision=date.precision)] if date is not None else []),
        Field("present", FieldType.BOOLEAN, _title("present")),
    ]
    path = ("records", name)
    for key, named in (("who", roll.who), ("occasion", roll.occasion)):
        if named not in given and ("records", named) not in reader.broken:
            wrong = message("roll-not-submitted", name=named)
            reader.unknown((*path, "roll_call", key), wrong, named, given, message("known-submitted"))
    if roll.who == roll.occasion:
        wrong = message("roll-both", name=roll.who)
        reader.report((*path, "roll_call", "occasion"), "bad-roll-call", wrong, message("roll-both-fix"))
    return Record(
        name,
        tuple(fields),
        reader.text((*path, "title"), entry.title, name.replace("_", " ")),
        date="date" if dated else None,
        belongs_to=entry.belongs_to,
        roll_call=roll,
    )


def with_rolls(reader: Reader, names: Names) -> dict[str, Record]:
    """The records, with the fields by which roll calls find who was present at what; notes those that find none."""
    found = dict(names.records)
    for record in names.records.values():
        roll = record.roll_call
        if roll is None or any(reader.unsure("records", name) for name in (record.name, roll.who, roll.occasion)):
            continue
        path = ("records", record.name, "roll_call", "present")
        names.check_selection(reader, path, roll.present)
        marking = names.record_of(roll.present)
        if marking is None or reader.unsure("records", marking.name):
            continue
        if marking.roll_call is not None:
            wrong = message("roll-of-roll", name=marking.name)
            reader.report(path, "bad-roll-call", wrong, message("roll-of-roll-fix"))
            continue
        fields = [_naming(reader, record.name, roll, marking, key) for key in ("who", "occasion")]
        found[record.name] = record._replace(roll_call=roll._replace(who_by=fields[0], occasion_by=fields[1]))
    return found


def _naming(reader: Reader, name: str, roll: RollCall, marking: Record, key: str) -> str:
    """The field in which a row that marks a presence names the one, or the occasion."""
    path = ("records", name, "roll_call")
    target, named = (roll.who, roll.who_by) if key == "who" else (roll.occasion, roll.occasion_by)
    if named:
        known = {field.name: field for field in marking.fields}
        if named not in known:
            reader.unknown(
                (*path, "by", key),
                message("not-a-field-of", field=named, record=marking.name),
                named,
                known,
                message("known-fields"),
            )
        elif known[named].separators:
            wrong = message("plan-by-a-list", name=named)
            fix = message("plan-by-a-list-fix", name=named, record=marking.name)
            reader.report((*path, "by", key), "a-list", wrong, fix)
        elif known[named].type is not FieldType.TEXT:
            wrong = message("roll-key-text", name=named, type=known[named].type)
            reader.report((*path, "by", key), "wrong-type", wrong, message("roll-key-text-fix"))
        return named
    references = [field.name for field in marking.fields if field.ref == target]
    if len(references) == 1:
        return references[0]
    how = ", ".join(references) or message("names-none")
    wrong = message("roll-which", name=marking.name, target=target, how=how)
    fix = message("roll-which-fix", target=target, key=key)
    reader.report((*path, "present"), "bad-roll-call", wrong, fix)
    return ""


def _title(field: str) -> Text:
    return Text(tuple((language, Words(language)(f"roll-call-{field}")) for language in languages()))
