"""Why a waiver waived nothing, and why working days could not be counted: the report says it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.model.period import Period
from checker.model.report import Report
from checker.model.waivers import WaiverState
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.formats import CHECK
from checker.report.say.wording import Wording
from checker.words.message import Words

RULES = """\
rulebook: clubs
title: Clubs
sources: {law: {title: Law}}
calendar: {weekend: [sat, sun], holidays: [2019-01-01, 2019-12-25]}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings: {key: id, date: day, fields: {id: {}, club: {ref: clubs}, day: {type: date}, minutes: {type: date}}}
rules:
  - {id: monthly, title: M, cites: law 1, for: clubs, require: {frequency: {of: meetings, per: month, at_least: 1}}}
  - {id: ever, title: E, cites: law 2, for: clubs, require: {coverage: {of: meetings, at_least: 99}}}
  - {id: written, title: W, cites: law 3, for: meetings, require: {deadline: {on: minutes, within: 10 working days}}}
"""
WAIVER = (
    "- {{rule: {rule}, subject: {subject}, {window}from: 2019-01-01, until: 2019-12-31, reason: flood, approved_by: Board}}\n"
)


@pytest.fixture(autouse=True)
def home(home: Path) -> None:
    (home / "rules.yaml").write_text(RULES, encoding="utf-8")
    (home / "sub").mkdir()
    (home / "sub/clubs.csv").write_text("id\nA\n", encoding="utf-8")
    meetings("1,A,2019-03-01,2019-03-05")


def meetings(row: str) -> None:
    Path("sub/meetings.csv").write_text(f"id,club,day,minutes\n{row}\n", encoding="utf-8")


def check(**options: object) -> Report:
    period = Period.parse("2019")
    return api.check("sub", "rules.yaml", period=period, as_of=date(2020, 12, 31), **options)  # type: ignore[arg-type]


def text(report: Report) -> str:
    stream = io.StringIO()
    CHECK["text"](report, stream, Presentation(width=300))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("rule", "subject", "window", "state"),
    [
        ("monthly", "A", "2019-02", WaiverState.USED),
        ("monthly", "A", "2019-H2", WaiverState.USED),
        ("monthly", "A", "2019-03", WaiverState.UNUSED),
        ("monthly", "A", "2019-02-01..2019-02-27", WaiverState.NO_WINDOW),
        ("monthly", "A", "2018-12", WaiverState.NO_WINDOW),
        ("monthly", "B", "2018-12", WaiverState.UNKNOWN_SUBJECT),
        ("ever", "A", "2019", WaiverState.NO_WINDOW),
        ("ever", "A", None, WaiverState.USED),
        ("records/clubs/id/unique", "A", "2019", WaiverState.NO_WINDOW),
        ("written", "1", "2019-03", WaiverState.UNUSED),
    ],
)
def test_a_waiver_of_a_window(rule: str, subject: str, window: str | None, state: WaiverState) -> None:
    said = f"window: {window}, " if window else ""
    Path("waivers.yaml").write_text(WAIVER.format(rule=rule, subject=subject, window=said), encoding="utf-8")
    report = check(waivers=["waivers.yaml"])
    assert [use.state for use in report.waivers] == [state]
    told = f"unused: the rule is judged in no window that lies inside {Wording('en').window(window or '')}"
    assert (told in text(report)) is (state is WaiverState.NO_WINDOW)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "from 1 January 2019 to 31 December 2019"), ("vi", "từ 01/01/2019 đến 31/12/2019")]
)
def test_days_that_the_calendar_does_not_tell(language: str, said: str) -> None:
    meetings("1,A,2019-12-20,2020-01-06")
    report = check(language=language)
    (notice,) = [each for each in report.notices if each.code == "days-not-told"]
    assert said in notice.message_in(Words(language))
    assert "written" in str(notice.message)


def test_days_that_it_tells_need_no_notice() -> None:
    report = check()
    assert report.count(Verdict.UNDETERMINED) == 0
    assert not report.notices
