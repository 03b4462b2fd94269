"""What a case expects is there: a subject among its rows, a window of its period; a gap by the name that reports use."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RulesError
from checker.rules.cases import load_cases
from checker.rules.loading import load
from checker.trials import try_cases

BOOK = """
rulebook: club
title: Club
body: branches
sources: {statutes: {title: Statutes}}
records:
  branches: {key: id, fields: {id: , members: {type: integer}}}
  meetings: {date: date, fields: {branch: {ref: branches, required: true}, date: {type: date, required: true}}}
rules:
  - {id: yearly, title: T, cites: statutes 1, for: branches, require: {frequency: {of: meetings, per: year, at_least: 1}}}
  - {id: apart, title: T, cites: statutes 1, for: branches, require: {spacing: {of: meetings, at_most: 4 months}}}
  - {id: some, title: T, cites: statutes 1, for: branches, require: {condition: {that: members > 0}}}
"""
CASE = """
- name: one
  period: 2019
  tables:
    branches: [{id: A, members: 1}]
    meetings:
      - {branch: A, date: 2018-10-01}
      - {branch: A, date: 2019-04-20}
      - {branch: A, date: 2019-08-01}
      - {branch: A, date: 2019-11-01}
"""


def folder(path: Path, rule: str, expect: str) -> Path:
    (path / "cases").mkdir()
    (path / "rules.yaml").write_text(BOOK, encoding="utf-8")
    (path / "cases" / f"{rule}.yaml").write_text(f"{CASE}  expect: {expect}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rule", "expect", "what"),
    [
        ("yearly", "{B: not-applicable}", "no row of branches is 'B' in this case"),
        ("yearly", "{A: {2018: not-applicable}}", "the rule has no window '2018' in 2019"),
        ("yearly", "{A: {2019-03: not-applicable}}", "the rule has no window '2019-03' in 2019"),
        ("some", "{A: {2019: not-applicable}}", "the rule has no windows"),
    ],
)
def test_what_no_case_can_have_is_a_mistake_in_it(tmp_path: Path, rule: str, expect: str, what: str) -> None:
    source = folder(tmp_path, rule, expect)
    with pytest.raises(RulesError) as raised:
        load_cases(source, load(source))
    [problem] = raised.value.problems
    assert str(problem.message) == what


@pytest.mark.parametrize(
    ("rule", "expect"),
    [
        ("yearly", "{A: {2019: satisfied}}"),
        ("some", "{A: satisfied}"),
        (
            "apart",
            "{A: {2018-10-01..2019-04-20: violated, 2019-11-01..2019-12-31: satisfied}}",
        ),
    ],
)
def test_windows_are_named_as_reports_name_them(tmp_path: Path, rule: str, expect: str) -> None:
    assert try_cases(str(folder(tmp_path, rule, expect))).failed == ()
