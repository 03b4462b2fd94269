"""Small mistakes in the YAML of a rulebook: told apart by what a value looks like, whatever the form."""

from pathlib import Path

import pytest

from checker.mutation.variants import Variant, variants
from checker.rules.merged import Merged, read

BOOK = """\
rulebook: b
title: B
sources: {law: {title: Law}}
parameters:
  share: [{from: 2019-01-01, value: 85%}]
  plain: 3
records:
  clubs: {key: id, fields: {id: {}, kind: {enum: [sport, music]}}}
terms:
  sport-club: {of: clubs, where: kind = 'sport'}
  large-club: {of: sport-club}
rules:
  - {id: r, title: R, cites: law art. 1, severity: minor, for: FOR, IN_FORCErequire: {FORM}}
EXCEPTIONS
"""


def found(tmp_path: Path, form: str = "condition: {that: kind = 'sport'}", **parts: str) -> list[Variant]:
    return list(variants(tree(tmp_path, form, **parts)))


def tree(tmp_path: Path, form: str, *, subject: str = "clubs", in_force: str = "", exceptions: str = "") -> Merged:
    said = in_force and f"in_force: {in_force}, "
    text = BOOK.replace("IN_FORCE", said).replace("FORM", form).replace("FOR", subject).replace("EXCEPTIONS", exceptions)
    file = tmp_path / "book.yaml"
    file.write_text(text, encoding="utf-8")
    return read(file, "book.yaml")


def said(mistakes: list[Variant], what: str, section: str = "rules") -> list[tuple[str, str]]:
    return [(each.before, each.after) for each in mistakes if each.what == what and each.part[0] == section]


@pytest.mark.parametrize(
    ("bounds", "strictness", "by_one"),
    [
        ("at_least: 2", "more_than: 2", ["at_least: 1"]),
        ("more_than: 2", "at_least: 2", ["more_than: 3"]),
        ("at_most: 2", "less_than: 2", ["at_most: 3"]),
        ("less_than: 2", "at_most: 2", ["less_than: 1"]),
        ("more_than: 85%", "at_least: 85%", ["more_than: 84%", "more_than: 86%"]),
        ("more_than: 0.85", "at_least: 0.85", ["more_than: 0.84", "more_than: 0.86"]),
        ("at_least: 2/3", "more_than: 2/3", ["at_least: 2/4", "at_least: 3/4"]),
        ("more_than: ':share'", "at_least: :share", []),
    ],
)
def test_bounds(tmp_path: Path, bounds: str, strictness: str, by_one: list[str]) -> None:
    mistakes = found(tmp_path, f"frequency: {{of: clubs, per: month, {bounds}}}")
    before = bounds.replace("'", "")
    assert said(mistakes, "strictness") == [(before, strictness)]
    assert said(mistakes, "bound by one") == [(before, after) for after in by_one]


def test_exactly_may_be_meant_as_one_end_only(tmp_path: Path) -> None:
    mistakes = found(tmp_path, "coverage: {of: clubs, exactly: 2}")
    assert [after for _, after in said(mistakes, "one end only")] == ["at_least: 2", "at_most: 2"]
    assert [after for _, after in said(mistakes, "bound by one")] == ["exactly: 1", "exactly: 3"]


def test_what_holds_where_nothing_is_said_is_a_value_too(tmp_path: Path) -> None:
    assert ("at_least: 1 (not written)", "more_than: 1") in said(found(tmp_path, "coverage: {of: clubs}"), "strictness")
    total = found(tmp_path, "total: {of: clubs, declared: kind, count: true}")
    assert ("tolerance: 0 (not written)", "tolerance: 1") in said(total, "bound by one")


def test_windows_spans_and_words(tmp_path: Path) -> None:
    frequency = found(tmp_path, "frequency: {of: clubs, via: children, per: quarter, at_least: 1}")
    assert said(frequency, "other value") == [
        ("via: children", "via: descendants"),
        ("per: quarter", "per: month"),
        ("per: quarter", "per: half"),
    ]
    freshness = found(tmp_path, "freshness: {of: clubs, within: 12 months, never: breached}")
    assert said(freshness, "span") == [("within: 12 months", "within: 11 months"), ("within: 12 months", "within: 13 months")]
    assert said(found(tmp_path, "frequency: {of: clubs, per: 90d, at_least: 1}"), "span") == [
        ("per: 90d", "per: 89d"),
        ("per: 90d", "per: 91d"),
    ]


def test_part_and_whole_are_swapped(tmp_path: Path) -> None:
    mistakes = found(tmp_path, "rate: {part: present, whole: eligible, more_than: 85%}")
    assert said(mistakes, "swapped") == [("part: present, whole: eligible", "part: eligible, whole: present")]


def test_keys_are_dropped(tmp_path: Path) -> None:
    mistakes = found(tmp_path, "share: {of: clubs, where: kind = 'sport', that: kind = 'music', at_least: 1/2}")
    assert ("where: kind = 'sport'", "") in said(mistakes, "dropped")


@pytest.mark.parametrize(
    ("form", "days"),
    [
        ("condition: {that: kind = 'sport'}", ["2019-01-30", "2019-02-01"]),
        ("frequency: {of: clubs, per: month, at_least: 1}", ["2018-12-28", "2019-02-28"]),
        ("frequency: {of: clubs, per: year, at_least: 1}", ["2018-01-28", "2020-01-28"]),
        ("frequency: {of: clubs, per: period, at_least: 1}", ["2019-01-30", "2019-02-01"]),
    ],
)
def test_a_rule_begins_a_day_or_a_window_earlier_or_later(tmp_path: Path, form: str, days: list[str]) -> None:
    mistakes = found(tmp_path, form, in_force="{from: 2019-01-31}")
    assert [after for _, after in said(mistakes, "day")] == [f"from: {day}" for day in days]
    assert ("in_force: {from: 2019-01-31}", "") in said(mistakes, "dropped")


def test_selections_are_widened(tmp_path: Path) -> None:
    mistakes = found(tmp_path, subject="large-club")
    assert said(mistakes, "wider selection") == [("for: large-club", "for: sport-club")]
    assert said(mistakes, "wider selection", "terms") == [("of: sport-club", "of: clubs")]
    assert ("where: kind = 'sport'", "") in said(mistakes, "dropped", "terms")
    assert ("where: kind = 'sport'", "where: kind = 'music'") in said(mistakes, "other value", "terms")


def test_parameters(tmp_path: Path) -> None:
    mistakes = found(tmp_path)
    assert said(mistakes, "bound by one", "parameters") == [("85%", "84%"), ("85%", "86%"), ("3", "2"), ("3", "4")]
    assert said(mistakes, "day", "parameters") == [("2019-01-01", "2018-12-31"), ("2019-01-01", "2019-01-02")]


def test_exceptions(tmp_path: Path) -> None:
    exceptions = (
        "exceptions:\n  - {id: e, title: E, cites: law art. 2, when: {subject: kind = 'music'}, displaces: [r, s], by: t}"
    )
    mistakes = found(tmp_path, exceptions=exceptions)
    assert said(mistakes, "dropped", "exceptions") == [("exception e", ""), ("r", ""), ("s", ""), ("by: t", "")]
    assert said(mistakes, "negation", "exceptions") == [("subject: kind = 'music'", "subject: kind <> 'music'")]


def test_what_decides_no_verdict_is_left_alone(tmp_path: Path) -> None:
    told = [each.before for each in found(tmp_path)]
    assert not [before for before in told if before.startswith(("id", "title", "cites", "severity"))]


def test_a_mistake_changes_its_place_and_nothing_else(tmp_path: Path) -> None:
    given = tree(tmp_path, "frequency: {of: clubs, per: month, at_least: 2}")
    mistake = next(each for each in variants(given) if each.what == "strictness")
    changed = mistake.applied(given.value)
    assert isinstance(changed, dict)
    assert isinstance(changed["rules"], list)
    assert isinstance(rule := changed["rules"][0], dict)
    assert rule["require"] == {"frequency": {"of": "clubs", "per": "month", "more_than": "2"}}
    assert {key: value for key, value in changed.items() if key != "rules"} == {
        key: value for key, value in given.value.items() if key != "rules"
    }
    assert given.at(("rules", 0, "require", "frequency", "at_least")) == "2"
    assert str(mistake.place).startswith("book.yaml:13:")


def test_each_of_several_requirements_is_mutated_or_left_out(tmp_path: Path) -> None:
    parts = "[{coverage: {of: clubs, at_least: 2}}, {condition: {that: kind = 'sport'}}]"
    mistakes = found(tmp_path, f"all: {parts}")
    assert ("at_least: 2", "more_than: 2") in said(mistakes, "strictness")
    left_out = [each.value for each in mistakes if each.what == "dropped" and each.at == ("rules", 0, "require")]
    assert left_out == [{"condition": {"that": "kind = 'sport'"}}, {"coverage": {"of": "clubs", "at_least": "2"}}]
    three = found(tmp_path, f"all: {parts[:-1]}, {{condition: {{that: kind = 'music'}}}}]")
    left_out = [each.value for each in three if each.what == "dropped" and each.at == ("rules", 0, "require")]
    assert [len(each["all"]) for each in left_out if isinstance(each, dict) and isinstance(each["all"], list)] == [2, 2, 2]
