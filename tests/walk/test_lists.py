"""Several values in one cell: what is told of each, in which files they may stand, and what cannot be written of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from checker import api
from checker.cli.main import program
from checker.errors import RulesError

RULES = """\
rulebook: club
title: Club
body: branches
sources: {statutes: {title: Statutes}}
records:
  branches:
    key: id
    fields:
      id:
      name:
      deputies: {title: Deputies, ref: people, list: ";,"}
      topics: {title: Topics, enum: {budget: [money], staff: []}, list: ";"}
      notes:
  people: {key: id, fields: {id: , name: }}
rules:
  - {id: r, title: Has two deputies, cites: statutes § 1, for: branches, require: {condition: {that: "count(deputies) >= 2"}}}
"""
PEOPLE = [{"id": "P1"}, {"id": "P2"}, {"id": "P;3"}]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path / "rules.yaml"


def filed(folder: Path, branches: list[dict[str, object]]) -> Path:
    tables = {"branches": branches, "people": PEOPLE}
    (folder / "s.json").write_text(json.dumps({"submission": {"period": "2019"}, "tables": tables}), encoding="utf-8")
    return folder / "s.json"


def verdicts(submission: Path, rules: Path) -> dict[str, str]:
    report = api.check(submission, rules, as_of=date(2019, 12, 31))
    return {str(each.subject.id): each.verdict.value for each in report.findings if each.rule == "r"}


def test_signs_part_elements_and_a_list_is_one(tmp_path: Path, rules: Path) -> None:
    branches: list[dict[str, object]] = [
        {"id": "A", "deputies": "P1;P2"},
        {"id": "B", "deputies": " P1 , P2,"},
        {"id": "C", "deputies": ["P1", " P2 ", ""]},
        {"id": "D", "deputies": ["P1", "P1"]},
        {"id": "E", "deputies": []},
        {"id": "F", "deputies": ["P;3", "P1"]},
        {"id": "G", "deputies": ["P1", {"name": "P2"}]},
        {"id": "H"},
    ]
    expected = dict.fromkeys("ABCF", "satisfied") | dict.fromkeys("DEH", "violated") | {"G": "undetermined"}
    assert verdicts(filed(tmp_path, branches), rules) == expected
    report = api.check(filed(tmp_path, branches), rules, as_of=date(2019, 12, 31))
    references = [each for each in report.findings if each.rule == "records/branches/deputies/reference"]
    assert [each.verdict.value for each in references] == []


def test_a_parquet_file_has_them_too(tmp_path: Path, rules: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    rows = "('A', 'P1;P2'), ('B', 'P1'), ('C', ' ;')"
    duckdb.sql(f"COPY (FROM (VALUES {rows}) AS t(id, deputies)) TO '{folder / 'branches.parquet'}'")
    duckdb.sql(f"COPY (FROM (VALUES ('P1'), ('P2')) AS t(id)) TO '{folder / 'people.parquet'}'")
    (folder / "submission.yaml").write_text("period: 2019", encoding="utf-8")
    assert verdicts(folder, rules) == {"A": "satisfied", "B": "violated", "C": "violated"}


def test_each_element_that_is_wrong_is_named_by_itself(tmp_path: Path, rules: Path) -> None:
    branches: list[dict[str, object]] = [
        {"id": "A", "deputies": "P1;P7;p2", "topics": "Budget; weather"},
        {"id": "B", "deputies": "P1;P2", "topics": "MONEY;staff"},
    ]
    report = api.check(filed(tmp_path, branches), rules, as_of=date(2019, 12, 31))
    found = {each.rule.split("/", 2)[2]: each for each in report.findings if each.rule.startswith("records/")}
    assert {rule: (each.elements, each.near) for rule, each in found.items() if each.verdict.value == "violated"} == {
        "deputies/reference": (("P7", "p2"), ("P2",)),
        "topics/allowed": (("weather",), ()),
    }
    shown = CliRunner().invoke(program, ["check", str(tmp_path / "s.json"), "-r", str(rules), "--as-of", "2019-12-31"]).output
    assert "'P7', 'p2'" in shown
    assert "'P1;P7;p2', which" not in shown
    assert verdicts(tmp_path / "s.json", rules)["A"] == "undetermined"


def test_a_list_in_another_field_stays_unreadable(tmp_path: Path, rules: Path) -> None:
    report = api.check(filed(tmp_path, [{"id": "A", "notes": ["x", "y"]}]), rules, as_of=date(2019, 12, 31))
    assert [each.subject.id for each in report.findings if each.rule == "records/branches/notes/allowed"] == ["A"]


def test_the_form_says_how_several_are_written(rules: Path) -> None:
    page = rules.with_name("columns.md")
    made = CliRunner().invoke(program, ["template", str(rules), "--dictionary", str(page)])
    assert made.exit_code == 0, made.output
    text = page.read_text(encoding="utf-8")
    assert "one of the codes in People – Id; several with ';' or ',' between" in text
    assert "one of: budget, staff; several with ';' between" in text


@pytest.mark.parametrize(
    ("changed", "instead", "code"),
    [
        ("count(deputies) >= 2", "deputies = 'P1'", "a-list"),
        ("count(deputies) >= 2", "deputies.name = 'x'", "not-a-reference"),
        ("count(deputies) >= 2", "contains(name, 'x')", "no-list"),
        ("count(deputies) >= 2", "contains(topics, 'weather')", "impossible-value"),
        ("count(deputies) >= 2", "contains(topics, 'money')", "impossible-value"),
        ("count(deputies) >= 2", "contains(topics)", "arguments"),
        ("count(deputies) >= 2", "contains(deputies, 2)", "wrong-type"),
        ('list: ";,"', 'list: "a"', "bad-list"),
        ('list: ";,"', 'list: ";,", type: integer', "wrong-type"),
        ("key: id\n", "key: id\n    label: deputies\n", "a-list"),
        (
            'for: branches, require: {condition: {that: "count(deputies) >= 2"}}',
            "for: people, require: {coverage: {of: branches}}",
            "a-list",
        ),
        (
            'for: branches, require: {condition: {that: "count(deputies) >= 2"}}',
            "for: people, require: {coverage: {of: branches, by: {deputies: id}}}",
            "a-list",
        ),
        (
            'for: branches, require: {condition: {that: "count(deputies) >= 2"}}',
            "for: branches, require: {coverage: {of: branches, by: {id: id}, each: topics}}",
            "a-list",
        ),
    ],
)
def test_what_cannot_be_written_of_a_list(rules: Path, changed: str, instead: str, code: str) -> None:
    text = RULES.replace(changed, instead, 1)
    assert text != RULES
    rules.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        api.describe(rules)
    assert code in {problem.code for problem in raised.value.problems}
