"""What is to be corrected in the file itself: its problems, and the cells that are not in order, by column and cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.errors import Problem
from checker.report.corrections import Corrections, Fault
from checker.report.html.entries import Entries, Entry
from checker.report.say.faults import cause_text, columns_text, expected_text, fault_text, missing_text
from checker.report.say.places import Places


@dataclass(frozen=True, slots=True)
class Said:
    """A problem or notice: where, what, its code, and what to do about it."""

    place: str
    message: str
    code: str
    fix: str


@dataclass(frozen=True, slots=True)
class FaultView:
    """What is wrong in one column: how many cells and how, what can stand there, and an entry for each cause."""

    column: str
    said: str
    expected: str
    count: int
    entries: tuple[Entry, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """What could not be read, which tables and columns are missing, why, what that leaves open, what is wrong in which column."""

    problems: tuple[Said, ...]
    causes: tuple[Said, ...]
    missing: tuple[str, ...]
    faults: tuple[FaultView, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to correct."""
        return bool(self.problems or self.missing or self.faults)

    @property
    def first(self) -> bool:
        """Whether they come before all else, since much of that may follow from them."""
        return bool(self.problems or self.causes)


def corrections_view(corrections: Corrections, entries: Entries, places: Places) -> CorrectionsView:
    """The corrections that a report asks for, in one language."""
    return CorrectionsView(
        problems=said_of(corrections.problems, places),
        causes=said_of(corrections.causes, places),
        missing=tuple(missing_text(each, places.wording) for each in corrections.missing),
        faults=tuple(_fault(fault, entries, places) for fault in corrections.faults),
    )


def _fault(fault: Fault, entries: Entries, places: Places) -> FaultView:
    wording = places.wording
    return FaultView(
        column=columns_text(fault.columns, wording),
        said=fault_text(fault, wording),
        expected=expected_text(fault, wording),
        count=fault.count,
        entries=tuple(entries.entry(cause.findings, cause_text(cause, fault, places, placed=False)) for cause in fault.causes),
        left_out=wording.several("cells-not-listed", fault.left_out) if fault.left_out else "",
    )


def said_of(problems: Sequence[Problem], places: Places) -> tuple[Said, ...]:
    """Problems, or notices, with their files as seen from the submission."""
    return tuple(
        Said(
            place="" if problem.place is None else places.place(problem.place),
            message=problem.message_in(places.wording),
            code=problem.code,
            fix=problem.fix_in(places.wording),
        )
        for problem in problems
    )
