"""What lint says of the formats of a date field."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api

BOOK = """\
rulebook: dated
title: Dated
sources: {{law: {{title: Law}}}}
records:
  clubs: {{key: id, fields: {{id: , founded: {{type: date, formats: [{formats}]}}}}}}
rules:
  - {{id: old, cites: law 1, for: clubs, require: {{condition: {{that: "founded < date '2019-01-01'"}}}}}}
"""


@pytest.mark.parametrize(
    ("formats", "codes"),
    [
        (("%d/%m/%Y", "%m/%d/%Y"), ["contradicting-formats"]),
        (("%d/%m/%Y", "%d/%m/%Y"), ["unreachable-format"]),
        (("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y%m%d"), []),
        (("%d/%m/%Y", "%d/%m/%y"), ["two-digit-year"]),
        (("%d/%m/%y",), []),
        (("%d %b %Y", "%d %B %Y"), []),
        (("%y%m%d", "%d%m%y"), ["contradicting-formats"]),
    ],
)
def test_formats_of_one_field(tmp_path: Path, formats: tuple[str, ...], codes: list[str]) -> None:
    book = tmp_path / "dated.yaml"
    book.write_text(BOOK.format(formats=", ".join(f'"{each}"' for each in formats)), encoding="utf-8")
    found = [problem.code for problem in api.lint(book) if "format" in problem.code or problem.code == "two-digit-year"]
    assert found == codes
