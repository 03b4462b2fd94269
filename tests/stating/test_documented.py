"""What docs/submissions.md shows of a manifest is read as it stands there, and every key of a table is explained there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest
import yaml
from jsonschema import Draft202012Validator

from checker.records.opening import open_submission
from checker.records.stating.keys import KEYS
from checker.schemas import shipped

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "submissions.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## Sheets as people make them")[2].partition("\n## ")[0]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", SECTION, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_are_read_and_fit_the_schema(tmp_path: Path, example: str) -> None:
    (tmp_path / "submission.yaml").write_text(example, encoding="utf-8")
    (tmp_path / "meetings.csv").write_text("id\na\n", encoding="utf-8")
    tables = open_submission(tmp_path).manifest.tables
    value = yaml.load(example, yaml.BaseLoader)  # noqa: S506 -- every scalar stays text, as the program reads it
    Draft202012Validator(json.loads(shipped("submission-manifest"))).validate(value)
    assert {statement.record for statement in tables} == set(value["tables"])


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_explained(key: str) -> None:
    assert re.search(rf"\b{key}\b", SECTION)


@pytest.mark.parametrize("page", ["your-files.md", "your-files.vi.md"])
def test_the_lines_of_a_sheet_are_what_can_be_stated(tmp_path: Path, page: str) -> None:
    lines = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    book = openpyxl.Workbook()
    book.active.title = "Hồ sơ"
    for line in lines:
        book.active.append(line)
    book.create_sheet("T1").append(("x",))
    book.save(tmp_path / "book.xlsx")
    manifest = open_submission(tmp_path / "book.xlsx").manifest
    (statement,) = manifest.tables
    assert str(manifest.as_of) == "2025-12-31"
    assert [value.text for value in statement.sheets] == ["T{month}"]
    assert statement.layout.cut is not None
    assert (statement.layout.cut.header, statement.layout.cut.skip) == ((4, 4), ((9, 9), (20, 22)))
    assert [*statement.layout.columns] == ["held_on"]
