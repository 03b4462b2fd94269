"""Text fits its width, whatever it says."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from checker.display_width import text_width, visible, wrap
from checker.model.report import Evidence
from checker.report.say.places import Places
from checker.report.say.wording import Wording


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
    places = Places("data/2019", Wording("en"))
    rows = [Evidence("m", "data/2019/m.csv", "counted", None, line) for line in range(2, 13)]
    assert places.many(rows[:3]) == "m.csv:2, 3, 4"
    assert places.many(rows, 5) == "m.csv:2, 3, 4, 5, 6, 7, 8, 9, and 8 more"
    assert places.one(Evidence("m", "data/2019-b/m.csv", "counted", None, 7)) == "data/2019-b/m.csv:7"
    assert places.one(Evidence("m", "elsewhere/m.csv", "counted", None, 7)) == "elsewhere/m.csv:7"


def test_places_in_one_file() -> None:
    places = Places("in/b.xlsx", Wording("en"))
    assert places.one(Evidence("m", "in/b.xlsx", "counted", "Họp", 7, 28)) == "b.xlsx!Họp!AB7"
    assert places.one(Evidence("m", "in/b.xlsx", "counted", "Họp", 7)) == "b.xlsx!Họp!7"
    assert places.one(Evidence("m", "in/b.xlsx", "counted")) == "b.xlsx"
