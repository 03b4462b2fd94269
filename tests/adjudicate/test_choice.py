"""Who judges: durable-rules by default, the reference where it cannot be loaded or on demand; and the report says who did."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from checker.adjudicate.choice import adjudicator_of
from checker.adjudicate.durable.network import Network
from checker.adjudicate.reference import Reference
from checker.errors import EngineError, UsageError
from checker.model.law import All, Attribute, Law, StandingLaw

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "examples" / "rach-gia-2019-faulty"
COMPANIES = ROOT / "examples" / "companies-faulty"
WITHOUT = "import sys; sys.modules['durable'] = None; from checker.__main__ import main; main()"
"""The program where durable-rules is not installed."""


def run(*arguments: str, without: bool = False, choice: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(["-c", WITHOUT] if without else ["-m", "checker"]), *arguments]
    environment = {**os.environ, "COLUMNS": "120"}
    environment.pop("CHECKER_ADJUDICATOR", None)
    if choice is not None:
        environment["CHECKER_ADJUDICATOR"] = choice
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=300, check=False)


def test_durable_rules_is_the_default_and_the_reference_is_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHECKER_ADJUDICATOR", raising=False)
    assert isinstance(adjudicator_of(Law(())), Network)
    assert adjudicator_of(Law(())).name == f"durable-rules {version('durable-rules')}"
    monkeypatch.setenv("CHECKER_ADJUDICATOR", "reference")
    assert isinstance(adjudicator_of(Law(())), Reference)


def test_an_unknown_adjudicator_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKER_ADJUDICATOR", "clips")
    with pytest.raises(UsageError, match="'clips' in CHECKER_ADJUDICATOR is no adjudicator"):
        adjudicator_of(Law(()))


@pytest.mark.parametrize("choice", ["durable-rules", "reference"])
def test_both_accept_the_same_laws(monkeypatch: pytest.MonkeyPatch, choice: str) -> None:
    monkeypatch.setenv("CHECKER_ADJUDICATOR", choice)
    long = All(tuple(Attribute(f"a{n}") for n in range(16)))
    with pytest.raises(EngineError, match="16 conditions at once"):
        adjudicator_of(Law((), standings=(StandingLaw("s", long),)))


def test_the_version_names_who_would_judge() -> None:
    assert run("--version").stdout.splitlines()[1] == f"durable-rules {version('durable-rules')}"
    missing = run("--version", without=True)
    assert missing.returncode == 0
    assert missing.stdout.splitlines()[1].startswith("reference adjudicator, since durable-rules cannot be loaded (")
    assert "pip install 'regulation-checker[durable-rules]'" in missing.stdout


def test_the_same_report_from_both_but_for_the_name() -> None:
    usual, missing = run("check", str(FAULTY), "-f", "json"), run("check", str(FAULTY), "-f", "json", without=True)
    assert (usual.returncode, missing.returncode) == (1, 1)
    assert usual.stdout.replace(f"durable-rules {version('durable-rules')}", "reference") == missing.stdout
    assert json.loads(missing.stdout)["run"]["adjudicator"] == "reference"
    traced = ("check", str(COMPANIES), "-f", "sarif")
    flowing = run(*traced).stdout
    assert flowing == run(*traced, choice="reference").stdout
    assert "codeFlows" in flowing


def test_the_text_says_that_durable_rules_did_not_judge() -> None:
    said = run("check", str(COMPANIES), "--lang", "en", without=True).stdout
    assert "reference adjudicator (in place of durable-rules)" in " ".join(said.split())


def test_durable_rules_where_it_is_not_is_refused_with_what_to_install() -> None:
    found = run("check", str(COMPANIES), "--lang", "en", without=True, choice="durable-rules")
    assert found.returncode == 2
    assert "CHECKER_ADJUDICATOR asks for durable-rules, which cannot be loaded" in found.stderr
    assert "pip install 'regulation-checker[durable-rules]'" in found.stderr
    assert "Traceback" not in found.stderr
