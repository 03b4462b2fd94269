"""The declared shape of records: what a rulebook's `records:` says, and what a submission is read against."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from checker.model.words import Text


class FieldType(StrEnum):
    """The types a cell can have. `ref` fields are text."""

    TEXT = "text"
    """Any text, trimmed."""
    INTEGER = "integer"
    """Digits, with a minus sign if need be; `12.0` is 12."""
    NUMBER = "number"
    """An integer, or a decimal with a point; of more than 6 places only the neighbours are known."""
    DATE = "date"
    """A day, `2019-01-31`, or as `formats` says."""
    BOOLEAN = "boolean"
    """`true false yes no 1 0 có không`, in any case."""


class Precision(StrEnum):
    """How much of a day has to be known for a cell to be read."""

    DAY = "day"
    """The day itself."""
    MONTH = "month"
    """The day, or its month: `2019-05` is some day of May."""
    YEAR = "year"
    """The day, its month, or its year."""


TRUE, FALSE = ("true", "yes", "1", "có"), ("false", "no", "0", "không")
"""How a boolean is written, in any case."""


class Writing(NamedTuple):
    """How values are written in the cells of a column, beside what every column takes.

    `decimal` stands before the decimals of a number, `thousands` between groups of three figures (none: `""`). `missing` are the
    words, in small letters, that stand for an empty cell, `true` and `false` further ones for those. `formats` are those of
    days, and `moments` says that a day may be given with a time of day, which is passed over.
    """

    decimal: str = "."
    thousands: str = ""
    missing: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    moments: bool = False


class Stated(NamedTuple):
    """What a submission says of how values are written in it; None and nothing leave what the rulebook declares."""

    decimal: str | None = None
    thousands: str | None = None
    missing: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    moments: bool | None = None


NOTHING_STATED = Stated()


class Field(NamedTuple):
    """One declared column.

    `enum` maps each canonical value to its synonyms. `min` and `max` are inclusive and of the field's type
    (integer and number only). `default` is the canonical text that an empty cell stands for. `words` are what people call the
    values of `enum`, which are synonyms too. A list has `separators`, the signs that part its elements, and these may be keys
    `elements_of` a record: it is no `ref`, for it leads to no one row. Of days
    `precision` says how much of them has to be known.
    """

    name: str
    type: FieldType = FieldType.TEXT
    title: Text = Text()
    headers: tuple[str, ...] = ()
    required: bool = False
    default: str | None = None
    enum: tuple[tuple[str, tuple[str, ...]], ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    ref: str | None = None
    words: tuple[tuple[str, Text], ...] = ()
    writing: Writing = Writing()
    separators: str = ""
    elements_of: str | None = None
    precision: Precision = Precision.DAY

    @property
    def refers_to(self) -> str | None:
        """The record whose keys stand in it, as a reference or as elements of a list."""
        return self.ref or self.elements_of

    @property
    def partial(self) -> bool:
        """Whether a cell need not say which day it is: then it has two neighbours, the first and the last that it may be."""
        return self.precision is not Precision.DAY

    def as_stated(self, said: Stated) -> "Field":
        """The field as it is written in a submission that says so; its formats are then those of the submission alone."""
        numeric, was = self.type in {FieldType.INTEGER, FieldType.NUMBER}, self.writing
        writing = Writing(
            decimal=was.decimal if said.decimal is None or not numeric else said.decimal,
            thousands=was.thousands if said.thousands is None or not numeric else said.thousands,
            missing=tuple(dict.fromkeys((*was.missing, *said.missing))),
            true=(*was.true, *said.true) if self.type is FieldType.BOOLEAN else (),
            false=(*was.false, *said.false) if self.type is FieldType.BOOLEAN else (),
            formats=said.formats if said.formats and self.type is FieldType.DATE else was.formats,
            moments=was.moments if said.moments is None or self.type is not FieldType.DATE else said.moments,
        )
        return self._replace(writing=writing)


class RollCall(NamedTuple):
    """How a record is made of others: a row for each pair of `who` and `occasion`, two records with keys.

    `present` names the record or term whose rows mark that one as present at the other: by `who_by` they name the one, by
    `occasion_by` the other.
    """

    who: str
    occasion: str
    present: str
    who_by: str = ""
    occasion_by: str = ""


SUBMISSION = "submission"
"""What stands for the whole submission: the record of which it is the one row, its key, and the name of a manifest."""


class Column(NamedTuple):
    """A column of whose values a derived record has a row each: the end of a path, or the month, quarter or year of that day."""

    name: str
    path: tuple[str, ...]
    part: str = ""


class Derivation(NamedTuple):
    """How a record is made of another: a row for each combination of the values of `columns` in the rows of `source`.

    That is a record, or a term that selects from one, which is `record`. The whole submission is made of none.
    """

    source: str = ""
    record: str = ""
    columns: tuple[Column, ...] = ()


class Record(NamedTuple):
    """One declared table. `headers` are further names of its file or sheet.

    `key`, `label`, `parent`, `date`, `begins`, `ends` and `belongs_to` name fields of this record: its identity, its
    display name, the reference that makes it a tree, the day a row is about, the ends of its existence, and the
    reference, or the path of references, to (or towards) the body that answers for it.
    No two rows agree in all fields of one of `unique`. A record with `roll_call` or `derivation` is not submitted but made.
    Of the fields to `fill_down` an empty cell in a sheet means what stands above.
    """

    name: str
    fields: tuple[Field, ...]
    title: Text = Text()
    headers: tuple[str, ...] = ()
    key: str | None = None
    label: str | None = None
    parent: str | None = None
    date: str | None = None
    begins: str | None = None
    ends: str | None = None
    belongs_to: str | None = None
    unique: tuple[tuple[str, ...], ...] = ()
    roll_call: RollCall | None = None
    fill_down: tuple[str, ...] = ()
    derivation: Derivation | None = None

    @property
    def made(self) -> bool:
        """Whether it is not submitted but made of other records."""
        return self.roll_call is not None or self.derivation is not None

    @property
    def made_of(self) -> tuple[str, ...]:
        """The records without which it cannot be made."""
        if self.roll_call is not None:
            return self.roll_call.who, self.roll_call.occasion
        return () if self.derivation is None or not self.derivation.record else (self.derivation.record,)

    @property
    def selects(self) -> str | None:
        """The record or term of whose rows it is made, or by whose rows it is told what is true of those that are made."""
        if self.roll_call is not None:
            return self.roll_call.present
        return None if self.derivation is None else self.derivation.source or None

    @property
    def origin(self) -> str | None:
        """The record where the rows of one that is made stand: in the row `_origin_row`."""
        return self.made_of[-1] if self.made_of else None

    def as_stated(self, said: Stated) -> "Record":
        """The record as it is written in a submission that says so; one that is made is not written."""
        return self if self.made else self._replace(fields=tuple(field.as_stated(said) for field in self.fields))

    @property
    def to_body(self) -> tuple[str, ...]:
        """The references that lead to the body that answers for a row, or to a record that belongs to it."""
        return tuple(self.belongs_to.split(".")) if self.belongs_to else ()

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)


class Span(NamedTuple):
    """Days from `first` to `last`, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies inside."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def touches(self, first: date, last: date) -> bool:
        """Whether any of the days from the first to the last lies inside."""
        return (self.first is None or self.first <= last) and (self.last is None or first <= self.last)
