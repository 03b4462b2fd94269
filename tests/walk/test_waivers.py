"""Waivers, from the file to the exit code: what they waive is told, and so is what they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.model.period import Period
from checker.model.report import Report
from checker.model.waivers import WaiverState
from checker.model.words import Verdict
from checker.report.exit import exit_code

RULES = """\
rulebook: tiny
title: Tiny
body: organisations
sources: {law: {title: Law}}
records:
  organisations: {key: id, fields: {id: {}, parent: {ref: organisations}}}
  meetings: {key: id, date: date, fields: {id: {}, organisation: {ref: organisations}, date: {type: date}}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: organisations, require: {frequency: {of: meetings, per: half, at_least: 1}}}
standings:
  - {id: bad, title: Bad, when: {violated: {}}}
  - {id: good, title: Good}
"""
WAIVER = "{{rule: meets, subject: {}, from: {}, until: {}, reason: flood, approved_by: the board}}"


@pytest.fixture
def home(home: Path) -> Path:
    """A folder with a submission: A meets in neither half of 2019, B only in the second."""
    Path("rules.yaml").write_text(RULES, encoding="utf-8")
    folder = Path("submission")
    folder.mkdir()
    (folder / "submission.yaml").write_text("period: 2019\nas_of: 2019-12-31\n", encoding="utf-8")
    (folder / "organisations.csv").write_text("id,parent\nA,\nB,\n", encoding="utf-8")
    (folder / "meetings.csv").write_text("id,organisation,date\n1,B,2019-08-01\n", encoding="utf-8")
    return home


def waived(*waivers: tuple[str, str, str], name: str = "waivers.yaml") -> str:
    Path(name).write_text("\n".join(f"- {WAIVER.format(*waiver)}" for waiver in waivers), encoding="utf-8")
    return name


def checked(*files: str, select: tuple[str, ...] = ()) -> Report:
    return api.check("submission", "rules.yaml", waivers=files, select=select)


def states(report: Report) -> list[tuple[WaiverState, int]]:
    return [(use.state, use.waived) for use in report.waivers]


@pytest.mark.usefixtures("home")
def test_what_is_waived_counts_for_neither_exit_code_nor_standing() -> None:
    assert (exit_code(checked()), [each.standing for each in checked().standings]) == (1, ["bad", "bad"])
    report = checked(waived(("A", "2019-01-01", "2019-12-31"), ("B", "2019-06-30", "2019-06-30")))
    assert exit_code(report) == 0
    assert report.count(Verdict.WAIVED) == 3
    assert [each.standing for each in report.standings] == ["good", "good"]
    assert states(report) == [(WaiverState.USED, 2), (WaiverState.USED, 1)]
    first = next(finding for finding in report.findings if finding.verdict is Verdict.WAIVED)
    assert first.waiver is not None
    assert (first.waiver.reason, first.waiver.approved_by, first.waiver.last) == ("flood", "the board", date(2019, 12, 31))


@pytest.mark.usefixtures("home")
def test_what_waives_nothing_is_told() -> None:
    report = checked(
        waived(
            ("A", "2018-01-01", "2018-12-31"),
            ("A", "2020-01-01", "2020-12-31"),
            ("B", "2019-12-31", "2019-12-31"),
            ("Z", "2019-01-01", "2019-12-31"),
        )
    )
    assert exit_code(report) == 1
    expected = [WaiverState.EXPIRED, WaiverState.NOT_YET_VALID, WaiverState.UNUSED, WaiverState.UNKNOWN_SUBJECT]
    assert states(report) == [(state, 0) for state in expected]
    (other,) = checked(waived(("A", "2019-01-01", "2019-12-31")), select=("records/meetings",)).waivers
    assert other.state is WaiverState.NOT_SELECTED


@pytest.mark.usefixtures("home")
def test_of_overlapping_waivers_the_first_waives_and_the_others_are_told() -> None:
    one = waived(("A", "2019-01-01", "2019-06-30"), name="one.yaml")
    two = waived(("A", "2019-06-30", "2019-12-31"), ("A", "2019-07-01", "2019-08-01"), name="two.yaml")
    report = checked(one, two)
    by = [finding.waiver.place.file for finding in report.findings if finding.waiver is not None]
    assert by == ["one.yaml", "two.yaml"]
    assert [[place.file for place in use.overlaps] for use in report.waivers] == [[], ["one.yaml"], ["two.yaml"]]


def test_a_submission_waives_its_own_duties_only_if_it_says_so_and_the_report_says_it_too(home: Path) -> None:
    beside = home / "submission" / "waivers.yaml"
    beside.write_text(f"- {WAIVER.format('A', '2019-01-01', '2019-12-31')}", encoding="utf-8")
    report = checked()
    assert (report.count(Verdict.WAIVED), [notice.code for notice in report.notices]) == (0, ["unknown-table"])
    manifest = home / "submission" / "submission.yaml"
    manifest.write_text(f"{manifest.read_text()}waivers: waivers.yaml\n", encoding="utf-8")
    report = checked()
    assert (report.count(Verdict.WAIVED), [notice.code for notice in report.notices]) == (2, ["own-waivers"])


@pytest.mark.usefixtures("home")
def test_a_violation_of_another_period_is_not_waived() -> None:
    file = waived(("A", "2019-01-01", "2019-12-31"))
    report = api.check("submission", "rules.yaml", waivers=[file], period=Period.parse("2020"), as_of=date(2020, 12, 31))
    assert report.count(Verdict.WAIVED) == 0
