"""What would settle most: the cells on which undetermined findings depend, those with most effect first."""

from __future__ import annotations

from dataclasses import dataclass

from checker.report.say.places import Places
from checker.report.say.reasoning import title_of
from checker.report.say.settling import group_cause, group_place, settling_note
from checker.report.settling import Settling

_MOST = 50


@dataclass(frozen=True, slots=True)
class Deciding:
    """Rows that could decide: where they are, what is open there, how many findings they keep open, and could settle alone.

    `rules` are the ids and titles of those that keep them open.
    """

    place: str
    cells: str
    rules: tuple[tuple[str, str], ...]
    keeps: int
    settles: int


@dataclass(frozen=True, slots=True)
class SettlingView:
    """The groups with most effect, how many more there are, and what is counted."""

    deciding: tuple[Deciding, ...]
    more: int
    note: str


def settling_view(settling: Settling, places: Places) -> SettlingView:
    """What would settle most, in one language."""
    wording = places.wording
    return SettlingView(
        deciding=tuple(
            Deciding(
                place=group_place(group, places),
                cells=group_cause(group, wording),
                rules=tuple((rule, title_of(rule, wording)) for rule in group.rules),
                keeps=group.keeps,
                settles=group.settles,
            )
            for group in settling.groups[:_MOST]
        ),
        more=len(settling.groups[_MOST:]),
        note=settling_note(settling, wording),
    )
