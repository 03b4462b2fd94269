"""Every case of every shipped rulebook gives the verdict that it states, and every rule has the cases it needs."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.model.report import Finding
from checker.model.words import Verdict
from checker.records import open_submission
from checker.rules.cases import RuleCase, load_cases
from checker.rules.loading import load
from checker.rules.shelf import rules_folder, shipped_names

GRAVEST = ("violated", "undetermined", "pending", "waived", "satisfied", "not-applicable")
NEEDED = {Verdict.SATISFIED, Verdict.VIOLATED, Verdict.UNDETERMINED}


def cases() -> Iterator[tuple[Path, RuleCase]]:
    for name in shipped_names(rules_folder()):
        book = rules_folder() / name
        for case in load_cases(book, load(book)):
            yield book, case


CASES = list(cases())


def findings(book: Path, case: RuleCase, folder: Path) -> list[Finding]:
    file = folder / "submission.json"
    tables = {name: [dict(row) for row in rows] for name, rows in case.tables.items()}
    file.write_text(json.dumps({"submission": {}, "tables": tables}, ensure_ascii=False), encoding="utf-8")
    as_of: date = case.as_of or case.period.last
    plan = api.compile_rules(book, case.overrides)
    report = api.evaluate(plan, open_submission(file), as_of=as_of, period=case.period, select=[case.rule])
    rule = next(rule for rule in report.rules if rule.id == case.rule)
    listed = [finding for finding in report.findings if finding.rule == case.rule]
    assert listed or rule.count(Verdict.NOT_APPLICABLE)
    return listed


@pytest.mark.parametrize(("book", "case"), CASES, ids=[f"{case.rule}: {case.name}" for _, case in CASES])
def test_case(book: Path, case: RuleCase, tmp_path: Path) -> None:
    listed = findings(book, case, tmp_path)
    for expected in case.expect:
        of_subject = [
            finding
            for finding in listed
            if expected.subject in {None, finding.subject.id} and (expected.window is None or covers(finding, expected.window))
        ]
        verdicts = sorted((str(finding.verdict) for finding in of_subject), key=GRAVEST.index)
        assert (verdicts or ["not-applicable"])[0] == expected.verdict, (expected, verdicts)


def covers(finding: Finding, window: str) -> bool:
    """Whether the finding is about the window: one that stands for many covers all between its first and its last."""
    if finding.window is None:
        return False
    first, _, last = finding.window.label.partition("..")
    return first <= window <= (last or first)


def test_every_rule_has_a_satisfied_a_violated_and_an_undetermined_case() -> None:
    shown: dict[str, set[Verdict]] = {}
    for _, case in CASES:
        shown.setdefault(case.rule, set()).update(expected.verdict for expected in case.expect)
    for name in shipped_names(rules_folder()):
        for rule in load(rules_folder() / name).rules:
            assert shown.get(rule.id, set()) >= NEEDED, rule.id
