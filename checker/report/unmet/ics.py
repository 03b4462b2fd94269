"""The days by which something is due, as a calendar (RFC 5545): one event for each, which stays the same in later reports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import BinaryIO
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vText

from checker.display_width import visible
from checker.model.report import Finding, Report, RuleSummary
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.grouping import listed, rule_of
from checker.report.narrowing import concerns, narrowing_text
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe_windows
from checker.report.say.wording import Wording
from checker.report.tables import above, body_name, subject_name
from checker.report.unmet.requirements import in_time

_EVENTS = UUID("5d0c1a1e-6a53-5b0c-9a55-0e3f6a0f7c21")
"""The name space of the events' ids, once chosen: with another one every calendar would show each event twice."""

_END = b"END:VCALENDAR\r\n"


def write(report: Report, stream: BinaryIO, presentation: Presentation) -> None:
    """Writes what is due as a calendar, the earliest first."""
    wording, narrowing = Wording(report.run.language, report.names), presentation.narrowing
    calendar = Calendar()
    calendar.add("PRODID", "-//checker//unmet//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", _line(f"{wording('unmet')}: {report.run.rulebook_title.in_(wording.language)}"))
    if narrowed := narrowing_text(report, narrowing, wording):
        calendar.add("X-WR-CALDESC", _line(narrowed))
    stream.write(calendar.to_ical().removesuffix(_END))
    due = [
        finding
        for finding in listed(report, Verdict.PENDING)
        if finding.due is not None and concerns(finding.subject, narrowing) and in_time(finding, narrowing)
    ]
    # One by one: all of them at once would be a hundred times the report.
    stream.writelines(event.to_ical() for event in _events(due, report, wording))
    stream.write(_END)


def _events(findings: list[Finding], report: Report, wording: Wording) -> Iterator[Event]:
    rule, made, times = rule_of(report), datetime.combine(report.run.as_of, time(), UTC), Counter[str]()
    for finding in sorted(findings, key=lambda finding: str(finding.due)):
        law, subject = rule(finding.rule), finding.subject
        key = _key(finding, report.run.rulebook)
        event = Event()
        event.add("UID", str(uuid5(_EVENTS, f"{key} {times[key]}" if times[key] else key)))
        # Not the time of the run: the same report gives the same calendar.
        event.add("DTSTAMP", made)
        event.add("DTSTART", finding.due)
        event.add("TRANSP", "TRANSPARENT")
        who = subject_name(subject) or body_name(subject, wording)
        event.add("SUMMARY", _line(f"{law.title.in_(wording.language)}: {who}"))
        event.add("DESCRIPTION", "\n".join(map(_line, _said(finding, law, wording))))
        event.add("CATEGORIES", [wording(law.severity.value)])
        times[key] += 1
        yield event


def _line(text: str) -> vText:
    """The text on one line; it is told to be text, since of names beginning with `X-` the library would not know."""
    return vText(" ".join(visible(text).split()))


def _key(finding: Finding, rulebook: str) -> str:
    """What makes an event the same one in another report: the rule, the subject and the window."""
    window = None if finding.window is None else (finding.window.first.isoformat(), finding.window.last.isoformat())
    return json.dumps([rulebook, finding.rule, finding.subject.record, finding.subject.id, window], ensure_ascii=True)


def _said(finding: Finding, law: RuleSummary, wording: Wording) -> Iterator[str]:
    yield describe_windows([finding], law, wording)
    if clause := clause_text(law, wording):
        yield f"{wording('clause')}: {clause}"
    if remedy := law.remedy.in_(wording.language):
        yield f"{wording('remedy')}: {remedy}"
    body = " > ".join(filter(None, (above(finding.subject), body_name(finding.subject, wording))))
    yield f"{wording('column-body')}: {body}"
