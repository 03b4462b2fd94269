"""The violations of a report as SARIF, and, if every kind is asked for, all other findings that it lists.

A service takes whatever is a result for something to be mended: so what is waived, undetermined or in order is told only to
who asks for it, and each by the kind that SARIF has for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from checker.errors import Level, Place, Problem
from checker.model.report import Finding, Report, RuleSummary
from checker.model.waivers import Waiver
from checker.model.words import GRAVEST, Verdict
from checker.report import Presentation
from checker.report.check.text_waivers import waiver_text
from checker.report.ci.addresses import Addresses
from checker.report.ci.fingerprints import fingerprint, with_fingerprints
from checker.report.ci.levels import LEVELS
from checker.report.ci.places import main_row, place, place_of, whole
from checker.report.ci.sarif import MOST_RESULTS, Described, Json, location, run_of, sentence, write_log
from checker.report.exit import presented_exit
from checker.report.grouping import is_submission, rule_of, subject_text
from checker.report.narrowing import narrowed
from checker.report.say.cells import row_text
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe
from checker.report.say.places import Places
from checker.report.say.reasoning import facts_text
from checker.report.say.wording import Wording
from checker.words.message import message

_KINDS: Mapping[Verdict, str] = {
    Verdict.SATISFIED: "pass",
    Verdict.VIOLATED: "fail",
    Verdict.WAIVED: "fail",
    Verdict.UNDETERMINED: "open",
    Verdict.PENDING: "informational",
    Verdict.NOT_APPLICABLE: "notApplicable",
}
_ROLES = {"counted": "counted", "could-decide": "could-decide", "subject": "subject-row"}


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes the log."""
    report = narrowed(report, presentation.narrowing)
    writer = _Results(report, Addresses(presentation.root))
    findings = [each for each in report.findings if presentation.every_kind or each.verdict is Verdict.VIOLATED]
    left_out = 0 if presentation.every_kind else max(len(findings) - MOST_RESULTS, 0)
    kept = _gravest(findings, len(findings) - left_out) if left_out else findings
    left_out += sum(count for verdict, count in report.left_out if presentation.every_kind or verdict is Verdict.VIOLATED)
    run = run_of(writer.rules(kept), writer.category, _problems(report, left_out), writer.addresses, writer.wording)
    run["invocations"][0]["exitCode"] = int(presented_exit(report, presentation))
    run["properties"] = _properties(report)
    results = writer.results(kept)
    write_log(run, [*results, *writer.absent()] if presentation.every_kind else results, stream)


def _gravest(findings: Iterable[Finding], most: int) -> list[Finding]:
    """So many of the violations, the gravest, in their order."""
    ranked = sorted(enumerate(findings), key=lambda each: (-each[1].severity.rank, each[0]))
    return [finding for _, finding in sorted(ranked[:most], key=lambda each: each[0])]


def _problems(report: Report, left_out: int) -> Iterator[tuple[Level, Problem]]:
    """What could not be read, what is worth knowing, and how much is not in the log."""
    yield from ((Level.ERROR, problem) for problem in report.problems)
    yield from ((Level.NOTE, problem) for problem in report.notices)
    if left_out:
        yield Level.WARNING, Problem("left-out", message("sarif-left-out", n=left_out), message("sarif-left-out-fix"))


def _properties(report: Report) -> Json:
    run = report.run
    return {
        "rulebook": run.rulebook,
        "rulebookVersion": run.rulebook_version,
        "submission": run.submission,
        "period": run.period.label,
        "asOf": run.as_of.isoformat(),
        "counts": {verdict.value: report.count(verdict) for verdict in GRAVEST},
    }


class _Results:
    """Makes results of findings."""

    def __init__(self, report: Report, addresses: Addresses) -> None:
        self.addresses = addresses
        self.wording = Wording(report.run.language, report.names)
        self._report = report
        self._rule = rule_of(report)
        self._places = Places(report.run.submission, self.wording)
        self._numbers: dict[str, int] = {}

    @property
    def category(self) -> str:
        """By what a service tells this run from others of the same commit: rulebook, submission and period."""
        run = self._report.run
        return f"checker/{run.rulebook}/{self.addresses.path(run.submission).strip('/')}/{run.period.label}/"

    def rules(self, findings: Iterable[Finding]) -> list[Described]:
        """The rules of the rulebook, and of those that follow from its records the ones that these findings are of."""
        used = {each.rule for each in findings} | {each.rule for each in self._report.gone}
        shown = [rule for rule in self._report.rules if rule.own or rule.id in used]
        self._numbers = {rule.id: number for number, rule in enumerate(shown)}
        return [self._described(rule) for rule in shown]

    def _described(self, rule: RuleSummary) -> Described:
        wording, language = self.wording, self.wording.language
        facts = [
            (wording("clause"), clause_text(rule, wording)),
            (wording("remedy"), rule.remedy.in_(language)),
            (wording("note-label"), rule.note.in_(language)),
        ]
        told = [(label, text) for label, text in facts if text]
        title, restated = sentence(rule.title.in_(language) or rule.id), rule.restated.in_(language)
        about = [title, *([sentence(restated)] if restated else [])]
        return Described(
            id=rule.id,
            title=title,
            text=restated,
            level=LEVELS[rule.severity],
            help="\n\n".join([*about, *(f"{label}: {text}" for label, text in told)]),
            markdown="\n\n".join([f"**{about[0]}**", *about[1:], *(f"*{label}*: {text}" for label, text in told)]),
            url=self._url(rule),
            tags=(rule.severity.value, rule.category.value, rule.form),
        )

    def _url(self, rule: RuleSummary) -> str | None:
        """Where the first of the regulations that a rule cites is published."""
        urls = {source.name: source.url for source in self._report.sources}
        return next((url for cite in rule.cites if (url := urls.get(cite.split(" ")[0])) is not None), None)

    def results(self, findings: Iterable[Finding]) -> Iterator[Json]:
        """The findings as results."""
        for finding, known in with_fingerprints(self._report.run.rulebook, findings):
            yield self._result(finding, known)

    def _result(self, finding: Finding, known: str | None) -> Json:
        rule, shown = self._rule(finding.rule), place(finding, self._report)
        failed = _KINDS[finding.verdict] == "fail"
        result: Json = {
            "ruleId": finding.rule,
            "ruleIndex": self._numbers[finding.rule],
            "kind": _KINDS[finding.verdict],
            "level": LEVELS[finding.severity].value if failed else "none",
            "message": {"text": sentence(f"{self._subject(finding)}: {describe(finding, rule, self.wording)}")},
            "locations": [self._location(finding, shown)],
        }
        if known is not None:
            # The one by which a service recognises what it showed before, and the one by which everybody else does.
            result["partialFingerprints"] = {"primaryLocationLineHash": f"{known}:1", "checkerFinding/v1": known}
        if related := list(self._related(finding)):
            result["relatedLocations"] = related
        if finding.steps:
            result["codeFlows"] = [self._flow(finding, shown)]
        if finding.waiver is not None:
            result["suppressions"] = [self._suppression(finding.waiver)]
        if self._report.baseline is not None and finding.verdict is Verdict.VIOLATED:
            result["baselineState"] = "unchanged" if finding.known else "new"
        result["properties"] = {
            "verdict": finding.verdict.value,
            "severity": finding.severity.value,
            "category": rule.category.value,
        } | ({} if finding.window is None else {"window": finding.window.label})
        return result

    def _subject(self, finding: Finding) -> str:
        return self.wording("submission-itself") if is_submission(finding.subject) else subject_text(finding.subject)

    def _location(self, finding: Finding, shown: Place) -> Json:
        found = location(shown, self.addresses)
        subject = finding.subject
        about = {"name": subject.id, "fullyQualifiedName": f"{subject.record}/{subject.id}", "kind": "object"}
        return {**found, "logicalLocations": [*found.get("logicalLocations", ()), about]}

    def _related(self, finding: Finding) -> Iterator[Json]:
        """The rows behind the finding, each with what part it has in it, and its cells."""
        main = main_row(finding)
        others = [row for row in finding.evidence if row is not main or row.values]
        for number, row in enumerate(others, 1):
            cells = row_text(row, self.wording)
            said = self.wording(_ROLES[row.role]) + (f": {cells}" if cells else "")
            yield location(place_of(row), self.addresses, said=said, number=number)

    def _flow(self, finding: Finding, shown: Place) -> Json:
        """The rules of the engine that fired one after the other, what each was given, and what it concluded."""
        steps = []
        for number, firing in enumerate(finding.steps, 1):
            given = "; ".join(facts_text(firing.given, self.wording))
            then = "; ".join(self.wording("so", fact=fact) for fact in facts_text(firing.then, self.wording))
            said = f"{self.wording(firing.rule)}: {given}; {then}"
            steps.append({"executionOrder": number, "location": location(shown, self.addresses, said=said)})
        return {"message": {"text": sentence(self.wording("engine"))}, "threadFlows": [{"locations": steps}]}

    def _suppression(self, waiver: Waiver) -> Json:
        return {
            "kind": "external",
            "status": "accepted",
            "justification": sentence(waiver_text(waiver, self._places)),
            "location": location(waiver.place, self.addresses),
        }

    def absent(self) -> Iterator[Json]:
        """The violations of the baseline that are none any more."""
        for each in self._report.gone:
            subject = f"#{each.digest}" if each.digest is not None else f"={each.subject}"
            said = ": ".join(filter(None, (each.subject, self._rule(each.rule).title.in_(self.wording.language))))
            known = fingerprint(self._report.run.rulebook, each.rule, subject, each.window or "", 1)
            yield {
                "ruleId": each.rule,
                "ruleIndex": self._numbers[each.rule],
                "kind": "pass",
                "level": "none",
                "baselineState": "absent",
                "message": {"text": sentence(said)},
                "locations": [location(whole(self._report), self.addresses)],
                "partialFingerprints": {"checkerFinding/v1": known},
            }
