"""Every finding, and every value of an indicator, for people: files that a spreadsheet opens, in the language of the report.

What only programs read is written by the engine (`checker.provenance.exporting`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from checker.display_width import encodable, visible
from checker.model.indicators import Indicator
from checker.model.names import Names
from checker.model.report import Finding, RuleSummary, Run
from checker.model.words import Verdict
from checker.report.check.text import run_facts
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table, shown
from checker.report.tables.findings import findings_table
from checker.report.tables.indicators import indicators_table

TOLD = (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.WAIVED)
"""What people are told unless they ask for everything: what is satisfied, or does not apply, is counted in the report."""

_FORMULAS = tuple("=+-@\t\r\n")
"""What a spreadsheet takes for the beginning of a formula, or leaves out to find one."""


def write_findings(
    suffix: str, stream: BinaryIO, findings: Iterable[Finding], rules: Sequence[RuleSummary], run: Run, names: Names
) -> None:
    """Writes the findings as that suffix says, each when it comes; they need not be held all at once."""
    wording = Wording(run.language, names)
    _write(suffix, stream, findings_table(findings, rules, Places(run.submission, wording)), run, wording)


def write_indicators(suffix: str, stream: BinaryIO, indicators: Iterable[Indicator], run: Run, names: Names) -> None:
    """Writes the values of indicators as that suffix says, each when it comes."""
    wording = Wording(run.language, names)
    _write(suffix, stream, indicators_table(indicators, wording), run, wording)


def _write(suffix: str, stream: BinaryIO, table: Table, run: Run, wording: Wording) -> None:
    if suffix == ".csv":
        _write_csv(table.columns, table.rows, stream, wording)
        return
    from checker.report.xlsx.book import Book  # noqa: PLC0415 -- workbooks only where one is written
    from checker.report.xlsx.summary import Summary  # noqa: PLC0415

    book = Book(stream, wording, run.as_of)
    summary = Summary(book)
    sheets = book.add_table(table)
    summary.write(wording(table.name), run_facts(run, wording), [])
    summary.contents([sheets])
    book.close()


def _write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], stream: BinaryIO, wording: Wording) -> None:
    """Writes a table as spreadsheets read it.

    They take a file for UTF-8 if it has a mark, and part its cells by semicolons where the decimal sign is a comma.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    written = csv.writer(text, delimiter=";" if wording("decimal") == "," else ",")
    written.writerow([wording(key) for key in columns])
    written.writerows([_text(shown(cell, wording), wording) for cell in row] for row in rows)
    text.flush()
    text.detach()


def _text(cell: str | int | Decimal | date | None, wording: Wording) -> str:
    """The cell as text that is no formula, on one line, with control characters written out."""
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case int() | Decimal():
            return f"{cell:f}".replace(".", wording("decimal")) if isinstance(cell, Decimal) else str(cell)
    line = encodable(visible(cell))
    return f"'{line}" if line.startswith(_FORMULAS) else line
