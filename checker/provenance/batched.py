"""A report in parts, where all findings are more than can be held at once: those of some bodies, or some of each rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from checker.model.period import Period
from checker.model.report import Finding, Report
from checker.model.waivers import Waiver
from checker.model.words import Verdict
from checker.provenance import batches
from checker.provenance.findings import Findings
from checker.provenance.lookup import Lookup
from checker.provenance.subjects import Subjects
from checker.report.unmet.requirements import UNMET


@dataclass(frozen=True, slots=True)
class Batches:
    """The findings of a run, of which some are held at a time, and nothing of those before."""

    lookup: Lookup
    windows: Mapping[int, Period]
    waivers: Sequence[Waiver]
    since: Sequence[Period]

    def by_body(self, report: Report) -> Iterator[Report]:
        """The report in parts, each with all that is unmet by its bodies; together they tell of all bodies.

        What could not be read is told by the first, as is what concerns no body. Of a body with very much of one kind
        the part tells how much it leaves out.
        """
        parts = batches.by_body(self.lookup.run, UNMET)
        for number, part in enumerate(parts):
            found, left_out = self._batch(part, UNMET), batches.left_out(self.lookup.run, part)
            yield report._replace(findings=found, left_out=tuple(left_out.items()), problems=() if number else report.problems)
        if not parts:
            yield report._replace(findings=(), left_out=())

    def by_rule(self, verdicts: Iterable[Verdict]) -> Iterator[Finding]:
        """The findings with these verdicts in the order of rules, rows and windows."""
        wanted, rules = tuple(verdicts), [rule.id for rule in self.lookup.run.rules]
        place = {rule: number for number, rule in enumerate(rules)}

        def order(finding: Finding) -> tuple[int, int, date]:
            return place[finding.rule], finding.subject.row or 0, finding.window.first if finding.window else date.min

        for part in batches.by_rule(self.lookup.run, wanted):
            yield from sorted(self._batch(part, wanted), key=order)

    def _batch(self, part: int, verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
        findings = Findings(self.lookup, Subjects(self.lookup), self.windows, self.waivers, self.since)
        return findings.batch(batches.batch(self.lookup.run, part, verdicts))
