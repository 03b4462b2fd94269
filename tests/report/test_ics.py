"""The calendar of what is due."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar
from syrupy.assertion import SnapshotAssertion

from checker.model.report import Report
from checker.model.words import Text, Verdict
from checker.report import Narrowing, Presentation
from checker.report.formats import UNMET
from tests.report.fixture import report


def made(what: Report, narrowing: Narrowing = Narrowing()) -> bytes:  # noqa: B008 -- a value that never changes
    stream = io.BytesIO()
    UNMET["ics"](what, stream, Presentation(narrowing=narrowing))
    return stream.getvalue()


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).events)


def days(content: bytes) -> list[date]:
    return [event["DTSTART"].dt for event in events(content)]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_whole_calendar(language: str, snapshot: SnapshotAssertion) -> None:
    content = made(report(language))
    assert content.decode() == snapshot
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_each_due_date_is_an_event_of_one_day() -> None:
    first, second = events(made(report()))
    assert first["DTSTART"].dt == date(2019, 12, 31)
    assert first["SUMMARY"] == "A Party cell meets once every month: Chi bộ ấp Tắc Trúc"
    assert first["DTSTAMP"].dt == datetime(2019, 12, 15, tzinfo=UTC)
    assert "Remedy: Hold the cell meeting within the month" in first["DESCRIPTION"]
    assert second["DTSTART"].dt == date(2020, 6, 1)


def test_an_event_is_the_same_one_in_a_later_report_and_another_language() -> None:
    later = report("vi")._replace(run=report("vi").run._replace(as_of=date(2019, 12, 20), checker="9.9"))
    found = [event["UID"] for event in events(made(report()))]
    assert [event["UID"] for event in events(made(later))] == found
    assert len(set(found)) == 2
    other = report()._replace(run=report().run._replace(rulebook="another"))
    assert not {*found} & {event["UID"] for event in events(made(other))}


def test_no_two_events_have_one_id() -> None:
    twice = report()._replace(findings=(*report().findings, *report().findings))
    found = [event["UID"] for event in events(made(twice))]
    assert len(found) == 4
    assert len(set(found)) == 4


def test_it_can_be_narrowed() -> None:
    assert days(made(report(), Narrowing(due_by=date(2019, 12, 31)))) == [date(2019, 12, 31)]
    assert days(made(report(), Narrowing(due_by=date(2019, 12, 30)))) == []
    assert len(events(made(report(), Narrowing(body="D01")))) == 2
    assert events(made(report(), Narrowing(body="elsewhere"))) == []


@pytest.mark.parametrize(
    "text", ["=1;2,3\\n", "a\r\nEND:VCALENDAR", "<script>", "\x1b[2J", "x" * 300, "ấ" * 200, "BEGIN:VEVENT", "@|`"]
)
def test_no_text_breaks_out_of_its_event(text: str) -> None:
    rules = tuple(rule._replace(title=Text.of({"en": text}), remedy=Text.of({"en": text})) for rule in report().rules)
    run = report().run._replace(rulebook_title=Text.of({"en": text}))
    found = events(made(report()._replace(rules=rules, run=run)))
    assert len(found) == 2
    seen = " ".join(text.replace("\x1b", "\\x1b").split())
    assert {event["SUMMARY"] for event in found} == {f"{seen}: Chi bộ ấp Tắc Trúc"}


def test_nothing_due_is_an_empty_calendar() -> None:
    none = tuple(finding for finding in report().findings if finding.verdict is not Verdict.PENDING)
    content = made(report()._replace(findings=none))
    assert events(content) == []
    assert content.endswith(b"END:VCALENDAR\r\n")
