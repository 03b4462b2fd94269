"""What `checker test` writes for services that run checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli.main import program
from tests.report.services.validators import accept_annotations, accept_junit, accept_sarif

CASES = """\
# Clubs that meet, and one that does not.

- {name: nobody met, period: 2019, tables: {clubs: [{id: A}], meetings: []}, expect: satisfied}
- {name: they met, period: 2019, tables: {clubs: [{id: A}], meetings: [{club: A, date: 2019-02-01}]}, expect: satisfied}
"""
RULES = """\
rulebook: clubs
title: Clubs
sources: {law: {title: Law}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings: {date: date, fields: {club: {ref: clubs}, date: {type: date}}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: clubs, require: {frequency: {of: meetings, per: year, at_least: 1}}}
"""


@pytest.fixture
def home(home: Path) -> Path:
    (home / "clubs" / "cases").mkdir(parents=True)
    (home / "clubs" / "rulebook.yaml").write_text(RULES, encoding="utf-8")
    (home / "clubs" / "cases" / "meets.yaml").write_text(CASES, encoding="utf-8")
    return home


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["test", "clubs", "-q", *arguments], prog_name="checker")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("coverage", [False, True])
def test_what_fails_is_told_in_every_format(coverage: bool) -> None:  # noqa: FBT001 -- pytest's way
    done = run("-f", "github", "-f", "sarif=out.sarif", "-f", "junit=out.xml", *(["--coverage"] if coverage else []))
    assert done.exit_code == 1
    (failed, *others) = accept_annotations(done.stdout)
    assert failed[0] == "error"
    assert (failed[1]["file"], failed[1]["line"], failed[1]["title"]) == ("clubs/cases/meets.yaml", "3", "meets: nobody met")
    assert failed[2].startswith("satisfied is stated, violated was found\n")
    assert [(level, said) for level, _, said in others] == [("warning", "no case is violated or undetermined")] * coverage
    results = accept_sarif(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["not-as-stated", *["missing-case"] * coverage]
    junit = Path("out.xml").read_text(encoding="utf-8")
    accept_junit(junit)
    assert f'tests="{2 + coverage}" failures="{1 + coverage}"' in junit


@pytest.mark.usefixtures("home")
def test_formats_of_the_other_mode_are_refused() -> None:
    assert "--format sarif does not go with --mutate." in run("--mutate", "-f", "sarif").stderr
    assert "--format json goes with --mutate only." in run("-f", "json").stderr
