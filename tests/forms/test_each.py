"""`each` and `distinct`: what is told of the values that are missing, and of what is written wrongly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.errors import RulesError
from checker.model.report import Finding

BOOK = """\
rulebook: clubs
title: Clubs
body: clubs
sources: {statute: {title: Statute}}
records:
  clubs: {key: id, fields: {id: }}
  meetings:
    date: date
    fields:
      club: {ref: clubs, required: true}
      purpose: {enum: {opening: [], closing: [end], review: []}}
      note:
      date: {type: date}
rules:
  - {id: r, cites: statute art. 1, for: clubs, require: {frequency: {of: meetings, per: year, ASKED}}}
"""
ROWS = (
    "club,purpose,date",
    "A,opening,2019-02-01",
    "A,end,2019-03-01",
    "A,,2019-04-01",
    "B,closing,2019-02-01",
    "B,closing,2019-03-01",
    "B,opening,2019-03-01",
)


def book(folder: Path, asked: str) -> Path:
    path = folder / "clubs.yaml"
    path.write_text(BOOK.replace("ASKED", asked), encoding="utf-8")
    return path


def found(folder: Path, asked: str, as_of: date = date(2019, 12, 31)) -> dict[str, Finding]:
    (folder / "filed").mkdir()
    (folder / "filed" / "clubs.csv").write_text("id\nA\nB\n", encoding="utf-8")
    (folder / "filed" / "meetings.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    report = api.check(folder / "filed", book(folder, asked), as_of=as_of, period="2019")
    return {finding.subject.id: finding for finding in report.findings if finding.rule == "r"}


@pytest.mark.parametrize(
    ("asked", "as_of", "told"),
    [
        (
            "at_least: 1, each: purpose",
            date(2019, 12, 31),
            {"A": ("undetermined", 2, 3, ("review",)), "B": ("violated", 2, 2, ("review",))},
        ),
        (
            "at_least: 1, each: {purpose: [closing, opening]}",
            date(2019, 12, 31),
            {"A": ("satisfied", 2, 2, ()), "B": ("satisfied", 2, 2, ())},
        ),
        (
            "at_most: 1, each: purpose",
            date(2019, 12, 31),
            {"A": ("undetermined", 1, 3, ("opening", "closing")), "B": ("violated", 2, 2, ("closing",))},
        ),
        (
            "at_least: 1, at_most: 1, each: purpose",
            date(2019, 6, 30),
            {"A": ("pending", 0, 3, ("opening", "closing", "review")), "B": ("violated", 1, 2, ("closing",))},
        ),
    ],
)
def test_the_values_that_are_lacking(
    asked: str, as_of: date, told: dict[str, tuple[str, int, int, tuple[str, ...]]], tmp_path: Path
) -> None:
    findings = found(tmp_path, asked, as_of)
    measured = {name: finding.measured for name, finding in findings.items()}
    assert {
        name: (str(findings[name].verdict), each.low, each.high, each.missing) for name, each in measured.items() if each
    } == told
    assert all(each is not None and each.whole_low == each.whole_high for each in measured.values())


def test_rows_of_other_values_are_no_evidence(tmp_path: Path) -> None:
    finding = found(tmp_path, "at_least: 2, each: {purpose: [opening]}")["A"]
    assert [(row.line, row.role) for row in finding.evidence] == [(4, "could-decide"), (2, "counted")]


@pytest.mark.parametrize(
    ("each", "code", "instead", "marked"),
    [
        ("purpos", "unknown-field", "purpose", "purpos"),
        ("'purpos'", "unknown-field", "purpose", "purpos"),
        ("venue", "unknown-field", None, "venue"),
        ("note.x", "not-a-reference", None, "note"),
        ("club.nam", "unknown-field", None, "nam"),
        ("{purpos: [review]}", "unknown-field", "purpose", "purpos"),
        ("{purpose: [review, closin]}", "unknown-value", "closing", "closin"),
        ("{purpose: [end]}", "unknown-value", "closing", "end"),
        ("{purpose: review}", "wrong-type", None, "each"),
        ("{purpose: []}", "bad-form", None, "frequency"),
        ("{purpose: [review, review]}", "bad-form", None, "frequency"),
        ("{purpose: [review], note: [x]}", "bad-form", None, "frequency"),
    ],
)
def test_what_is_wrong(each: str, code: str, instead: str | None, marked: str, tmp_path: Path) -> None:
    with pytest.raises(RulesError) as error:
        api.compile_rules(book(tmp_path, f"at_least: 1, each: {each}"))
    [problem] = error.value.problems
    assert (problem.code, problem.instead, problem.marked) == (code, instead, marked)


def test_values_are_the_same_in_every_form_of_unicode(tmp_path: Path) -> None:
    composed, parted = "vé", "ve\u0301"
    path = book(tmp_path, f"at_least: 1, each: {{purpose: [{parted}]}}")
    path.write_text(path.read_text(encoding="utf-8").replace("review: []", f"{composed}: []"), encoding="utf-8")
    assert [rule.id for rule in api.compile_rules(path).rules] == ["r"]
