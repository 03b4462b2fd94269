"""Several requirements in one rule: which go together, and what a rulebook that extends another may say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RulesError
from checker.rules.loading import load

BOOK = """\
rulebook: clubs
title: Clubs
body: clubs
sources: {statute: {title: The statute}}
parameters: {few: 2}
records:
  clubs: {key: id, fields: {id: , members: {type: integer}}}
  meetings: {key: id, date: day, fields: {id: , club: {ref: clubs}, day: {type: date}, present: {type: integer}}}
rules:
  - {id: meets, cites: statute s. 1, for: clubs, require: {all: PARTS}}
"""
TWICE = "frequency: {of: meetings, per: year, at_least: 2}"
WELL = "rate: {of: meetings, per: year, part: present, whole: '10', at_least: 50%}"


def wrong(tmp_path: Path, parts: str) -> list[tuple[str, str]]:
    """The code of each problem, and the line under which it is marked."""
    file = tmp_path / "clubs.yaml"
    file.write_text(BOOK.replace("PARTS", parts), encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        load(file)
    return [(problem.code, str(problem.message)) for problem in raised.value.problems]


def test_each_requirement_is_a_rule_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "clubs.yaml"
    file.write_text(BOOK.replace("PARTS", f"[{{{TWICE}}}, {{{WELL}}}]"), encoding="utf-8")
    (rule,) = load(file).rules
    assert [(part.id, part.form, part.subject) for part in rule.parts] == [
        ("meets", "frequency", "clubs"),
        ("meets", "rate", "clubs"),
    ]
    assert rule.parts[1].path == ("rules", 0, "require", "all")
    assert rule.parts[1].parts == (rule.parts[1],)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("[]", "fewer than two"),
        (f"[{{{TWICE}}}]", "fewer than two"),
        (f"{{{TWICE}}}", "fewer than two"),
        (f"[{{{TWICE}}}, meetings]", "is a form of requirement"),
        (f"[{{{TWICE}}}, {{all: [{{{TWICE}}}, {{{WELL}}}]}}]", "stands within 'all'"),
        (f"[{{{TWICE}}}, {{spacing: {{of: meetings, at_most: 90d}}}}]", "'spacing' finds windows of its own"),
        (f"[{{{TWICE}}}, {{coverage: {{of: meetings}}}}]", "the 'per' of this one"),
        (f"[{{{TWICE}}}, {{frequency: {{of: meetings, per: quarter, at_least: 1}}}}]", "the 'per' of this one"),
        (
            f"[{{{TWICE}}}, {{frequency: {{of: meetings, per: year, partial: require, at_least: 1}}}}]",
            "the 'partial' of this one",
        ),
    ],
)
def test_what_does_not_go_together(parts: str, said: str, tmp_path: Path) -> None:
    ((code, message),) = wrong(tmp_path, parts)
    assert code == "bad-parts"
    assert said in message


def test_a_mistake_in_a_requirement_is_told_where_it_stands(tmp_path: Path) -> None:
    found = wrong(tmp_path, f"[{{{TWICE}}}, {{rate: {{of: meetings, per: year, part: presnt, whole: '10', at_least: 50%}}}}]")
    assert [code for code, _ in found] == ["unknown-field"]
    found = wrong(tmp_path, f"[{{{TWICE}}}, {{rat: {{of: meetings}}}}]")
    assert [code for code, _ in found] == ["unknown-name"]


@pytest.mark.parametrize(
    ("parts", "right"),
    [
        (f"[{{{TWICE.replace('2', '3')}}}, {{{WELL}}}]", True),
        (f"[{{{TWICE}}}, {{{WELL}}}, {{condition: {{that: members > 3, per: year}}}}]", True),
        (f"[{{{TWICE.replace('2', '1')}}}, {{{WELL}}}]", False),
        (f"[{{{WELL}}}, {{{TWICE}}}]", False),
        (f"[{{{TWICE}}}, {{{WELL.replace('present', '5')}}}]", False),
    ],
)
def test_a_requirement_is_compared_with_the_one_in_its_place(parts: str, right: bool, tmp_path: Path) -> None:  # noqa: FBT001
    (tmp_path / "clubs.yaml").write_text(BOOK.replace("PARTS", f"[{{{TWICE}}}, {{{WELL}}}]"), encoding="utf-8")
    upper = tmp_path / "upper.yaml"
    said = f"rules: [{{id: meets, require: {{all: {parts}}}}}]"
    upper.write_text(f"rulebook: upper\ntitle: Upper\nextends: ./clubs.yaml\n{said}\n", encoding="utf-8")
    if right:
        assert load(upper).rules[0].origin.changes
        return
    with pytest.raises(RulesError) as raised:
        load(upper)
    assert {problem.code for problem in raised.value.problems} == {"less-strict"}
