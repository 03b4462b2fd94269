"""Small mistakes in predicates and expressions, kind by kind; and what is written is read again."""

import pytest

from checker.mutation.expressions import variants
from checker.mutation.spelling import written
from checker.rules.grammar import parse

SIBLINGS = {"kind": (("ward", "commune", "agency"),), "level": (("good", "fair"),)}

TEXTS = (
    "members < :c or form = 'committee'",
    "not (a or b) and c",
    "kind not in ('ward', 'it''s') and x is not null",
    "a - (b - c) > 0 and year(d) = year(:as_of + 1) - 1",
    "d between date '2019-01-01' and date '2019-02-01'",
    "name like 'A%' or name not like '%z'",
    "coalesce(a.b.c, 0) * 2 / 3 <> -1.50",
    "abs(x) >= length(lower(y)) or true",
    "ends <= starts + 4 years and starts > ends - 1 month",
)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_written_is_what_was_read(text: str) -> None:
    assert written(parse(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_every_mistake_can_be_read_and_differs(text: str) -> None:
    for _, mistake in variants(text, SIBLINGS):
        assert written(parse(mistake)) == mistake
        assert mistake != text


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        ("a > b", "strictness", ["a >= b"]),
        ("a > b + 4 years", "span", ["a > b + 3 years", "a > b + 5 years"]),
        ("a <= b", "strictness", ["a < b"]),
        ("a = b", "negation", ["a <> b"]),
        ("a < b", "negation", ["a >= b"]),
        ("kind in ('ward', 'commune')", "negation", ["kind not in ('ward', 'commune')"]),
        ("kind not in ('ward', 'commune')", "negation", ["kind in ('ward', 'commune')"]),
        ("x is null", "negation", ["x is not null"]),
        ("a between 1 and 2", "negation", ["a not between 1 and 2"]),
        ("dispersed", "negation", ["not dispersed"]),
        ("not dispersed", "negation", ["dispersed"]),
        ("p and q", "operator", ["p or q"]),
        ("(p or q) and r", "operator", ["(p or q) or r", "(p and q) and r"]),
        ("a + b = c", "operator", ["a - b = c"]),
        ("p and q and r", "dropped part", ["p and q", "p and r", "q and r"]),
        ("a + b + c", "dropped part", ["a + b", "a + c", "b + c"]),
        ("100 * a", "dropped part", ["100", "a"]),
        ("a / 3", "dropped part", ["a"]),
        ("kind in ('ward', 'commune')", "dropped value", ["kind in ('commune')", "kind in ('ward')"]),
        ("kind in ('ward', 'commune')", "other value", ["kind in ('agency', 'commune')", "kind in ('ward', 'agency')"]),
        ("level = 'fair'", "other value", ["level = 'good'"]),
        ("name = 'fair'", "other value", []),
        ("true or p", "other value", ["false or p"]),
        ("abs(a)", "dropped function", ["a"]),
        ("coalesce(a, 0)", "dropped function", ["a"]),
        ("d < date '2019-03-01'", "bound by one", ["d < date '2019-02-28'", "d < date '2019-03-02'"]),
        ("a = 3", "bound by one", ["a = 2", "a = 4"]),
        ("a = 0.05", "bound by one", ["a = 0.04", "a = 0.06"]),
    ],
)
def test_kind(text: str, what: str, expected: list[str]) -> None:
    assert [mistake for kind, mistake in variants(text, SIBLINGS) if kind == what] == expected


@pytest.mark.parametrize(
    ("text", "strict", "other"),
    [
        ("a > 3", "a >= 3", "a > 4"),
        ("a >= 3", "a > 3", "a >= 2"),
        ("a < 3", "a <= 3", "a < 2"),
        ("a <= 3", "a < 3", "a <= 4"),
        ("3 < a", "3 <= a", "4 < a"),
    ],
)
def test_strictness_is_one_of_the_two_numbers_beside_a_whole_one(text: str, strict: str, other: str) -> None:
    found = [mistake for kind, mistake in variants(text, {}) if kind in {"strictness", "bound by one"}]
    assert found == [strict, other]


def test_to_add_nothing_is_to_drop_the_part() -> None:
    assert [mistake for kind, mistake in variants("a + 1", {}) if kind == "bound by one"] == ["a + 2"]


def test_what_is_no_expression_has_no_mistakes() -> None:
    assert list(variants("once a month, at least", {})) == []
