"""Names windows: consecutive ones are merged (`2019-03, 2019-05 to 2019-07`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from checker.model.period import Period
from checker.report.say.wording import Wording

_DAY = timedelta(days=1)
_RUN = 3


def window_names(windows: Iterable[Period], wording: Wording) -> str:
    """The names of the windows in order, three or more consecutive ones written as a span."""
    runs: list[list[Period]] = []
    for window in sorted(set(windows)):
        if runs and runs[-1][-1].last + _DAY == window.first:
            runs[-1].append(window)
        else:
            runs.append([window])
    names = []
    for run in runs:
        if len(run) >= _RUN:
            names.append(wording("to", first=run[0], last=run[-1]))
        else:
            names.extend(wording.window(window) for window in run)
    return ", ".join(names)
