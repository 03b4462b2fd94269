"""Dated rows that rules count, and of which two cannot be told from one that was entered twice."""

from __future__ import annotations

from checker.forms.deadline import Deadline
from checker.forms.freshness import Freshness
from checker.forms.sequence import Sequence
from checker.lint.desk import Desk
from checker.words.message import message

_ONE_IS_ENOUGH = (Deadline, Freshness, Sequence)
"""Forms that ask whether there is such a row, and not how many there are."""


def identity(desk: Desk) -> None:
    """Notes dated records without a key, and without fields of which no two rows share all, that rules count."""
    counted = {
        desk.related(rule).record.name: rule.id
        for rule in reversed(desk.book.requirements)
        if getattr(rule.require, "of", None) is not None and not isinstance(rule.require, _ONE_IS_ENOUGH)
    }
    for record in desk.book.records.values():
        if record.name in counted and record.date is not None and not (record.key or record.unique or record.made):
            wrong = message("lint-rows-without-key", rule=counted[record.name], record=record.name)
            fix = message("lint-rows-without-key-fix")
            desk.warn(("records", record.name), "rows-without-key", wrong, fix, of_key=True)
