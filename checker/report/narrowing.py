"""A part of a report: of one body, with all that is below it; verdicts and exit code stay those of the whole submission."""

from __future__ import annotations

from collections.abc import Iterator

from checker.errors import Problem, UsageError, nearest
from checker.model.report import Report, Subject
from checker.report import Narrowing
from checker.report.grouping import body_text
from checker.report.say.wording import Wording
from checker.words.message import message


def narrowed(report: Report, narrowing: Narrowing) -> Report:
    """The report with those findings and standings alone that belong to the body that is asked for; all counts stay."""
    if narrowing.body is None:
        return report
    return report._replace(
        findings=tuple(each for each in report.findings if concerns(each.subject, narrowing)),
        standings=tuple(each for each in report.standings if concerns(each.subject, narrowing)),
        standings_left_out=(),
        indicators=tuple(
            each._replace(values=tuple(value for value in each.values if concerns(value.subject, narrowing)), left_out=0)
            for each in report.indicators
        ),
        conflicts=tuple(each for each in report.conflicts if concerns(each.subject, narrowing)),
    )


def concerns(subject: Subject, narrowing: Narrowing) -> bool:
    """Whether the subject belongs to the body that is asked for, or to one below it.

    Of a very deep tree the bodies far above are not told: what may belong to it counts as its.
    """
    return narrowing.body is None or subject.cut or any(narrowing.body == identity for identity, _ in subject.path)


def narrowing_text(report: Report, narrowing: Narrowing, wording: Wording, *, counted: bool = False) -> str:
    """Which part of a report is listed; nothing where it is all. `counted` says that what is counted is of that part, too."""
    said = []
    if narrowing.body is not None:
        said.append(wording("only-body-counted" if counted else "only-body", body=body_named(report, narrowing.body)))
    if narrowing.due_by is not None:
        said.append(wording("only-due-by", day=narrowing.due_by))
    return " ".join(said)


def body_named(report: Report, key: str) -> str:
    """The name of that body, with its id; the id alone where nothing tells of it."""
    return next((body_text((body,)) for body in _bodies(report) if body[0] == key), key)


def refuse_unknown_body(report: Report, key: str) -> None:
    """Raises UsageError where the report tells of no body with that id, though it tells of all."""
    known = {identity for identity, _ in _bodies(report)}
    if key in known or report.left_out or report.standings_left_out:
        return
    spelled = {identity.lower(): identity for identity in known}
    near = nearest(key, spelled)
    fix = message("suggestion", near=spelled[near]) if near else message("unknown-body-fix")
    raise UsageError(Problem("unknown-body", message("unknown-body", body=key), fix))


def _bodies(report: Report) -> Iterator[tuple[str, str]]:
    """The bodies of which something is told, with those above them, each as often as it comes."""
    for standing in report.standings:
        yield from standing.subject.path
    for finding in report.findings:
        yield from finding.subject.path
