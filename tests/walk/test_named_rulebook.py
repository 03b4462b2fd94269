"""A submission names its rulebook from where it is, whatever folder the program is started in."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api
from checker.errors import UsageError

RULES = """\
rulebook: clubs
title: Clubs
sources: {law: {title: Law}}
records: {clubs: {key: id, fields: {id: {}}}}
rules: [{id: r, title: R, cites: law 1, for: clubs, require: {condition: {that: id = 'A'}}}]
"""


@pytest.fixture(autouse=True)
def home(home: Path) -> None:
    for folder in ("in/sub", "elsewhere", "in/rules"):
        (home / folder).mkdir(parents=True)
    (home / "in/rules/clubs.yaml").write_text(RULES, encoding="utf-8")
    (home / "in/sub/clubs.csv").write_text("id\nA\n", encoding="utf-8")


def says(rulebook: str) -> None:
    Path("in/sub/submission.yaml").write_text(f"title: T\nrulebook: {rulebook}\nperiod: 2019\n", encoding="utf-8")


@pytest.mark.parametrize("written", ["../rules", "../rules/clubs.yaml", "./own.yaml", "own.yaml"])
@pytest.mark.parametrize(("start", "sub"), [(".", "in/sub"), ("in", "sub"), ("in/sub", "."), ("elsewhere", "../in/sub")])
def test_a_path_is_from_the_manifest(written: str, start: str, sub: str, monkeypatch: pytest.MonkeyPatch) -> None:
    says(written)
    Path("in/sub/own.yaml").write_text(RULES, encoding="utf-8")
    monkeypatch.chdir(start)
    assert api.check(sub).run.rulebook == "clubs"


def test_a_file_that_is_a_submission_names_it_from_its_folder() -> None:
    Path("in/one.yaml").write_text(
        "submission: {rulebook: rules/clubs.yaml, period: 2019}\ntables: {clubs: [{id: A}]}\n", encoding="utf-8"
    )
    assert api.check("in/one.yaml").run.rulebook == "clubs"


def test_a_shipped_one_is_no_path() -> None:
    says("vn-party-grassroots")
    Path("in/sub/vn-party-grassroots").mkdir()
    assert api.check("in/sub").run.rulebook == "vn-party-grassroots"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("rules", "vn-party-grassroots"),
        ("in/rules", r"write \.\./rules"),
        ("vn-party-gras", "did you mean 'vn-party-grassroots'"),
    ],
)
def test_a_failure_names_the_manifest_and_its_line(written: str, hint: str) -> None:
    says(written)
    with pytest.raises(UsageError, match=hint) as caught:
        api.check("in/sub")
    assert str(caught.value.problems[0].place) == "in/sub/submission.yaml:2:1"


def test_what_the_command_line_names_is_from_where_it_is_typed() -> None:
    says("../nothing")
    assert api.check("in/sub", "in/rules/clubs.yaml").run.rulebook == "clubs"
