"""Says where the subjects of a report lie along trees of records other than that of the bodies, and what is counted there.

Only the page shows it, so it is worked out only where it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from checker.model.report import Area, Report
from checker.run.areas import Tallied, lying, tallied, trees_of
from checker.run.session import Session


def with_areas(report: Report, run: Session) -> Report:
    """The report with the areas in which anything is violated or undetermined, and with those in which its subjects lie."""
    areas: list[Area] = []
    lies: dict[tuple[str, int], tuple[str, ...]] = defaultdict(tuple)
    subjects: dict[str, set[int]] = defaultdict(set)
    for finding in report.findings:
        if finding.subject.row:
            subjects[finding.subject.record].add(finding.subject.row)
    for tree in trees_of(run):
        found = {each.row: each for each in tallied(run, tree)}
        keys = {row: tuple(f"{tree.name}/{_id(each)}" for each in _path(at, found)) for row, at in found.items()}
        areas.extend(
            Area(tree.name, keys[row], _id(each), each.label or "", each.breached, each.to_correct, each.undetermined)
            for row, each in found.items()
        )
        for record, rows in subjects.items():
            for row, area in lying(run, record, rows).items():
                lies[record, row] += keys[area]
    return report._replace(areas=tuple(areas), lies=dict(lies)) if areas else report


def _id(area: Tallied) -> str:
    """The key of an area; of one without a key, which nothing can refer to, the number of its row."""
    return area.key or str(area.row)


def _path(area: Tallied, found: Mapping[int, Tallied]) -> list[Tallied]:
    """The areas from the topmost down to this one; where some are above themselves none is topmost, and each stands alone."""
    upwards = list(_upwards(area, found))
    return upwards[::-1] if upwards[-1].above is None else [area]


def _upwards(area: Tallied, found: Mapping[int, Tallied]) -> Iterator[Tallied]:
    seen: set[int] = set()
    at: Tallied | None = area
    while at is not None and at.row not in seen:
        yield at
        seen.add(at.row)
        at = None if at.above is None else found.get(at.above)
