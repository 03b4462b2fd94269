"""docs/meaning.md has one section for each number, and what refers to a section of it refers to one that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "meaning.md"
NUMBERS = [int(number) for number in re.findall(r"^## (\d+)\. ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)]
REFERENCE = re.compile(r"sections? (\d+)(?:(?:, (\d+))? and (\d+))?", re.IGNORECASE)
READERS = [
    PAGE,
    *(path for folder in ("checker", "docs", "tests/oracle") for path in (ROOT / folder).rglob("*") if path.is_file()),
]
REFERRING = [
    path for path in READERS if path.suffix in {".py", ".md", ".yaml"} and "meaning.md" in path.read_text(encoding="utf-8")
]


def test_sections_are_numbered_in_order() -> None:
    assert list(range(1, len(NUMBERS) + 1)) == NUMBERS


@pytest.mark.parametrize("path", sorted(set(REFERRING)), ids=lambda path: str(path.relative_to(ROOT)))
def test_sections_that_are_referred_to_exist(path: Path) -> None:
    found = {int(number) for match in REFERENCE.finditer(path.read_text(encoding="utf-8")) for number in match.groups() if number}
    assert found <= set(NUMBERS)
