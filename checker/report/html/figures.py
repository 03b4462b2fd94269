"""The head of the page: what was run, and the key figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.report import Report
from checker.model.words import GRAVEST, Category, Severity, Verdict
from checker.report import Presentation
from checker.report.check.text import exit_text
from checker.report.html.listing import TO_CORRECT
from checker.report.say.conclusion import conclusion_text
from checker.report.say.versions import versions
from checker.report.say.wording import Wording


@dataclass(frozen=True, slots=True)
class Figure:
    """How many findings are of one kind, and how that is made up."""

    kind: str
    label: str
    count: int
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What was run, as labels and values; the key figures; the whole in one sentence; and what the exit code says."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    conclusion: str
    exit: str


def head_of(report: Report, wording: Wording, presentation: Presentation) -> Head:
    """The head of the page."""
    run = report.run
    facts = [
        (wording("rulebook"), f"{run.rulebook}, {wording('version', version=run.rulebook_version)}"),
        (wording("submission"), run.submission),
        (wording("page-handed-in"), run.submitted_by or ""),
        (wording("period"), wording.window(run.period)),
        (wording("page-as-of"), wording.day(run.as_of)),
        (wording("rules"), wording("selected", rules=", ".join(run.selected)) if run.selected else ""),
        (wording("set"), ", ".join(f"{name} = {value}" for name, value in run.overrides)),
        (wording("versions"), versions(run, wording)),
    ]
    return Head(
        title=wording("report"),
        subtitle=run.rulebook_title.in_(wording.language),
        facts=tuple(fact for fact in facts if fact[1]),
        figures=tuple(_figures(report, wording)),
        conclusion=conclusion_text(report, wording),
        exit=exit_text(report, wording, presentation),
    )


def _figures(report: Report, wording: Wording) -> Iterator[Figure]:
    """How many findings have each verdict; breaches of the regulation apart from what is to be corrected in the file."""
    for verdict in GRAVEST:
        if verdict is not Verdict.VIOLATED:
            yield Figure(verdict.value, wording(verdict.value), report.count(verdict, Category.REGULATION))
            continue
        count = report.count(verdict)
        breached = [(rule, rule.count(verdict)) for rule in report.rules if rule.own]
        breaches = sum(n for _, n in breached)
        by_severity = ((each, sum(n for rule, n in breached if rule.severity is each)) for each in reversed(Severity))
        parts = tuple(f"{wording(severity.value)} {wording.number(n)}" for severity, n in by_severity if n)
        yield Figure(verdict.value, wording("page-breached"), breaches, parts)
        in_all = (wording("page-in-all", n=count),) if count > breaches > 0 else ()
        yield Figure(TO_CORRECT, wording(TO_CORRECT), count - breaches, in_all)
