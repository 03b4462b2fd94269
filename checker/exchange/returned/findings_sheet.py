"""The first sheet of a workbook that is handed back: all remarks, with links to the cells behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from checker.display_width import column_letters, text_width, visible, wrap
from checker.exchange.returned.remarks import CellAt, Remark
from checker.exchange.returned.styles import Look, Mark, Styles
from checker.exchange.returned.tags import content, quoted, tags
from checker.report.say.wording import Wording

_COLUMNS = (
    ("column-verdict", 20),
    ("where", 24),
    ("found", 52),
    ("column-fix", 40),
    ("column-rule", 40),
    ("clause", 24),
    ("column-body", 30),
    ("column-subject", 24),
    ("column-severity", 14),
)
_WHERE = 1
_LINE, _LINES, _TITLE = 15, 20, 22
"""The height of a line in points, the most that a row shows, and the height of the title."""
_MOST = 32_767 // 2
_LINKS, _ROWS = 65_000, 1_000_000
"""So many links and rows a sheet can surely have."""


_TAB = "FF9C0107"
"""The colour of its tab, which no palette offers: by it the sheet of an earlier copy is known from one of the submitter's own."""


def is_findings_sheet(text: bytes) -> bool:
    """Whether the part of a sheet is one that was made here."""
    return any(tag.name == "tabColor" and tag.attribute("rgb") == _TAB for tag in tags(text))


class Line(NamedTuple):
    """A row of the sheet: its cells, each with its style, and where the second of them leads."""

    cells: Sequence[tuple[str, int]]
    to: CellAt | None = None


def findings_sheet(
    main: str, title: str, said: Iterable[str], remarks: Sequence[Remark], styles: Styles, wording: Wording
) -> bytes:
    """The part of the sheet, in the vocabulary `main`."""
    lines = [*_head(title, said, styles, wording)]
    head = len(lines)
    lines += [_line(remark, styles, wording) for remark in remarks[:_ROWS]]
    if len(remarks) > _ROWS:
        lines.append(Line([(wording("and-more", n=len(remarks) - _ROWS), styles.look(Look.PLAIN))]))
    rows = "".join(_row(number, line) for number, line in enumerate(lines, 1))
    widths = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, (_, width) in enumerate(_COLUMNS, 1))
    last = f"{column_letters(len(_COLUMNS))}{len(lines)}"
    links = "".join(islice(_links(lines), _LINKS))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{main}">'
        f'<sheetPr><tabColor rgb="{_TAB}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>{rows}</sheetData>"
        f'<autoFilter ref="A{head}:{last}"/>'
        + (f"<hyperlinks>{links}</hyperlinks>" if links else "")
        + '<pageMargins left="0.3" right="0.3" top="0.4" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _head(title: str, said: Iterable[str], styles: Styles, wording: Wording) -> Iterator[Line]:
    yield Line([(title, styles.look(Look.TITLE))])
    for text in said:
        yield Line([(text, styles.look(Look.PLAIN))])
    for mark in Mark:
        yield Line([("", styles.look(mark)), (wording(f"mark-{mark.value}"), styles.look(Look.PLAIN))])
    yield Line([(wording(key), styles.look(Look.HEADER)) for key, _ in _COLUMNS])


def _line(remark: Remark, styles: Styles, wording: Wording) -> Line:
    text = styles.look(Look.TEXT)
    at = remark.cells[0] if remark.cells else None
    where = "" if at is None else f"{at.sheet}!{column_letters(at.column)}{at.row}"
    severity = "" if remark.severity is None else wording(remark.severity.value)
    others = (remark.message, remark.fix, remark.title, remark.clause, remark.body, remark.subject, severity)
    first = (wording(remark.kind), styles.look(at.mark) if at is not None else text)
    return Line([first, (where, styles.look(Look.LINK) if at else text), *((each, text) for each in others)], at)


def _row(number: int, line: Line) -> str:
    cells = "".join(_cell(f"{column_letters(place)}{number}", *cell) for place, cell in enumerate(line.cells, 1))
    if len(line.cells) < len(_COLUMNS):
        height = f' ht="{_TITLE}" customHeight="1"' if number == 1 else ""
        return f'<row r="{number}"{height}>{cells}</row>'
    lines = max(
        len(wrap(text, width)) if text_width(text) > width else 1
        for (text, _), (_, width) in zip(line.cells, _COLUMNS, strict=True)
    )
    return f'<row r="{number}" ht="{_LINE * min(lines, _LINES)}" customHeight="1">{cells}</row>'


def _cell(reference: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{reference}" s="{style}"/>'
    seen = visible(text)
    cut = seen if len(seen) <= _MOST else f"{seen[: _MOST - 1]}…"
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{content(cut)}</t></is></c>'


def _links(lines: Iterable[Line]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if line.to is not None:
            sheet = line.to.sheet.replace("'", "''")
            location = f"'{sheet}'!{column_letters(line.to.column)}{line.to.row}"
            yield f'<hyperlink ref="{column_letters(_WHERE + 1)}{number}" location={quoted(location)}/>'
