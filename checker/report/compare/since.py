"""What of a report is not as it was at a revision of the repository: what a change touches, or causes.

A finding is as before where the same rule said the same of the same subject and window then, from rows in which the same
stood. Where these rows stand in their files does not matter. All else is reported: what is new, what is said otherwise, and
what is said the same of rows that were changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from checker.errors import Problem
from checker.model.report import Evidence, Finding, Report, RuleSummary, SinceRevision, Standing
from checker.model.words import Reason, Verdict

_COMPARED = frozenset({Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.WAIVED})
"""What is satisfied, or does not apply, is only counted."""


def changes_of(now: Report, then: Report | None, since: SinceRevision, most: int | None, notice: Problem | None = None) -> Report:
    """The report, of which what was so `then` is neither listed nor counted, except as left out.

    `most` is how many findings of each rule and verdict are listed (0, and None: all). A `notice` says why there is no
    report of then.
    """
    before = Counter(map(_said, _compared(then)))
    unchanged: list[Finding] = []
    changed: list[Finding] = []
    for finding in _compared(now):
        said = _said(finding)
        before[said] -= 1
        (unchanged if before[said] >= 0 else changed).append(finding)
    rules = _of_rules(now.rules, unchanged)
    listed = tuple(_listed(changed, most))
    counts = Counter[Verdict]()
    for rule in rules:
        counts.update(dict(rule.counts))
    counts.subtract(finding.verdict for finding in listed)
    left_out = Counter(finding.verdict for finding in unchanged)
    standings = () if then is None else {_stood(each) for each in then.standings}
    moved = tuple(each for each in now.standings if _stood(each) not in standings)
    stood = Counter(dict(now.standings_left_out)) + Counter(each.standing for each in now.standings)
    stood.subtract(each.standing for each in moved)
    return now._replace(
        run=now.run._replace(since=since._replace(left_out=tuple((each, left_out[each]) for each in Verdict if left_out[each]))),
        findings=listed,
        rules=rules,
        standings=moved,
        standings_left_out=tuple(sorted((standing, n) for standing, n in stood.items() if n)),
        left_out=tuple((verdict, counts[verdict]) for verdict in Verdict if counts[verdict] > 0),
        notices=now.notices if notice is None else (*now.notices, notice),
    )


def _compared(report: Report | None) -> Iterator[Finding]:
    return (each for each in (() if report is None else report.findings) if each.verdict in _COMPARED)


def _said(finding: Finding) -> object:
    """All that is said of a rule, subject and window, but not where anything stands."""
    subject, waiver = finding.subject, finding.waiver
    granted = None if waiver is None else (waiver.first, waiver.last, waiver.window, waiver.reason, waiver.approved_by)
    return (
        (finding.rule, subject.record, (subject.id, subject.name) if subject.digest is None else subject.digest, finding.window),
        (finding.verdict, finding.severity, finding.outcome, finding.reason, finding.because, finding.due, finding.near),
        (finding.measured, tuple((each.operator, each.value, each.rounded) for each in finding.required)),
        (finding.known, finding.repeated, granted),
        tuple((each.outcome, each.reason, each.measured, each.due) for each in finding.parts),
        tuple(sorted(map(_content, finding.evidence))),
        (finding.evidence_left_out, len(finding.could_decide_unlisted)),
    )


def _content(row: Evidence) -> str:
    """What stands in a row, and how it is read; as one text, so that the order of rows does not matter."""
    reached = [name for name, _ in row.reached]
    return repr((row.table, row.role, row.values, row.key, row.contradicts, row.unsplit, reached))


def _stood(standing: Standing) -> tuple[str, str]:
    return standing.subject.id, standing.standing


def _of_rules(rules: Iterable[RuleSummary], unchanged: Iterable[Finding]) -> tuple[RuleSummary, ...]:
    """The rules, with what is as before taken from their counts."""
    of_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in unchanged:
        of_rule[finding.rule].append(finding)
    return tuple(_without(rule, of_rule[rule.id]) if rule.id in of_rule else rule for rule in rules)


def _without(rule: RuleSummary, unchanged: list[Finding]) -> RuleSummary:
    counts = Counter(dict(rule.counts))
    counts.subtract(each.verdict for each in unchanged)
    reasons = Counter(dict(rule.reasons))
    reasons.subtract(each.reason for each in unchanged if each.verdict is Verdict.UNDETERMINED and each.reason is not None)
    return rule._replace(
        counts=tuple((verdict, counts[verdict]) for verdict in Verdict if counts[verdict] > 0),
        reasons=tuple((reason, reasons[reason]) for reason in Reason if reasons[reason] > 0),
        known=rule.known - sum(each.known for each in unchanged),
        repeated=rule.repeated - sum(each.repeated is not None for each in unchanged),
        unchanged=len(unchanged),
    )


def _listed(findings: Iterable[Finding], most: int | None) -> Iterator[Finding]:
    """At most so many findings of each rule and verdict."""
    seen = Counter[tuple[str, Verdict]]()
    for finding in findings:
        seen[finding.rule, finding.verdict] += 1
        if not most or seen[finding.rule, finding.verdict] <= most:
            yield finding
