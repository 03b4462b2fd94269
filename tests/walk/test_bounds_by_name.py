"""What reports say of rules that indicators bound: the bound, the expression that gave it, and what the indicators are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from checker import api
from checker.model.indicators import IndicatorState
from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.check.text import write

RULES = """\
rulebook: tiny
languages: [en, vi]
title: {en: Tiny, vi: Nhỏ}
sources: {law: {title: Law}}
records:
  branches: {key: id, fields: {id: {}, quota: {type: number}}}
  people:
    key: id
    lifespan: {from: joined, until: left}
    fields: {id: {}, branch: {ref: branches}, woman: {type: boolean}, joined: {type: date}, left: {type: date}}
indicators:
  - {id: all-there, title: {en: People there, vi: Số người}, for: branches, measure: {count: {of: people}}}
  - {id: women, title: {en: Share of women, vi: Tỷ lệ nữ}, for: branches, measure: {share: {of: people, that: woman}}}
rules:
  - id: quota
    cites: law art. 1
    for: branches
    require: {share: {of: people, that: woman, at_least: quota / 100}}
  - id: men
    cites: law art. 2
    for: branches
    require: {share: {of: people, that: not woman, at_most: women - 10%}}
  - id: always
    cites: law art. 3
    for: branches
    require: {occupancy: {of: people, where: woman, at_least: all_there / 2, round: up}}
  - id: declared
    cites: law art. 4
    for: branches
    require: {total: {of: people, where: woman, declared: all_there, count: true}}
"""


def checked(tmp_path: Path, language: str) -> Report:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "branches.csv").write_text("id,quota\nA,75\n", encoding="utf-8")
    people = "id,branch,woman,joined,left\n1,A,yes,2019-03-01,\n2,A,no,2015-01-01,\n"
    (tmp_path / "people.csv").write_text(people, encoding="utf-8")
    return api.check(tmp_path, tmp_path / "rules.yaml", period="2019", as_of="2019-12-31", language=language)


def text(report: Report) -> str:
    stream = io.StringIO()
    write(report, stream, Presentation())
    return " ".join(stream.getvalue().split())


def the(report: Report, rule: str) -> Finding:
    return next(finding for finding in report.findings if finding.rule == rule and finding.verdict is Verdict.VIOLATED)


def test_findings_have_the_indicators_that_made_the_bound(tmp_path: Path) -> None:
    report = checked(tmp_path, "en")
    named = {rule: [(each.indicator, each.low, each.high, each.state) for each in the(report, rule).named] for rule in _NAMING}
    assert named == _NAMING


_NAMING = {
    "quota": [],
    "men": [("women", 0.5, 0.5, IndicatorState.VALUE)],
    "always": [("all-there", 2, 2, IndicatorState.VALUE)],
    "declared": [("all-there", 2, 2, IndicatorState.VALUE)],
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "(at least 75% [“quota” / 100] required)",
                "(at most 40% [“Share of women” - 10%] required); Share of women: 50%",
                "at least 1 [“People there” / 2, rounded up]",
            ],
        ),
        (
            "vi",
            [
                "(yêu cầu ít nhất 75% [“quota” / 100])",
                "(yêu cầu không quá 40% [“Tỷ lệ nữ” - 10%]); Tỷ lệ nữ: 50%",
                "ít nhất 1 [“Số người” / 2, làm tròn lên]",
            ],
        ),
    ],
)
def test_a_bound_is_said_with_the_expression_that_gave_it(tmp_path: Path, language: str, said: list[str]) -> None:
    found = text(checked(tmp_path, language))
    assert [each for each in said if each not in found] == []
