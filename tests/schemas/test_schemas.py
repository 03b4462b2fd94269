"""The schemas say what the program accepts, and what they and docs/reference.md say is current and complete."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from checker import api
from checker.errors import Level
from checker.forms import FORMS
from checker.rules import standings
from checker.rules.merged import LISTS, MAPPINGS
from checker.rules.shelf import libraries_folder, rules_folder
from checker.rules.written import Header, StandingConditionEntry
from checker.schemas import KINDS, shipped
from checker.schemas.generation import SCHEMAS
from checker.schemas.rulebook import RulebookEntry
from docs.make import example_rulebook

ROOT = Path(__file__).parents[2]
RULES = rules_folder()


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (YAML 1.2, core schema): a date is text, and so is `no`."""


EditorLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def as_an_editor_reads(text: str) -> object:
    return yaml.load(text, EditorLoader)  # noqa: S506 -- safe, and without PyYAML's dates


def errors(kind: str, value: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(json.loads(shipped(kind))).iter_errors(value)]


def test_what_is_generated_is_current() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "docs.make", "--check"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_there_is_a_schema_of_every_kind() -> None:
    assert list(SCHEMAS) == list(KINDS)
    for kind in KINDS:
        Draft202012Validator.check_schema(json.loads(shipped(kind)))


def keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, model in {"": schema, **schema.get("$defs", {})}.items():
        for key, value in model.get("properties", {}).items():
            yield f"{name}.{key}", value


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_has_a_text(kind: str) -> None:
    without = [name for name, value in keys(json.loads(shipped(kind))) if not value.get("description")]
    assert without == [], "write a text (a docstring) under each of these keys in its model, then run: python -m docs.make"


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_closed_set_has_a_text(kind: str) -> None:
    sets = {name: model for name, model in json.loads(shipped(kind)).get("$defs", {}).items() if "enum" in model}
    without = [name for name, model in sets.items() if not all(model.get("enumDescriptions", [""]))]
    assert without == [], "write a text (a docstring) under each member of these, then run: python -m docs.make"


@pytest.mark.parametrize("name", FORMS)
def test_every_form_has_an_example_that_runs(name: str, tmp_path: Path) -> None:
    example = getattr(FORMS[name], "example", None)
    assert example is not None, f"give the form {name} an `example`: a rule's 'for' and 'require', over docs/example.yaml"
    assert name in as_an_editor_reads(example)["require"]  # type: ignore[index]
    book = tmp_path / "rulebook.yaml"
    book.write_text(example_rulebook(name), encoding="utf-8")
    assert [str(problem) for problem in api.lint(book) if problem.level is Level.ERROR] == []
    assert errors("rulebook", as_an_editor_reads(book.read_text(encoding="utf-8"))) == []


def test_the_schema_has_the_keys_that_are_read() -> None:
    assert set(RulebookEntry.model_fields) == set(Header.model_fields) | LISTS | MAPPINGS
    conditions = {field.alias or name for name, field in StandingConditionEntry.model_fields.items()}
    assert conditions == set(standings._KEYS)  # noqa: SLF001 -- the reader tells each mistake itself


@pytest.mark.parametrize("file", sorted(RULES.glob("*/*.yaml")), ids=lambda file: file.name)
def test_shipped_rulebooks_are_valid(file: Path) -> None:
    kind = "library" if file.parent == libraries_folder() else "rulebook"
    assert errors(kind, as_an_editor_reads(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", sorted(RULES.glob("*/cases/*.yaml")), ids=lambda file: file.stem)
def test_shipped_cases_are_valid(file: Path) -> None:
    assert errors("cases", as_an_editor_reads(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "rule: []",
        "rulebook: Clubs",
        "records: {Clubs: {fields: {id: }}}",
        "records: {clubs: {fields: {}}}",
        "records: {clubs: {fields: {id: {typ: text}}}}",
        "records: {clubs: {fields: {id: {type: decimal}}}}",
        "records: {clubs: {fields: {id: {required: yes}}}}",
        "records: {clubs: {fields: {id: {enum: []}}}}",
        "parameters: {limit: [{from: 2021, value: 3}]}",
        "parameters: {limit: [{from: 2021-01-01}]}",
        "terms: {big: {where: size > 3}}",
        "sources: {statute: {issued: 2021-01-01}}",
        "year_starts: 04-02",
        "rules: {id: a}",
        "rules: [{id: a, cites: s art. 1, for: clubs}]",
        "rules: [{id: a, cites: [], for: clubs, require: {condition: {that: open}}}]",
        "rules: [{id: a, cites: s art. 1, for: clubs, require: {}}]",
        "rules: [{id: a, cites: s art. 1, for: clubs, require: {conditions: {that: open}}}]",
        "rules: [{id: a, cites: s art. 1, for: clubs, require: {condition: {that: open}, coverage: {of: x}}}]",
        "rules: [{id: a, cites: s art. 1, for: clubs, severity: grave, require: {condition: {that: open}}}]",
        "rules: [{id: a, cites: s art. 1, for: clubs, require: {frequency: {of: x, at_least: 1, per: fortnight}}}]",
        "rules: [{id: a, cites: s art. 1, for: clubs, require: {frequency: {of: x, at_leest: 1, per: year}}}]",
        "rules: [{id: a, cites: s art. 1, for: clubs, require: {frequency: {at_least: 1, per: year}}}]",
        "rules: [{id: a, cites: s art. 1, for: clubs, title: , require: {condition: {that: open}}}]",
        "exceptions: [{id: a, cites: s art. 1, displaces: b}]",
        "standings: [{id: a, when: {violated: {severity: grave}}}]",
        "standings: [{id: a, when: {violated: {}, subject: open}}]",
        "standings: [{id: a, when: {at_least: 3}}]",
        "standings: [{id: a, when: {any: []}}]",
    ],
)
def test_mistakes_in_a_rulebook_are_rejected(spoilt: str) -> None:
    assert errors("rulebook", as_an_editor_reads(spoilt)) != []


@pytest.mark.parametrize(("command", "kind", "most"), [("check", "report", "findings"), ("unmet", "unmet", "duties")])
def test_reports_are_valid(command: str, kind: str, most: str) -> None:
    report = json.loads(run_checker(command, "examples/rach-gia-2019-faulty", "--format", "json").stdout)
    # One of each kind will do: there are thousands.
    report[most] = list({(each["rule"], each["verdict"]): each for each in report[most]}.values())
    assert errors(kind, report) == []
    del report["run"]["period"]["label"]
    report["problems"] = None
    assert [error.partition(":")[0] for error in errors(kind, report)] == ["$.run.period", "$.problems"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("cell-monthly", "--rules", "vn-party-grassroots"),
        ("cell-monthly", "--in", "examples/rach-gia-2019-faulty", "--sql"),
        ("cell-monthly", "SN4-06", "--in", "examples/rach-gia-2019-faulty"),
    ],
)
def test_explanations_are_valid(arguments: tuple[str, ...]) -> None:
    explanation = json.loads(run_checker("explain", *arguments, "--format", "json").stdout)
    assert errors("explanation", explanation) == []
    del explanation["rule"]["clauses"][0]["source"]["name"]
    assert [error.partition(":")[0] for error in errors("explanation", explanation)] == ["$.rule.clauses[0].source"]


def test_the_command_writes_what_is_shipped(tmp_path: Path) -> None:
    assert run_checker("schema", "cases").stdout == shipped("cases")
    file = tmp_path / "cases.json"
    assert run_checker("schema", "cases", "--output", str(file)).stdout == ""
    assert file.read_text(encoding="utf-8") == shipped("cases")
    listed = run_checker("schema").stdout
    assert [line.split()[0] for line in listed.splitlines()[: len(KINDS)]] == list(KINDS)
    wrong = run_checker("schema", "case")
    assert wrong.returncode == 2
    assert "Did you mean 'cases'?" in wrong.stderr


def run_checker(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


CASE = "name: one, period: 2019, tables: {clubs: []}"


@pytest.mark.parametrize(
    "spoilt",
    [
        "{name: one}",
        f"[{{{CASE}}}]",
        f"[{{{CASE}, expect: right}}]",
        f"[{{{CASE}, expect: {{A: right}}}}]",
        f"[{{{CASE}, expect: {{A: {{2019-01: right}}}}}}]",
        f"[{{{CASE}, expect: {{}}}}]",
        f"[{{{CASE}, expect: about 3}}]",
        f"[{{{CASE}, expect: 3 or so}}]",
        f"[{{{CASE}, expect: {{A: 3, B: violated}}}}]",
        f"[{{{CASE}, expect: 3}}, {{{CASE}, expect: violated}}]",
        f"[{{{CASE}, expect: violated, table: {{}}}}]",
        "[{name: one, period: last year, tables: {}, expect: violated}]",
        "[{name: one, period: 2019-13, tables: {}, expect: violated}]",
        "[{name: one, period: 2019, tables: {clubs: [A]}, expect: violated}]",
    ],
)
def test_mistakes_in_cases_are_rejected(spoilt: str) -> None:
    assert errors("cases", as_an_editor_reads(spoilt)) != []


@pytest.mark.parametrize("file", sorted(ROOT.glob("examples/*/submission.yaml")), ids=lambda file: file.parent.name)
def test_manifests_of_the_examples_are_valid(file: Path) -> None:
    assert errors("submission-manifest", as_an_editor_reads(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("{period: 2019, as_of: 2019-12-31}", True),
        ("{Kỳ báo cáo: 2019-Q1, TÍNH ĐẾN_NGÀY: 2019-03-31, As-of: 2019-03-31}", True),
        ("{periods: 2019}", False),
        ("{period: this year}", False),
        ("{Kỳ: this year}", False),
        ("{as_of: 31/12/2019}", True),
        ("{as_of: end of 2019}", False),
    ],
)
def test_manifests(text: str, *, right: bool) -> None:
    assert (errors("submission-manifest", as_an_editor_reads(text)) == []) is right


WAIVER = "{rule: a, subject: A, from: 2019-01-01, until: 2019-12-31, reason: flood, approved_by: council}"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (f"[{WAIVER}]", True),
        (f"waivers: [{WAIVER}]", True),
        (f"[{WAIVER.replace('reason: flood, ', '')}]", False),
        (f"[{WAIVER.replace('2019-12-31', 'next year')}]", False),
        (f"[{WAIVER.replace('{', '{window: March, ')}]", False),
        (f"[{WAIVER.replace('{', '{window: 2019-03, ')}]", True),
        (f"waiver: [{WAIVER}]", False),
        (WAIVER, False),
    ],
)
def test_waivers(text: str, *, right: bool) -> None:
    assert (errors("waivers", as_an_editor_reads(text)) == []) is right
