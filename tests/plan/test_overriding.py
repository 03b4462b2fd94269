"""What `--set` gives a parameter is refused where the rulebook itself could not have it, whatever the parameter is used for."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

import pytest

from checker.errors import UsageError
from checker.plan.overriding import overridden
from checker.rules.loading import load
from checker.rules.rulebook import Rulebook
from checker.words.catalogue import FALLBACK
from checker.words.message import Words

RULES = """\
rulebook: sets
title: Sets
sources: {s: {title: S}}
parameters:
  {ratio: 85%, part: 2/3, count: 2, word: abc, code: x1, size: 3, share: 50%, over: 90%, dated: [{from: 2019-06-01, value: 3}]}
records:
  clubs: {key: id, fields: {id: {}, size: {type: integer}, share: {type: number}, target: {type: integer}, note: {}}}
  meetings:
    date: day
    fields: {club: {ref: clubs}, day: {type: date}, present: {type: integer}, invited: {type: integer}, ok: {type: boolean}}
rules:
  - {id: r1, title: R, cites: s 1, for: clubs, require: {rate: {of: meetings, part: present, whole: invited, at_least: ':ratio'}}}
  - {id: r2, title: R, cites: s 1, for: clubs, require: {share: {of: meetings, that: ok, more_than: ':part'}}}
  - {id: r3, title: R, cites: s 1, for: clubs, require: {frequency: {of: meetings, per: year, at_least: ':count'}}}
  - {id: r4, title: R, cites: s 1, for: clubs, require: {condition: {that: 'note = :word or note = :code'}}}
  - {id: r5, title: R, cites: s 1, for: clubs, require: {condition: {that: 'size > :size and share >= :share'}}}
  - {id: r6, title: R, cites: s 1, for: clubs, require: {coverage: {of: meetings, at_most: ':dated'}}}
  - id: r7
    title: R
    cites: s 1
    for: clubs
    require: {share: {of: meetings, base: 'invited > 3', that: ok, at_least: ':over'}}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    path = tmp_path_factory.mktemp("rules") / "sets.yaml"
    path.write_text(RULES, encoding="utf-8")
    return load(path)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("ratio", "80%", Fraction(4, 5)),
        ("ratio", "0.8", Fraction(4, 5)),
        ("ratio", " 4/5 ", Fraction(4, 5)),
        ("ratio", "100%", Fraction(1)),
        ("part", "70%", Fraction(7, 10)),
        ("count", "0", Fraction(0)),
        ("dated", "12", Fraction(12)),
        ("size", "-5", Fraction(-5)),
        ("share", "120%", Fraction(6, 5)),
        ("over", "150%", Fraction(3, 2)),
        ("word", "٨٠", "٨٠"),
        ("code", "5", "5"),
        ("word", "ve\u0301", "v\u00e9"),
    ],
)
def test_what_the_rulebook_could_say(book: Rulebook, name: str, text: str, value: Fraction | str) -> None:
    (only,) = overridden(book, {name: text}).parameters[name].values
    assert (only.first, only.value, only.text) == (None, value, unicodedata.normalize("NFC", text).strip())


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ratio", "80", "a ratio lies between 0 and 1, and 80 does not; did you mean '80%'?"),
        ("ratio", "-5", "a ratio lies between 0 and 1, and -5 does not"),
        ("ratio", "150%", "a ratio lies between 0 and 1, and 150% does not"),
        ("ratio", "8000", "a ratio lies between 0 and 1, and 8000 does not"),
        ("ratio", "٨٠%", "'٨٠%' is not a number"),
        ("part", "70", "a ratio lies between 0 and 1, and 70 does not; did you mean '70%'?"),
        ("count", "-1", "a count is never -1"),
        ("count", "50%", "the rulebook says 2, which is no percentage, and 50% is one; did you mean '50'?"),
        ("count", "３", "'３' is not a number"),
        ("count", "two", "'two' is not a number"),
        ("dated", "-1/2", "'-1/2' is not a number"),
        ("dated", "-3", "a count is never -3"),
        ("size", "5%", "the rulebook says 3, which is no percentage, and 5% is one; did you mean '5'?"),
        ("share", "80", "the rulebook says 50%, and 80 without % is 80 times the whole; did you mean '80%'?"),
        ("over", "90", "the rulebook says 90%, and 90 without % is 90 times the whole; did you mean '90%'?"),
        ("over", "-1", "a ratio is never -1"),
    ],
)
def test_what_it_could_not(book: Rulebook, name: str, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        overridden(book, {name: text})
    (problem,) = caught.value.problems
    assert (problem.code, problem.message_in(Words(FALLBACK))) == ("bad-parameter", f"--set {name}: {said}")


def test_all_that_is_wrong_is_reported_at_once(book: Rulebook) -> None:
    with pytest.raises(UsageError) as caught:
        overridden(book, {"ratio": "80", "cuont": "3", "count": "2"})
    assert [problem.message_in(Words(FALLBACK)) for problem in caught.value.problems] == [
        "--set ratio: a ratio lies between 0 and 1, and 80 does not; did you mean '80%'?",
        "--set cuont: the rulebook has no such parameter; did you mean 'count'?",
    ]
