"""Exceptions that displace nothing: what they ask is never true of the subjects of the rules they displace."""

from __future__ import annotations

from checker.lint.desk import Desk, parsed
from checker.lint.truth import possible
from checker.words.message import message


def exceptions(desk: Desk) -> None:
    """Notes each rule that an exception names and never displaces."""
    by_id = {rule.id: rule for rule in desk.book.rules}
    for exception in desk.book.exceptions:
        when = parsed(exception.when.text)
        path = (*exception.path, "displaces")
        listed = isinstance(desk.tree.at(path), list)
        for index, name in enumerate(exception.displaces):
            rows = desk.subjects(by_id[name])
            scope = desk.scope(rows.record)
            if True in possible(when, (), scope) and True not in possible(when, rows.given, scope):
                wrong = message("lint-displaces-nothing", name=name)
                fix = message("lint-displaces-nothing-fix", subject=by_id[name].subject)
                desk.warn((*path, index) if listed else path, "displaces-nothing", wrong, fix)
