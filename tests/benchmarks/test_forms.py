"""The benchmark's rulebook of forms that are no sums: each rule finds something, whichever way a run takes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.generate import generate, with_mandates
from benchmarks.plain import PLAINLY
from benchmarks.results import Row
from benchmarks.rulebooks import with_forms
from checker import api
from checker.request import Tuning
from tests.ways import LARGE


def test_each_rule_is_broken_by_somebody_in_every_way(tmp_path: Path) -> None:
    generate(tmp_path / "clean", 200, "parquet")
    with_mandates(tmp_path / "clean", tmp_path / "filed", 200, "parquet")
    rulebook = tmp_path / "forms.yaml"
    rulebook.write_text(with_forms(), encoding="utf-8")

    def told(tuning: Tuning) -> Counter[tuple[str, str, str, str]]:
        report = api.check(tmp_path / "filed", rulebook, tuning=tuning._replace(listed=99_999), max_findings=0)
        return Counter(
            (each.rule, str(each.verdict), str(each.subject.id), each.window.label if each.window else "")
            for each in report.findings
            if each.verdict in {"violated", "undetermined"}
        )

    plainly = told(PLAINLY)
    assert plainly == told(LARGE)
    assert {rule for rule, verdict, *_ in plainly if verdict == "violated"} >= {"gaps", "paths", "each", "days", "in-office"}


def test_what_processors_took_is_compared_where_it_was_measured() -> None:
    mine, its = (Row("sizes", "52", name, [wall], processor=[spent]) for name, wall, spent in (("a", 9.0, 3.0), ("b", 1.0, 2.0)))
    assert mine.ratio(its) == 1.5
    assert Row("sizes", "52", "c", [4.0]).ratio(its) == 4.0
