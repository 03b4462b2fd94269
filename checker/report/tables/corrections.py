"""What is to be corrected in the file, which breaches no regulation: each cell and row, with how many say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.errors import Problem
from checker.model.report import Report
from checker.report import ALL, Narrowing
from checker.report.corrections import Cause, Fault, corrections_of
from checker.report.say.faults import columns_text, expected_text, missing_text
from checker.report.say.fields import field_text, record_text
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.tables import Cell, Table, above, body_name, identities, subject_name

COLUMNS = (*("column-kind", "column-at-fault", "where", "found", "column-alike", "column-fix", "column-body", "column-subject"),)
DETAILS = ("column-demanded", "column-under", "column-code", "column-body-id", "column-subject-id")


def corrections(report: Report, places: Places, narrowing: Narrowing = ALL) -> Table:
    """The problems first, since they are the gravest; what is missing, after why; the cells by column and cause; notices."""
    return Table("sheet-corrections", COLUMNS + DETAILS, _rows(report, places, narrowing), len(DETAILS))


def _rows(report: Report, places: Places, narrowing: Narrowing) -> Iterator[tuple[Cell, ...]]:
    found, wording = corrections_of(report, narrowing), places.wording
    yield from _problems(found.problems, "kind-problem", places)
    yield from _problems(found.causes, "kind-notice", places)
    for missing in found.missing:
        name = record_text(missing.table, wording)
        if missing.column is not None:
            name += f": {field_text(missing.table, missing.column, wording)}"
        yield (wording("missing"), name, "", missing_text(missing, wording), None, *[""] * 8)
    for fault in found.faults:
        for cause in fault.causes:
            yield from _cells(cause, fault, places)
    yield from _problems(found.other, "kind-notice", places)


def _cells(cause: Cause, fault: Fault, places: Places) -> Iterator[tuple[Cell, ...]]:
    wording = places.wording
    kind = wording("waived" if cause.waived else "kind-cell")
    column, fix = columns_text(fault.columns, wording), expected_text(fault, wording)
    for finding in cause.findings:
        subject = finding.subject
        yield (
            *(kind, column, places.many(finding.evidence), describe_windows([finding], fault.rule, wording)),
            *(len(cause.findings), fix, body_name(subject, wording), subject_name(subject)),
            *(fault.rule.title.in_(wording.language), above(subject), finding.rule, *identities(subject)),
        )


def _problems(problems: Iterable[Problem], kind: str, places: Places) -> Iterator[tuple[Cell, ...]]:
    for problem in problems:
        wording = places.wording
        place = problem.place.in_(wording) if problem.place else ""
        yield (
            wording(kind),
            "",
            place,
            problem.message_in(wording),
            None,
            problem.fix_in(wording),
            "",
            "",
            "",
            "",
            problem.code,
            "",
            "",
        )
