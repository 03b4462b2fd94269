"""Rules about records that belong to no body."""

from __future__ import annotations

from checker.lint.desk import Desk
from checker.model.schema import SUBMISSION


def nobodys(desk: Desk) -> None:
    """Notes rules whose findings would stand in the report of no body, of a rulebook that has one."""
    body = desk.book.body
    for rule in desk.book.rules:
        record = desk.subjects(rule).record
        if body is not None and record.name not in {body, SUBMISSION} and not record.to_body:
            message = f"findings of '{rule.id}' belong to nobody: nothing says how '{record.name}' leads to '{body}'"
            fix = f"Let '{record.name}' say 'belongs_to: <reference, or path of references>', or refer to '{body}' by one field."
            desk.warn((*rule.path, "for"), "nobodys-findings", message, fix)
