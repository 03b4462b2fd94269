"""Earlier reports: as much of one as the violations of a run are compared with."""

from typing import NamedTuple

from checker.model.period import Period


class Violation(NamedTuple):
    """A violation that an earlier report tells of: the rule, the subject's id, and the name of the window if there is one.

    `since` is the period of the first report, of those that were each compared with the one before, that tells of it.
    `row` is the subject's row in that submission; `digest` tells of a subject without a key what is in its cells, and is
    None of a subject with a key. Of one that is not `recognisable` the report tells neither.
    """

    rule: str
    subject: str
    window: str | None
    since: Period
    row: int | None = None
    digest: str | None = None
    recognisable: bool = True


class Earlier(NamedTuple):
    """An earlier report. `complete` says whether all was read, judged and listed that the run was about."""

    file: str
    rulebook_version: str
    period: Period
    violations: tuple[Violation, ...]
    complete: bool = True
