"""What a report says as tables of texts, numbers and days, which a workbook and a page of Markdown show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from checker.model.report import Subject
from checker.model.words import Severity, Verdict
from checker.report.grouping import is_body, is_submission, subject_text
from checker.report.say.wording import Wording

Cell = str | int | Decimal | date | Verdict | Severity | None
"""What stands in a cell; None and empty text are an empty one."""


class Table(NamedTuple):
    """A table: the key of its name, those of its columns' names, and its rows, which are made when they are read.

    The last columns are `details` that need not be printed.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]
    details: int = 0


def shown(cell: Cell, wording: Wording) -> str | int | Decimal | date | None:
    """The cell as a reader sees it: words for verdicts and severities."""
    return wording(cell.value) if isinstance(cell, Verdict | Severity) else cell


def body_name(subject: Subject, wording: Wording) -> str:
    """The name of the body that answers for the subject."""
    return subject.path[-1][1] or subject.path[-1][0] if subject.path else wording("submission-itself")


def above(subject: Subject) -> str:
    """The names of the bodies above that one, from the root of the tree."""
    return " > ".join(name or identity for identity, name in subject.path[:-1])


def subject_name(subject: Subject) -> str:
    """What is judged, where that is not the body itself."""
    return "" if is_body(subject) or is_submission(subject) else subject_text(subject)


def identities(subject: Subject) -> tuple[str, str]:
    """The ids of the body and of the subject, by which rows of several files can be joined."""
    return subject.path[-1][0] if subject.path else "", subject.id
