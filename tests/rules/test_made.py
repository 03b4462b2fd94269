"""Records that are made of values of another, the whole submission, and rows that are found through references."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api
from checker.errors import RulesError
from checker.rules.loading import load

RECORDS = """\
  clubs: {key: id, fields: {id: {}, seat: {}, founded: {type: date}, dues: {type: number}}}
  teams: {key: id, belongs_to: club, fields: {id: {}, club: {ref: clubs}, rival: {ref: clubs}}}
  games: {key: id, date: day, belongs_to: team.club, fields: {id: {}, day: {type: date}, team: {ref: teams}, guest: {ref: teams}}}
"""
RULEBOOK = """\
rulebook: league
title: League
body: clubs
sources: {law: {title: Law}}
records:
<records>
rules:
  - {id: r, cites: law 1, for: <subject>, require: {coverage: {of: games<rest>}}}
"""


def written(folder: Path, records: str = "", subject: str = "clubs", rest: str = ", by: team.club") -> Path:
    path = folder / "league.yaml"
    text = RULEBOOK.replace("<records>\n", RECORDS + records).replace("<subject>", subject).replace("<rest>", rest)
    path.write_text(text, encoding="utf-8")
    return path


def codes(path: Path) -> list[str]:
    with pytest.raises(RulesError) as raised:
        api.compile_rules(path)
    return [problem.code for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("derive", "code"),
    [
        ("{from: plays, key: month(day)}", "unknown-name"),
        ("{from: games, key: dya}", "unknown-name"),
        ("{from: games, key: month(team)}", "wrong-type"),
        ("{from: clubs, key: dues}", "wrong-type"),
        ("{from: clubs, key: seat.town}", "not-a-reference"),
        ("{from: games, key: [team.club, guest.club]}", "bad-derivation"),
        ("{from: games, key: team.id}", "bad-name"),
        ("{from: others, key: month}", "bad-derivation"),
    ],
)
def test_what_no_record_can_be_derived_of_is_told(tmp_path: Path, derive: str, code: str) -> None:
    others = "  others: {derive: {from: games, key: month(day)}}\n" if "others" in derive else ""
    assert codes(written(tmp_path, f"{others}  months: {{derive: {derive}}}\n")) == [code]


def test_a_derived_record_has_the_fields_of_its_key_and_a_day(tmp_path: Path) -> None:
    derive = "  months: {derive: {from: games, key: {host: team.club, month: month(day), team: team}}}\n"
    made = load(written(tmp_path, derive)).records["months"]
    assert [(field.name, str(field.type), field.ref) for field in made.fields] == [
        ("id", "text", None),
        ("host", "text", "clubs"),
        ("month", "text", None),
        ("team", "text", "teams"),
        ("date", "date", None),
    ]
    assert (made.key, made.date, made.belongs_to) == ("id", "date", "host")


def test_nothing_refers_to_what_is_made(tmp_path: Path) -> None:
    records = "  months: {derive: {from: games, key: month(day)}}\n  notes: {fields: {month: {ref: months}}}\n"
    assert codes(written(tmp_path, records)) == ["no-key"]


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("{team.club: id, day: seat}", "wrong-type"),
        ("{team.seat: id}", "unknown-field"),
        ("{id.club: id}", "not-a-reference"),
        ("{month(id): seat}", "wrong-type"),
    ],
)
def test_pairs_that_are_never_equal_are_told(tmp_path: Path, by: str, code: str) -> None:
    assert codes(written(tmp_path, rest=f", by: {by}")) == [code]


def test_all_rows_are_those_of_the_submission(tmp_path: Path) -> None:
    assert "submission" not in load(written(tmp_path)).records
    assert api.compile_rules(written(tmp_path, subject="submission", rest="")).rules[0].record == "submission"
    assert codes(written(tmp_path, subject="submission", rest=", by: team")) == ["no-key"]


def test_a_path_leads_to_the_body(tmp_path: Path) -> None:
    assert load(written(tmp_path)).records["games"].to_body == ("team", "club")
    wrong = RECORDS.replace("belongs_to: team.club", "belongs_to: team.id")
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(RECORDS, wrong), encoding="utf-8")
    assert codes(path) == ["not-a-reference"]


def test_a_library_keeps_what_a_record_is_derived_of(tmp_path: Path) -> None:
    held = 'terms:\n  held: {of: games, where: "not day is null"}\n'
    library = f"library: plays\ntitle: Plays\nrecords:\n{RECORDS}  months: {{derive: {{from: held, key: month(day)}}}}\n{held}"
    (tmp_path / "plays.yaml").write_text(library, encoding="utf-8")
    path = written(tmp_path, subject="months", rest=", by: {month(day): month}")
    text = path.read_text(encoding="utf-8").replace(f"records:\n{RECORDS}", "uses: ./plays.yaml\n").replace("body: clubs\n", "")
    path.write_text(text.replace("of: games", "of: held"), encoding="utf-8")
    book = load(path)
    assert ("months" in book.records, "held" in book.terms, "games" in book.records) == (True, True, True)
