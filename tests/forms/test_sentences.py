"""Every form restates a rule, in every language, and leaves out nothing that its keys say."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.forms import FORMS
from checker.forms.unique import Unique
from checker.forms.words import Words
from checker.model.period import Unit
from checker.plan.stating.sentences import restate
from checker.rules.loading import load
from checker.words.catalogue import catalogue, languages

LIMITS = {"more_than": "11", "at_most": "22"}
FULL: dict[str, dict[str, str]] = {
    "frequency": {"of": "x", "per": "year", "more_than": "11 / 5", "at_most": "22", "round": "up", "each": "kind"},
    "coverage": {"of": "x", "more_than": "11 / 5", "at_most": "22", "round": "up"},
    "rate": {"of": "x", "part": "own + due", "whole": "bound", **LIMITS},
    "share": {"of": "x", "that": "kind = 'good'", "base": "kind = 'fair'", **LIMITS},
    "total": {"of": "x", "declared": "told * 2", "sum": "size", "tolerance": "33", "opening": "was", "in": "came", "out": "went"},
    "condition": {"that": "members > 3"},
    "unique": {"fields": "name", "within": "parent"},
    "occupancy": {"of": "x", "more_than": "11 / 5", "at_most": "22", "round": "up", "within": "44d"},
    "streak": {"of": "x", "that": "went = 1", "since": "came = 2", **LIMITS},
    "spacing": {"of": "x", "at_most": "44d", "at_least": "5d"},
    "freshness": {"of": "x", "within": "400d"},
    "target": {"of": "x", "sum": "size", "target": "aim + 1", "from": "founded", "until": "founded + 99", **LIMITS},
    "sequence": {"of": "x", "before": "founded - 5", "at_least": "66d", "at_most": "77d"},
    "deadline": {"of": "x", "within": "44d", "after": "founded + 5"},
}
"""Of each form a document with the keys that its sentence says; a new form adds its own. What names the related rows and
the window (`of where by via on per`) is said for all forms by `restate`; how a bound is rounded is said in words."""
SAID_ELSEWHERE = {"of", "per", "round"}


def words(language: str) -> Words:
    return Words(language, "THE ROWS", lambda text, _: text, lambda path, _: path)


def test_every_form_is_tried() -> None:
    assert FULL.keys() == FORMS.keys()


@pytest.mark.parametrize("name", FORMS)
def test_a_sentence_leaves_nothing_out(name: str) -> None:
    form = FORMS[name].model_validate(FULL[name])
    form = form.among("x") if isinstance(form, Unique) else form
    said = {language: form.sentence(words(language)) for language in languages()}
    assert len(set(said.values())) == len(languages())
    for sentence in said.values():
        assert ("THE ROWS" in sentence) == ("of" in FULL[name] or name == "unique")
        for key, value in FULL[name].items():
            assert key in SAID_ELSEWHERE or value.removesuffix("d") in sentence, (key, sentence)


@pytest.mark.parametrize(
    ("written", "english", "vietnamese"),
    [
        ("12 months", "12 months", "12 tháng"),
        ("1 year", "1 year", "1 năm"),
        ("1 year end to end", "1 year, from the end of a month to the end of a month", "1 năm, từ cuối tháng đến cuối tháng"),
        (
            "1 year or the next day, next working day",
            "1 year, or the next day where the month has no such day, or the next working day",
            "1 năm, hoặc ngày liền sau nếu tháng không có ngày đó, hoặc ngày làm việc kế tiếp",
        ),
        ("365d", "365 days", "365 ngày"),
    ],
)
def test_spans(written: str, english: str, vietnamese: str) -> None:
    assert (words("en").span(written), words("vi").span(written)) == (english, vietnamese)


def test_rounding() -> None:
    third = [("at_least", "members / 3")]
    assert words("en").bounds(third, "up") == "at least members / 3 (rounded up)"
    assert words("vi").bounds(third, "nearest") == "ít nhất members / 3 (làm tròn đến số nguyên gần nhất)"


def test_the_shipped_rules_are_restated_in_both_languages() -> None:
    book = load(Path(__file__).parents[2] / "rules" / "vn-party-grassroots")
    restated = {rule.id: dict(restate(book, rule).variants) for rule in book.rules}
    assert all(set(said) == set(languages()) for said in restated.values())
    assert restated["plenary-mid-year-review"] == {
        "en": "In every year of the period, for each of the grassroots committees, the number of plenary meetings held "
        "(Purpose is mid-year review) is at least 1.",
        "vi": "Trong mỗi năm của kỳ, với mỗi đảng bộ cơ sở, số hội nghị toàn đảng bộ (Nội dung là sơ kết 6 tháng) ít nhất 1.",
    }
    assert restated["city-cell-attendance"]["en"] == (
        "In every half-year of the period, for each of the city Party organisations, the sum of “Present” divided by the sum of "
        "“Bound to attend”, over all cell meetings held anywhere below it, is more than 85%."
    )


def test_every_window_has_words() -> None:
    assert all(f"restated-in-{unit.value}" in catalogue("en").texts for unit in Unit)
