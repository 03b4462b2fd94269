"""Rules about records that belong to no body."""

from __future__ import annotations

from checker.forms.base import Related
from checker.lint.desk import Desk
from checker.model.schema import SUBMISSION
from checker.words.message import message


def nobodys(desk: Desk) -> None:
    """Notes rules whose findings would stand in the report of no body, of a rulebook that has one.

    Where a ward has no branch, and the branch is the body, there is nobody whose finding it could be.
    """
    body = desk.book.body
    for rule in desk.book.rules:
        record = desk.subjects(rule).record
        missed = any(isinstance(part.require, Related) and desk.related(part).record.name == body for part in rule.parts)
        if body is not None and record.name not in {body, SUBMISSION} and not record.to_body and not missed:
            wrong = message("lint-nobodys", rule=rule.id, name=record.name, body=body)
            fix = message("lint-nobodys-fix", name=record.name, body=body)
            desk.warn((*rule.path, "for"), "nobodys-findings", wrong, fix)
