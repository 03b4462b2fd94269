"""Formats of one date field that contradict or hide each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from checker.lint.desk import Desk
from checker.model.formats import contradict, directives, read_format
from checker.model.schema import Field
from checker.yaml_tree import Path

_DAYS = tuple(date(1969, 1, 1) + timedelta(days=997 * step) for step in range(37))
"""Days of many years, in all months, of one figure and of two."""


def formats(desk: Desk) -> None:
    """Notes what is suspicious about the formats of each field."""
    for record in desk.book.records.values():
        for field in record.fields:
            _of_field(desk, ("records", record.name, "fields", field.name, "formats"), field)


def _of_field(desk: Desk, path: Path, field: Field) -> None:
    for (_, first), (place, second) in combinations(enumerate(field.writing.formats), 2):
        if contradict(first, second):
            message = f"'{first}' and '{second}' read some texts as different days: whichever stands first decides"
            desk.warn((*path, place), "contradicting-formats", message, "Keep the one by which the column is written.")
    for place, form in enumerate(field.writing.formats):
        before = field.writing.formats[:place]
        if before and all(any(read_format(each, text) for each in before) for text in _written(form)):
            message = f"'{form}' is never reached: all that it reads is read by a format before it"
            desk.warn((*path, place), "unreachable-format", message, "Remove it, or put it before the others.")
        elif "y" in directives(form) and any("Y" in directives(each) for each in field.writing.formats):
            message = f"years are of two figures by '{form}', and of four by another format of the field"
            fix = "Let years have four figures: of two, 69 to 99 are taken for 1969 to 1999, 00 to 68 for 2000 to 2068."
            desk.warn((*path, place), "two-digit-year", message, fix)


def _written(form: str) -> list[str]:
    """Texts that a format reads: days and months with a zero before one figure, and without."""
    plain = "{0.day}".join("{0.month}".join(part.split("%m")) for part in form.replace("{", "{{").replace("}", "}}").split("%d"))
    texts = [day.strftime(each.format(day)) for day in _DAYS for each in (form.replace("{", "{{").replace("}", "}}"), plain)]
    return [text for text in dict.fromkeys(texts) if read_format(form, text)]
