"""Drives the program through its public calls, with rulebook and submission written to files as a user would."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from checker import api
from checker.engine.duckdb.database import Duck
from checker.model.period import Period
from checker.model.plan import Plan
from checker.model.report import Finding, Report
from checker.model.waivers import Waiver
from checker.model.words import Reason, Verdict
from checker.records.opening import open_submission
from checker.request import USUAL, CheckRequest, Tuning
from checker.rules.waivers import read_waivers
from checker.run.history import EarlierReports
from checker.supplied import earlier_reports
from tests.oracle.agreement import COUNTED, Account, Said, a_value
from tests.oracle.filed import filed
from tests.oracle.submissions import Filing


@dataclass
class Program:
    """The program with one rulebook, which it compiles once for every set of overrides."""

    folder: Path
    book: Mapping[str, Any]
    plans: dict[tuple[tuple[str, str], ...], Plan] = field(default_factory=dict)

    def account(self, filing: Filing, tuning: Tuning = USUAL) -> Account:
        """What the program says of a submission."""
        report = self.check(filing, tuning)
        return of_large(report) if tuning.small < 0 else of_program(report)

    def check(self, filing: Filing, tuning: Tuning = USUAL) -> Report:
        """The program's report; small submissions share an engine, in which each has a database of its own."""
        engine = Duck(1, tuning=tuning) if tuning.small < 0 else Duck(beside=started(), tuning=tuning)
        submission, plan = filed(self.folder, filing, self.book), self.plan(filing.overrides)
        request = CheckRequest(submission, period=filing.period.label, as_of=filing.as_of, overrides=filing.overrides)
        opened, waivers, earlier = open_submission(submission, engine.describe), self.waivers(filing), self.earlier(filing)
        return api.judge(request, plan, opened, engine=engine, waivers=waivers, earlier=earlier).assembly.report()

    def waivers(self, filing: Filing) -> tuple[Waiver, ...]:
        """The waivers, read from a file."""
        path = self.folder / "waivers.yaml"
        path.write_text(yaml.safe_dump(list(filing.waivers), allow_unicode=True), encoding="utf-8")
        plan = self.plan(filing.overrides)
        derived = [rule.id for record in plan.records for rule in record.integrity]
        return read_waivers([path], [rule.id for rule in plan.rules] + derived, plan.year_starts)

    def earlier(self, filing: Filing) -> EarlierReports:
        """The earlier report, read from a file."""
        plan, given = self.plan(filing.overrides), filing.previous
        if given is None:
            return EarlierReports()
        period = Period.parse(given["period"])
        findings = [
            {
                "rule": each["rule"],
                "verdict": "violated",
                "subject": {"id": each["subject"], "row": each.get("row")},
                "window": {"label": each["window"]} if "window" in each else None,
            }
            for each in given["violations"]
        ]
        span = {"label": period.label, "first": str(period.first), "last": str(period.last)}
        run = {"rulebook": plan.name, "rulebook_version": plan.version, "period": span, "selected": []}
        path = self.folder / "previous.json"
        report = {"format": "checker-report", "version": 1, "run": run, "findings": findings, "problems": []}
        path.write_text(json.dumps(report), encoding="utf-8")
        return earlier_reports(plan, previous=path)

    def plan(self, overrides: Mapping[str, str]) -> Plan:
        """The compiled rulebook."""
        given = tuple(sorted(overrides.items()))
        if given not in self.plans:
            text = yaml.dump(dict(self.book), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
            self.plans[given] = _compiled(text, f"{self.book['rulebook']}.yaml", given)
        return self.plans[given]


@lru_cache(maxsize=1_000)
def _compiled(text: str, name: str, overrides: tuple[tuple[str, str], ...]) -> Plan:
    """The compiled rulebook of that text; a third of the scenarios have the rulebook of another one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        return api.compile_rules(path, dict(overrides))


@cache
def started() -> Duck:
    """The engine that small submissions share."""
    return Duck(1)


def of_program(report: Report) -> Account:
    """What the program says, in the form in which the oracle says it."""
    counted: Counter[Said] = Counter()
    measured = {}
    for finding in report.findings:
        counted[said(finding)] += finding.windows
        if (
            finding.verdict not in COUNTED
            and finding.measured is not None
            and finding.measured.kind in {"count", "values", "shares", "sum", "days", "run", "occupancy"}
        ):
            low, high = finding.measured.low, finding.measured.high
            where = (finding.rule, finding.subject.id, finding.window.label if finding.window else None)
            measured[where] = (exact(low), exact(high))
    for rule in report.rules:
        if rule.form == "integrity" and rule.count(Verdict.SATISFIED):
            counted[rule.id, "", None, "satisfied", None] += rule.count(Verdict.SATISFIED)
        elif unselected := dict(rule.reasons).get(Reason.NOT_SELECTED):
            counted[rule.id, "", None, "not-applicable", "not-selected"] += unselected
    return Account(
        counted,
        measured,
        frozenset((conflict.subject.id, conflict.rule, tuple(sorted(conflict.exceptions))) for conflict in report.conflicts),
        frozenset((each.subject.id, each.standing) for each in report.standings),
        frozenset(
            a_value(
                (each.id, value.subject.id, value.window.label if value.window else None),
                str(value.reason or value.state),
                *map(exact, (value.low, value.high, *chain(*value.ratio))),
            )
            for each in report.indicators
            for value in each.values
        )
        | {(each.id, "submission", "", "not-submitted", "") for each in report.indicators if not each.told},
    )


def of_large(report: Report) -> Account:
    """What the program says of a submission of which it counts what is satisfied, or does not apply."""
    account = of_program(report)
    said = Counter({key: times for key, times in account.said.items() if key[3] not in COUNTED})
    for rule in report.rules:
        said.update({(rule.id, "", None, str(verdict), None): rule.count(verdict) for verdict in COUNTED if rule.count(verdict)})
    assert {verdict for verdict, _ in report.left_out} <= COUNTED
    return replace(account, said=said)


def said(finding: Finding) -> Said:
    """A finding in the common form."""
    window = finding.window.label if finding.window and finding.verdict not in COUNTED else None
    reason = str(finding.reason) if finding.verdict is Verdict.NOT_APPLICABLE else None
    return (finding.rule, finding.subject.id, window, str(finding.verdict), reason)


def exact(value: object) -> Fraction | None:
    """An exact number; None where it is infinite."""
    return None if value is None else Fraction(str(value))
