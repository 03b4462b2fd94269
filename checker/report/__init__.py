"""Writes a report: one module per format, each a pure function of the report and of how it is to be presented."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from checker.model.words import Severity
from checker.report.exit import FailOnData
from checker.words.catalogue import FALLBACK


class By(StrEnum):
    """Under what headings breaches stand."""

    BODY = "body"
    RULE = "rule"
    CLAUSE = "clause"


class Narrowing(NamedTuple):
    """Which part is listed: of one body with all below it; of what is still to do what is due by a day."""

    body: str | None = None
    due_by: date | None = None


ALL = Narrowing()
"""All of it."""


class Presentation(NamedTuple):
    """How a report is to be presented. None of it changes a verdict.

    `width` is in columns; `fail_on`, `fail_on_data` and `allow_undetermined` say what the exit code, which the report states,
    depends on (see `checker.report.exit`); `brief` asks for the summary alone, where a format has one; `narrowing` says which
    part is listed, and `by` under what headings breaches stand. Services are told where files are as seen from `root`, by default
    the working directory; `every_kind` tells them of all findings, and not of violations only. `language` is that of what is said
    of rulebooks and their cases; a report of a run has its own.
    """

    colour: bool = False
    width: int = 80
    fail_on: Severity = Severity.NOTE
    allow_undetermined: bool = False
    fail_on_data: FailOnData | None = None
    brief: bool = False
    narrowing: Narrowing = ALL
    by: By = By.BODY
    root: Path | None = None
    every_kind: bool = False
    language: str = FALLBACK
