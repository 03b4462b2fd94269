"""The widths of columns, in letters, by the keys of their names: those that a person reads fit on a page across."""

from __future__ import annotations

from collections.abc import Mapping

from checker.display_width import text_width

_FILTER = 4
"""What the button of a filter takes."""

WIDTHS: Mapping[str, int] = {
    "column-body": 26,
    "column-subject": 16,
    "column-rule": 30,
    "clause": 24,
    "found": 34,
    "remedy": 30,
    "hand-in": 28,
    "column-under": 34,
    "where": 30,
    "before": 20,
    "column-waiver": 30,
    "column-rule-id": 26,
    "column-body-id": 16,
    "column-indicator": 40,
    "column-indicator-value": 26,
    "column-indicator-id": 26,
    "column-subject-id": 16,
    "column-severity": 16,
    "column-kind": 20,
    "column-fix": 30,
    "column-open": 50,
    "column-demanded": 30,
    "column-code": 30,
    "column-name": 50,
    "column-why": 50,
    "column-restated": 40,
    "column-note": 40,
    "column-origin": 20,
    "column-standing": 24,
    "column-reason": 34,
    "column-approved-by": 22,
    "column-state": 30,
    "column-sheet": 26,
    "column-column": 26,
    "column-purpose": 30,
    "column-accepts": 44,
    "column-if-empty": 28,
}


def usual(name: str) -> int:
    """The width of a column that has none of its own: that of its name, but of a day at least."""
    return max(text_width(name) + _FILTER, 12)
