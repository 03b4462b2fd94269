"""`checker test` on a small rulebook: what fails, what lacks a case, and the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli.main import program
from tests.tiny import TINY

RULES = (
    TINY
    + """\
  - {id: peopled, title: Peopled, cites: law art. 1, for: organisations, require: {condition: {that: members > 0}}}
  - {id: large, title: Large, cites: law art. 2, for: organisations, require: {condition: {that: members > 9}}}
"""
)
CASES = """\
- {name: some, period: 2019, tables: {organisations: [{id: A, members: 5}]}, expect: satisfied}
- {name: none, period: 2019, tables: {organisations: [{id: A, members: 0}]}, expect: {A: violated}}
- {name: not told, period: 2019, tables: {organisations: [{id: A}]}, expect: undetermined}
- {name: not yet, period: 2019, as_of: 2018-12-31, tables: {organisations: [{id: A, members: 0}]}, expect: pending}
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny" / "cases").mkdir(parents=True)
    (tmp_path / "tiny" / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "tiny" / "cases" / "peopled.yaml").write_text(CASES, encoding="utf-8")


def tried(*options: str) -> Result:
    return CliRunner().invoke(program, ["test", "tiny", *options], prog_name="checker")


def test_all_as_stated() -> None:
    result = tried()
    assert (result.exit_code, result.output) == (0, "tiny: 4 cases of 1 rule, none not as stated\n")


def test_the_same_is_said_however_many_processes_there_are(tmp_path: Path) -> None:
    cases = tmp_path / "tiny" / "cases"
    (cases / "large.yaml").write_text(CASES.replace("{A: violated}", "{A: pending}"), encoding="utf-8")
    one, two = tried("--jobs", "1"), tried("--jobs", "2")
    assert (one.exit_code, two.exit_code) == (1, 1)
    assert one.output == two.output
    lines = one.output.splitlines()
    assert [line for line in lines if line.startswith("tiny/")] == [
        "tiny/cases/large.yaml:1:3: large: some",
        "tiny/cases/large.yaml:2:3: large: none",
    ]
    assert lines[-1] == "tiny: 8 cases of 2 rules, 2 not as stated"


def test_names_of_tables_in_a_text_are_none(tmp_path: Path) -> None:
    odd = RULES.replace("members > 0", """"members > 0 or id = 'see \\"t_zzz\\" $strays \\"s\\".x'" """)
    (tmp_path / "tiny" / "rules.yaml").write_text(odd, encoding="utf-8")
    result = tried()
    assert (result.exit_code, result.output) == (0, "tiny: 4 cases of 1 rule, none not as stated\n")


def test_a_rule_without_cases_is_covered_by_none() -> None:
    result = tried("--coverage")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "peopled  satisfied, violated, undetermined, pending",
        "large    no case",
        "  tiny/rules.yaml:8:5: no case is satisfied, violated or undetermined",
        "  it can also be pending, and no case is",
        "",
        "tiny: 4 cases of 1 rule, none not as stated",
    ]


def test_a_case_that_is_not_as_stated_is_shown_with_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "tiny" / "cases" / "peopled.yaml"
    file.write_text(CASES.replace("{A: violated}", "{A: satisfied}"), encoding="utf-8")
    result = tried()
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "tiny/cases/peopled.yaml:2:3: peopled: none",
        "  A: satisfied is stated, violated was found",
        "    Not as required: members is '0' (required: members is more than 0)",
        "",
        "tiny: 4 cases of 1 rule, 1 not as stated",
    ]


def test_no_case_is_no_success() -> None:
    assert tried("--select", "large").exit_code == 3


def test_a_case_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "tiny" / "cases" / "peopled.yaml").write_text(
        CASES.replace("expect: satisfied", "expect: fine"), encoding="utf-8"
    )
    result = tried()
    assert result.exit_code == 2
    assert "peopled.yaml:1:" in result.output
    assert "'fine' is not a verdict" in result.output


def test_an_unknown_rule_is_no_success() -> None:
    result = tried("--select", "peopel")
    assert result.exit_code == 2
    assert "Did you mean 'peopled'?" in result.output


GAPS = """\
rulebook: tiny
title: Tiny
sources: {law: {title: Law}}
records:
  organisations: {key: id, fields: {id: {}}}
  visits: {date: day, fields: {organisation: {ref: organisations}, day: {type: date}}}
rules:
  - id: visited
    title: Visited
    cites: law art. 1
    for: organisations
    require: {spacing: {of: visits, at_most: 100d}}
"""


def test_a_name_that_no_gap_has_is_a_mistake_of_the_case(tmp_path: Path) -> None:
    (tmp_path / "tiny" / "rules.yaml").write_text(GAPS, encoding="utf-8")
    cases = tmp_path / "tiny" / "cases"
    (cases / "peopled.yaml").unlink()
    a_case = "- {name: twice, period: 2019-Q1, tables: {organisations: [{id: A}], visits: [{organisation: A, day: 2019-02-01}]},"
    said = "expect: {A: {2019-01-02..2019-02-01: not-applicable, 2019-01-01..2019-02-01: satisfied}}}"
    (cases / "visited.yaml").write_text(f"{a_case} {said}\n", encoding="utf-8")
    result = tried()
    assert result.exit_code == 1
    assert result.output.splitlines()[:3] == [
        "tiny/cases/visited.yaml:1:3: visited: twice",
        "  A has no gap, run or term of office 2019-01-02..2019-02-01: there is",
        "    2019-01-01..2019-02-01, 2019-02-01..2019-03-31",
    ]
