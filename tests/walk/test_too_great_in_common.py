"""What is too great to be computed is unknown, also where a large submission is asked twice for the same calculation."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api
from checker.request import Tuning
from tests.ways import LARGE, SMALL

RULEBOOK = """\
rulebook: club
title: Club
body: clubs
sources: {statutes: {title: Statutes}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings:
    key: id
    date: held_on
    fields: {id: {}, club: {ref: clubs}, held_on: {type: date}, present: {type: integer}, entitled: {type: integer}}
rules:
  - {id: between, cites: statutes 1, for: clubs,
     require: {rate: {of: meetings, part: present, whole: entitled, at_least: 1/3, at_most: 2/3}}}
  - {id: some, cites: statutes 1, for: clubs, require: {coverage: {of: meetings, where: present * 3 > entitled}}}
  - {id: few, cites: statutes 1, for: clubs, require: {coverage: {of: meetings, where: present * 3 + 1 > entitled, at_most: 1}}}
  - {id: more, cites: statutes 1, for: meetings, require: {condition: {that: present * 3 > entitled}}}
"""


def filed(folder: Path) -> Path:
    folder.mkdir()
    (folder / "submission.yaml").write_text("period: 2019\nas_of: 2019-12-31\n", encoding="utf-8")
    (folder / "clubs.csv").write_text("id\nA\nB\n", encoding="utf-8")
    rows = ["id,club,held_on,present,entitled", "1,A,2019-02-01,9223372036854775807,", "2,A,2019-03-01,2,4", "3,B,2019-03-01,1,2"]
    (folder / "meetings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("tuning", [SMALL, LARGE], ids=["small", "large"])
def test_a_calculation_in_common_that_overflows_is_unknown(tmp_path: Path, tuning: Tuning) -> None:
    rulebook = tmp_path / "club.yaml"
    rulebook.write_text(RULEBOOK, encoding="utf-8")
    report = api.check(filed(tmp_path / "filed"), rulebook, tuning=tuning)
    found = {(each.rule, each.subject.id): str(each.verdict) for each in report.findings if str(each.verdict) != "satisfied"}
    assert found == {("between", "A"): "undetermined", ("few", "A"): "undetermined", ("more", "1"): "undetermined"}
    assert {rule.id: dict(rule.counts) for rule in report.rules if not rule.id.startswith("records/")} == {
        "between": {"satisfied": 1, "undetermined": 1},
        "some": {"satisfied": 2},
        "few": {"satisfied": 1, "undetermined": 1},
        "more": {"satisfied": 2, "undetermined": 1},
    }
