"""Names in submissions and names in rulebooks."""

from __future__ import annotations

import unicodedata

import pytest

from checker.model.blanks import fold
from checker.model.schema import Field
from checker.model.words import Text
from checker.records.matching import Names

NAMES = Names(
    (
        Field("date", title=Text.of({"vi": "Ngày", "en": "Day"}), headers=("Ngày họp", "Both")),
        Field("day", headers=("Both",)),
        Field("held_on", title=Text.of({"vi": "Ngày", "en": "Date"})),
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("held_on", "held on"),
        ("  Held -_ ON\n", "held on"),
        (unicodedata.normalize("NFD", "Cuộc họp"), "cuộc họp"),
        ("MÃ SỐ", "mã số"),
        ("Ma so", "ma so"),
        ("Straße", "strasse"),
    ],
)
def test_names_are_compared_without_case_and_separators(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("DATE", "date", id="a name before a title"),
        pytest.param("Day", "day", id="the name of another before its title"),
        pytest.param("ngày-họp", "date", id="header"),
        pytest.param("Both", None, id="a header of two fields"),
        pytest.param("Ngày", None, id="a title of two fields"),
        pytest.param("nothing", None, id="unknown"),
        pytest.param("", None, id="empty"),
    ],
)
def test_names_before_headers_before_titles(text: str, name: str | None) -> None:
    assert NAMES.match(text) == name


def test_suggestions_leave_out_what_is_taken() -> None:
    assert NAMES.suggest("dates", ()) == ("date", "date")
    assert NAMES.suggest("heldon", ("date",)) == ("held_on", "held_on")
    assert NAMES.suggest("heldon", ("held_on",)) is None


def test_a_suggestion_is_in_the_words_of_the_file() -> None:
    assert NAMES.suggest("Ngay hop", ()) == ("date", "Ngày họp")


FIELDS = Names(
    (
        Field("id", title=Text.of({"vi": "Mã", "en": "Code"}), headers=("Mã số", "No.")),
        Field("status", title=Text.of({"vi": "Trạng thái", "en": "State"}), headers=("Tình trạng",)),
        Field("held_on"),
    )
)


@pytest.mark.parametrize(
    ("name", "headers", "word"),
    [
        ("status", ["id", "Outcome"], "status"),
        ("status", ["Mã", "Outcome"], "Trạng thái"),
        ("status", ["code"], "State"),
        ("status", ["No."], "Tình trạng"),
        ("held_on", ["Mã"], "held_on"),
        ("status", ["nothing that is known"], "status"),
    ],
)
def test_what_is_missing_is_called_as_the_file_calls_the_others(name: str, headers: list[str], word: str) -> None:
    assert FIELDS.word(name, headers) == word
