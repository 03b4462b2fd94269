"""The first sheet of a form: what the submission says of itself."""

from __future__ import annotations

from checker.exchange.form import Form
from checker.report.xlsx.book import Book

_WIDTHS = (26, 60)


def said(form: Form) -> list[tuple[str, str | None, str]]:
    """The lines of it: the key of what is said, what is said already, and the key of what is to be said there."""
    return [
        ("submission-rulebook", form.rulebook, "submission-rulebook-help"),
        ("submission-period", form.period.label if form.period else None, "submission-period-help"),
        ("submission-as-of", None, "submission-as-of-help"),
        ("submission-by", form.submitted_by, "submission-by-help"),
    ]


def write_submission(book: Book, form: Form) -> None:
    """Writes the sheet."""
    wording = form.wording
    sheet = book.add_sheet(wording("sheet-submission"))
    for column, width in enumerate(_WIDTHS):
        book.set_column(sheet, column, width, "word")
    book.row(sheet, 0, [wording("submission-key"), wording("submission-value")], _WIDTHS, ["header"] * 2)
    for number, (key, value, help_) in enumerate(said(form), 1):
        # A day may be typed as one is where the office is; a period must not become one.
        style = "calendar" if key == "submission-as-of" else "word"
        book.row(sheet, number, [wording(key), value], _WIDTHS, ["bold", style])
        hint = {"input_title": wording(key), "input_message": wording(help_)}
        sheet.data_validation(number, 1, number, 1, {"validate": "any", **hint})
        sheet.write_comment(number, 1, wording(help_), {"author": "checker"})
