"""The seven rules as CEL expressions over one document for each organisation.

CEL has no sum: what is attended is summed before, as is usual where CEL guards requests. The rest is in the expressions; a
meeting whose day is unknown may be any that is needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cel

from benchmarks.peers.bodies import FIRST, LAST, MONTHS, OLDEST_REVIEW, Body, Violation, bodies, margin, write

_DATED = f"has(m.held_on) && m.held_on >= '{FIRST}' && m.held_on <= '{LAST}'"
_PLENARIES = f"!known || meetings.filter(m, m.kind == 'plenary' && (!has(m.held_on) || {_DATED})).size() >= 2"
_COMMITTEE = "!known || meetings.exists(m, m.kind == 'committee' && (!has(m.held_on) || m.held_on.startsWith(month)))"
_ATTENDANCE = "!known || margin >= 0"
_REVIEWED = f"""!known || documents.exists(d, d.kind == 'working regulations' &&
    (!has(d.reviewed_on) || (d.reviewed_on >= '{OLDEST_REVIEW}' && d.reviewed_on <= '{LAST}')))"""
_UNCOVERED = "hamlets.filter(h, h.known && h.branches.size() == 0).map(h, h.id)"
_BELOW_QUORUM = f"meetings.filter(m, {_DATED} && has(m.present) && 3 * m.present < 2 * m.entitled).map(m, m.row)"
_STRAY_MEETINGS = "known ? [] : meetings.map(m, m.row)"
_STRAY_DOCUMENTS = "known ? [] : documents.map(d, d.row)"
_STRAY_HAMLETS = "known ? [] : hamlets.filter(h, h.known).map(h, h.id)"
_STRAY_BRANCHES = "hamlets.filter(h, !h.known).map(h, h.branches)"


def violations(documents: list[Body]) -> Iterator[Violation]:
    """The violations of every organisation."""
    of_bodies = {rule: cel.compile(text) for rule, text in (("two-plenaries", _PLENARIES), ("attendance", _ATTENDANCE))}
    monthly, reviewed = cel.compile(_COMMITTEE), cel.compile(_REVIEWED)
    of_hamlets = {
        rule: cel.compile(text)
        for rule, text in (("hamlet-covered", _UNCOVERED), ("records/hamlets/organisation/reference", _STRAY_HAMLETS))
    }
    of_rows = {
        rule: cel.compile(text)
        for rule, text in (
            ("quorum", _BELOW_QUORUM),
            ("records/meetings/organisation/reference", _STRAY_MEETINGS),
            ("records/documents/organisation/reference", _STRAY_DOCUMENTS),
        )
    }
    stray_branches = cel.compile(_STRAY_BRANCHES)
    for body in documents:
        context = cel.Context()
        for name, value in _given(body).items():
            context.add_variable(name, value)
        yield from ((rule, body["id"], "2025") for rule, program in of_bodies.items() if not program.execute(context))
        if not reviewed.execute(context):
            yield "regulations-reviewed", body["id"], None
        for month in MONTHS:
            context.add_variable("month", month)
            if not monthly.execute(context):
                yield "committee-monthly", body["id"], month
        yield from ((rule, hamlet, None) for rule, program in of_hamlets.items() for hamlet in program.execute(context))
        yield from ((rule, f"row {row}", None) for rule, program in of_rows.items() for row in program.execute(context))
        for rows in stray_branches.execute(context):
            yield from (("records/branches/hamlet/reference", f"row {row}", None) for row in rows)


def _given(body: Body) -> dict[str, object]:
    """The document with the margin of its attendance; what is missing is left out of it."""
    filled = {name: [_without_none(dict(row)) for row in body[name]] for name in ("meetings", "documents")}
    return {"known": body["known"], "hamlets": body["hamlets"], "margin": margin(body), **filled}


def _without_none(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}


if __name__ == "__main__":
    write(violations(bodies(Path(sys.argv[1]))), Path(sys.argv[2]))
