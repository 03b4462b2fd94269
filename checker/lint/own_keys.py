"""Counts of rows that share a key: of these no more than one counts for certain, so the count can hardly be decided."""

from __future__ import annotations

from checker.forms.base import Related
from checker.forms.coverage import Coverage
from checker.forms.frequency import Frequency
from checker.lint.desk import Desk
from checker.lint.scales import Asked, asked
from checker.model.integrity import IntegrityId, IntegrityKind


def own_keys(desk: Desk) -> None:
    """Notes bounds on how many rows there are of one key, which no submission can break, or meet."""
    for rule in desk.book.rules:
        form, record = rule.require, desk.related(rule).record
        if not isinstance(form, Frequency | Coverage) or not isinstance(form, Related) or not isinstance(form.by, dict):
            continue
        if record.key is None or record.key not in form.by:
            continue
        for each in asked(desk, rule):
            if (never := _never(each)) is not None:
                message = (
                    f"'{each.key}' can never be {never}: rows that share '{record.key}', the key of {record.name}, only may count"
                )
                unique = IntegrityId(record.name, (record.key,), IntegrityKind.UNIQUE)
                fix = f"{unique} reports them; or give '{record.name}' another key, or none."
                desk.warn((*desk.form_path(rule), each.key), "key-counted", message, fix)


def _never(bound: Asked) -> str | None:
    """What a bound on a count of one row at most, and perhaps of more, can never certainly be."""
    low = bound.value.low
    if bound.key in {"at_least", "more_than", "exactly"} and low is not None and low + (bound.key == "more_than") > 1:
        return "met"
    if bound.key in {"at_most", "less_than", "exactly"} and low is not None and low - (bound.key == "less_than") >= 1:
        return "broken by too many" if bound.key == "exactly" else "broken"
    return None
