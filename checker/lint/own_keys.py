"""Counts of rows that share a key: of these no more than one counts for certain, so the count can hardly be decided."""

from __future__ import annotations

from checker.forms.base import Related
from checker.forms.coverage import Coverage
from checker.forms.frequency import Frequency
from checker.forms.unique import Alike
from checker.lint.desk import Desk
from checker.lint.scales import Asked, asked
from checker.model.integrity import IntegrityId, IntegrityKind
from checker.words.message import message


def own_keys(desk: Desk) -> None:
    """Notes bounds on how many rows there are of one key, which no submission can break, or meet."""
    for rule in desk.book.requirements:
        form, record = rule.require, desk.related(rule).record
        if not isinstance(form, Frequency | Coverage) or not isinstance(form, Related) or not isinstance(form.by, dict):
            continue
        if record.key is None or record.key not in form.by:
            continue
        for each in asked(desk, rule):
            if (never := _never(each)) is not None:
                wrong = message(never, bound=each.key, key=record.key, record=record.name)
                unique = IntegrityId(record.name, (record.key,), IntegrityKind.UNIQUE)
                fix = message("lint-key-counted-fix", unique=unique, name=record.name)
                desk.warn((*desk.form_path(rule), each.key), "key-counted", wrong, fix)


def counted_with_themselves(desk: Desk) -> None:
    """Notes counts of the rows that agree with the subject, of which there is to be one: that is `unique`."""
    for rule in desk.book.requirements:
        form, record = rule.require, desk.related(rule).record
        if not isinstance(form, Coverage) or isinstance(form, Alike) or not isinstance(form.by, dict) or form.where or form.via:
            continue
        itself = all(theirs == its for theirs, its in form.by.items()) and form.of == rule.subject
        if itself and record.key not in form.by and form.bounds() == (("at_most", "1"),):
            fields = ", ".join(form.by)
            desk.warn(
                desk.form_path(rule),
                "counts-itself",
                message("lint-counts-itself"),
                message("lint-counts-itself-fix", fields=fields),
            )


def _never(bound: Asked) -> str | None:
    """The key of the text for what a bound on a count of one row at most, and perhaps of more, can never certainly be."""
    low = bound.value.low
    if bound.key in {"at_least", "more_than", "exactly"} and low is not None and low + (bound.key == "more_than") > 1:
        return "lint-key-counted-met"
    if bound.key in {"at_most", "less_than", "exactly"} and low is not None and low - (bound.key == "less_than") >= 1:
        return "lint-key-counted-too-many" if bound.key == "exactly" else "lint-key-counted-broken"
    return None
