"""Exceptions that displace nothing: what they ask is never true of the subjects of the rules they displace."""

from __future__ import annotations

from checker.lint.desk import Desk, parsed
from checker.lint.truth import possible


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
                message = f"the exception never displaces '{name}': none of that rule's subjects is what it asks for"
                fix = f"Correct 'when', or name a rule whose subjects ('{by_id[name].subject}') it can hold of."
                desk.warn((*path, index) if listed else path, "displaces-nothing", message, fix)
