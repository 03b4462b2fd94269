"""Whole explanations, compared with stored ones (`pytest --snapshot-update` renews them)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from checker.cli.main import program
from checker.display_width import text_width
from checker.model.explanation import Explanation
from checker.report import Presentation
from checker.report.explain.text import write

ROOT = Path(__file__).parents[2]
FAULTY = "--in examples/rach-gia-2019-faulty"
RULES = "--rules vn-party-grassroots"
Run = Callable[[str], Result]

PAGES = {
    "a rule by itself": f"cell-monthly {RULES}",
    "a rule with a parameter": f"cell-attendance {RULES}",
    "a rule that holds only where an exception does": f"cell-quarterly {RULES}",
    "an integrity rule": f"records/meetings/date/allowed {RULES}",
    "how a rule decided": f"cell-monthly {FAULTY}",
    "violated in a window": f"cell-monthly VT-KP2 {FAULTY} --window 2019-03",
    "satisfied window by window": f"cell-monthly AH-TH4 {FAULTY} --window 2019-Q1",
    "displaced by an exception": f"cell-monthly SN4-06 {FAULTY} --window 2019-01",
    "perhaps displaced": f"cell-monthly SN2-03 {FAULTY} --window 2019-03..2019-04",
    "undetermined for a cell": f"cell-attendance VQ-CQ {FAULTY} --window 2019-H1",
    "pending": "plenary-year-end-summary AB --in examples/rach-gia-2019",
    "not selected": f"three-full-members TU {FAULTY}",
    "a condition": f"three-full-members AH-TH4 {FAULTY}",
    "a total, with the first rows": f"total-members TU {FAULTY} --rows 3",
    "a date": f"working-regulations-reviewed VH {FAULTY}",
    "a dated subject": f"cell-meeting-attended VTV-CQ-SH12 {FAULTY}",
    "a row without a key": f"records/meetings/id/required row\u00a01 {FAULTY}",
    "a row in order": f"records/meetings/date/allowed VTV-HN2 {FAULTY}",
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(ROOT)

    def explain(line: str) -> Result:
        arguments = [argument.replace("\u00a0", " ") for argument in line.split(" ")]
        return CliRunner().invoke(program, ["explain", *arguments, "--quiet"], prog_name="checker")

    return explain


@pytest.mark.parametrize("page", PAGES)
def test_whole_explanations(page: str, run: Run, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages: an explanation is written in the other without being asked for again."""
    made: list[Explanation] = []

    def keep(explanation: Explanation, stream: TextIO, presentation: Presentation) -> None:
        made.append(explanation)
        write(explanation, stream, presentation)

    monkeypatch.setattr("checker.report.explain.text.write", keep)
    result = run(f"{PAGES[page]} --lang en")
    assert (result.exit_code, result.stderr) == (0, "")
    stream = io.StringIO()
    (explanation,) = made
    write(replace(explanation, language="vi"), stream, Presentation())
    for text in (result.stdout, stream.getvalue()):
        assert max(map(text_width, text.splitlines())) <= 80
        assert re.sub(r"checker \S+, DuckDB .*", "checker N, DuckDB N", text) == snapshot


def test_all_that_belongs_to_a_body(run: Run) -> None:
    explained = json.loads(run(f"cell-meeting-attended VQ-CQ {FAULTY} --format json").stdout)
    assert {subject["subject"]["path"][-1]["id"] for subject in explained["subjects"]} == {"VQ-CQ"}
    assert len(explained["subjects"]) == 12  # the meetings of its committee are not selected
    same = json.loads(run(f"cell-meeting-attended organisations:VQ-CQ {FAULTY} --format json").stdout)
    assert same["subjects"] == explained["subjects"]


def test_a_subject_may_be_named(run: Run) -> None:
    by_name = run(f"cell-monthly Chi\u00a0bộ\u00a0Cơ\u00a0quan\u00a0Vĩnh\u00a0Quang {FAULTY}")
    assert by_name.stdout == run(f"cell-monthly VQ-CQ {FAULTY}").stdout


def test_rows_are_limited_and_the_others_counted(run: Run) -> None:
    whole, part = (
        json.loads(run(f"total-members TU {FAULTY} --format json {rows}".strip()).stdout)["subjects"][0]["findings"][0]
        for rows in ("--rows 60", "--rows 3")
    )
    assert part["evidence"] == whole["evidence"][:3]
    assert part["evidence_left_out"] == len(whole["evidence"]) - 3 > 0
    assert whole["evidence_left_out"] == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"cell-montly {RULES}", "Did you mean 'cell-monthly'?"),
        (f"cell-montly {FAULTY} --lang en", "Did you mean 'cell-monthly'?"),
        (f"cell-monthly VQ-CQQ {FAULTY} --lang en", "Did you mean 'VQ-CQ'?"),
        (f"cell-monthly VQ-CQ {FAULTY} --lang en --window 2018", "no window of 'cell-monthly' touches 2018"),
        (f"three-full-members VQ-CQ {FAULTY} --lang en --window 2019", "is not judged in windows"),
        ("cell-monthly", "--rules, or a submission with --in"),
        (f"cell-monthly VQ-CQ {RULES}", "SUBJECT needs a submission"),
        (f"cell-monthly {RULES} --sql", "--sql needs a submission"),
        (f"cell-monthly {RULES} --format sql", "--format sql needs a submission"),
        (f"cell-monthly {RULES} --as-of 2019-12-31", "--as-of needs a submission"),
        ("cell-monthly --rules nowhere", "there is no rulebook 'nowhere'"),
        ("cell-monthly --in nowhere", "nowhere"),
        (f"cell-monthly {FAULTY} --lang en --set cell_attendanc=3", "did you mean 'cell_attendance'?"),
    ],
)
def test_what_is_wrong_is_said(line: str, said: str, run: Run) -> None:
    result = run(line)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_a_submission_that_cannot_be_read_whole(run: Run, tmp_path: Path) -> None:
    for file in (ROOT / "examples" / "rach-gia-2019-faulty").glob("*.[cy]*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "meetings.csv").write_bytes(b"\x00\x01\x02")
    result = run(f"cell-monthly VQ-CQ --in {tmp_path} --lang en")
    assert result.exit_code == 2
    assert "Problems: these must be fixed" in result.stdout
    assert "UNDETERMINED" in result.stdout


GAPS = """
rulebook: gaps
title: Gaps
sources: {law: {title: The law}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings: {key: id, date: day, fields: {id: {}, club: {ref: clubs}, day: {type: date}}}
rules: [{id: apart, title: At most 120 days apart, cites: law 1, for: clubs, require: {spacing: {of: meetings, at_most: 120d}}}]
"""
MEETINGS = """
submission: {period: 2019, as_of: 2019-12-31}
tables:
  clubs: [{id: A}]
  meetings: [{id: M1, club: A, day: 2019-01-10}, {id: M2, club: A, day: 2019-08-10}]
"""


def test_gaps_are_windows_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(GAPS, encoding="utf-8")
    (tmp_path / "s.yaml").write_text(MEETINGS, encoding="utf-8")
    line = f"apart A --in {tmp_path}/s.yaml --rules {tmp_path}/r.yaml --window 2019-03 --format json"
    (subject,) = json.loads(run(line).stdout)["subjects"]
    assert [(each["window"]["label"], each["verdict"]) for each in subject["findings"]] == [
        ("2019-01-10..2019-08-10", "violated")
    ]
    assert subject["findings"][0]["firings"]
