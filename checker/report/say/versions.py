"""What wrote a report: the program, the engine that measured, and the adjudicator."""

from __future__ import annotations

from checker.model.report import Run
from checker.report.say.wording import Wording

_REFERENCE = "reference"


def versions(run: Run, wording: Wording) -> str:
    """The names and versions, and that durable-rules did not judge where it did not."""
    adjudicator = wording("adjudicator-reference") if run.adjudicator == _REFERENCE else run.adjudicator
    return f"checker {run.checker}, {run.engine}, {adjudicator}"
