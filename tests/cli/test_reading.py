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


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("explain small A --in - -r {book} -p 2019 --stdin-filename clubs.csv", "clubs.csv:2"),
        ("lint {book} --in - -p 2019 --stdin-filename clubs.csv", "could be decided for nobody in clubs.csv"),
    ],
)
def test_other_commands_take_records_from_standard_input_too(book: str, command: str, told: str) -> None:
    ran = CliRunner().invoke(
        program, command.format(book=book).split(), input="id,members\nA,\n" if "lint" in command else "id,members\nA,11\n"
    )
    assert ran.exit_code == 0, ran.output
    assert told in ran.output


@pytest.mark.parametrize("command", ["explain small --in {folder} -r {book} -p 2019", "lint {book} --in {folder} -p 2019"])
def test_other_commands_limit_what_is_read_too(book: str, command: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("clubs.csv", "others.csv"):
        (folder / name).write_text("id,members\nA,1\n")
    ran = CliRunner().invoke(program, [*command.format(book=book, folder=folder).split(), "--read-limit", "files=1"])
    assert ran.exit_code == 2
    assert "there are 2 files" in " ".join(ran.stderr.split())


@pytest.mark.parametrize("option", [["--stdin-filename", "clubs.csv"], ["--read-limit", "files=1"]])
def test_how_a_submission_is_read_needs_one(book: str, option: list[str]) -> None:
    ran = CliRunner().invoke(program, ["explain", "small", "-r", book, *option])
    assert ran.exit_code == 2
    assert option[0] in ran.stderr
