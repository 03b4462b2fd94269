"""The head of the page: what was run, and the key figures."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.report import Report
from checker.model.words import GRAVEST, Severity, Verdict
from checker.report import Presentation
from checker.report.text import exit_text
from checker.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Figure:
    """How many findings have one verdict, and of what kind they are."""

    verdict: Verdict
    label: str
    count: int
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What was run, as labels and values; the key figures; and what the exit code says."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    conclusion: str


def head_of(report: Report, wording: Wording, presentation: Presentation) -> Head:
    """The head of the page."""
    run = report.run
    facts = [
        (wording("rulebook"), f"{run.rulebook}, {wording('version', version=run.rulebook_version)}"),
        (wording("submission"), run.submission),
        (wording("page-handed-in"), run.submitted_by or ""),
        (wording("period"), run.period.label),
        (wording("page-as-of"), run.as_of.isoformat()),
        (wording("rules"), wording("selected", rules=", ".join(run.selected)) if run.selected else ""),
        (wording("set"), ", ".join(f"{name} = {value}" for name, value in run.overrides)),
        (wording("versions"), f"checker {run.checker}, {run.engine}"),
    ]
    return Head(
        title=wording("report"),
        subtitle=run.rulebook_title.in_(wording.language),
        facts=tuple(fact for fact in facts if fact[1]),
        figures=tuple(_figure(report, verdict, wording) for verdict in GRAVEST),
        conclusion=exit_text(report, wording, presentation),
    )


def _figure(report: Report, verdict: Verdict, wording: Wording) -> Figure:
    parts: list[str] = []
    if verdict is Verdict.VIOLATED and report.count(verdict):
        of_file = sum(rule.count(verdict) for rule in report.rules if not rule.own)
        parts.append(wording("page-of-regulation", n=report.count(verdict) - of_file))
        parts.append(wording("page-of-file", n=of_file))
        for severity in reversed(Severity):
            count = sum(rule.count(verdict) for rule in report.rules if rule.severity is severity)
            if count:
                parts.append(f"{wording(severity.value)} {count}")
    return Figure(verdict, wording(verdict.value), report.count(verdict), tuple(parts))
