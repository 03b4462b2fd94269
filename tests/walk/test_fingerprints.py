"""A finding is recognised wherever its row stands: after rows were moved, a table was sorted, or other bodies came."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import api
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report.ci.fingerprints import with_fingerprints

RULES = """\
rulebook: tiny
title: Tiny
body: organisations
sources: {law: {title: Law}}
records:
  organisations:
    {key: id, parent: parent, fields: {id: {}, parent: {ref: organisations}, members: {type: integer}}}
  meetings:
    {date: date, fields: {organisation: {ref: organisations, required: true}, date: {type: date, required: true}, note: {}}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: organisations, require: {frequency: {of: meetings, per: half, at_least: 1}}}
  - {id: apart, title: Apart, cites: law art. 2, for: organisations, require: {spacing: {of: meetings, at_most: 90d}}}
  - {id: many, title: Many, cites: law art. 3, for: organisations, require: {condition: {that: members > 3}}}
  - {id: noted, title: Noted, cites: law art. 4, for: meetings, require: {condition: {that: note is not null}}}
"""
ORGANISATIONS = ("A,,2", "B,A,3", "C,A,8", "D,X,", "E,A,2", "E,A,2")
MEETINGS = ("A,2019-02-01,x", "B,2019-02-30,", "B,2019-08-01,", "B,2019-08-01,", ",2019-03-01,y", "C,,z", "C,,z", "Y,2019-01-01,")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fingerprints")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    (folder / "2019").mkdir()
    (folder / "2019" / "submission.yaml").write_text("period: 2019\nas_of: 2019-12-31\n", encoding="utf-8")
    return folder


def report(home: Path, organisations: list[str], meetings: list[str]) -> Report:
    (home / "2019" / "organisations.csv").write_text("\n".join(["id,parent,members", *organisations, ""]), encoding="utf-8")
    (home / "2019" / "meetings.csv").write_text("\n".join(["organisation,date,note", *meetings, ""]), encoding="utf-8")
    return api.check(home / "2019", home / "rules.yaml")


def fingerprints(what: Report, *others: str) -> list[str | None]:
    """The fingerprints of what is not in order, but for what is about other bodies and their meetings."""
    found = []
    for finding, known in with_fingerprints("tiny", what.findings):
        theirs = {finding.subject.id, *(cell for row in finding.evidence for _, cell in row.values)} & {*others}
        if finding.verdict not in {Verdict.SATISFIED, Verdict.NOT_APPLICABLE} and not theirs:
            found.append(known)
    return sorted(found, key=str)


def test_each_finding_has_one_of_its_own(home: Path) -> None:
    what = report(home, [*ORGANISATIONS], [*MEETINGS])
    found = fingerprints(what)
    assert None not in found
    assert len(set(found)) == len(found) > 20
    assert len({finding.subject.digest for finding in what.findings}) > 4
    assert json.loads(json.dumps(found)) == fingerprints(report(home, [*ORGANISATIONS], [*MEETINGS]))


@pytest.fixture(scope="module")
def before(home: Path) -> list[str | None]:
    return fingerprints(report(home, [*ORGANISATIONS], [*MEETINGS]))


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_moving_sorting_and_adding_change_no_fingerprint(home: Path, before: list[str | None], data: st.DataObject) -> None:
    organisations, meetings = data.draw(st.permutations(ORGANISATIONS)), data.draw(st.permutations(MEETINGS))
    assert fingerprints(report(home, organisations, meetings)) == before
    assert fingerprints(report(home, sorted(organisations), sorted(meetings, reverse=True))) == before
    others = data.draw(st.lists(st.sampled_from(["Z1", "Z2", "Z3"]), min_size=1, max_size=3, unique=True))
    for name in others:
        organisations.insert(data.draw(st.integers(0, len(organisations))), f"{name},,{data.draw(st.integers(0, 9))}")
        meetings.insert(data.draw(st.integers(0, len(meetings))), f"{name},2019-0{data.draw(st.integers(1, 9))}-11,ours {name}")
    assert fingerprints(report(home, organisations, meetings), *others, *(f"ours {name}" for name in others)) == before
