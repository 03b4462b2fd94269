"""A rulebook that extends another, walked from its files to a report: the cache, the cases and what is told of origins."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from checker import api
from checker.model.law import Change, Origin
from checker.model.period import Period
from checker.model.words import Verdict
from checker.plan_cache import compiled
from checker.report import Presentation
from checker.report.formats import CHECK
from checker.trials import try_cases

BASE = """\
rulebook: base
title: {en: The base, vi: Nền}
languages: [en, vi]
uses: [organisations]
sources: {law: {title: The law}}
rules:
  - {id: meets, cites: law art. 1, for: organisations, require: {frequency: {of: held-meeting, per: year, at_least: 1}}}
  - {id: named, cites: law art. 2, for: organisations, require: {condition: {that: name is not null}}}
"""
ABOVE = """\
rulebook: above
title: Above
extends: ./base
sources: {decree: {title: The decree}}
rules: [{id: meets, cites: decree art. 1, require: {frequency: {at_least: 2}}}]
"""
CASE = """\
- name: once
  period: 2019
  tables: {organisations: [{id: A, name: Alpha}], meetings: [{id: 1, organisation: A, date: 2019-02-01}]}
  expect: %s
- name: never
  period: 2019
  tables: {organisations: [{id: A, name: }], meetings: []}
  expect: violated
"""


@pytest.fixture
def above(tmp_path: Path) -> Path:
    (tmp_path / "base" / "cases").mkdir(parents=True)
    (tmp_path / "base" / "rules.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "base" / "cases" / "meets.yaml").write_text(CASE % "satisfied", encoding="utf-8")
    (tmp_path / "above.yaml").write_text(ABOVE, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "organisations.csv").write_text("id,name\nA,Alpha\n", encoding="utf-8")
    (tmp_path / "data" / "meetings.csv").write_text("id,organisation,date\n1,A,2019-02-01\n", encoding="utf-8")
    return tmp_path / "above.yaml"


def test_a_change_below_makes_the_plan_anew(above: Path) -> None:
    before = compiled(above, {})
    assert compiled(above, {}) == before
    file = above.parent / "base" / "rules.yaml"
    file.write_text(BASE.replace("law art. 2", "law art. 3"), encoding="utf-8")
    assert [rule.cites for rule in compiled(above, {}).rules] == [("law art. 1", "decree art. 1"), ("law art. 3",)]
    (above.parent / "base" / "more.yaml").write_text("terms: {top: {of: organisations}}\n", encoding="utf-8")
    file.write_text(BASE, encoding="utf-8")
    assert compiled(above, {}) == before


def test_what_the_base_forbids_stays_forbidden(above: Path) -> None:
    tried = try_cases(str(above))
    assert [(trial.case.name, trial.failures) for trial in tried.trials] == [("never", ())]
    assert len(try_cases(str(above.parent / "base")).trials) == 2


@pytest.mark.parametrize(
    ("language", "said"), [("en", "from base, tightened by above"), ("vi", "từ base, được above quy định chặt hơn")]
)
def test_a_report_tells_from_where_a_rule_is(above: Path, language: str, said: str) -> None:
    report = api.check(
        above.parent / "data", above, period=Period.parse("2019"), as_of=Period.parse("2019").last, language=language
    )
    (finding,) = [finding for finding in report.findings if finding.verdict is Verdict.VIOLATED]
    summary = next(rule for rule in report.rules if rule.id == finding.rule)
    assert summary.origin == Origin("base", (("above", Change.TIGHTENED),))
    text, data = io.StringIO(), io.StringIO()
    CHECK["text"](report, text, Presentation())
    CHECK["json"](report, data, Presentation())
    assert f"\n  {said}\n" in text.getvalue()
    assert '"origin": {"rulebook": "base", "changes": [{"rulebook": "above", "change": "tightened"}]}' in data.getvalue()
