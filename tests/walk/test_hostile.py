"""Inputs on which tools of this kind tend to pass without a word: each ends in an exit code, a place and a fix."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RULES = """\
rulebook: tiny
title: Tiny
sources: {law: {title: Law}}
records:
  organisations: {key: id, fields: {id: {}, members: {type: integer}}}
  meetings: {key: id, date: date, fields: {id: {}, organisation: {ref: organisations}, date: {type: date}}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: organisations, require: {frequency: {of: meetings, per: year, at_least: 1}}}
  - {id: peopled, title: Peopled, cites: law art. 2, for: organisations, require: {condition: {that: members > 0}}}
"""
TABLES = {"organisations.csv": "id,members\nA,5\n", "meetings.csv": "id,organisation,date\n1,A,2019-03-01\n"}
MANIFEST = "rulebook: ../rules.yaml\nperiod: 2019\nas_of: 2019-12-31\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a submission that meets all its rules."""
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "submission.yaml").write_text(MANIFEST, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tmp_path


def checked(home: Path, *arguments: str) -> tuple[int, str]:
    """The exit code, and all that is printed."""
    arguments = arguments or ("submission",)
    given = () if "--rules" in arguments else ("--rules", "rules.yaml")
    command = [sys.executable, "-m", "checker", "check", *arguments, *given, "--lang", "en"]
    run = subprocess.run(command, cwd=home, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300)
    return run.returncode, run.stdout + run.stderr


def tells(said: tuple[int, str], code: int, *parts: str) -> None:
    exit_code, text = said
    assert exit_code == code, text
    assert "Traceback" not in text
    for part in parts:
        assert part in text, text


def test_what_they_spoil_is_in_order(home: Path) -> None:
    tells(checked(home), 0, "Nothing is violated")


def test_a_missing_path(home: Path) -> None:
    tells(checked(home, "submision"), 2, "submision", "fix:")


def test_an_empty_folder(home: Path) -> None:
    (home / "empty").mkdir()
    tells(checked(home, "empty"), 2, "empty", "fix:")


def test_a_folder_of_nothing_that_was_asked_for(home: Path) -> None:
    folder = home / "other"
    folder.mkdir()
    (folder / "submission.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "notes.csv").write_text("a\n1\n", encoding="utf-8")
    tells(checked(home, "other"), 3, "notes.csv", "organisations")


def test_tables_of_headers_alone(home: Path) -> None:
    for name, text in TABLES.items():
        (home / "submission" / name).write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    tells(checked(home), 3, "organisations.csv", "Exit code 3")


def test_a_table_of_zero_bytes(home: Path) -> None:
    (home / "submission" / "meetings.csv").write_bytes(b"")
    tells(checked(home), 2, "meetings.csv", "empty", "UNDETERMINED (major) meets", "Exit code 2")


def test_an_unknown_rulebook(home: Path) -> None:
    tells(checked(home, "submission", "--rules", "vn-party-gras"), 2, "vn-party-gras", "vn-party-grassroots")


def test_an_unknown_rule_selected(home: Path) -> None:
    tells(checked(home, "submission", "--select", "meetz"), 2, "meetz", "Did you mean 'meets'?")


def test_a_typo_in_the_key_of_a_rule(home: Path) -> None:
    (home / "rules.yaml").write_text(RULES.replace("require: {condition", "requires: {condition"), encoding="utf-8")
    tells(checked(home), 2, "rules.yaml:9:", "'requires'", "'require'")


def test_broken_yaml(home: Path) -> None:
    (home / "rules.yaml").write_text(RULES.replace("[", "").replace("title: Tiny", 'title: "Tiny'), encoding="utf-8")
    tells(checked(home), 2, "rules.yaml:2:", "fix:")


def test_a_broken_workbook(home: Path) -> None:
    (home / "submission.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    tells(checked(home, "submission.xlsx"), 2, "submission.xlsx", "fix:")


def test_an_unknown_column_in_a_predicate(home: Path) -> None:
    (home / "rules.yaml").write_text(RULES.replace("that: members", "that: membres"), encoding="utf-8")
    tells(checked(home), 2, "rules.yaml:9:", "membres", "members")


def test_a_table_left_out(home: Path) -> None:
    (home / "submission" / "meetings.csv").unlink()
    tells(checked(home), 3, "meetings", "not submitted")


def test_a_manifest_misspelt(home: Path) -> None:
    (home / "submission" / "submission.yaml").write_text("rulebook: ../rules.yaml\nperoid: 2019\n", encoding="utf-8")
    tells(checked(home), 2, "submission.yaml:2:", "peroid", "period")


def test_every_rule_ignored(home: Path) -> None:
    tells(checked(home, "submission", "--ignore", "meets", "--ignore", "peopled", "--ignore", "records"), 3)


def test_a_workbook_renamed_to_csv(home: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "rach-gia-2019.xlsx"
    shutil.copy(example, home / "submission" / "meetings.csv")
    tells(checked(home), 2, "meetings.csv", "this is a workbook (.xlsx), whatever its name says", "UNDETERMINED (major) meets")


def test_a_second_header(home: Path) -> None:
    (home / "submission" / "organisations.csv").write_text("id,nn\nZ,0\n\nid,members\nA,5\n", encoding="utf-8")
    tells(checked(home), 2, "organisations.csv:1", "line 1 names columns, and so does line 4")


def test_a_misspelt_column_with_a_default(home: Path) -> None:
    rules = RULES.replace("date: {type: date}", "date: {type: date}, status: {enum: [held, cancelled], default: held}")
    (home / "rules.yaml").write_text(rules.replace("of: meetings,", "of: meetings, where: status = 'held',"), encoding="utf-8")
    (home / "submission" / "meetings.csv").write_text(
        "id,organisation,date,statuss\n1,A,2019-03-01,cancelled\n", encoding="utf-8"
    )
    tells(checked(home), 3, "UNDETERMINED (major) meets", "Did you mean 'status'?")


def test_a_folder_whose_name_looks_like_a_column(home: Path) -> None:
    (home / "submission").rename(home / "c1=zz")
    tells(checked(home, "c1=zz"), 0, "Nothing is violated")


@pytest.mark.parametrize("that", ["-members < 0", "abs(members) > 0", "members * members > 0", "members + members > 0"])
@pytest.mark.parametrize("members", ["9223372036854775807", "-9223372036854775808"])
def test_numbers_beyond_what_can_be_computed(that: str, members: str, home: Path) -> None:
    (home / "rules.yaml").write_text(RULES.replace("that: members > 0", f"that: '{that}'"), encoding="utf-8")
    (home / "submission" / "organisations.csv").write_text(f"id,members\nA,{members}\n", encoding="utf-8")
    code, text = checked(home)
    assert code in {0, 1, 3}, text


@pytest.mark.parametrize("that", ["founded + members > founded", "founded - members < founded", ":as_of + members > founded"])
def test_days_beyond_the_calendar(that: str, home: Path) -> None:
    rules = RULES.replace("members: {type: integer}", "members: {type: integer}, founded: {type: date}")
    (home / "rules.yaml").write_text(rules.replace("that: members > 0", f"that: '{that}'"), encoding="utf-8")
    rows = "id,members,founded\nA,2147483647,2019-01-01\nB,9223372036854775807,2019-01-01\n"
    (home / "submission" / "organisations.csv").write_text(rows, encoding="utf-8")
    tells(checked(home, "submission", "--select", "peopled"), 3, "UNDETERMINED (major) peopled")


@pytest.mark.parametrize("lines", [7_000, 200_000])
def test_minutes_in_a_cell(home: Path, lines: int) -> None:
    """More than the 128 KiB that Python's reader takes, and more than the 2 MB that the engine takes."""
    minutes = "minutes of it\n" * lines
    (home / "submission" / "organisations.csv").write_text(f'id,members,note\nA,5,"{minutes}"\nB,0,\n', encoding="utf-8")
    tells(checked(home, "submission", "--select", "peopled"), 1, "VIOLATED (major) peopled", f"organisations.csv:{lines + 3}")
