"""Writes what was found into a copy of the workbook that was handed in."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from xml.parsers.expat import ExpatError

from checker.errors import Place as FilePlace
from checker.errors import Problem, RecordsError, UsageError
from checker.exchange.returned.book import Workbook
from checker.exchange.returned.cells import Place, SheetPart, shown_at
from checker.exchange.returned.findings_sheet import findings_sheet, is_findings_sheet
from checker.exchange.returned.notes import write_notes
from checker.exchange.returned.package import Package
from checker.exchange.returned.remarks import CellAt, Remark, Remarks
from checker.exchange.returned.styles import Mark, Styles
from checker.model.report import Report
from checker.model.schema import Record
from checker.records.damaged import DAMAGED
from checker.records.form_sheets import own_name
from checker.records.values import Table
from checker.report import ALL, Narrowing
from checker.report.check.text import left_out_text, run_facts
from checker.report.narrowing import narrowed
from checker.report.say.wording import Wording
from checker.words.message import message

ENDINGS = (".xlsx", ".xlsm")
"""Of the kinds of workbooks that can be handed back."""

_MOST = 5
"""So many remarks are written at one cell."""
_LONG = 800
"""So many letters a line of a note has at most: a cell can hold a whole letter."""
_FAULTS = (*DAMAGED, ExpatError, KeyError, IndexError, StopIteration)


def refuse_what_is_no_workbook(submission: str) -> None:
    """Raises UsageError where the submission is no workbook in whose parts something can be written."""
    if Path(submission).suffix.lower() not in ENDINGS:
        wrong, fix = message("not-handed-back"), message("not-handed-back-fix")
        raise UsageError(Problem("no-workbook", wrong, fix, FilePlace(submission)))


def write_returned(
    report: Report,
    tables: Mapping[str, Table],
    records: Iterable[Record],
    stream: BinaryIO,
    narrowing: Narrowing = ALL,
) -> None:
    """Writes the workbook with its cells marked, notes at them, and a sheet of all remarks before the others.

    `tables` are those of the submission by record. Raises RecordsError where its parts are not as they should be.
    """
    labels = {record.name: record.label or record.key or "" for record in records}
    remarks = [*Remarks(narrowed(report, narrowing), tables, labels).all()]
    source = Path(report.run.submission)
    try:
        with zipfile.ZipFile(source) as zipped:
            package = Package(zipped)
            _annotate(package, report, remarks)
            package.write(stream)
    except _FAULTS as error:
        wrong = message("workbook-unwritable", why=message("reader-reports", text=str(error)))
        raise RecordsError(Problem("broken-workbook", wrong, message("broken-workbook-fix"), FilePlace(str(source)))) from error


def _annotate(package: Package, report: Report, remarks: Sequence[Remark]) -> None:
    wording, book = Wording(report.run.language, report.names), Workbook(package)
    part = book.styles()
    if part is None:
        raise KeyError("it has no styles")
    styles = Styles(package.text(part))
    name, earlier = _place_of_findings(package, book, wording)
    remarks = _seen(remarks, {sheet.name: package.text(sheet.part) for sheet in book.sheets})
    marks, notes = _marks(remarks), _notes(remarks, wording)
    for sheet in book.sheets:
        if sheet.part != earlier:
            _write_sheet(package, sheet.part, styles, marks.get(sheet.name, {}), notes.get(sheet.name, {}))
    said = [f"{key}: {value}" for key, value in run_facts(report.run, wording)]
    said += [left_out] if (left_out := left_out_text(report, wording)) else []
    book.put_first(name, earlier, findings_sheet(package.main, wording("report"), said, remarks, styles, wording))
    package.put(part, styles.made())


def _write_sheet(package: Package, part: str, styles: Styles, marks: Mapping[Place, Mark], notes: Mapping[Place, str]) -> None:
    text = package.text(part)
    noted = bool(notes) or (styles.has_marks and package.related(part, "comments") is not None)
    if not (marks or noted or styles.has_marks or b"tabSelected" in text):
        return
    sheet = SheetPart(text, styles, marks, chosen=False)
    if noted:
        sheet.notes_by = write_notes(package, part, sheet.notes, notes)
    package.put(part, sheet.made())


def _place_of_findings(package: Package, book: Workbook, wording: Wording) -> tuple[str, str | None]:
    """The name of the sheet of findings, and the part of the one that an earlier copy has; no sheet of another is touched."""
    for name in (wording("sheet-found"), own_name("sheet-found")):
        there = next((sheet for sheet in book.sheets if sheet.name.casefold() == name.casefold()), None)
        if there is None or is_findings_sheet(package.text(there.part)):
            return name, None if there is None else there.part
    raise ValueError("it has sheets of the names that the sheet of findings can have")


def _seen(remarks: Sequence[Remark], sheets: Mapping[str, bytes]) -> list[Remark]:
    """The remarks with their cells where they can be seen."""
    shown = {sheet: shown_at(sheets[sheet]) for sheet in {cell.sheet for remark in remarks for cell in remark.cells}}

    def at(cell: CellAt) -> CellAt:
        row, column = shown[cell.sheet]((cell.row, cell.column))
        return cell._replace(row=row, column=column)

    return [remark._replace(cells=tuple(map(at, remark.cells))) for remark in remarks]


def _marks(remarks: Iterable[Remark]) -> Mapping[str, Mapping[Place, Mark]]:
    """How cells are marked, by sheet: each for the gravest of its reasons."""
    order, found = list(Mark), defaultdict[str, dict[Place, Mark]](dict)
    for remark in remarks:
        for cell in remark.cells:
            place = (cell.row, cell.column)
            there = found[cell.sheet].get(place, cell.mark)
            found[cell.sheet][place] = min(there, cell.mark, key=order.index)
    return found


def _notes(remarks: Iterable[Remark], wording: Wording) -> Mapping[str, Mapping[Place, str]]:
    """What is written at cells, by sheet."""
    found = defaultdict[str, dict[Place, list[str]]](lambda: defaultdict(list))
    for remark in remarks:
        for cell in remark.cells[: remark.noted]:
            found[cell.sheet][cell.row, cell.column].append(_note(remark, wording))
    return {sheet: {place: _joined(texts, wording) for place, texts in at.items()} for sheet, at in found.items()}


def _note(remark: Remark, wording: Wording) -> str:
    severity = f" ({wording(remark.severity.value)})" if remark.severity is not None and remark.clause else ""
    lines = (f"{wording(remark.kind)}{severity}: {remark.title}", remark.clause, remark.message, remark.fix)
    return "\n".join(line if len(line) <= _LONG else f"{line[:_LONG]}…" for line in lines if line)


def _joined(texts: Sequence[str], wording: Wording) -> str:
    several = list(dict.fromkeys(texts))
    more = [wording("and-more", n=len(several) - _MOST)] if len(several) > _MOST else []
    return "\n\n".join([*several[:_MOST], *more])
