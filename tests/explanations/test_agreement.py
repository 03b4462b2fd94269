"""What an explanation says never contradicts the report: each finding of a check is a finding of the explanation."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from checker import api
from checker.explanations import explain, find_rule
from checker.explanations.judgements import Judgements
from checker.model.explanation import SubjectAccount
from checker.model.period import Period
from checker.model.report import Finding, Report, Unlisted
from checker.model.words import Verdict
from checker.records.opening import open_submission
from checker.request import CheckRequest, Tuning
from checker.rules.loading import load
from checker.rules.rulebook import Rulebook

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "rules" / "vn-party-grassroots"
EXAMPLES = ["rach-gia-2019", "rach-gia-2019-faulty"]
OF_A_KIND = 2
"""Of how many subjects each kind of finding of a rule is compared."""


@cache
def judged(example: str) -> tuple[api.Judged, Report]:
    submission = ROOT / "examples" / example
    made = api.judge(CheckRequest(submission), api.compile_rules(BOOK), open_submission(submission))
    return made, made.assembly.report()


@cache
def book() -> Rulebook:
    return load(BOOK)


def bare(finding: Finding) -> Finding:
    """The finding without its rows."""
    return finding._replace(evidence=(), evidence_left_out=0, could_decide_unlisted=Unlisted())


def agreed(own: Finding, finding: Finding) -> Finding:
    """What is explained, less what a report leaves out of such a finding.

    Of one that is satisfied that is the day it was due by, of one that is pending how many rows are there beside.
    """
    own = bare(own)
    if finding.verdict is Verdict.SATISFIED:
        return own._replace(due=finding.due)
    return own._replace(beside=0) if finding.verdict is Verdict.PENDING else own


def stands_for(finding: Finding, judgement: Finding) -> bool:
    """Whether a finding of a report, which may stand for several windows, stands for that one."""
    if (finding.verdict, finding.reason, finding.because) != (judgement.verdict, judgement.reason, judgement.because):
        return False
    if finding.window is None or judgement.window is None:
        return finding.window is judgement.window
    return finding.window.first <= judgement.window.first and judgement.window.last <= finding.window.last


def compared(report: Report, rule: str) -> dict[tuple[int, str], list[Finding]]:
    """The findings of the first subjects of each kind, by subject."""
    by_subject: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.rule == rule:
            by_subject[finding.subject.row or 0, finding.subject.id].append(finding)
    kinds: dict[object, int] = defaultdict(int)
    chosen = {}
    for subject, findings in by_subject.items():
        kind = frozenset((finding.verdict, finding.reason) for finding in findings)
        kinds[kind] += 1
        if kinds[kind] <= OF_A_KIND or Verdict.UNDETERMINED in {finding.verdict for finding in findings}:
            chosen[subject] = findings
    return chosen


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_finding_of_a_check_is_explained_as_it_is(example: str) -> None:
    made, report = judged(example)
    plan = made.assembly.measurement.plan
    seen = 0
    for summary in report.rules:
        judgements = Judgements(made, book(), find_rule(plan, summary.id), None)
        chosen = compared(report, summary.id)
        rows = [row for row, _ in chosen]
        accounts = {account.subject.row or 0: account for account in judgements.subjects(rows, None)} if rows else {}
        for (row, _), findings in chosen.items():
            seen += len(findings)
            assert_agrees(accounts[row], findings)
    assert seen > 100


def assert_agrees(account: SubjectAccount, findings: list[Finding]) -> None:
    explained = [judgement.finding for judgement in account.judgements]
    for finding in findings:
        same = [each for each in explained if stands_for(finding, each)]
        assert len(same) == finding.windows
        if finding.windows == 1 and finding.verdict is not Verdict.NOT_APPLICABLE:
            (own,) = same
            assert agreed(own, finding) == bare(finding)
        if finding.evidence:
            (own,) = same
            assert own.evidence[: len(finding.evidence)] == finding.evidence
            assert len(own.evidence) == len(finding.evidence) + finding.evidence_left_out
    assert len(explained) == sum(finding.windows for finding in findings)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_firings_conclude_the_verdict(example: str) -> None:
    made, report = judged(example)
    plan = made.assembly.measurement.plan
    for rule in ("cell-monthly", "cell-quarterly", "under-thirty-form-cell"):
        judgements = Judgements(made, book(), find_rule(plan, rule), None)
        rows = [row for row, _ in compared(report, rule)]
        for account in judgements.subjects(rows, None):
            for judgement in account.judgements:
                concluded = [dict(fact.fields).get("verdict") for firing in judgement.firings for fact in firing.then]
                assert concluded[-1] == judgement.finding.verdict


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_overview_adds_up(example: str) -> None:
    made, report = judged(example)
    plan = made.assembly.measurement.plan
    for summary in report.rules:
        said = Judgements(made, book(), find_rule(plan, summary.id), None).verdicts()
        for verdict in Verdict:
            assert sum(each.findings for each in said if each.verdict is verdict) == summary.count(verdict), summary.id


def test_what_is_satisfied_is_explained_of_a_large_submission_too() -> None:
    faulty = ROOT / "examples" / "rach-gia-2019-faulty"
    made = explain(
        "cell-monthly", CheckRequest(faulty, BOOK, tuning=Tuning(small=-1)), subject="AH-TH4", window=Period.parse("2019-01")
    )
    ((judgement,),) = (subject.judgements for subject in made.subjects)
    assert judgement.finding.verdict is Verdict.SATISFIED
