"""Several mistakes in one rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checker.errors import RulesError
from checker.rules.loading import load

from .book import BOOK

if TYPE_CHECKING:
    from pathlib import Path

MISTAKES = (
    ("label: name", "label: names"),
    ("level = 'local'", "level = 'lokal'"),
    ("status = 'held'", "state = 'held'"),
    ("cites: statute s. 5", "cites: statue s. 5"),
    ("by: meets-often", "by: meet-often"),
    ("{severity: critical}", "{severity: criticle}"),
)
"""In the order of lines."""


def test_all_mistakes_are_told_at_once_in_order(tmp_path: Path) -> None:
    text = BOOK
    for right, wrong in MISTAKES:
        text = text.replace(right, wrong)
    file = tmp_path / "clubs.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        load(file)
    problems = raised.value.problems
    assert len(problems) == len(MISTAKES)
    for problem, (_, wrong) in zip(problems, MISTAKES, strict=True):
        assert problem.marked
        assert problem.marked in wrong
