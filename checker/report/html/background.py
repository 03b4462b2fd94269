"""What the page tells besides findings: figures that satisfy, earlier reports, rules, tables, sources, waivers, conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.report import Report, RuleSummary
from checker.model.words import GRAVEST, Verdict
from checker.report.check.text_earlier import earlier_text
from checker.report.check.text_waivers import use_text, waiver_text
from checker.report.corrections import corrections_of
from checker.report.grouping import alike, grouped, in_order, rule_of, subject_text
from checker.report.html.corrections import Said, said_of
from checker.report.say.clauses import cited, clause_text, source_title
from checker.report.say.coverage import account_text, not_judged
from checker.report.say.fields import conflict_text, record_text, title_of, titled
from checker.report.say.measured import figure_text, is_figure, measured, spread, top
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.say.wording import Wording

_IN_ORDER = {Verdict.SATISFIED, Verdict.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, its clause, and how often it gave each verdict, the gravest first; of one about the file its title says it all."""

    id: str
    title: str
    clause: str
    severity: str
    severity_rank: int
    restated: str
    counts: tuple[int, ...]

    @property
    def amiss(self) -> bool:
        """Whether it found anything that is neither satisfied nor not applicable."""
        return any(n for verdict, n in zip(GRAVEST, self.counts, strict=True) if verdict not in _IN_ORDER)


@dataclass(frozen=True, slots=True)
class Listed:
    """A heading and the lines under it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """What stands on the page after the findings. Of rules about the file those are counted that find all in order."""

    measured: tuple[Listed, ...]
    changes: tuple[str, ...]
    gone: tuple[tuple[str, str, str, str], ...]
    rules: tuple[Rule, ...]
    of_file: tuple[Rule, ...]
    of_file_in_order: int
    verdicts: tuple[str, ...]
    not_judged: tuple[Listed, ...]
    tables: tuple[tuple[str, str, str], ...]
    notices: tuple[Said, ...]
    sources: tuple[tuple[str, str], ...]
    waivers: tuple[tuple[str, str], ...]
    conflicts: tuple[str, ...]


def background_of(report: Report, wording: Wording) -> Background:
    """What a report tells besides its findings, in one language."""
    places = Places(report.run.submission, wording)
    titles = {rule.id: rule.title.in_(wording.language) for rule in report.rules}
    rules = tuple(_rule(rule, wording) for rule in report.rules if rule.own)
    of_file = [_rule(rule, wording) for rule in report.rules if not rule.own]
    return Background(
        measured=tuple(_measured(report, wording)),
        changes=tuple(earlier_text(report, wording)),
        gone=tuple(
            (titles.get(each.rule, ""), each.rule, each.subject, wording.window(each.window or "")) for each in report.gone
        ),
        rules=rules,
        of_file=tuple(rule for rule in of_file if rule.amiss),
        of_file_in_order=sum(not rule.amiss for rule in of_file),
        verdicts=tuple(wording(verdict.value) for verdict in GRAVEST),
        not_judged=tuple(Listed(wording(key), tuple(items)) for key, items in not_judged(report, wording, title_of)),
        tables=tuple(
            (
                record_text(each.table, wording),
                places.file(each.file, each.sheet) if each.file else "",
                account_text(each, wording),
            )
            for each in report.accounts
        ),
        notices=said_of(corrections_of(report).other, places),
        sources=tuple(
            (source_title(each, wording), each.note.in_(wording.language)) for each in cited(report.rules, report.sources)
        ),
        waivers=tuple(
            (
                f"{titled(use.waiver.rule, wording)}: {use.waiver.subject}",
                f"{use_text(use, places)}. {waiver_text(use.waiver, places)}",
            )
            for use in report.waivers
        ),
        conflicts=tuple(conflict_text(each, wording) for each in report.conflicts),
    )


def _measured(report: Report, wording: Wording) -> Iterator[Listed]:
    """The figures that satisfy a rule; rates have bars of their own."""
    rule = rule_of(report)
    for name, findings in measured(report):
        if (found := findings[0].measured) is not None and found.kind.ratio:
            continue
        if not is_figure(findings[0]):
            lines = [
                f"{subject_text(subject)}: {describe_windows(group, rule(name), wording)}"
                for subject, own in grouped(in_order(findings, report), lambda item: item.subject)
                for group in alike(own)
            ]
        else:
            shown, others = top(findings)
            lines = [f"{subject_text(item.subject)}: {figure_text(item, wording)}" for item in in_order(shown, report)]
            if others:
                total = rule(name).form == "total"
                lines.append(wording("totals-agree", n=len(others)) if total else spread(others, wording, others=bool(shown)))
        yield Listed(rule(name).title.in_(wording.language), tuple(lines))


def _rule(rule: RuleSummary, wording: Wording) -> Rule:
    return Rule(
        id=rule.id,
        title=rule.title.in_(wording.language),
        clause=clause_text(rule, wording),
        severity=wording(rule.severity.value),
        severity_rank=rule.severity.rank,
        restated=rule.restated.in_(wording.language) if rule.own else "",
        counts=tuple(rule.count(verdict) for verdict in GRAVEST),
    )
