"""One entry of the page: a finding, or findings that differ in nothing but the window, with all that is to be said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from checker.model.report import Finding, Report
from checker.report.check.text_earlier import marks_text
from checker.report.check.text_waivers import waiver_text
from checker.report.grouping import (
    body_text,
    counted_left_out,
    deciding_left_out,
    deciding_rows,
    is_body,
    is_submission,
    rows,
    rule_of,
    subject_text,
)
from checker.report.html.areas import area_keys
from checker.report.html.listing import kind_of
from checker.report.html.why import Why, why_of
from checker.report.say.cells import cells_text
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe_windows
from checker.report.say.origins import origin_text
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.unmet.requirements import Gap
from checker.report.unmet.text import missing_text

_DECIDING = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page says of findings that are alike.

    `kind` is the verdict, or that the file is to be corrected. `ids` are the addresses of the findings in the page, one of
    each; `bodies` the keys of the body and of those above it, and `body` its name. `count` is of how many rows it is said,
    where it is said of rows. `facts` are what stands behind it, each with its label; `clause` and `remedy` are the rule's.
    `areas` are the keys of where the subject lies, and of those above; `why` says how it came to be.
    """

    ids: tuple[str, ...]
    rule: str
    title: str
    kind: str
    kind_text: str
    severity: str
    severity_text: str
    subject: str
    bodies: tuple[str, ...]
    message: str
    body: str = ""
    clause: str = ""
    remedy: str = ""
    count: int = 1
    facts: tuple[tuple[str, str], ...] = ()
    areas: tuple[str, ...] = ()
    why: Why | None = None


class Entries:
    """Makes the entries of a report in one language, and gives each finding an address that no other has."""

    def __init__(self, report: Report, wording: Wording) -> None:
        self.wording = wording
        self._places = Places(report.run.submission, wording)
        self._rulebook, self._submission = report.run.rulebook, report.run.submission
        self._rule = rule_of(report)
        self._lies = report.lies
        self._taken: Counter[str] = Counter()

    def entry(self, findings: Sequence[Finding], message: str = "") -> Entry:
        """The entry of findings of one rule and verdict that are told in one message; the message may say how many they are."""
        finding, wording = findings[0], self._places.wording
        rule, subject = self._rule(finding.rule), finding.subject
        kind = kind_of(finding, rule)
        several = len({each.subject for each in findings})
        origin = origin_text(rule.origin, self._rulebook, wording)
        return Entry(
            ids=tuple(map(self._address, findings)),
            rule=rule.id,
            title=rule.title.in_(wording.language),
            kind=kind,
            kind_text=wording(kind),
            severity=finding.severity.value,
            severity_text=wording(finding.severity.value),
            subject="" if is_body(subject) or is_submission(subject) or several > 1 else subject_text(subject),
            bodies=tuple(dict.fromkeys(quote(key, safe="") for each in findings for key, _ in each.subject.path)),
            message=message or describe_windows(findings, rule, wording),
            body=body_text(subject.path) if subject.path else wording("submission-itself"),
            clause=", ".join(filter(None, (clause_text(rule, wording), origin))),
            remedy=rule.remedy.in_(wording.language),
            count=1 if message else several,
            facts=tuple((label, said) for label, said in self._facts(findings) if said),
            areas=tuple(dict.fromkeys(key for each in findings for key in self._areas(each))),
            why=why_of(findings, rule, self._submission, wording),
        )

    def _areas(self, finding: Finding) -> tuple[str, ...]:
        subject = finding.subject
        return area_keys(self._lies.get((subject.record, subject.row or 0), ()))

    def _address(self, finding: Finding) -> str:
        """The rule, subject and window: the same in every report that tells of the same."""
        subject = finding.subject
        parts = [finding.rule, subject.id or f"row-{subject.row}", *([finding.window.label] if finding.window else [])]
        address = "/".join(quote(part, safe="/.:-") for part in parts)
        self._taken[address] += 1
        return address if self._taken[address] == 1 else f"{address}~{self._taken[address]}"

    def _facts(self, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
        finding, wording, places = findings[0], self._places.wording, self._places
        yield wording("missing"), missing_text(Gap(tuple(findings)), wording)
        yield wording("before"), marks_text(finding, wording)
        if finding.waiver is not None:
            yield wording("waived"), waiver_text(finding.waiver, places)
        deciding = deciding_rows(findings)
        yield wording("subject-row"), places.many(rows(findings, "subject"))
        counted = [row for row in rows(findings, "counted") if row not in deciding]
        if counted:
            yield wording("counted"), places.many(counted, counted_left_out(findings))
        for row in deciding[:_DECIDING]:
            cells = cells_text(row, wording)
            yield wording("could-decide"), f"{places.one(row)}: {cells}" if cells else places.one(row)
        more = max(len(deciding) - _DECIDING, 0) + deciding_left_out(findings)
        if more:
            yield wording("could-decide"), wording("more", n=more)
