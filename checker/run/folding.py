"""How what rows tell exactly is folded, subject by subject and window by window, and read again, in SQL.

How often something happened in each of several windows is packed into one number, ten bits a window, unless a subject has
too many rows for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from checker.model.plan import Folded, Gathered

BITS, PACKED = 10, 12
"""So many bits count the rows of one window, and so many windows share a number of 128 bits."""


class Fold(NamedTuple):
    """One quantity of a rule, folded. `windows` counts those of its unit, None where it has none."""

    rule: Gathered
    folded: Folded
    windows: int | None
    packs: bool

    @property
    def packed(self) -> bool:
        """Whether several windows share a column."""
        return self.packs and self.folded.fold == "count" and self.windows is not None and self.windows > 1

    @property
    def name(self) -> str:
        """What its columns are called, or begin with, and the part of queries that reads them."""
        return f"{self.rule.tag}_{self.folded.name}"

    def aggregates(self) -> Iterator[tuple[str, str]]:
        """Its columns, and what each of them folds."""
        name, counts = self.name, self.rule.tag
        what = "COUNT(*)" if self.folded.fold == "count" else f"{self.folded.fold.upper()}({name})"
        if self.windows is None:
            yield name, f"{what} FILTER (WHERE {counts})"
        elif self.packed:
            for start in range(0, self.windows, PACKED):
                at, last = f"{counts}_at - {start}", min(start + PACKED, self.windows) - start - 1
                # Not a filter: what is summed is computed for all rows, also for those that are filtered out.
                bit = f"CAST(1 AS HUGEINT) << CAST({BITS} * ({at}) AS INTEGER)"
                yield f"{name}_{start // PACKED}", f"SUM(CASE WHEN {counts} AND {at} BETWEEN 0 AND {last} THEN {bit} END)"
        else:
            for window in range(self.windows):
                yield f"{name}_{window}", f"{what} FILTER (WHERE {counts} AND {counts}_at = {window})"

    def none(self, column: str) -> str:
        """A column as it is of a subject without rows."""
        return f"COALESCE(x.{column}, 0)" if self.folded.fold in {"count", "sum"} else f"x.{column}"

    def read(self) -> str:
        """What was folded of a subject `s` in the window `w`."""
        if self.windows is None:
            return f's."{self.name}"'
        if self.packed:
            mask, parts = (1 << BITS) - 1, range(-(-self.windows // PACKED))
            shifted = (f's."{self.name}_{part}" >> ({BITS} * (w.ix - {part * PACKED}))' for part in parts)
            return _chosen([f"CAST(({part}) & {mask} AS BIGINT)" for part in shifted], f"w.ix // {PACKED}")
        return _chosen([f's."{self.name}_{window}"' for window in range(self.windows)], "w.ix")


def folds(rules: Sequence[Gathered], windows: Mapping[str, int], *, packs: bool) -> list[Fold]:
    """All that is folded for the rules."""
    return [
        Fold(rule, folded, windows.get(rule.gathering.unit, 0) if rule.gathering.unit else None, packs)
        for rule in rules
        for folded in rule.gathering.folded
    ]


def _chosen(values: Sequence[str], by: str) -> str:
    """One of the values, by its number; 0 of none."""
    match values:
        case []:
            return "0"
        case [only]:
            return only
        case _:
            return f"CASE {by} {' '.join(f'WHEN {number} THEN {value}' for number, value in enumerate(values))} END"
