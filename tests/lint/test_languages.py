"""Lint speaks the language that is asked for, in every format; its text begins with a summary, and gathers what is alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.report.formats import LINT
from checker.words.message import Words

WRONG = """rulebook: clubs
title: Clubs
sources: {law: {title: Law}}
records: {clubs: {key: id, fields: {id: {}, seats: {type: integer}}}}
rules:
  - {id: one, title: One, cites: law art. 1, for: clubs, require: {condition: {that: seat > 3}}}
"""
RIGHT = WRONG.replace("seat > 3", "seats > 3") + (
    "  - {id: two, title: Two, cites: law art. 2, for: clubs, require: {condition: {that: seats < 3 or seats > 2}}}\n"
)


def linted(folder: Path, text: str, *options: str) -> str:
    (folder / "clubs.yaml").write_text(text, encoding="utf-8")
    return CliRunner().invoke(program, ["lint", str(folder / "clubs.yaml"), *options]).stdout


@pytest.mark.parametrize("name", LINT)
@pytest.mark.parametrize(("language", "said"), [("vi", "không phải là trường của clubs"), ("en", "is not a field of clubs")])
def test_every_format_is_in_the_language_that_is_asked_for(name: str, language: str, said: str, tmp_path: Path) -> None:
    shown = linted(tmp_path, WRONG, "--lang", language, "-f", name)
    assert said in shown
    assert "unknown-field" in shown


def test_codes_and_places_are_the_same_in_every_language(tmp_path: Path) -> None:
    english, vietnamese = (json.loads(linted(tmp_path, RIGHT, "--lang", each, "-f", "json")) for each in ("en", "vi"))
    kept = [
        [[each[key] for key in ("code", "level", "line", "column")] for each in found["rulebooks"][0]["problems"]]
        for found in (english, vietnamese)
    ]
    assert kept[0] == kept[1]
    assert len(kept[0]) > 3


@pytest.mark.parametrize("language", ["en", "vi"])
def test_indicators_without_a_case_are_one_line_beside_that_of_rules(language: str, tmp_path: Path) -> None:
    indicators = "".join(f"  - {{id: {name}, title: T, for: clubs, measure: {{value: seats}}}}\n" for name in ("more", "most"))
    said = linted(tmp_path, f"{RIGHT}indicators:\n{indicators}", "--lang", language)
    words = Words(language)
    assert words("lint-no-cases", n=2, rules="one, two") in said
    assert words("lint-no-value-cases", n=2, rules="more, most") in said
    assert said.count("[missing-case]") == 2


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_text_begins_with_a_summary_and_is_grave_before_slight(language: str, tmp_path: Path) -> None:
    words = Words(language)
    lines = linted(tmp_path, RIGHT, "--lang", language).splitlines()
    warnings, notes = words.several("lint-warnings", 3), words.several("lint-notes", 2)
    assert lines[0].endswith(f"clubs.yaml: {warnings}, {notes}")
    summary = " ".join(lines[: lines.index("")])
    assert f"{words('level-warning')}: missing-case (2), never-false (1)" in summary
    assert f"{words('level-note')}: missing-remedy (2)" in summary
    said = "\n".join(lines)
    assert words("lint-no-cases", n=2, rules="one, two") in said
    assert words("lint-no-remedies", n=2, rules="one, two") in said
    assert said.count("[missing-case]") == said.count("[missing-remedy]") == 1
    assert said.index("[never-false]") < said.index("[missing-remedy]")
