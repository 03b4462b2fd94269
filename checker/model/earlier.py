"""Earlier reports: as much of one as the violations of a run are compared with."""

from __future__ import annotations

from typing import NamedTuple

from checker.model.period import Period


class Violation(NamedTuple):
    """A violation that an earlier report tells of: the rule, the subject's id, and the name of the window if there is one.

    `since` is the period of the first report, of those that were each compared with the one before, that tells of it.
    """

    rule: str
    subject: str
    window: str | None
    since: Period


class Earlier(NamedTuple):
    """An earlier report. `complete` says whether all was read, judged and listed that the run was about."""

    file: str
    rulebook_version: str
    period: Period
    violations: tuple[Violation, ...]
    complete: bool = True
