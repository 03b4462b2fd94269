"""The queries of an explanation run by themselves, and give what the program found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from checker import explanations
from checker.model.explanation import Explanation
from checker.request import CheckRequest

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "examples" / "rach-gia-2019-faulty"
WORKBOOK = ROOT / "examples" / "rach-gia-2019.xlsx"


def explained(rule: str, submission: Path, subject: str | None) -> Explanation:
    request = CheckRequest(submission, ROOT / "rules" / "vn-party-grassroots", as_of=date(2019, 12, 31))
    return explanations.explain(rule, request, subject=subject, sql=True)


def answers(explanation: Explanation) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """What each query gives, run one after the other in a database of its own."""
    connection = duckdb.connect()
    for query in explanation.queries:
        found = connection.execute(query.sql)
        names = [column[0] for column in found.description or ()]
        yield query.role, [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("submission", [FAULTY, WORKBOOK], ids=["folder", "workbook"])
@pytest.mark.parametrize(
    ("rule", "subject"),
    [
        ("cell-monthly", "VT-KP2"),
        ("city-cell-attendance", "TU"),
        ("working-regulations-reviewed", "VH"),
        ("total-members", "TU"),
        ("hamlet-has-cell", "DB-VTV-1"),
        ("three-full-members", "AH-TH4"),
    ],
)
def test_the_script_gives_what_was_found(rule: str, subject: str, submission: Path) -> None:
    explanation = explained(rule, submission, subject)
    (account,) = explanation.subjects
    answer = dict(answers(explanation))
    measured = [row for row in answer["measure"] if row["subject"] == account.subject.row]
    assert sorted(str(row["outcome"]) for row in measured) == sorted(
        judgement.finding.outcome.value for judgement in account.judgements
    )
    rows = [row for judgement in account.judgements for row in judgement.finding.evidence if row.role != "subject"]
    assert sorted(bool(row["sure"]) for row in answer.get("evidence", [])) == sorted(row.role == "counted" for row in rows)


def test_what_cannot_be_seen_is_spelt() -> None:
    for query in explained("cell-monthly", FAULTY, "VT-KP2").queries:
        assert all(character.isprintable() or character == "\n" for character in query.sql)


def test_without_a_subject_the_rows_are_those_of_what_is_not_in_order() -> None:
    answer = dict(answers(explained("cell-monthly", FAULTY, None)))
    assert len(answer["measure"]) > 3000
    assert {row["subject"] for row in answer["evidence"]}
    assert dict(answers(explained("records/meetings/id/required", FAULTY, None)))["measure"] == [{"_row": 1}]


RUNS = """\
rulebook: runs
title: Runs
sources: {s: {title: S}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings: {key: id, date: day, fields: {id: {}, club: {ref: clubs}, day: {type: date}, missed: {type: boolean}}}
rules:
  - {id: run, cites: s 1, for: clubs, require: {streak: {of: meetings, that: missed, at_most: 1}}}
  - {id: gap, cites: s 1, for: clubs, require: {spacing: {of: meetings, at_most: 60d}}}
"""


@pytest.mark.parametrize("rule", ["run", "gap"])
def test_the_script_of_runs_and_gaps_can_be_run(rule: str, tmp_path: Path) -> None:
    (tmp_path / "runs.yaml").write_text(RUNS, encoding="utf-8")
    rows = "[{id: M, club: A, day: 2019-02-01, missed: true}, {id: N, club: A, day: 2019-02-02, missed: true}]"
    data = f"submission: {{period: 2019, as_of: 2019-12-31}}\ntables: {{clubs: [{{id: A}}], meetings: {rows}}}\n"
    (tmp_path / "data.yaml").write_text(data, encoding="utf-8")
    explanation = explanations.explain(rule, CheckRequest(tmp_path / "data.yaml", tmp_path / "runs.yaml"), subject="A", sql=True)
    assert "breached" in {row["outcome"] for row in dict(answers(explanation))["measure"]}


SEVERAL = """\
rulebook: several
title: Several
sources: {s: {title: S}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings: {key: id, date: day, fields: {id: {}, club: {ref: clubs}, day: {type: date}}}
  papers: {key: id, date: day, fields: {id: {}, club: {ref: clubs}, day: {type: date}}}
rules:
  - id: both
    cites: s 1
    for: clubs
    require: {all: [{frequency: {of: meetings, at_least: 1, per: year}}, {frequency: {of: papers, at_least: 1, per: year}}]}
"""


def test_the_script_of_several_requirements_gives_the_rows_behind_each(tmp_path: Path) -> None:
    (tmp_path / "several.yaml").write_text(SEVERAL, encoding="utf-8")
    papers = "[{id: P, club: A, day: 2019-03-01}, {id: Q, club: B, day: 2019-03-01}]"
    tables = f"{{clubs: [{{id: A}}, {{id: B}}], meetings: [{{id: M, club: A, day: 2019-02-01}}], papers: {papers}}}"
    (tmp_path / "data.yaml").write_text(f"submission: {{period: 2019, as_of: 2019-12-31}}\ntables: {tables}\n", encoding="utf-8")
    request = CheckRequest(tmp_path / "data.yaml", tmp_path / "several.yaml")
    explanation = explanations.explain("both", request, subject="A", sql=True)
    told = list(answers(explanation))
    assert [role for role, _ in told] == ["tables", "measure", "evidence", "evidence"]
    assert [[(row["row"], row["sure"]) for row in rows] for role, rows in told if role == "evidence"] == [
        [(1, True)],
        [(1, True)],
    ]
    assert {row["subject"]: row["outcome"] for row in dict(told)["measure"]} == {1: "met", 2: "breached"}
