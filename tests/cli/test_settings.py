"""Settings in a file: found above the submission, never in it; the command line goes before; each value says where it is from."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from checker.cli.main import program
from tests.cli.test_services import CLUBS, MEETINGS, RULES

SETTINGS = """\
rules = "book/rules.yaml"
period = 2019
as-of = 2019-12-31
lang = "en"
format = ["text", "json=out.json"]
fail-on = "critical"
fail-on-data = "never"
allow-undetermined = true
quiet = true
"""


@pytest.fixture
def home(home: Path) -> Path:
    for folder in ("book", "data/2019", "elsewhere"):
        (home / folder).mkdir(parents=True)
    (home / "book" / "rules.yaml").write_text(RULES, encoding="utf-8")
    (home / "data" / "2019" / "clubs.csv").write_text("id,name,founded\nA,Alpha,\n", encoding="utf-8")
    (home / "data" / "2019" / "meetings.csv").write_text("club,date\nA,2019-02-01\n", encoding="utf-8")
    (home / "checker.toml").write_text(SETTINGS, encoding="utf-8")
    return home


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments, prog_name="checker")


def test_the_file_gives_options_and_the_command_line_goes_before(home: Path) -> None:
    assert run("check", "data/2019").exit_code == 0
    assert json.loads((home / "out.json").read_text(encoding="utf-8"))["run"]["period"]["label"] == "2019"
    assert run("check", "data/2019", "--fail-on", "major").exit_code == 1


def test_it_is_found_above_the_submission_wherever_the_caller_stands(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home / "elsewhere")
    assert run("check", "../data/2019").exit_code == 0
    assert (home / "out.json").is_file()


def test_a_file_in_the_submission_is_none(home: Path) -> None:
    (home / "checker.toml").rename(home / "data" / "2019" / "checker.toml")
    assert run("check", "data/2019", "-r", "book/rules.yaml", "-p", "2019", "--as-of", "2019-12-31", "-q").exit_code == 1


def test_a_table_of_pyproject_does_too(home: Path) -> None:
    (home / "checker.toml").unlink()
    (home / "pyproject.toml").write_text(f"[project]\nname = 'x'\n\n[tool.checker]\n{SETTINGS}", encoding="utf-8")
    assert run("check", "data/2019").exit_code == 0
    assert "pyproject.toml:10" in " ".join(run("config", "data/2019").stdout.split())
    (home / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert "Settings: no checker.toml" in run("config", "data/2019").stdout


@pytest.mark.usefixtures("home")
def test_what_is_in_effect_says_where_it_is_from() -> None:
    said = " ".join(run("config", "data/2019", "--fail-on", "major").stdout.split())
    assert said.startswith("Settings: checker.toml ")
    assert "rules book/rules.yaml (checker.toml:1)" in said
    assert "period 2019 (checker.toml:2)" in said
    assert "format text, json=out.json (checker.toml:5)" in said
    assert "fail-on major (command line)" in said
    assert "sarif-kinds violations (default)" in said
    assert run("unmet", "data/2019", "-f", "text").exit_code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('fial-on = "major"', "checker.toml:10: error: no option is called 'fial-on'; did you mean 'fail-on'? [unknown-setting]"),
        ('all-findings = "yes"', "checker.toml:10: error: 'all-findings' is true or false [wrong-settings]"),
        ("baseline = [1]", "checker.toml:10: error: 'baseline' is one value, and no list [wrong-settings]"),
        ("baseline = 1.5", "checker.toml:10: error: 'baseline' is a text, a number or a day [wrong-settings]"),
        ('previous = "', "checker.toml: error: these settings are no TOML"),
        ('by = "colour"', "'colour' is not one of"),
    ],
)
def test_what_is_wrong_is_reported_with_its_line(home: Path, line: str, said: str) -> None:
    (home / "checker.toml").write_text(f"{SETTINGS}{line}\n", encoding="utf-8")
    done = run("check", "data/2019")
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_a_rule_is_explained_under_the_same_settings(home: Path) -> None:
    """Without a submission what they say of one is of no concern; where it is written is another matter altogether."""
    assert run("explain", "meets").exit_code == 0
    done = run("explain", "meets", "A", "--in", "data/2019")
    assert done.exit_code == 0
    assert "31 December 2019" in done.stdout
    assert not (home / "out.json").exists()


@pytest.mark.usefixtures("home")
def test_who_asks_for_what_needs_a_submission_must_name_it() -> None:
    done = run("explain", "meets", "--as-of", "2019-06-30")
    assert done.exit_code == 2
    assert "--as-of" in done.stderr


def test_forms_and_returned_workbooks_are_made_under_the_same_settings(home: Path) -> None:
    assert run("template", "-o", "form.xlsx").exit_code == 0
    assert (home / "form.xlsx").is_file()
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("clubs", CLUBS), ("meetings", MEETINGS)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(home / "data" / "2019.xlsx")
    assert run("annotate", "data/2019.xlsx", "-o", "returned.xlsx").exit_code == 0
    assert (home / "returned.xlsx").is_file()
