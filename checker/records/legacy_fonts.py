"""Cells that are written for fonts from before Unicode, such as .VnTime: with any other font they are not what was written."""

from __future__ import annotations

from collections.abc import Sequence

from checker.errors import Problem
from checker.records.readers.protocol import HeadRow
from checker.words.message import message

_LAST = "\u00ff"
"""The last of the signs that such cells hold."""


def written_for_fonts(rows: Sequence[HeadRow]) -> tuple[Problem, ...]:
    """What is found where the first cells of a table are written for such fonts: certainly, and all of them."""
    texts = [cell for row in rows for cell in row.cells if cell and not cell.isascii()]
    if not texts or any(max(text) > _LAST for text in texts):
        return ()
    from checker.records.readers.legacy import decoded, recognised  # noqa: PLC0415 -- few tables are written so

    found = recognised("\n".join(texts))
    if found is None or not found.certain:
        return ()
    place = next(row.place for row in rows if texts[0] in row.cells)
    said = message("legacy-font", encoding=found.title, written=texts[0], read=decoded(texts[0], found.encoding))
    return (Problem("legacy-font", said, message("legacy-font-fix", encoding=found.title), place),)
