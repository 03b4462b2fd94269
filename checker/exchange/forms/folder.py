"""A form as a folder of CSV files, each with its header, beside a manifest."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from checker.atomic_write import PUBLIC
from checker.errors import Place, Problem, UsageError
from checker.exchange.form import Form, Sheet
from checker.exchange.forms.cells import cell
from checker.files import reason_of
from checker.report.tables import Cell
from checker.temporary import expect
from checker.words.message import message

_TAKEN_FOR_FORMULAS = tuple("=+-@")


def write_folder(form: Form, folder: str, mode: int = PUBLIC) -> None:
    """Makes the folder, whole or not at all. Raises UsageError where something is there already, or nothing can be written."""
    target = Path(folder)
    if os.path.lexists(target):
        raise UsageError(Problem("exists", message("exists-already"), message("exists-already-fix"), Place(folder)))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as draft:
            expect(Path(draft))
            made = Path(draft) / target.name
            made.mkdir(mode=0o777 if mode == PUBLIC else 0o700)
            _write(form, made)
            made.rename(target)
    except OSError as error:
        wrong = message("form-unwritable", why=reason_of(error))
        raise UsageError(Problem("cannot-write", wrong, message("unwritable-folder-fix"), Place(folder))) from error


def _write(form: Form, folder: Path) -> None:
    for sheet in form.sheets:
        # Spreadsheet programs know by its mark that a file is UTF-8.
        with (folder / f"{sheet.record.name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(_rows(form, sheet))
    said = [
        ("title", form.heading),
        ("rulebook", form.rulebook),
        ("period", form.period.label if form.period else None),
        ("submitted_by", form.submitted_by),
    ]
    lines = [f'{key}: "{_escaped(value)}"\n' if value else f"# {key}:\n" for key, value in said]
    (folder / "submission.yaml").write_text("".join(lines), encoding="utf-8", newline="\n")


def _rows(form: Form, sheet: Sheet) -> Iterator[list[str]]:
    yield [_safe(column.header) for column in sheet.columns]
    for _, values in form.filled.get(sheet.record.name, ()):
        cells = (cell(column.field, *value, form.wording.language) for column, value in zip(sheet.columns, values, strict=True))
        yield [_text(each, value[0]) for each, value in zip(cells, values, strict=True)]


def _text(content: Cell, written: str | None) -> str:
    """The text of a cell: words as they are in the form, figures and days as they were written."""
    if content is None:
        return ""
    return content.isoformat() if isinstance(content, date) else _safe(content if isinstance(content, str) else written or "")


def _safe(text: str) -> str:
    """The text with a tab before what a spreadsheet program would take for a formula; the reader of a submission drops it."""
    return f"\t{text}" if text.startswith(_TAKEN_FOR_FORMULAS) else text


def _escaped(text: str) -> str:
    return "".join(f"\\U{ord(sign):08x}" if sign in '"\\' or not sign.isprintable() else sign for sign in text)
