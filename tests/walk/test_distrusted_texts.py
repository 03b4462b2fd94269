"""Of a large submission whose texts turn out not to be plain all is made anew that was made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest

from checker import api
from checker.model.words import Verdict
from tests.ways import LARGE

TREE = """\
rulebook: tree
title: Tree
sources: {law: {title: Law}}
records:
  bodies: {key: id, parent: above, fields: {id: {}, above: {ref: bodies}}}
rules:
  - {id: few, title: F, cites: law art. 1, for: bodies, require: {coverage: {of: bodies, via: children, at_most: 9}}}
"""
DATED = """\
rulebook: dated
title: Dated
sources: {law: {title: Law}}
records:
  bodies: {key: id, fields: {id: {}}}
  meetings:
    date: day
    fields:
      body: {ref: bodies}
      day: {type: date}
      sent: {type: date, formats: ["%d/%m/%Y", "%m/%d/%Y"]}
rules:
  - {id: met, title: M, cites: law art. 1, for: bodies, require: {frequency: {of: meetings, per: year, at_least: 1}}}
"""


def violated(home: Path, rules: str, tables: Mapping[str, Sequence[tuple[str, ...]]]) -> set[tuple[str, str]]:
    """Which subjects violate which rules of a submission of these tables of text, the first row of each its header."""
    (home / "rules.yaml").write_text(rules, encoding="utf-8")
    (home / "filed").mkdir()
    with duckdb.connect() as engine:
        for name, (header, *rows) in tables.items():
            engine.execute(f"CREATE TABLE {name} ({', '.join(f'{column} VARCHAR' for column in header)})")
            engine.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", rows)
            engine.execute(f"COPY {name} TO '{home / 'filed' / name}.parquet' (FORMAT parquet)")
    tuning = LARGE._replace(folded=2)
    report = api.check(home / "filed", home / "rules.yaml", period="2019", as_of="2019-12-31", max_findings=0, tuning=tuning)
    return {(finding.rule, finding.subject.id) for finding in report.findings if finding.verdict is Verdict.VIOLATED}


@pytest.mark.parametrize("above", ["B", "\u200bB\u3000", " B"])
def test_a_cycle_behind_unseen_blanks_is_reported(tmp_path: Path, above: str) -> None:
    found = violated(tmp_path, TREE, {"bodies": [("id", "above"), ("A", "B"), ("B", above), ("C", "A")]})
    assert found == {("records/bodies/above/acyclic", "B")}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("B\ufffd", {("records/meetings/body/allowed", "row 2")}),
        ("\u200bB\u3000", set()),
        ("C", {("records/meetings/body/reference", "row 2"), ("met", "B")}),
    ],
)
def test_texts_beside_days_in_doubt_are_read(tmp_path: Path, body: str, expected: set[tuple[str, str]]) -> None:
    meetings = [("body", "day", "sent"), ("A", "2019-01-01", "12/25/2018"), (body, "2019-01-01", "08/01/2019")]
    assert violated(tmp_path, DATED, {"bodies": [("id",), ("A",), ("B",)], "meetings": meetings}) == expected
