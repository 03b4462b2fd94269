"""A file of a rulebook that comes in by standard input stands in the place of the one on the disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli.main import program

HEAD = """\
rulebook: clubs
title: Clubs
records: {clubs: {key: id, fields: {id: {}, members: {type: integer}}}}
sources: {s: {title: Statutes}}
"""
RULES = """\
rules:
  - {id: small, title: Small, cites: s 1, severity: major, for: clubs, require: {condition: {that: members <= 10}}}
"""
CASE = """\
- {name: a, period: 2019, tables: {clubs: [{id: A, members: 3}]}, expect: satisfied}
"""


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clubs" / "cases").mkdir(parents=True)
    (tmp_path / "clubs" / "rulebook.yaml").write_text(HEAD)
    (tmp_path / "clubs" / "rules.yaml").write_text(RULES)
    (tmp_path / "clubs" / "cases" / "small.yaml").write_text(CASE)
    return tmp_path / "clubs"


def lint(text: str | bytes, *options: str) -> Result:
    return CliRunner().invoke(program, ["lint", "-", *options], input=text)


def places(ran: Result) -> list[tuple[str, str, int]]:
    (linted,) = json.loads(ran.stdout)["rulebooks"]
    return [(each["code"], each["file"], each["line"]) for each in linted["problems"] if each["level"] == "error"]


def test_a_file_is_judged_in_its_rulebook_as_it_comes_in() -> None:
    ran = lint(RULES.replace("for: clubs", "for: club"), "--stdin-filename", "clubs/rules.yaml", "-f", "json")
    assert places(ran) == [("unknown-name", "clubs/rules.yaml", 2)]
    assert ran.exit_code == 2
    assert lint(RULES, "--stdin-filename", "clubs/rules.yaml").exit_code == 0


def test_a_change_is_felt_in_the_other_files() -> None:
    ran = lint(HEAD.replace("members:", "people:"), "--stdin-filename", "clubs/rulebook.yaml", "-f", "json")
    assert ("unknown-field", "clubs/rules.yaml", 2) in places(ran)


def test_cases_and_new_files_are_judged_too(book: Path) -> None:
    ran = lint(CASE.replace("members", "member"), "--stdin-filename", "clubs/cases/small.yaml", "-f", "json")
    assert places(ran) == [("unknown-name", "clubs/cases/small.yaml", 1)]
    ran = lint("terms: {large: {of: clubz}}\n", "--stdin-filename", str(book / "new.yaml"), "-f", "json")
    assert places(ran) == [("unknown-name", str(book / "new.yaml"), 1)]


def test_without_a_name_it_is_a_rulebook_by_itself() -> None:
    assert lint(HEAD + RULES).exit_code == 0
    assert places(lint(HEAD + RULES.replace("cites: s", "cites: t"), "-f", "json")) == [("unknown-name", "-", 6)]


def test_what_is_no_text_is_reported_as_all_else_is() -> None:
    assert places(lint(b"title: \xff\n", "--stdin-filename", "a.yaml", "-f", "json")) == [("not-utf-8", "a.yaml", 1)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-", "-"], "can be read only once"),
        (["-", "--in", "-"], "can be read only once"),
        (["clubs", "--stdin-filename", "clubs/rules.yaml"], "give '-' for it"),
    ],
)
def test_standard_input_is_one(arguments: list[str], says: str) -> None:
    ran = CliRunner().invoke(program, ["lint", *arguments], input=HEAD)
    assert ran.exit_code == 2
    assert says in ran.stderr
