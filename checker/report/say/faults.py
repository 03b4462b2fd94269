"""Says what is to be corrected in the file: how many cells say what, where the first of them are, and what can stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.report import Columns, Evidence
from checker.report.check.text_earlier import marks_text
from checker.report.check.text_waivers import waiver_text
from checker.report.corrections import Cause, Fault, Missing
from checker.report.say.accepted_text import accepted_text
from checker.report.say.fields import field_text, record_text
from checker.report.say.integrity import near_text
from checker.report.say.places import Places
from checker.report.say.unreadable import why
from checker.report.say.wording import Wording

_FEW = 5
"""The places of a cause that are named."""
_RULES = 6
"""The rules that are named one by one."""


def columns_text(columns: Columns, wording: Wording) -> str:
    """The table and the fields at fault: `Meetings: Organisation`."""
    fields = (field_text(columns.record, field, wording, to_find=True) for field in columns.at_fault)
    return f"{record_text(columns.record, wording)}: {', '.join(fields)}"


def fault_lines(fault: Fault, places: Places, most: int | None = None) -> Iterator[tuple[int, str]]:
    """What is wrong in a column: how many cells in all, each cause (so many at most), and what can stand there.

    Each line has its depth: causes stand below what they are causes of, where they are several.
    """
    wording, depth = places.wording, 0 if fault.single else 1
    if not fault.single:
        yield 0, f"{fault_text(fault, wording)}:"
    for cause in fault.causes[:most]:
        yield depth, cause_text(cause, fault, places)
    others = fault.left_out + (0 if most is None else sum(len(cause.findings) for cause in fault.causes[most:]))
    if others:
        yield depth, wording.several("cells-not-listed", others)
    if expected := expected_text(fault, wording):
        yield 0, expected


def fault_text(fault: Fault, wording: Wording) -> str:
    """How many cells of a column are at fault, and how."""
    return wording.several(f"fault-{fault.columns.kind}", fault.count)


def expected_text(fault: Fault, wording: Wording) -> str:
    """What can stand in the cells of a column: its type, limits, values and formats; or what they refer to."""
    if fault.columns.target is not None:
        return wording("expected-reference", table=record_text(fault.columns.target, wording))
    return wording("expected", what=accepted_text(fault.accepted, wording)) if fault.accepted else ""


def cause_text(cause: Cause, fault: Fault, places: Places, *, placed: bool = True) -> str:
    """How many cells say what, where, and what that may mean: `62 cells say 'Kids', first at A!D7; did you mean 'children'?`."""
    wording, first = places.wording, cause.findings[0]
    leave = waiver_text(first.waiver, places) if first.waiver is not None else ""
    said = _count(cause, fault, wording) + (where_text(cause.places, places) if placed else "") + _clause(cause, fault, wording)
    return ". ".join(filter(None, (said, marks_text(first, wording), leave)))


def _count(cause: Cause, fault: Fault, wording: Wording) -> str:
    kind = "unsplit" if cause.unsplit else fault.columns.kind
    value = ", ".join(wording("empty") if each is None else f"'{each}'" for each in cause.elements or cause.values)
    beside = wording("empty") if cause.beside is None else f"'{cause.beside}'"
    return wording.several(f"cells-{kind}", len(cause.findings), value=value, beside=beside)


def where_text(rows: Sequence[Evidence], places: Places) -> str:
    """Where the rows are; of many where the first of them are."""
    if not rows:
        return ""
    return places.wording("cells-at" if len(rows) <= _FEW else "cells-first-at", places=places.many(rows[:_FEW]))


def _clause(cause: Cause, fault: Fault, wording: Wording) -> str:
    text = cause.values[0]
    if not text or cause.unsplit:
        return ""
    if cause.near:
        return near_text(cause.near, text, wording)
    read = fault.columns.read
    return "" if read is None or cause.elements else why(read, text, wording)


def missing_text(missing: Missing, wording: Wording) -> str:
    """In one line, that a table or column is not there, and which rules that leaves open."""
    named = [f"“{rule.title.in_(wording.language)}”" for rule in missing.rules if rule.own]
    checks = len(missing.rules) - len(named)
    more = len(named) - _RULES
    parts = [*named[:_RULES], *([wording.several("rules-more", more)] if more > 0 else [])]
    parts += [wording.several("checks-of-file", checks)] if checks else []
    return missing_name(missing, wording) + (
        wording("leaves-open", rules=", ".join(parts)) if parts else wording("leaves-nothing-open")
    )


def missing_name(missing: Missing, wording: Wording) -> str:
    """That a table or column is not there."""
    if missing.column is not None:
        column = field_text(missing.table, missing.column, wording)
        return wording("missing-column", table=record_text(missing.table, wording), column=column)
    return wording(f"missing-table-{missing.state}", table=record_text(missing.table, wording))
