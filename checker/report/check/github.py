"""The violations of a report as annotations of a GitHub workflow, the gravest first; those that the baseline knows are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from checker.errors import Level
from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.check.text_earlier import since_text
from checker.report.ci.addresses import Addresses
from checker.report.ci.github import Annotation, more_text, write_annotations
from checker.report.ci.levels import LEVELS
from checker.report.ci.places import place
from checker.report.corrections import causes_of
from checker.report.exit import must_be_decided
from checker.report.grouping import alike, grouped, is_submission, listed, rule_of, subject_text
from checker.report.narrowing import narrowed
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe_windows
from checker.report.say.wording import Wording


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes what could not be read, why something is probably missing, what is violated, then what the data cannot tell."""
    report = narrowed(report, presentation.narrowing)
    wording = Wording(report.run.language, report.names)
    problems = [
        Annotation(Level.ERROR, each.code, f"{each.message_in(wording)}. {each.fix_in(wording)}", each.place)
        for each in report.problems
    ]
    problems += [
        Annotation(Level.WARNING, each.code, f"{each.message_in(wording)}. {each.fix_in(wording)}", each.place)
        for each in causes_of(report)
    ]
    found = list(_of_findings(report, presentation, wording))
    graver = [each for each in found if each.level is not Level.NOTE]
    shown = [*problems, *graver, *_left_out(report, wording), *(each for each in found if each.level is Level.NOTE)]
    left_out = sum(n for verdict, n in report.left_out if verdict in {Verdict.VIOLATED, Verdict.UNDETERMINED})
    write_annotations(shown, Addresses(presentation.root), lambda n: more_text(wording, n + left_out), stream)


def _of_findings(report: Report, presentation: Presentation, wording: Wording) -> Iterator[Annotation]:
    rule = rule_of(report)
    found = [each for each in listed(report, Verdict.VIOLATED, Verdict.UNDETERMINED) if not each.known]
    found.sort(key=lambda each: (each.verdict is not Verdict.VIOLATED, -each.severity.rank, not rule(each.rule).own))
    for _, of_subject in grouped(found, lambda each: (each.rule, each.subject, each.verdict)):
        for group in alike(of_subject):
            first, law = group[0], rule(group[0].rule)
            said = f"{_subject(first, wording)}: {describe_windows(group, law, wording)}"
            title = ": ".join([wording(first.verdict.value).capitalize(), law.title.in_(wording.language)])
            clause = clause_text(law, wording)
            unsure = Level.WARNING if must_be_decided(law, presentation) else Level.NOTE
            level = LEVELS[law.severity] if first.verdict is Verdict.VIOLATED else unsure
            facts = [
                said,
                *([f"{wording('clause')}: {clause}"] if clause else []),
                *_remedy(law.remedy.in_(wording.language), wording),
            ]
            yield Annotation(level, title, "\n".join(facts), place(first, report))


def _left_out(report: Report, wording: Wording) -> Iterator[Annotation]:
    """That of changes alone is told, and how much is left out."""
    since = report.run.since
    if since is not None and since.left_out:
        yield Annotation(Level.NOTE, wording("since"), wording("since-of", said=since_text(since, wording)))


def _subject(finding: Finding, wording: Wording) -> str:
    return wording("submission-itself") if is_submission(finding.subject) else subject_text(finding.subject)


def _remedy(remedy: str, wording: Wording) -> list[str]:
    return [f"{wording('remedy')}: {remedy}"] if remedy else []
