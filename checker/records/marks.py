"""What the marks of a register mean, as the manifest states, else as everybody means them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from checker.errors import Problem, RecordsError
from checker.model.blanks import bare
from checker.model.marks import ABSENT, PRESENT
from checker.model.schema import FALSE, TRUE, FieldType, Record
from checker.records.stating.layout import Register, Value
from checker.records.values import unreadable
from checker.words.message import message


class Marks(NamedTuple):
    """What marks mean: the cell of their field for each, in lower case; where they have none, whether they say present.

    Where all that can be meant is known, another mark is unreadable. Without `empty` nothing is said of an empty cell.
    """

    field: str | None
    meaning: Mapping[str, str]
    empty: str | None
    closed: bool

    def cell(self, mark: str) -> str:
        """The cell of a mark; one that is not known is as it is, for its field to be read as, or unreadable."""
        known = self.meaning.get(bare(mark).lower())
        if known is not None:
            return known
        return unreadable(mark) if self.closed else mark


def marks_of(record: Record, register: Register, field: str | None) -> Marks:
    """The marks of a register. Raises RecordsError where a stated one says neither present nor absent, and that is asked."""
    declared = None if field is None else record.field(field)
    truth = declared is None or declared.type is FieldType.BOOLEAN
    stated = {mark.lower(): value for mark, value in register.marks.items()}
    problems = [
        Problem("bad-mark", message("bad-mark", mark=mark, text=value.text), message("bad-mark-fix"), value.place)
        for mark, value in [*stated.items(), *([("", register.empty)] if register.empty else [])]
        if truth and _truth(value) is None
    ]
    if problems:
        raise RecordsError(*problems)
    meaning = {mark: _truth(value) or value.text if truth else value.text for mark, value in stated.items()}
    if truth:
        own = () if declared is None else (declared.writing.true, declared.writing.false)
        words = {**dict.fromkeys(PRESENT, "yes"), **dict.fromkeys(ABSENT, "no")}
        for said, value in zip(own, ("yes", "no"), strict=False):
            words |= dict.fromkeys(said, value)
        meaning = words | meaning
    empty = register.empty
    said_of_empty = None if empty is None else (_truth(empty) or empty.text if truth else empty.text)
    closed = declared is None or (bool(stated) and declared.type is FieldType.TEXT and not declared.enum)
    return Marks(field, meaning, said_of_empty, closed)


def _truth(value: Value) -> str | None:
    text = value.text.lower()
    return "yes" if text in (*TRUE, *PRESENT) else "no" if text in (*FALSE, *ABSENT) else None
