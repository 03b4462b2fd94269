"""What is to be corrected in the file, which breaches no regulation: cells, rows and tables at fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.errors import Problem
from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import ALL, Narrowing
from checker.report.grouping import listed, rows, rule_of
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.tables import Cell, Table, above, body_name, identities, subject_name
from checker.report.unmet.requirements import concerns

COLUMNS = (*("column-kind", "where", "found", "column-fix", "column-demanded", "column-body", "column-subject"),)
DETAILS = ("column-under", "column-code", "column-body-id", "column-subject-id")

_TO_CORRECT = (Verdict.VIOLATED, Verdict.UNDETERMINED)


def corrections(report: Report, places: Places, narrowing: Narrowing = ALL) -> Table:
    """The problems first, since they are the gravest; then cells and rows at fault; then what is worth knowing."""
    return Table("sheet-corrections", COLUMNS + DETAILS, _rows(report, places, narrowing), len(DETAILS))


def _to_correct(report: Report, narrowing: Narrowing) -> list[Finding]:
    """The findings about the file itself: of the rules that follow from its records."""
    rule = rule_of(report)
    found = listed(report, *_TO_CORRECT)
    return [finding for finding in found if not rule(finding.rule).own and concerns(finding.subject, narrowing)]


def _rows(report: Report, places: Places, narrowing: Narrowing) -> Iterator[tuple[Cell, ...]]:
    yield from _problems(report.problems, "kind-problem", places)
    rule, wording = rule_of(report), places.wording
    for finding in _to_correct(report, narrowing):
        law, subject = rule(finding.rule), finding.subject
        yield (
            wording("kind-cell"),
            places.many(rows([finding], "subject", "counted", "could-decide")),
            describe_windows([finding], law, wording),
            law.remedy.in_(wording.language),
            law.title.in_(wording.language),
            *(body_name(subject, wording), subject_name(subject)),
            *(above(subject), finding.rule, *identities(subject)),
        )
    yield from _problems(report.notices, "kind-notice", places)


def _problems(problems: Iterable[Problem], kind: str, places: Places) -> Iterator[tuple[Cell, ...]]:
    for problem in problems:
        place = str(problem.place) if problem.place else ""
        yield (places.wording(kind), place, problem.said, problem.fix, "", "", "", "", problem.code, "", "")
