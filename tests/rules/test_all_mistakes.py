"""Two mistakes of a rulebook are both reported, whatever stage of reading it finds them, and nothing that is right is."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api
from checker.errors import Level

RIGHT = """\
rulebook: clubs
title: Clubs
languages: [en]
body: clubs
sources: {statute: {title: The statute}}
parameters:
  fewest: 2
  most: [{from: 2015-01-01, value: 5}, {from: 2020-01-01, value: 8}]
records:
  towns: {key: id, fields: {id: {}, size: {type: integer}}}
  clubs:
    key: id
    parent: above
    fields:
      id: {}
      above: {ref: clubs}
      town: {ref: towns}
      members: {type: integer, min: 0}
      founded: {type: date}
  meetings:
    date: day
    fields: {club: {ref: clubs}, kind: {enum: [plenary, board]}, day: {type: date}, present: {type: integer}}
  chairs:
    lifespan: {from: begun}
    fields: {club: {ref: clubs}, begun: {type: date}}
terms:
  large: {of: clubs, where: "members > 100"}
  plenary: {of: meetings, where: "kind = 'plenary'"}
rules:
  - id: meets
    cites: statute art. 1
    for: large
    require: {frequency: {of: plenary, per: year, at_least: ":fewest"}}
  - id: sized
    cites: statute art. 2
    for: clubs
    require: {condition: {that: "members > 3 and town.size > 7"}}
  - id: chaired
    cites: statute art. 3
    for: clubs
    requires: sized
    require: {frequency: {of: meetings, by: club, per: term of chairs, at_most: ":most"}}
  - id: kinds
    cites: statute art. 4
    for: clubs
    require: {frequency: {of: meetings, by: club, per: year, each: kind, at_least: 1}}
  - id: attended
    cites: statute art. 5
    for: meetings
    require: {condition: {that: present > 4}}
exceptions:
  - {id: new, cites: statute art. 9, when: {subject: "founded > date '2018-01-01'"}, displaces: [meets]}
standings:
  - {id: bad, when: {violated: {rule: meets}}}
  - {id: good}
"""
CASES = """\
- name: one
  period: 2019
  tables: {clubs: [{id: A, members: 200}], meetings: [{club: A, kind: board, day: 2019-02-01}]}
  expect: violated
"""

MISTAKES = {
    # keys and values
    "header key": ("languages: [en]", "langauges: [en]"),
    "source key": ("{statute: {title: The statute}}", "{statute: {title: The statute, isued: 2015-01-01}}"),
    "parameters in disorder": ("{from: 2020-01-01, value: 8}", "{from: 2010-01-01, value: 8}"),
    "field key": ("present: {type: integer}}", "present: {type: integer, minn: 0}}"),
    "field type": ("size: {type: integer}", "size: {type: integr}"),
    "rule key": ("for: large", "severty: minor\n    for: large"),
    "form key": ("each: kind, at_least: 1", "each: kind, at_last: 1"),
    # records
    "reference to nothing": ("begun: {type: date}}", "begun: {type: date}, host: {ref: clubes}}"),
    "term on nothing": ("plenary: {of: meetings", "plenary: {of: meeting"),
    # predicates and bounds
    "field of a term": ('"members > 100"', '"memberz > 100"'),
    "field of a rule": ("members > 3 and", "memberz > 3 and"),
    "field behind a reference": ("town.size > 7", "town.sise > 7"),
    "unknown parameter": ('":fewest"', '":fewst"'),
    "type in an exception": ("founded > date '2018-01-01'", "founded > 2018"),
    # names of rules
    "required rule": ("requires: sized", "requires: sizd"),
    "displaced rule": ("displaces: [meets]", "displaces: [meet]"),
    "counted rule": ("{rule: meets}", "{rule: meet}"),
    # what is found when the queries are made
    "no terms of office": ("per: term of chairs", "per: term of towns"),
    "each of no field": ("each: kind, at_least", "each: kinds, at_least"),
    "windows of a day": ("for: meetings\n    require: {condition: {that: present > 4}}",
                         "for: meetings\n    require: {frequency: {of: chairs, by: club, on: begun, per: year, at_most: 1}}"),
    "pair of nothing": ("by: club, per: year, each", "by: {club: id, kinds: id}, per: year, each"),
}  # fmt: skip
IN_CASES = ("members: 200", "memberz: 200")
DEPENDING = {
    frozenset({"field type", "field behind a reference"}),
    frozenset({"displaced rule", "type in an exception"}),
    frozenset({"field key", "each of no field"}),
    frozenset({"form key", "pair of nothing"}),
}
"""What is not asked where something else is wrong: by a field that cannot be read, of whom an exception is,
how rows are found for a form that cannot be read."""


def lint(folder: Path, *edits: tuple[str, str], cases: str = CASES) -> set[tuple[str, str | None]]:
    """The code of each error, and the text that it points to."""
    text = RIGHT
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "cases").mkdir(exist_ok=True)
    (folder / "rulebook.yaml").write_text(text, encoding="utf-8")
    (folder / "cases" / "sized.yaml").write_text(cases, encoding="utf-8")
    return {(each.code, each.marked) for each in api.lint(folder) if each.level is Level.ERROR}


def test_what_is_right_is_right(tmp_path: Path) -> None:
    assert lint(tmp_path) == set()


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[str, str | None]]]:
    """What is said of each mistake by itself."""
    folder = tmp_path_factory.mktemp("alone")
    return {name: lint(folder, edit) for name, edit in MISTAKES.items()}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_hides_no_other(name: str, tmp_path: Path, alone: dict[str, set[tuple[str, str | None]]]) -> None:
    """Nor does it give rise to another."""
    assert len(alone[name]) == 1
    others = list(MISTAKES)[list(MISTAKES).index(name) + 1 :]
    for other in others[::2] if len(name) % 2 else others[1::2]:
        edit = MISTAKES[other]
        if RIGHT.replace(*MISTAKES[name]).count(edit[0]) == 1:
            both, expected = lint(tmp_path, MISTAKES[name], edit), alone[name] | alone[other]
            assert both == expected or (frozenset({name, other}) in DEPENDING and both < expected), (name, other)


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_in_cases_are_told_too(name: str, tmp_path: Path) -> None:
    both = lint(tmp_path, MISTAKES[name], cases=CASES.replace(*IN_CASES))
    assert both >= lint(tmp_path, MISTAKES[name])
    assert (("unknown-name", "memberz") in both) is (name not in ABOUT_SIZED)


ABOUT_SIZED = {"field of a rule", "field behind a reference", "field type"}
"""Mistakes on which the rule of that case stands."""
