"""What many bodies handed in as real folders, archives and workbooks, not each of them every table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from checker import api
from checker.model.report import Report
from checker.request import CheckRequest, Tuning
from tests.ways import LARGE, SMALL

RULES = """
rulebook: offices
title: Offices
version: "1"
body: offices
sources: {law: {title: Law}}
records:
  offices:
    title: Offices
    key: id
    label: name
    parent: parent
    fields: {id: {}, name: {}, parent: {ref: offices}}
  teams:
    key: id
    belongs_to: office
    fields: {id: {}, office: {ref: offices}}
  meetings:
    title: Meetings
    date: date
    belongs_to: office
    fields: {office: {ref: offices}, team: {ref: teams}, date: {type: date, required: true}}
rules:
  - {id: two, title: Two, cites: law art. 1, for: offices, require: {frequency: {of: meetings, per: year, at_least: 2}}}
  - {id: few, title: Few, cites: law art. 1, for: offices, require: {frequency: {of: meetings, per: year, at_most: 9}}}
  - id: below
    title: Below
    cites: law art. 1
    for: offices
    require: {frequency: {of: meetings, via: descendants, per: year, at_least: 1}}
  - {id: all, title: All, cites: law art. 1, for: submission, require: {coverage: {of: meetings, at_least: 1}}}
"""
OFFICE, MEETING, TEAM = "id,name,parent\n", "office,team,date\n", "id,office\n"
NORTH = {"offices": f"{OFFICE}N,North,P\n", "meetings": f"{MEETING}N,,2019-01-02\nN,,2019-02-02\n"}
SOUTH = {"offices": f"{OFFICE}S,South,P\n"}
PARENT = {"offices": f"{OFFICE}P,Parent,\n", "meetings": f"{MEETING}P,,2019-03-02\nP,,2019-04-02\n"}
THREE = {"north": NORTH, "south": SOUTH, "parent": PARENT}

Handed = Mapping[str, Mapping[str, str]]
Hand = Callable[[Path, Handed], Path]


def as_folders(folder: Path, handed: Handed) -> Path:
    for name, tables in handed.items():
        for table, text in tables.items():
            path = folder / "in" / name / f"{table}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder / "in"


def as_archive(folder: Path, handed: Handed) -> Path:
    path = folder / "in.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, tables in handed.items():
            for table, text in tables.items():
                packed.writestr(f"{name}/{table}.csv", text)
    return path


def as_archives(folder: Path, handed: Handed) -> Path:
    (folder / "in").mkdir()
    for name, tables in handed.items():
        with zipfile.ZipFile(folder / "in" / f"{name}.zip", "w") as packed:
            for table, text in tables.items():
                packed.writestr(f"{table}.csv", text)
    return folder / "in"


def as_workbooks(folder: Path, handed: Handed) -> Path:
    (folder / "in").mkdir()
    for name, tables in handed.items():
        made = io.BytesIO()
        with xlsxwriter.Workbook(made) as book:
            for table, text in tables.items():
                sheet = book.add_worksheet(table)
                for number, line in enumerate(text.splitlines()):
                    sheet.write_row(number, 0, line.split(","))
        (folder / "in" / f"{name}.xlsx").write_bytes(made.getvalue())
    return folder / "in"


def check(folder: Path, submission: Path, tuning: Tuning = SMALL, more: str = "") -> Report:
    rules = folder / "rules.yaml"
    rules.write_text(RULES + more, encoding="utf-8")
    return api.checked(CheckRequest(submission, rules, period="2019", as_of="2019-12-31", tuning=tuning))


def told(report: Report, *, of_file: bool = False) -> dict[tuple[str, str], str]:
    return {
        (finding.rule, finding.subject.id): " ".join(filter(None, (finding.verdict, finding.reason)))
        for finding in report.findings
        if str(finding.verdict) in {"violated", "undetermined"} and finding.rule.startswith("records/") is of_file
    }


MISSED = {
    **{(rule, "S"): "undetermined not-handed-in" for rule in ("two", "few", "below")},
    ("below", "P"): "undetermined not-handed-in",
    ("below", "N"): "violated",
    ("all", "submission"): "undetermined not-handed-in",
}


@pytest.mark.parametrize("tuning", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("file", [as_folders, as_archive, as_archives, as_workbooks])
def test_who_handed_in_no_table_is_not_accused(tmp_path: Path, file: Hand, tuning: Tuning) -> None:
    assert told(check(tmp_path, file(tmp_path, THREE), tuning)) == MISSED


def test_a_reference_to_others_than_the_subjects_may_be_in_any_table(tmp_path: Path) -> None:
    """What finds the meetings of a team is here the name of an office, and those of one office were not handed in."""
    require = "{coverage: {of: meetings, by: {office: id}}}"
    more = f"  - {{id: as-named, title: As named, cites: law art. 1, for: teams, require: {require}}}\n"
    handed = {**THREE, "north": {**NORTH, "teams": f"{TEAM}S,N\n"}}
    assert told(check(tmp_path, as_folders(tmp_path, handed), more=more))["as-named", "S"] == "undetermined not-handed-in"


def test_rows_of_a_parent_may_be_in_any_table(tmp_path: Path) -> None:
    """Of the office Q, which handed in its meetings, those of its parent are asked for, and these were not handed in."""
    require = "{coverage: {of: meetings, by: {office.id: parent.id}}}"
    more = f"  - {{id: above, title: Above, cites: law art. 1, for: offices, require: {require}}}\n"
    handed = {**THREE, "north": {**NORTH, "offices": f"{OFFICE}N,North,P\nQ,Quay,S\n"}}
    assert told(check(tmp_path, as_folders(tmp_path, handed), more=more))["above", "Q"] == "undetermined not-handed-in"


def notices(report: Report) -> list[tuple[str, str]]:
    return [(str(each.message), each.place.file) for each in report.notices if each.code == "table-not-handed-in" and each.place]


def test_the_body_and_the_table_are_named_once(tmp_path: Path) -> None:
    report = check(tmp_path, as_folders(tmp_path, {**THREE, "west": {"offices": f"{OFFICE}W,West,P\n"}}))
    ((said, place),) = notices(report)
    assert said == "South, West handed in no table 'meetings', which others did: 4 rules stay open for them"
    assert place == str(tmp_path / "in" / "south")


def test_an_empty_table_is_not_missing(tmp_path: Path) -> None:
    report = check(tmp_path, as_folders(tmp_path, {**THREE, "south": {**SOUTH, "meetings": MEETING}}))
    assert told(report) == dict.fromkeys((("two", "S"), ("below", "N"), ("below", "S")), "violated")
    assert not notices(report)


def test_one_table_beside_all_may_have_the_rows_of_each(tmp_path: Path) -> None:
    folder = as_folders(
        tmp_path, {"": {"meetings": f"{MEETING}S,,2019-01-02\n"}, **{f"each/{name}": own for name, own in THREE.items()}}
    )
    (folder / "submission.yaml").write_text("parts: each\n", encoding="utf-8")
    assert told(check(tmp_path, folder))["two", "S"] == "violated"


def test_bodies_of_a_common_list_are_those_of_whose_rows_a_table_is_missing(tmp_path: Path) -> None:
    offices = f"{OFFICE}N,North,\nS,South,\nE,East,\n"
    handed = {
        "": {"offices": offices},
        "each/north": {"teams": f"{TEAM}1,N\n", "meetings": f"{MEETING}N,1,2019-01-02\n"},
        "each/south": {"teams": f"{TEAM}2,S\n"},
    }
    folder = as_folders(tmp_path, handed)
    (folder / "submission.yaml").write_text("parts: each\n", encoding="utf-8")
    found = told(check(tmp_path, folder))
    assert (found["two", "N"], found["two", "S"], found["two", "E"]) == ("violated", "undetermined not-handed-in", "violated")


def test_one_workbook_for_each_table_misses_none(tmp_path: Path) -> None:
    report = check(
        tmp_path, as_workbooks(tmp_path, {"offices": {"offices": f"{OFFICE}N,North,\n"}, "meetings": {"meetings": MEETING}})
    )
    assert told(report)["two", "N"] == "violated"
    assert not notices(report)


def test_a_reference_to_what_was_not_handed_in_is_unknown(tmp_path: Path) -> None:
    handed = {
        "north": {**NORTH, "teams": f"{TEAM}1,N\n"},
        "south": {**SOUTH, "meetings": f"{MEETING}S,9,2019-01-02\n"},
    }
    found = told(check(tmp_path, as_folders(tmp_path, handed)), of_file=True)
    assert found["records/meetings/team/reference", "row 3"] == "undetermined not-handed-in"


def test_what_an_indicator_measures_is_unknown_too(tmp_path: Path) -> None:
    folder, rules = as_folders(tmp_path, THREE), tmp_path / "indicating.yaml"
    indicators = """indicators:
  - {id: held, title: Held, cites: law art. 1, for: offices, per: year, measure: {count: {of: meetings}}}
rules:
  - {id: some, title: Some, cites: law art. 1, for: offices, require: {condition: {that: held >= 1, per: year}}}
"""
    rules.write_text(RULES[: RULES.index("rules:")] + indicators, encoding="utf-8")
    report = api.checked(CheckRequest(folder, rules, period="2019", as_of="2019-12-31"))
    assert told(report) == {("some", "S"): "undetermined"}
