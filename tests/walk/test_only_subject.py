"""Of the only subject of a rule a report tells what was measured, whatever the rule measures and whatever the verdict."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.model.period import Period
from checker.model.report import Report
from checker.report import Presentation
from checker.report.check.json_ import write as write_json
from checker.report.check.text import write
from checker.report.say.message import describe
from checker.report.say.wording import Wording

RULEBOOK = """\
rulebook: small
title: Small
version: "1"
body: cities
sources: {act: {title: Act}}
records:
  cities:
    key: id
    fields: {id: {}, declared: {type: integer}, opened: {type: integer}, a: {type: integer}, b: {type: integer}}
  targets:
    key: id
    belongs_to: city
    fields: {id: {}, city: {ref: cities}, value: {type: integer}, first: {type: date}, last: {type: date}}
  people:
    key: id
    belongs_to: city
    date: joined
    fields: {id: {}, city: {ref: cities}, joined: {type: date}, kind: {enum: {came: [], went: []}}}
rules:
  - id: reach
    cites: act 1
    for: targets
    require: {target: {of: people, by: {city: city}, on: joined, count: true, target: value, from: first, until: last}}
  - {id: adds-up, cites: act 2, for: cities, require: {condition: {that: a + 1 = b}}}
  - id: monthly
    cites: act 3
    for: cities
    require: {frequency: {of: people, per: month, at_least: 1}}
  - id: fresh
    cites: act 4
    for: cities
    require: {freshness: {of: people, within: 12 months}}
  - id: flow
    cites: act 5
    for: cities
    require: {total: {declared: declared, of: people, count: true, opening: opened, in: kind = 'came', out: kind = 'went'}}
"""
PERSON = "{n},TU,2019-0{n}-05,{kind}\n"


def filed(folder: Path, cities: str = "TU,865,860,1,2\n", targets: str = "T1,TU,13,2015-01-01,2020-12-31\n") -> None:
    (folder / "rules.yaml").write_text(RULEBOOK)
    (folder / "sub").mkdir()
    (folder / "sub" / "cities.csv").write_text("id,declared,opened,a,b\n" + cities)
    (folder / "sub" / "targets.csv").write_text("id,city,value,first,last\n" + targets)
    people = (PERSON.format(n=n, kind="came" if n < 7 else "went") for n in range(1, 8))
    (folder / "sub" / "people.csv").write_text("id,city,joined,kind\n" + "".join(people))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def checked(period: str = "2019", language: str | None = None) -> Report:
    return api.check("sub", "rules.yaml", period=Period.parse(period), as_of=date(2019, 8, 15), language=language)


def section(report: Report, heading: str) -> list[str]:
    """The lines of a section of the text report."""
    stream = io.StringIO()
    write(report, stream, Presentation(width=200))
    return stream.getvalue().split(f"\n{heading}\n{'=' * len(heading)}\n")[1].split("\n\n")[0].splitlines()


def test_what_is_pending_says_what_there_is_so_far(tmp_path: Path) -> None:
    filed(tmp_path)
    assert section(checked(), "Still due") == [
        "reach: reach",
        "  1 open, the next due on 31 December 2020",
        "  T1: People: 53.85%, 7 of 13 so far (at least 100% required by 31 December 2020)",
        "monthly: monthly",
        "  5 open, the next due on 31 August 2019 (August 2019 to December 2019)",
        "  TU: People in August 2019 to December 2019: none so far (at least 1 required in each)",
    ]


def test_what_is_satisfied_says_what_was_measured(tmp_path: Path) -> None:
    filed(tmp_path)
    assert section(checked(), "Measured") == [
        "adds-up: adds-up",
        "  TU: As required: a is '1', b is '2' (required: “a” + 1 equals b)",
        "monthly: monthly",
        "  TU: People in 7 periods of January 2019 to July 2019: as required (at least 1 required in each)",
        "fresh: fresh",
        "  TU: People: latest on 5 July 2019 (required within 12 months, on 15 August 2018 or later)",
        "flow: flow",
        "  TU: 860 at the start, +5 since: 865 found, 865 declared",
    ]


def test_json_has_the_cells_of_a_condition_that_holds(tmp_path: Path) -> None:
    filed(tmp_path)
    stream = io.StringIO()
    write_json(checked(), stream, Presentation())
    found = {each["rule"]: each for each in json.loads(stream.getvalue())["findings"] if each["verdict"] == "satisfied"}
    (row,) = found["adds-up"]["evidence"]
    assert row["values"] == {"a": "1", "b": "2"}
    assert found["adds-up"]["message"] == "As required: a is '1', b is '2' (required: “a” + 1 equals b)"
    assert found["fresh"]["evidence"] == []


def test_before_the_period_a_condition_is_not_over_rather_than_in_doubt(tmp_path: Path) -> None:
    filed(tmp_path)
    assert "  TU: a is '1', b is '2' (required: “a” + 1 equals b) so far" in section(checked("2020"), "Still due")


def test_of_several_subjects_figures_are_not_listed_one_by_one(tmp_path: Path) -> None:
    targets = "".join(f"T{n},TU,{n + 8},2015-01-01,2020-12-31\n" for n in range(4))
    filed(tmp_path, "TU,865,860,1,2\nTV,9,9,1,2\n", targets)
    report = checked()
    assert section(report, "Still due")[:2] == ["reach: reach", "  4 open, the next due on 31 December 2020"]
    assert section(report, "Still due")[2] == "monthly: monthly"
    assert [line for line in section(report, "Measured") if not line.startswith(" ")] == ["flow: flow"]
    assert all(not found.evidence for found in report.findings if found.rule == "adds-up")


def test_a_condition_says_all_values_it_read(tmp_path: Path) -> None:
    filed(tmp_path)
    rules, cities = tmp_path / "rules.yaml", tmp_path / "sub" / "cities.csv"
    more = "".join(f", c{n}: {{type: integer}}" for n in range(8))
    rules.write_text(
        rules.read_text()
        .replace("b: {type: integer}", "b: {type: integer}" + more)
        .replace("a + 1 = b", " + ".join(f"c{n}" for n in range(8)) + " = 0")
    )
    cities.write_text("id,declared,opened," + ",".join(f"c{n}" for n in range(8)) + "\nTU,865,860,1,2,3,4,5,6,7,8\n")
    report = checked()
    message = next(
        describe(each, rule, Wording("en"))
        for rule in report.rules
        for each in report.findings
        if each.rule == rule.id == "adds-up"
    )
    assert message.startswith("Not as required: " + ", ".join(f"c{n} is '{n + 1}'" for n in range(8)) + " (required: ")
