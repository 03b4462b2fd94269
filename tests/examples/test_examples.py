"""The shipped examples: the published figures come out, and of the faults exactly those that were seeded."""

import subprocess
import sys
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from checker import api
from checker.model.report import INTEGRITY, Finding, Report
from checker.model.words import Reason, Verdict
from tests.examples.seeded import EXAMPLES, amiss, key, seeded, stated

FORMS = ("rach-gia-2019", "rach-gia-2019.xlsx", "rach-gia-2019.yaml")
YEAR_END = date(2019, 12, 31)


@cache
def report(name: str, as_of: date | None = None) -> Report:
    return api.check(EXAMPLES / name, as_of=as_of)


def found(name: str, rule: str, window: str | None = None) -> list[Finding]:
    labels = (window,) if window else (None, "2019-H1")
    return [
        finding
        for finding in report(name).findings
        if finding.rule == rule and (finding.window.label if finding.window else None) in labels
    ]


@pytest.mark.parametrize("as_of", [None, YEAR_END])
@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_violated_or_undetermined(name: str, as_of: date | None) -> None:
    judged = report(name, as_of)
    assert [judged.count(verdict) for verdict in (Verdict.VIOLATED, Verdict.UNDETERMINED)] == [0, 0]
    pending = {finding.rule for finding in judged.findings if finding.verdict is Verdict.PENDING}
    assert ("committee-monthly" in pending) == (as_of is None)
    in_2020 = {"admissions-reach-target", "recognition-reviewed-in-time"}
    assert as_of is None or pending == in_2020, "the term, and with it the target, ends in 2020; so does the probation of some"
    assert judged.problems == ()


@pytest.mark.parametrize("as_of", [None, YEAR_END])
@pytest.mark.parametrize("name", FORMS[1:])
def test_the_three_forms_give_the_same_verdicts(name: str, as_of: date | None) -> None:
    def verdicts(judged: Report) -> list[tuple[object, ...]]:
        return sorted(
            (finding.rule, finding.subject.id, str(finding.window), finding.verdict, finding.measured, finding.required)
            for finding in judged.findings
        )

    assert verdicts(report(name, as_of)) == verdicts(report(FORMS[0], as_of))


@pytest.mark.parametrize(
    ("rule", "share"),
    [("city-committee-attendance", Fraction(9876, 10000)), ("city-cell-attendance", Fraction(965, 1000))],
)
def test_published_rates_are_measured_exactly(rule: str, share: Fraction) -> None:
    ((measured, verdict),) = [(finding.measured, finding.verdict) for finding in found(FORMS[0], rule)]
    assert measured is not None
    assert verdict is Verdict.SATISFIED
    assert Fraction(str(measured.low)) / Fraction(str(measured.whole_low)) == share


@pytest.mark.parametrize(("rule", "number"), [("total-grassroots", 52), ("hamlets-covered", 72), ("total-admissions", 866)])
def test_published_totals_are_measured(rule: str, number: int) -> None:
    assert number in {finding.measured.low for finding in found(FORMS[0], rule) if finding.measured is not None}


def test_year_end_duties_are_pending_at_mid_year() -> None:
    year_end = [finding for finding in report(FORMS[0]).findings if finding.rule == "plenary-year-end-summary"]
    assert {(finding.verdict, finding.due) for finding in year_end if finding.verdict is not Verdict.NOT_APPLICABLE} == {
        (Verdict.PENDING, YEAR_END)
    }


def test_exactly_the_seeded_faults_are_found() -> None:
    assert amiss(report("rach-gia-2019-faulty")) == stated("rach-gia-2019-faulty")


def test_every_rule_has_a_seeded_fault() -> None:
    """Or, of the mean of all meetings, which no single one decides, a near-fault; of rules that were in force in 2019."""
    summaries = [rule for rule in report("rach-gia-2019-faulty").rules if rule.form != INTEGRITY]
    rules = {rule.id for rule in summaries if not dict(rule.reasons).get(Reason.NOT_IN_FORCE)}
    assert rules - {rule for rule, _, _ in seeded("rach-gia-2019-faulty")} == set()


def test_near_faults_are_satisfied() -> None:
    judged = report("rach-gia-2019-faulty")
    for (rule, subject, window), verdict in seeded("rach-gia-2019-faulty").items():
        if verdict != Verdict.SATISFIED:
            continue
        of_rule = [finding for finding in judged.findings if (finding.rule, finding.subject.id) == (rule, subject)]
        assert not [finding for finding in of_rule if key(finding)[2] == window and finding.verdict is not Verdict.SATISFIED]
        assert [finding for finding in of_rule if finding.verdict is Verdict.SATISFIED], (rule, subject, window)


def test_examples_are_what_their_script_makes() -> None:
    run = subprocess.run([sys.executable, EXAMPLES / "make.py", "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_same_input_gives_the_same_report() -> None:
    assert api.check(EXAMPLES / FORMS[0]) == report(FORMS[0])
