"""What each body has not met, with the day by which it is due: a row for each gap, and for each day that is still to come."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.report import Report
from checker.report import Narrowing
from checker.report.check.text_earlier import marks_text
from checker.report.grouping import rows
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.say.windows import window_names
from checker.report.tables import Cell, Table, above, body_name, identities, subject_name
from checker.report.unmet.requirements import Duty, Gap, unmet
from checker.report.unmet.text import hand_in, missing_text

COLUMNS = (
    *("column-verdict", "column-severity", "due", "column-body", "column-subject", "column-rule", "clause"),
    *("column-window", "found", "missing", "hand-in", "remedy"),
)
DETAILS = ("column-under", "where", "before", "column-rule-id", "column-body-id", "column-subject-id")


def unmet_table(report: Report, places: Places, narrowing: Narrowing) -> Table:
    """The duties under the rulebook's own rules, body by body."""
    return Table("sheet-unmet", COLUMNS + DETAILS, _rows(report, places, narrowing), len(DETAILS))


def _rows(report: Report, places: Places, narrowing: Narrowing) -> Iterator[tuple[Cell, ...]]:
    for _, duties in unmet(report, narrowing):
        for duty in duties:
            for gap in duty.gaps:
                # What is due on several days is a row for each, so that it can be sorted by them.
                for part in [Gap((finding,)) for finding in gap.findings] if gap.due else [gap]:
                    yield _row(duty, part, places)


def _row(duty: Duty, gap: Gap, places: Places) -> tuple[Cell, ...]:
    wording, subject = places.wording, duty.subject
    day = gap.due[0][0] if gap.due else None
    return (
        *(duty.verdict, duty.rule.severity, day, body_name(subject, wording), subject_name(subject)),
        *(duty.rule.title.in_(wording.language), clause_text(duty.rule, wording)),
        window_names(gap.windows, wording),
        describe_windows(gap.findings, duty.rule, wording),
        missing_text(gap, wording),
        "; ".join(hand_in(duty, places)),
        duty.rule.remedy.in_(wording.language),
        above(subject),
        places.many(rows(gap.findings, "subject")),
        marks_text(gap.findings[0], wording),
        *(duty.rule.id, *identities(subject)),
    )
