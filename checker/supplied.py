"""What is handed in beside a submission: waivers, and earlier reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import WaiversError
from checker.model.plan import Plan
from checker.model.waivers import Waiver

if TYPE_CHECKING:
    from checker.records.submission import Opened
    from checker.run.history import EarlierReports


def granted(given: Sequence[str | Path], opened: Opened, plan: Plan) -> tuple[Waiver, ...]:
    """The waivers in the files that the caller names, and in the one that the submission names. Raises WaiversError."""
    files = [*map(Path, given), *([] if opened.waivers is None else [opened.waivers])]
    if not files:
        return ()
    from checker.rules.quoting import WAIVERS, unquoted  # noqa: PLC0415 -- pydantic only where there are waivers
    from checker.rules.waivers import read_waivers  # noqa: PLC0415

    try:
        return read_waivers(files, [rule.id for rule in plan.all_rules], plan.year_starts)
    except WaiversError as error:
        if opened.waivers is None or opened.waivers in map(Path, given):
            raise
        own = [each for each in error.problems if each.place is not None and each.place.file == str(opened.waivers)]
        theirs = [each for each in error.problems if each not in own]
        raise WaiversError(*theirs, *unquoted(own, WAIVERS)) from None


def earlier_reports(plan: Plan, previous: str | Path | None = None, baseline: str | Path | None = None) -> EarlierReports:
    """The earlier reports in these files, which must be about that rulebook. Raises UsageError."""
    from checker.run.history import EarlierReports  # noqa: PLC0415 -- see `check`

    if previous is None and baseline is None:
        return EarlierReports()
    from checker.report.check.earlier import read_report  # noqa: PLC0415 -- JSON only where there are earlier reports

    return EarlierReports(*(None if each is None else read_report(Path(each), plan.name) for each in (previous, baseline)))
