"""Formats of one date field that contradict or hide each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from checker.lint.desk import Desk
from checker.model.formats import contradict, directives, read_format
from checker.model.schema import Field
from checker.words.message import message
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
            wrong = message("lint-contradicting-formats", first=first, second=second)
            desk.warn((*path, place), "contradicting-formats", wrong, message("lint-contradicting-formats-fix"))
    for place, form in enumerate(field.writing.formats):
        before = field.writing.formats[:place]
        if before and all(any(read_format(each, text) for each in before) for text in _written(form)):
            wrong = message("lint-unreachable-format", form=form)
            desk.warn((*path, place), "unreachable-format", wrong, message("lint-unreachable-format-fix"))
        elif "y" in directives(form) and any("Y" in directives(each) for each in field.writing.formats):
            wrong = message("lint-two-digit-year", form=form)
            fix = message("lint-two-digit-year-fix")
            desk.warn((*path, place), "two-digit-year", wrong, fix)


def _written(form: str) -> list[str]:
    """Texts that a format reads: days and months with a zero before one figure, and without."""
    plain = "{0.day}".join("{0.month}".join(part.split("%m")) for part in form.replace("{", "{{").replace("}", "}}").split("%d"))
    texts = [day.strftime(each.format(day)) for day in _DAYS for each in (form.replace("{", "{{").replace("}", "}}"), plain)]
    return [text for text in dict.fromkeys(texts) if read_format(form, text)]
