"""What is still open: the rows whose cells could decide, and what each of them keeps open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.model.report import Evidence, Finding
from checker.report.grouping import deciding_left_out, deciding_rows, rows
from checker.report.say.cells import cells_text
from checker.report.say.places import Places

_MOST = 50


@dataclass(frozen=True, slots=True)
class Deciding:
    """A row that could decide: where it is, what is in its cells, how many findings it keeps open, and could settle alone."""

    place: str
    cells: str
    rules: str
    keeps: int
    settles: int


def deciding_of(findings: Sequence[Finding], places: Places) -> tuple[tuple[Deciding, ...], int]:
    """The rows that could decide undetermined findings, those with most effect first, and how many more there are."""
    kept: dict[Evidence, list[Finding]] = defaultdict(list)
    cells: dict[Evidence, dict[str, str | None]] = defaultdict(dict)
    alone: dict[Evidence, int] = defaultdict(int)
    for finding in findings:
        deciding = deciding_rows([finding]) or [row for row in rows([finding], "subject") if _lacks(row)]
        for row in deciding:
            where = replace(row, values=(), role="", reached=())
            kept[where].append(finding)
            cells[where].update(row.values)
            alone[where] += len(deciding) == 1 and not deciding_left_out([finding])
    ordered = sorted(kept, key=lambda row: (-len(kept[row]), -alone[row], row.file, row.sheet or "", row.line or 0, row.row or 0))
    found = tuple(
        Deciding(
            place=places.one(row),
            cells=cells_text(replace(row, values=tuple(cells[row].items())), places.wording),
            rules=", ".join(dict.fromkeys(finding.rule for finding in kept[row])),
            keeps=len(kept[row]),
            settles=alone[row],
        )
        for row in ordered[:_MOST]
    )
    return found, max(len(ordered) - _MOST, 0)


def _lacks(row: Evidence) -> bool:
    return any(not value for _, value in row.values)
