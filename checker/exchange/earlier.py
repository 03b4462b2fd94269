"""The rows of an earlier submission with which a form is filled in already."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from checker.engine.duckdb.database import Duck
from checker.errors import Problem, UsageError, nearest
from checker.exchange.rows import Filled
from checker.model.period import Period
from checker.model.plan import Plan
from checker.provenance.rows_of_body import bodies, take, taken
from checker.records.opening import open_submission
from checker.records.readers.csv_records import repair
from checker.run.session import Session
from checker.words.message import message

_PERIOD, _DAY = Period.parse("2000"), date(2000, 12, 31)
"""Nothing is judged, so that it does not matter which."""


class Earlier(NamedTuple):
    """What was found in an earlier submission: the rows of each record, the name of the body, and what could not be read."""

    filled: Filled
    submitted_by: str | None
    problems: tuple[Problem, ...] = ()


def earlier_rows(plan: Plan, submission: Path, body: str | None, *, lasting: bool) -> Earlier:
    """The rows of the body with that key and of all below it, with what they refer to; with None all rows.

    `lasting` leaves out the records whose rows are about one day. Raises UsageError or RecordsError.
    """
    engine = Duck()
    opened = open_submission(submission, engine.describe, take=engine.take)
    found = opened.tables([each.record for each in plan.records if not each.record.made])
    run = Session(plan, _PERIOD, _DAY, (), engine, repair)
    run.load(found)
    named = None if body is None else _name(run, body)
    take(run, body, without=[each.record.name for each in plan.records if lasting and each.record.date is not None])
    filled = {each.record.name: [*taken(run, each.record.name)] for each in plan.records}
    return Earlier(filled, named, (*found.problems, *run.problems))


def _name(run: Session, body: str) -> str:
    """What the body is called. Raises UsageError where there is none with that key."""
    if run.plan.body is None:
        raise UsageError(Problem("no-body", message("no-bodies"), message("no-bodies-fix")))
    names = dict(bodies(run))
    if body not in names:
        spelled = {name.lower(): name for name in names}
        near = nearest(body, spelled)
        fix = message("suggestion", near=spelled[near]) if near else message("no-earlier-body-fix")
        raise UsageError(Problem("unknown-body", message("no-earlier-body", body=body), fix))
    return names[body] or body
