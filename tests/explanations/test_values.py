"""Indicators explained: what they measure, their values, and the rows that count, or may."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from checker.errors import UsageError
from checker.explanations import explain, explain_rule
from checker.model.explanation import Explanation
from checker.model.period import Period
from checker.report import Presentation
from checker.report.formats import EXPLAIN
from checker.report.grouping import deciding_rows
from checker.request import USUAL, CheckRequest, Tuning
from tests.walk.test_indicator_values import FILED, RULES

LARGE = Tuning(small=-1)
UNDATED = {"id": "5", "office": "A", "date": "2019-13-01", "present": "1", "bound": "2"}


@pytest.fixture
def filed(home: Path) -> Path:
    """The same submission as of the exports, but all offices have keys, and one meeting has no day that can be read."""
    (home / "rules.yaml").write_text(RULES, encoding="utf-8")
    offices = [each for each in FILED["offices"] if each["id"]]
    tables = {**FILED, "offices": offices, "meetings": [*FILED["meetings"], UNDATED]}
    said = {"period": "2019", "as_of": "2019-09-30"}
    (home / "filed.json").write_text(json.dumps({"submission": said, "tables": tables}), encoding="utf-8")
    return home / "filed.json"


def explained(filed: Path, indicator: str, subject: str | None, tuning: Tuning = USUAL, **given: Any) -> Explanation:
    language = given.pop("language", None)
    request = CheckRequest(filed, "rules.yaml", tuning=tuning, language=language)
    return explain(indicator, request, subject=subject, **given)


def written(explanation: Explanation) -> str:
    stream = io.StringIO()
    EXPLAIN["text"](explanation, stream, Presentation())
    return stream.getvalue()


def roles(explanation: Explanation) -> dict[tuple[str, str], list[tuple[int | None, str]]]:
    """The rows behind each value and their parts, by subject and window."""
    return {
        (account.subject.id, each.value.window.label if each.value.window else ""): [
            (row.row, row.role) for row in each.behind.evidence
        ]
        for account in explanation.subjects
        for each in account.values
    }


@pytest.mark.parametrize("tuning", [USUAL, LARGE], ids=["small", "large"])
def test_the_rows_that_count_and_those_that_may(filed: Path, tuning: Tuning) -> None:
    found = roles(explained(filed, "held", "A", tuning)) | roles(explained(filed, "held", "C", tuning))
    assert found == {
        ("A", "2019-H1"): [(5, "could-decide"), (1, "counted")],
        ("A", "2019-H2"): [(5, "could-decide"), (2, "counted")],
        ("C", "2019-H1"): [(3, "counted"), (4, "counted")],
        ("C", "2019-H2"): [],
    }


@pytest.mark.parametrize("tuning", [USUAL, LARGE], ids=["small", "large"])
def test_a_cell_that_is_missing_could_decide_a_ratio(filed: Path, tuning: Tuning) -> None:
    (account,) = explained(filed, "attendance", "C", tuning).subjects
    first, second = account.values
    assert (first.value.ratio, second.value.ratio) == (((3, 7), (8, 8)), ())
    assert [row.row for row in deciding_rows([first.behind])] == [3]
    assert [row.row for row in first.behind.evidence] == [3, 4]


def test_of_a_body_each_subject_is_told_and_of_a_window_that_alone(filed: Path) -> None:
    assert roles(explained(filed, "held", "R")).keys() == {("C", "2019-H1"), ("C", "2019-H2")}
    one = explained(filed, "held", "A", window=_half(1))
    assert roles(one).keys() == {("A", "2019-H1")}
    with pytest.raises(UsageError, match="is not judged in windows"):
        explained(filed, "net", "A", window=_half(1))


def _half(number: int) -> Period:
    return Period.parse(f"2019-H{number}")


def test_the_row_of_the_subject_itself(filed: Path) -> None:
    assert roles(explained(filed, "net", "A")) == {("A", ""): [(1, "subject")]}


@pytest.mark.parametrize("tuning", [USUAL, LARGE], ids=["small", "large"])
def test_what_an_indicator_names_is_told_with_it(filed: Path, tuning: Tuning) -> None:
    rules = Path("rules.yaml")
    twice = "  - {id: twice, title: Twice, for: offices, per: half, measure: {value: 2 * held}}\nrules:\n"
    rules.write_text(rules.read_text(encoding="utf-8").replace("rules:\n", twice, 1), encoding="utf-8")
    explanation = explained(filed, "twice", "A", tuning, window=_half(1), language="en")
    assert "between 2 and 4 =Held: between 1 and 2 The row: filed.json" in " ".join(written(explanation).split())


def test_people_read_the_value_and_its_rows(filed: Path) -> None:
    said = " ".join(written(explained(filed, "attendance", "A", language="en")).split())
    assert "the first half of 2019: between 50% and 75% (between 2 and 3 of between 3 and 5)" in said
    assert "Counted (1): 1 (filed.json" in said
    assert "Could decide it (1): 5 (filed.json" in said
    assert (
        "the second half of 2019: between 33.33% and 66.67% so far (between 1 and 2 of between 2 and 4) Counted (1): 2 (" in said
    )
    assert "Severity" not in said
    vietnamese = " ".join(written(explained(filed, "attendance", "A", language="vi")).split())
    assert "6 tháng đầu năm 2019: từ 50% đến 75% (từ 2 đến 3 trên từ 3 đến 5)" in vietnamese
    assert "Còn phụ thuộc (1): 5 (filed.json" in vietnamese


def test_without_a_subject_all_values_are_told(filed: Path) -> None:
    said = " ".join(written(explained(filed, "branches", None, language="en")).split())
    assert "Values ====== Root (R): 1 Branch (B): 1" in said
    alone = explain_rule("branches", "rules.yaml", language="en")
    assert alone.indicator is not None
    assert alone.indicator.values == ()
    assert "Measured of every row of branches" in " ".join(written(alone).split())


def test_as_json(filed: Path) -> None:
    stream = io.StringIO()
    EXPLAIN["json"](explained(filed, "attendance", "A", rows=1), stream, Presentation())
    found = json.loads(stream.getvalue())
    assert (found["indicator"]["id"], found["indicator"]["values"], found["verdicts"]) == ("attendance", [], [])
    first, second = found["subjects"][0]["values"]
    assert (first["part"], first["whole"], first["low"], first["high"]) == ([2, 3], [3, 5], "0.5", "0.75")
    assert (len(first["evidence"]), first["evidence_left_out"]) == (1, 1)
    assert (second["state"], second["part"], second["whole"]) == ("open", [1, 2], [2, 4])


def test_its_queries(filed: Path) -> None:
    queries = {query.role: query.sql for query in explained(filed, "held", "A", sql=True).queries}
    assert queries.keys() == {"tables", "measure", "evidence"}
    assert '"doubtful"' in queries["measure"]


@pytest.mark.usefixtures("filed")
def test_a_misspelt_indicator_is_suggested() -> None:
    with pytest.raises(UsageError, match="Did you mean 'attendance'"):
        explain_rule("attendence", "rules.yaml")
