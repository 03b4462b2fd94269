"""Resolves the records that are made by calling a roll: whose presence, at what, told by which rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.schema import Field, FieldType, Record, RollCall
from checker.model.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.rules.reader import Reader
    from checker.rules.terms import Names
    from checker.rules.written import RecordEntry

_TITLES = {
    "who": Text.of({"en": "who", "vi": "người"}),
    "occasion": Text.of({"en": "occasion", "vi": "dịp"}),
    "date": Text.of({"en": "date", "vi": "ngày"}),
    "present": Text.of({"en": "present", "vi": "có mặt"}),
}


def roll_call(name: str, entry: RecordEntry, reader: Reader, given: Mapping[str, Record]) -> Record:
    """The record that the roll call of that entry makes; `given` are the records that are submitted."""
    if entry.roll_call is None:
        raise TypeError(name)
    roll = RollCall(entry.roll_call.who, entry.roll_call.occasion, entry.roll_call.present)
    occasion = given.get(roll.occasion)
    dated = occasion is not None and occasion.date is not None
    fields = [
        Field("who", title=_TITLES["who"], required=True, ref=roll.who),
        Field("occasion", title=_TITLES["occasion"], required=True, ref=roll.occasion),
        *([Field("date", FieldType.DATE, _TITLES["date"])] if dated else []),
        Field("present", FieldType.BOOLEAN, _TITLES["present"]),
    ]
    path = ("records", name)
    for key, named in (("who", roll.who), ("occasion", roll.occasion)):
        if named not in given and ("records", named) not in reader.broken:
            what = f"'{named}' is not a record that is submitted"
            reader.unknown((*path, "roll_call", key), what, named, given, "Such records")
    if roll.who == roll.occasion:
        what = f"'{roll.who}' cannot be both who is called and what for"
        reader.report((*path, "roll_call", "occasion"), "bad-roll-call", what, "Name another record.")
    if entry.belongs_to is not None and entry.belongs_to not in {"who", "occasion"}:
        what = f"a roll call belongs to 'who' or 'occasion', not to '{entry.belongs_to}'"
        reader.report((*path, "belongs_to"), "unknown-name", what, "Write one of the two, or leave it out.")
    return Record(
        name,
        tuple(fields),
        reader.text((*path, "title"), entry.title, name.replace("_", " ")),
        date="date" if dated else None,
        belongs_to=entry.belongs_to,
        roll_call=roll,
    )


def check_roll_calls(reader: Reader, names: Names) -> None:
    """Notes roll calls whose rows of presence do not refer once to each of the two records."""
    for record in names.records.values():
        roll = record.roll_call
        if roll is None:
            continue
        path = ("records", record.name, "roll_call", "present")
        names.check_selection(reader, path, roll.present)
        marking = names.record_of(roll.present)
        if marking is None:
            continue
        if marking.roll_call is not None:
            what = f"'{marking.name}' is made by a roll call itself"
            reader.report(path, "bad-roll-call", what, "Name a record that is submitted.")
            continue
        for target in (roll.who, roll.occasion):
            references = [field.name for field in marking.fields if field.ref == target]
            if len(references) != 1:
                how = ", ".join(references) or "none"
                what = f"of the fields of '{marking.name}' exactly one should refer to '{target}': {how}"
                reader.report(path, "bad-roll-call", what, f"Name a record with one field that has 'ref: {target}'.")
