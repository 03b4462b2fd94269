"""What a case expects must be there: a subject among its rows, a window among those of its period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.errors import nearest
from checker.forms.base import Partial, Windowed
from checker.forms.indicators import Measured
from checker.forms.occupancy import Occupancy
from checker.forms.spacing import Spacing
from checker.forms.streak import Streak
from checker.model.period import Term
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from checker.forms.base import Form
    from checker.model.period import Period
    from checker.model.schema import Record
    from checker.rules.cases import Expected, Row
    from checker.rules.reader import Reader
    from checker.yaml_tree import Path

_MANY = 8
"""So many names are listed."""


def check_subjects(reader: Reader, path: Path, expect: Iterable[Expected], record: Record, rows: Iterable[Row]) -> None:
    """Notes the subjects that no row of the case is."""
    told = list(rows)
    named = list(dict.fromkeys(cell.strip() for row in told for cell in row.values() if cell is not None))
    numbered = [f"row {number}" for number in range(1, len(told) + 1)]
    for subject in dict.fromkeys(each.subject for each in expect if each.subject is not None):
        if subject not in {*named, *numbered, "submission"}:
            said = message("case-no-subject", record=record.name, subject=subject)
            instead = nearest(subject, named)
            reader.report_key((*path, "expect", subject), "unknown-name", said, message("case-no-subject-fix"), instead=instead)


def check_windows(
    reader: Reader, path: Path, expect: Iterable[Expected], form: Form, days: tuple[Period, date], year_starts: int
) -> None:
    """Notes the windows in which the rule is not judged, or the indicator not measured, whatever the rows are."""
    period, as_of = days
    per = form.per if isinstance(form, Windowed | Measured) else None
    if isinstance(per, Term) or isinstance(form, Occupancy | Spacing | Streak):
        return
    partial = isinstance(form, Partial) and form.partial is not None
    labels = [] if per is None else [each.label for each in period.windows(per, as_of, year_starts, partial=partial)]
    for each in expect:
        if each.window is None or each.window in labels:
            continue
        where = (*path, "expect", str(each.subject), each.window)
        of = message("case-of-indicator" if isinstance(form, Measured) else "case-of-rule")
        said, fix = message("case-no-windows", of=of), message("case-no-windows-fix")
        if labels:
            listed = ", ".join(labels[:_MANY]) + (", …" if len(labels) > _MANY else "")
            said = message("case-no-window", of=of, window=each.window, period=period.label)
            fix = message("case-no-window-fix", windows=listed)
        reader.report_key(where, "unknown-name", said, fix, instead=nearest(each.window, labels))
