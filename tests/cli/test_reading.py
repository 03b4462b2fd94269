"""How a submission is read, as the command line says."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program

BOOK = """\
rulebook: clubs
title: Clubs
records:
  clubs: {key: id, fields: {id: {}, members: {type: integer}}}
rules:
  - {id: small, title: Small, cites: s 1, severity: major, for: clubs, require: {condition: {that: members <= 10}}}
sources: {s: {title: Statutes}}
"""


@pytest.fixture
def book(tmp_path: Path) -> str:
    (tmp_path / "book.yaml").write_text(BOOK)
    return str(tmp_path / "book.yaml")


def test_standard_input_goes_by_the_name_that_it_is_given(book: str) -> None:
    ran = CliRunner().invoke(
        program, ["check", "-", "-r", book, "-p", "2019", "--stdin-filename", "clubs.csv"], input="id,members\nA,11\n"
    )
    assert ran.exit_code == 1, ran.output
    assert "clubs.csv:2" in ran.output


@pytest.mark.parametrize(
    ("limit", "code", "told"),
    [
        ("files=1", 2, "there are 2 files"),
        ("files=3", 0, "satisfied"),
        ("file=3", 2, "'file' is not a limit: write one of columns, cell"),
        ("unpacked=many", 2, "'many' is not a size"),
    ],
)
def test_what_is_read_can_be_limited(book: str, tmp_path: Path, limit: str, code: int, told: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("clubs.csv", "others.csv"):
        (folder / name).write_text("id,members\nA,1\n")
    ran = CliRunner().invoke(program, ["check", str(folder), "-r", book, "-p", "2019", "--read-limit", limit])
    assert ran.exit_code == code, ran.output
    assert told in " ".join(ran.output.split())
