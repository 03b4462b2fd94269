"""Rulebooks with one mistake each: what their author is told. `right/` has what they are copies of."""

from __future__ import annotations

import io
from difflib import ndiff
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from checker import api
from checker.errors import Level
from checker.lint import Linted
from checker.report import Presentation
from checker.report.formats import LINT

HERE = Path(__file__).parent
RIGHT = sorted((HERE / "right").glob("*.yaml"))
WRONG = sorted((HERE / "wrong").glob("*.yaml"))


def name(file: Path) -> str:
    return file.stem


def changed(file: Path) -> int:
    """How many lines differ from the right rulebook that is most like it."""
    text = file.read_text(encoding="utf-8").splitlines()
    others = [right.read_text(encoding="utf-8").splitlines() for right in RIGHT]
    return min(sum(line[0] in "+-" for line in ndiff(other, text)) for other in others)


@pytest.mark.parametrize("file", RIGHT, ids=name)
def test_a_right_rulebook_has_no_error(file: Path) -> None:
    assert [problem for problem in api.lint(file) if problem.level is Level.ERROR] == []


def test_there_are_forty() -> None:
    assert len(WRONG) >= 40


@pytest.mark.parametrize("file", WRONG, ids=name)
def test_one_mistake_is_one_diagnostic_with_its_place_and_fix(
    file: Path, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 1 <= changed(file) <= 6
    monkeypatch.chdir(file.parent)
    problems = api.lint(file.name)
    [problem] = problems
    assert problem.level is Level.ERROR
    assert problem.place is not None
    assert problem.place.line
    assert problem.place.column
    assert problem.marked
    assert str(problem.fix).endswith(".")
    stream = io.StringIO()
    LINT["text"]([Linted(file.name, problems)], stream, Presentation())
    assert stream.getvalue() == snapshot
