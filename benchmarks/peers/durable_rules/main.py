"""The seven rules in durable-rules, fed with every row as a fact.

Each organisation is a session of its own. Rules about its rows keep count in the session's state, as the engine's manual
shows, and at last an event for each conclusion asks for it (a fact would be answered for ever). The engine knows no dates
and no nulls: in which month a meeting was held, and what it lacks of the quorum, is said in its fact.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from durable.engine import Closure
from durable.lang import assert_fact, delete_state, m, post, ruleset, s, update_state, when_all

from benchmarks.peers.bodies import LAST, MONTHS, OLDEST_REVIEW, Body, Meeting, Review, Violation, bodies, held, write

_EVERY_MONTH = 2 ** len(MONTHS) - 1
_PLENARIES = 2
_STATE = {"plenaries": 0, "months": 0, "margin": 0, "entitled": 0, "reviewed": 0}


def statutes(found: list[Violation]) -> None:  # noqa: C901 - one function for each rule
    """Declares the ruleset, which adds to what is found."""
    with ruleset("statutes"):

        @when_all((m.of == "meeting") & (m.kind == "plenary") & (m.day != "elsewhen"))
        def plenary(c: Closure) -> None:
            c.s.plenaries += 1

        @when_all((m.of == "meeting") & (m.kind == "committee") & (m.day == "known"))
        def committee(c: Closure) -> None:
            c.s.months |= 2 ** (c.m.month - 1)

        @when_all((m.of == "meeting") & (m.kind == "committee") & (m.day == "unknown"))
        def committee_undated(c: Closure) -> None:
            c.s.months = _EVERY_MONTH

        @when_all((m.of == "meeting") & (m.day == "known"))
        def attended(c: Closure) -> None:
            c.s.margin += c.m.margin
            c.s.entitled += c.m.entitled

        @when_all((m.of == "meeting") & (m.day == "unknown") & (m.margin > 0))
        def attended_undated(c: Closure) -> None:
            c.s.margin += c.m.margin

        @when_all((m.of == "meeting") & (m.day == "known") & (m.short > 0))
        def quorum(c: Closure) -> None:
            found.append(("quorum", f"row {c.m.row}", None))

        @when_all((m.of == "document") & (m.kind == "working regulations") & (m.fresh == 1))
        def reviewed(c: Closure) -> None:
            c.s.reviewed = 1

        @when_all((m.of == "hamlet") & (m.known == 1) & (m.branches == 0))
        def uncovered(c: Closure) -> None:
            found.append(("hamlet-covered", c.m.key, None))

        @when_all(m.refers == 0)
        def dangling(c: Closure) -> None:
            found.append((f"records/{c.m.table}/reference", c.m.key, None))

        @when_all(m.asked == "plenaries", s.plenaries < _PLENARIES)
        def two_plenaries(c: Closure) -> None:
            found.append(("two-plenaries", c.s.sid, "2025"))

        @when_all(m.asked == "months", s.months < _EVERY_MONTH)
        def committee_monthly(c: Closure) -> None:
            missed = (month for place, month in enumerate(MONTHS) if not c.s.months >> place & 1)
            found.extend(("committee-monthly", c.s.sid, month) for month in missed)

        @when_all(m.asked == "attendance", (s.margin < 0) & (s.entitled > 0))
        def attendance(c: Closure) -> None:
            found.append(("attendance", c.s.sid, "2025"))

        @when_all(m.asked == "review", s.reviewed == 0)
        def regulations_reviewed(c: Closure) -> None:
            found.append(("regulations-reviewed", c.s.sid, None))

        @when_all(+m.of)
        def seen(c: Closure) -> None:
            """A fact that no rule is about would be an error."""


def violations(documents: list[Body]) -> list[Violation]:
    """What the rules found, one session after the other."""
    found: list[Violation] = []
    statutes(found)
    for body in documents:
        session = body["id"] or "nobody"
        update_state("statutes", {"sid": session, **_STATE})
        for place, fact in enumerate(_facts(body)):
            assert_fact("statutes", {"sid": session, "id": f"{place}", **fact})
        if body["known"]:
            for question in ("plenaries", "months", "attendance", "review"):
                post("statutes", {"sid": session, "id": question, "asked": question})
        delete_state("statutes", session)
    return found


def _facts(body: Body) -> Iterator[Mapping[str, str | int]]:
    refers = int(body["known"])
    for meeting in body["meetings"]:
        yield {**_of_meeting(meeting), "refers": refers, "table": "meetings/organisation"}
    for review in body["documents"]:
        yield {**_of_document(review), "refers": refers, "table": "documents/organisation"}
    for hamlet in body["hamlets"]:
        if hamlet["known"]:
            place: dict[str, str | int] = {"of": "hamlet", "key": hamlet["id"], "known": 1, "branches": len(hamlet["branches"])}
            yield {**place, "refers": refers, "table": "hamlets/organisation"}
        for row in hamlet["branches"]:
            yield {"of": "branch", "key": f"row {row}", "refers": int(hamlet["known"]), "table": "branches/hamlet"}


def _of_meeting(meeting: Meeting) -> Mapping[str, str | int]:
    present = meeting["entitled"] if meeting["present"] is None else meeting["present"]
    day = "unknown" if meeting["held_on"] is None else "known" if held(meeting) else "elsewhen"
    return {
        "of": "meeting", "key": f"row {meeting['row']}", "row": meeting["row"], "kind": meeting["kind"],
        "day": day, "month": int((meeting["held_on"] or "0000-00")[5:7]), "entitled": meeting["entitled"],
        "margin": 5 * present - 4 * meeting["entitled"], "short": 2 * meeting["entitled"] - 3 * present,
    }  # fmt: skip


def _of_document(review: Review) -> Mapping[str, str | int]:
    fresh = review["reviewed_on"] is None or OLDEST_REVIEW <= review["reviewed_on"] <= LAST
    return {"of": "document", "key": f"row {review['row']}", "kind": review["kind"], "fresh": int(fresh)}


if __name__ == "__main__":
    write(violations(bodies(Path(sys.argv[1]))), Path(sys.argv[2]))
    os._exit(0)  # the engine's timers would keep the process alive
