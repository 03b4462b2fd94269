"""Where subjects lie: what is counted of a territory is what lies in it or below it, and a circle of territories ends."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from checker import api
from checker.model.report import Report
from checker.model.words import Verdict

EXAMPLE = Path(__file__).parents[3] / "examples/rach-gia-2019-faulty"


@pytest.fixture(scope="module")
def report() -> Report:
    return api.check(EXAMPLE, areas=True)


def test_an_area_counts_what_lies_in_it_and_below(report: Report) -> None:
    own = {rule.id for rule in report.rules if rule.own}
    counts: Counter[tuple[str, str]] = Counter()
    for each in report.findings:
        kind = each.verdict.value if each.rule in own or each.verdict is not Verdict.VIOLATED else "to-correct"
        for key in report.lies.get((each.subject.record, each.subject.row or 0), ()):
            counts[key, kind] += each.windows
    assert len(report.areas) == 27
    for area in report.areas:
        told = tuple(counts[area.path[-1], kind] for kind in ("violated", "to-correct", "undetermined"))
        assert told == (area.breached, area.to_correct, area.undetermined)


def test_a_subject_lies_where_it_refers_to_or_where_the_nearest_body_above_does(report: Report) -> None:
    rows = {each.subject.id: (each.subject.record, each.subject.row or 0) for each in report.findings}
    # A cell of a hamlet names its territory; one of a school does not, but the ward's party organisation above it does.
    assert report.lies[rows["VT-KP2"]] == ("territories/DB-VT", "territories/DB-VT-2")
    assert report.lies[rows["VQ-TH2"]] == ("territories/DB-VQ",)
    assert rows["TU"] not in report.lies


def test_what_is_not_traced_has_no_areas() -> None:
    assert api.check(EXAMPLE).areas == ()


def test_territories_that_are_above_themselves_are_counted_once_each(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(EXAMPLE, tmp_path / "copy"))
    table = copy / "territories.csv"
    text = table.read_text("utf-8")
    table.write_text(text.replace("DB-VT,Phường Vĩnh Thanh,ward,,VT", "DB-VT,Phường Vĩnh Thanh,ward,DB-VT-2,VT"), "utf-8")
    areas = {area.id: area for area in api.check(copy, areas=True).areas}
    assert areas["DB-VT"].breached == areas["DB-VT-2"].breached > 0
    assert [areas[each].path for each in ("DB-VT", "DB-VT-2")] == [("territories/DB-VT",), ("territories/DB-VT-2",)]
