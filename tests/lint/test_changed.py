"""Of changed files the rulebooks they belong to are linted, each whole and once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli.main import program

FILES = {
    "clubs/rulebook.yaml": "rulebook: clubs\ntitle: Clubs\n",
    "clubs/rules.yaml": "rules: []\n",
    "clubs/terms.yaml": "terms: {held: {of: nothing}}\n",
    "clubs/cases/meets.yaml": "[]\n",
    "library.yaml": "library: things\ntitle: Things\n",
    "2019.yaml": "rulebook: clubs\ntables: {}\n",
    "workflow.yaml": "jobs: {}\n",
}


@pytest.fixture
def home(home: Path) -> Path:
    for name, text in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return home


def changed(*files: str) -> Result:
    return CliRunner().invoke(program, ["lint", "--changed", *files])


@pytest.mark.usefixtures("home")
def test_of_one_file_the_whole_rulebook_is_checked_once() -> None:
    """The mistake is in another file than those that changed."""
    done = changed("clubs/rules.yaml", "workflow.yaml", "clubs/rulebook.yaml")
    assert done.exit_code == 2
    assert "clubs/terms.yaml:1" in done.stdout
    assert done.stdout.count("clubs: 1 error") == 1


@pytest.mark.usefixtures("home")
def test_files_of_no_rulebook_are_left_alone_and_that_is_said() -> None:
    done = changed("workflow.yaml", "library.yaml", "2019.yaml", "missing.yaml")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "None of these files belongs to a rulebook.\n")
