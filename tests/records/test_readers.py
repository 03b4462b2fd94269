"""The table of readers: each format has its module, ends of names of its own, and a line in the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.records.limits import Limits
from checker.records.readers import READERS, Reader, reader_of

DOCS = (Path(__file__).parents[2] / "docs" / "submissions.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.module)
def test_each_reader_can_be_found_and_loaded(reader: Reader) -> None:
    assert callable(reader.read)
    assert reader.suffixes or reader.schemes
    assert all(reader_of(suffix) is reader for suffix in reader.suffixes)
    for name in (*(f"`{suffix}`" for suffix in reader.suffixes), *(f"{scheme}://" for scheme in reader.schemes[:1])):
        assert name in DOCS


def test_each_limit_is_documented_with_its_default() -> None:
    for name, value in Limits()._asdict().items():
        assert f"| `{name}` | {value:,} |" in DOCS
