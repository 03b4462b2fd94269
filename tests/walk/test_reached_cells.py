"""Cells of other rows, to which references lead, are shown as a rule's own are, and where they are if they could decide it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from checker import api
from checker.model.period import Period
from checker.model.report import Report
from checker.report import Presentation
from checker.report.formats import CHECK

RULES = """\
rulebook: clubs
title: Clubs
sources: {law: {title: Law}}
records:
  regions: {key: id, fields: {id: {}, name: {}}}
  clubs: {key: id, fields: {id: {}, kind: {enum: [local, national]}, region: {ref: regions}}}
  people: {key: id, fields: {id: {}}}
  chairs: {fields: {club: {ref: clubs}, person: {ref: people}, region: {}}}
rules:
  - id: none-of-local
    title: N
    cites: law 1
    for: people
    require: {coverage: {of: chairs, where: "club.kind = 'local'", at_most: 0}}
  - {id: same, title: S, cites: law 2, for: chairs, require: {condition: {that: region = club.region.name}}}
"""


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(tmp_path)
    Path("rules.yaml").write_text(RULES, encoding="utf-8")
    Path("sub").mkdir()
    for name, rows in {
        "regions": "id,name\nN,North\nS,",
        "clubs": "id,kind,region\nA,local,N\nB,,S",
        "people": "id\nP\nQ",
        "chairs": "club,person,region\nA,P,South\nB,Q,South",
    }.items():
        Path("sub", f"{name}.csv").write_text(f"{rows}\n", encoding="utf-8")
    period = Period.parse("2019")
    return api.check("sub", "rules.yaml", period=period, as_of=period.last)


def text(report: Report) -> str:
    stream = io.StringIO()
    CHECK["text"](report, stream, Presentation(width=300))
    return stream.getvalue()


def test_an_empty_cell_that_could_decide_is_named_with_its_place(report: Report) -> None:
    said = text(report)
    assert "chairs.csv:3: kind (club) (clubs.csv:3) is empty" in said
    assert "Cannot be decided: name (club › region) (regions.csv:3) is empty, region is 'South'" in said


def test_a_comparison_shows_both_sides(report: Report) -> None:
    assert (
        "Not as required: region is 'South', name (club › region) is 'North' (required: region equals name (club › region))"
        in text(report)
    )


def test_the_json_says_where_they_are(report: Report) -> None:
    stream = io.StringIO()
    CHECK["json"](report, stream, Presentation())
    rows = [row for each in json.loads(stream.getvalue())["findings"] for row in each["evidence"] if row["reached"]]
    assert [(row["line"], name, at["file"], at["line"]) for row in rows for name, at in row["reached"].items()] == [
        (3, "club.region.name", "sub/regions.csv", 3),
        (3, "club.kind", "sub/clubs.csv", 3),
    ]
