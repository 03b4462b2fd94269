"""A large submission whose texts turn out not to be plain has its trees made anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from checker import api
from checker.measure import gathers, run
from checker.measure import parquet as parquet_files
from checker.model.period import Period
from checker.model.words import Verdict

RULES = """\
rulebook: tree
title: Tree
sources: {law: {title: Law}}
records:
  bodies: {key: id, parent: above, fields: {id: {}, above: {ref: bodies}}}
rules:
  - {id: few, title: F, cites: law art. 1, for: bodies, require: {coverage: {of: bodies, via: children, at_most: 9}}}
"""


@pytest.mark.parametrize("above", ["B", "\u200bB\u3000", " B"])
def test_a_cycle_behind_unseen_blanks_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, above: str) -> None:
    monkeypatch.setenv("CHECKER_CACHE", str(tmp_path / "cache"))
    for module, name, value in ((run, "SMALL", -1), (parquet_files, "FEW", -1), (gathers, "MOST_FOLDED", 2)):
        monkeypatch.setattr(module, name, value)
    (tmp_path / "tree.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "filed").mkdir()
    rows = f"SELECT * FROM (VALUES ('A', 'B'), ('B', '{above}'), ('C', 'A')) AS t(id, above)"
    with duckdb.connect() as engine:
        engine.execute(f"COPY ({rows}) TO '{tmp_path / 'filed' / 'bodies.parquet'}' (FORMAT parquet)")
    report = api.check(
        tmp_path / "filed", tmp_path / "tree.yaml", period=Period.parse("2019"), as_of=date(2019, 12, 31), max_findings=0
    )
    found = {(finding.rule, finding.subject.id) for finding in report.findings if finding.verdict is Verdict.VIOLATED}
    assert found == {("records/bodies/above/acyclic", "B")}
