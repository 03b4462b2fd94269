"""What a spreadsheet program checks while a form is filled in: lists to choose from, limits, days, keys of other sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from checker.display_width import column_letters
from checker.exchange.form import Column, Form, Sheet
from checker.model.schema import Field, FieldType
from checker.report.xlsx.book import MOST_ROWS

_TITLE, _MESSAGE = 32, 255
"""How many letters the title and the text of a hint can have."""

_FIRST, _LAST = date(1900, 1, 1), date(9999, 12, 31)
_LEAST, _GREATEST = -(10**15), 10**15


class Checks:
    """The checks of the columns of a form. The words to choose from are in a sheet of their own, a column for each list."""

    def __init__(self, form: Form) -> None:
        self._form = form
        columns = (column.words for sheet in form.sheets for column in sheet.columns if column.words)
        self._places = {words: place for place, words in enumerate(dict.fromkeys(columns))}

    def lists(self) -> Iterator[tuple[str | None, ...]]:
        """The rows of the sheet of lists."""
        return zip_longest(*self._places)

    def set(self, made: Any, sheet: Sheet, place: int, note: str) -> None:  # noqa: ANN401 -- a sheet of XlsxWriter
        """Lets a column of a sheet be checked, and its cells say what belongs there."""
        column = sheet.columns[place]
        hint = {"input_title": _cut(column.header, _TITLE), "input_message": _cut(note, _MESSAGE)}
        # What is refused can only be what is surely wrong.
        certain = column.field.ref is None and not column.field.writing.missing
        error = {
            "error_type": "stop" if certain else "warning",
            "error_title": _cut(column.header, _TITLE),
            "error_message": _cut(note, _MESSAGE),
        }
        made.data_validation(
            1,
            place,
            MOST_ROWS - 1,
            place,
            {"ignore_blank": True, **(self._check(column) or {"validate": "any"}), **hint, **error},
        )

    def _check(self, column: Column) -> dict[str, object] | None:
        field = column.field
        if field.separators:
            return None
        if field.ref is not None:
            keys = self._keys(field)
            return None if keys is None else {"validate": "list", "source": keys}
        if column.words:
            return {"validate": "list", "source": self._words(column.words)}
        if field.type is FieldType.DATE and not field.partial:
            return {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST}
        if field.type in {FieldType.INTEGER, FieldType.NUMBER}:
            kind = "integer" if field.type is FieldType.INTEGER else "decimal"
            low, high = (_number(limit, usual) for limit, usual in ((field.min, _LEAST), (field.max, _GREATEST)))
            return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
        return None

    def _keys(self, field: Field) -> str | None:
        """The keys that are filled in so far in the sheet that a reference leads to."""
        sheet = self._form.sheet(field.ref or "")
        if sheet is None or sheet.key is None:
            return None
        name, letter = _quoted(sheet.name), column_letters(sheet.key + 1)
        whole = f"{name}!${letter}$2:${letter}${MOST_ROWS}"
        return f"=OFFSET({name}!${letter}$2,0,0,MAX(1,COUNTA({whole})),1)"

    def _words(self, words: tuple[str, ...]) -> str:
        letter = column_letters(self._places[words] + 1)
        return f"={_quoted(self._form.names.own('sheet-lists'))}!${letter}$1:${letter}${len(words)}"


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _number(limit: Decimal | None, usual: int) -> float:
    return usual if limit is None else int(limit) if limit == int(limit) else float(limit)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
