"""What is violated or undetermined in each territory, along their tree: wards, say, and their hamlets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from checker.model.report import Area, Report
from checker.model.words import Category, Verdict
from checker.report.grouping import grouped
from checker.report.say.fields import record_text
from checker.report.say.wording import Wording

_MOST = 1000


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area, what is counted in it and below it, and the areas below it."""

    key: str
    name: str
    counts: tuple[tuple[str, int], ...]
    below: tuple[AreaView, ...]


@dataclass(frozen=True, slots=True)
class AreaTree:
    """The areas of one tree, the topmost first, how many are not shown, and what lies in none of them."""

    title: str
    areas: tuple[AreaView, ...]
    more: int
    elsewhere: tuple[tuple[str, int], ...]


def area_trees_of(report: Report, wording: Wording) -> tuple[AreaTree, ...]:
    """The trees of areas of a report, those with most breaches first."""
    return tuple(_tree(record, areas, report, wording) for record, areas in grouped(report.areas, lambda area: area.record))


def area_keys(path: Sequence[str]) -> tuple[str, ...]:
    """By what the areas of a path are known in the page."""
    return tuple(quote(key, safe="/") for key in path)


def area_text(area: Area) -> str:
    """What an area is called, with its id."""
    return f"{area.name} ({area.id})" if area.name else area.id


def _tree(record: str, areas: Sequence[Area], report: Report, wording: Wording) -> AreaTree:
    # None has more than the one above it: where those with fewest are left out, what is left is still a tree.
    shown = sorted(areas, key=_rank)[:_MOST]
    below = dict(grouped(shown, lambda area: area.path[-2] if len(area.path) > 1 else ""))
    top = [area for area in areas if len(area.path) == 1]
    in_all = (
        report.count(Verdict.VIOLATED, Category.REGULATION),
        report.count(Verdict.VIOLATED, Category.DATA),
        report.count(Verdict.UNDETERMINED),
    )
    there = (sum(area.breached for area in top), sum(area.to_correct for area in top), sum(area.undetermined for area in top))
    elsewhere = [max(whole - part, 0) for whole, part in zip(in_all, there, strict=True)]
    return AreaTree(
        title=record_text(record, wording),
        areas=_views("", below),
        more=len(areas) - len(shown),
        elsewhere=_counted(*elsewhere),
    )


def _views(above: str, below: dict[str, list[Area]]) -> tuple[AreaView, ...]:
    return tuple(
        AreaView(
            key=area_keys(area.path)[-1],
            name=area_text(area),
            counts=_counted(area.breached, area.to_correct, area.undetermined),
            below=_views(area.path[-1], below),
        )
        for area in below.get(above, ())
    )


def _rank(area: Area) -> tuple[int, int, int, int, str]:
    return (-area.breached, -area.undetermined, -area.to_correct, len(area.path), area.id)


def _counted(breached: int, to_correct: int, undetermined: int) -> tuple[tuple[str, int], ...]:
    """What is counted, without what there is none of."""
    found = (("violated", breached), ("to-correct", to_correct), ("undetermined", undetermined))
    return tuple((kind, n) for kind, n in found if n)
