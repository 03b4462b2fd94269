"""The report as JUnit's XML: a suite for each rule, a case for each finding that it lists.

What makes the exit code 1 has failed, and what makes it 3 or 2 is in error; what else is not in order is skipped, and says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TextIO

from checker.errors import Problem
from checker.model.report import Finding, Report, RuleSummary
from checker.model.words import GRAVEST, Verdict
from checker.report import Presentation
from checker.report.check.text import exit_text
from checker.report.check.text_waivers import waiver_text
from checker.report.ci.addresses import Addresses
from checker.report.ci.junit import Case, Outcome, Suite, write_suites
from checker.report.ci.places import place
from checker.report.corrections import causes_of
from checker.report.exit import grave_enough, must_be_decided, nothing_judged
from checker.report.grouping import body_text, is_submission, subject_text
from checker.report.narrowing import narrowed
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe
from checker.report.say.places import Places
from checker.report.say.wording import Wording


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes the suites."""
    report = narrowed(report, presentation.narrowing)
    writer = _Suites(report, presentation)
    write_suites(f"checker: {report.run.rulebook}", [*writer.of_submission(), *writer.of_rules()], stream)


class _Suites:
    """Makes suites of rules and cases of findings."""

    def __init__(self, report: Report, presentation: Presentation) -> None:
        self._report = report
        self._presentation = presentation
        self._addresses = Addresses(presentation.root)
        self._wording = Wording(report.run.language, report.names)
        self._places = Places(report.run.submission, self._wording)

    def of_submission(self) -> Iterator[Suite]:
        """What could not be read, what probably says why something is missing, and that nothing was judged, if so."""
        cases = [self._problem(problem, "error") for problem in self._report.problems]
        cases += [self._problem(cause, "skipped") for cause in causes_of(self._report)]
        if nothing_judged(self._report):
            said = exit_text(self._report, self._wording, self._presentation)
            cases.append(Case(self._wording("findings-nothing"), "error", said, kind="nothing-judged"))
        yield Suite("submission", cases)

    def _problem(self, problem: Problem, outcome: Outcome) -> Case:
        at = problem.place
        name = f"{at.in_(self._wording)}: {problem.code}" if at else problem.code
        where = (None, None) if at is None else (self._addresses.path(at.file), at.line)
        said = problem.message_in(self._wording)
        return Case(name, outcome, said, f"{said}\n{problem.fix_in(self._wording)}", problem.code, *where)

    def of_rules(self) -> Iterator[Suite]:
        """The rules in the order of the rulebook; each that has come to nothing says so."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self._report.findings:
            found[finding.rule].append(finding)
        for rule in self._report.rules:
            cases = [self._case(finding, rule) for finding in found[rule.id]]
            if self._presentation.narrowing.body is None:
                cases += self._counted(rule, found[rule.id])
            if rule.unchanged and self._report.run.since is not None:
                said = self._wording("junit-unchanged", n=rule.unchanged, name=self._report.run.since.name)
                cases.append(Case(said, "skipped", said))
            if not cases and rule.own and not rule.counts:
                cases.append(Case(self._wording("not-judged"), "skipped", rule.why_none or self._wording("not-judged")))
            facts = [("title", rule.title.in_(self._wording.language)), ("clause", clause_text(rule, self._wording))]
            yield Suite(rule.id, cases, [fact for fact in facts if fact[1]])

    def _case(self, finding: Finding, rule: RuleSummary) -> Case:
        subject, window = finding.subject, finding.window
        name = self._wording("submission-itself") if is_submission(subject) else subject_text(subject)
        said, shown = describe(finding, rule, self._wording), place(finding, self._report)
        outcome = self._outcome(finding.verdict, rule, known=finding.known)
        told = "" if outcome == "passed" else self._told(finding, rule, said)
        return Case(
            name=name if window is None else f"{name} · {window.label}",
            outcome=outcome,
            said=f"{self._wording(finding.verdict.value)}: {said}",
            text=told,
            kind=finding.verdict.value,
            file=self._addresses.path(shown.file),
            line=shown.line,
        )

    def _counted(self, rule: RuleSummary, findings: list[Finding]) -> Iterator[Case]:
        """What the report counts and does not list, one case for each verdict."""
        for verdict in GRAVEST:
            n = rule.count(verdict) - sum(each.windows for each in findings if each.verdict is verdict)
            if n > 0:
                said = self._wording("junit-counted", verdict=self._wording(verdict.value), n=n)
                yield Case(said, self._outcome(verdict, rule, known=rule.new == 0), said, kind=verdict.value)

    def _outcome(self, verdict: Verdict, rule: RuleSummary, *, known: bool) -> Outcome:
        match verdict:
            case Verdict.SATISFIED:
                return "passed"
            case Verdict.VIOLATED:
                asked = self._presentation
                return "failure" if not known and grave_enough(rule, asked.fail_on, asked.fail_on_data) else "skipped"
            case Verdict.UNDETERMINED:
                return "error" if must_be_decided(rule, self._presentation) else "skipped"
            case Verdict.WAIVED | Verdict.PENDING | Verdict.NOT_APPLICABLE:
                return "skipped"

    def _told(self, finding: Finding, rule: RuleSummary, said: str) -> str:
        """All that a reader needs, a fact on each line."""
        wording = self._wording
        lines = [f"{wording(finding.verdict.value)} ({wording(rule.severity.value)}): {said}"]
        facts = [
            ("clause", clause_text(rule, wording)),
            ("column-body", body_text(finding.subject.path) if finding.subject.path else ""),
            ("where", self._places.many(finding.evidence, finding.evidence_left_out) if finding.evidence else ""),
            ("remedy", rule.remedy.in_(wording.language)),
        ]
        lines += [f"{wording(key)}: {text}" for key, text in facts if text]
        if finding.waiver is not None:
            lines.append(waiver_text(finding.waiver, self._places))
        return "\n".join(lines)
