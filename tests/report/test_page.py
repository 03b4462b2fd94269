"""Text fits its width, whatever it says."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from checker.model.report import Evidence
from checker.report.page import text_width, visible, wrap
from checker.report.places import place_text, places_text
from checker.report.wording import Wording


@given(st.text(), st.integers(2, 90))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(text_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(visible(text).split())


def test_widths() -> None:
    assert text_width("Đảng bộ") == len("Đảng bộ")
    assert text_width(unicodedata.normalize("NFD", "Đảng bộ")) == len("Đảng bộ")
    assert text_width("組織") == 4


def test_long_words_are_broken() -> None:
    assert wrap("a " + "b" * 12, 5) == ["a", "bbbbb", "bbbbb", "bb"]


def test_places() -> None:
    rows = [Evidence("m", "m.csv", "counted", None, line) for line in range(2, 13)]
    assert places_text(rows[:3], 0, Wording("en")) == "m.csv:2, 3, 4"
    assert places_text(rows, 5, Wording("en")) == "m.csv:2, 3, 4, 5, 6, 7, 8, 9, and 8 more"
    assert place_text(Evidence("m", "b.xlsx", "counted", "Họp", 7, 28)) == "b.xlsx!Họp AB7"
    assert place_text(Evidence("m", "b.xlsx", "counted", "Họp", 7)) == "b.xlsx!Họp 7"
    assert place_text(Evidence("m", "d.yaml", "counted")) == "d.yaml"
