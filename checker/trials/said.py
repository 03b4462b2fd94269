"""What is said of cases that do not come out as stated, and of verdicts that have none; every format says it alike."""

from __future__ import annotations

from checker.trials import Coverage, Failure


def failure_text(failure: Failure) -> str:
    """What is stated, and what was found instead; of which subject and window, if the case says."""
    parts = [part for part in (failure.expected.subject, failure.expected.window) if part is not None]
    about = f"{', '.join(parts)}: " if parts else ""
    return f"{about}{failure.expected.verdict} is stated, {failure.found} was found"


def missing_text(coverage: Coverage) -> str:
    """Which of the verdicts that every rule must have a case of have none."""
    return f"no case is {' or '.join(coverage.missing)}"
