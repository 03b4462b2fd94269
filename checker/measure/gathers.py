"""Gathers related rows for the rules that share a scan, and puts what was folded into their queries.

Of each group of rules there is a table `gathered_<group>` of the subjects with what was folded of their rows, and a table
`doubtful_<group>` of the rows that could not be folded. How often something happened in each of several windows is packed
into one number, ten bits a window, unless a subject has too many rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.model.plan import Folded, Gathered, Gathering, Query, Statement, naming

if TYPE_CHECKING:
    from checker.measure.duck import Duck

_BITS, _PACKED = 10, 12
"""So many bits count the rows of one window, and so many windows share a number of 128 bits."""


@dataclass
class Group:
    """Rules that share their subjects, their related rows and the reference between them. `windows` counts those of a unit."""

    rules: Sequence[Gathered]
    windows: Mapping[str, int]
    packs: bool = True
    doubtful: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name that their tables end in."""
        return self._any.group

    @property
    def _any(self) -> Gathering:
        return self.rules[0].gathering

    def gather(self, engine: Duck) -> None:
        """Makes both tables."""
        engine.run(self._setting_apart())
        counted = ", ".join(f"COUNT_IF({rule.tag})" for rule in self.rules)
        (counts,) = engine.rows(f'SELECT {counted} FROM "doubtful_{self.name}"')
        self.doubtful = {rule.tag: count for rule, count in zip(self.rules, counts, strict=True)}
        engine.run(self._folding())
        if any(self._packed(rule.gathering, folded) for rule in self.rules for folded in rule.gathering.folded):
            ((most,),) = engine.rows(f'SELECT COALESCE(MAX(_rows), 0) FROM "gathered_{self.name}"')
            if most >= 1 << _BITS:
                self.packs = False
                engine.run(self._folding())

    def query(self, rule: Gathered) -> Query:
        """The query that measures the rule, with what was folded put in."""
        query = rule.mixed if self.doubtful[rule.tag] else rule.sure
        return query.with_parts({f"{rule.tag}_{folded.name}": self._read(rule, folded) for folded in rule.gathering.folded})

    # -- the statements -----------------------------------------------------------------------------------------------

    @property
    def _source(self) -> str:
        joins = dict.fromkeys(join for rule in self.rules for join in rule.gathering.joins)
        return " ".join((f'"t_{self._any.related}" AS "r"', *joins))

    def _statement(self, sql: str) -> Statement:
        known = {name for rule in self.rules for name in rule.gathering.needs}
        return naming(sql, known)

    def _setting_apart(self) -> Statement:
        asked = ", ".join(f"{rule.gathering.doubtful} AS {rule.tag}" for rule in self.rules)
        some = " OR ".join(rule.tag for rule in self.rules)
        rows = f'SELECT "r".*, {asked} FROM {self._source}'
        return self._statement(f'CREATE OR REPLACE TABLE "doubtful_{self.name}" AS SELECT * FROM ({rows}) WHERE {some}')

    def _folding(self) -> Statement:
        first, folds, read = [], [], []
        for rule in self.rules:
            first.append(f"{rule.gathering.certain} AS {rule.tag}")
            if rule.gathering.at is not None:
                first.append(f"{rule.gathering.at} AS {rule.tag}_at")
            for folded in rule.gathering.folded:
                name = f"{rule.tag}_{folded.name}"
                if folded.fold != "count":
                    first.append(f"{folded.value} AS {name}")
                for column, aggregate in self._aggregates(rule, folded):
                    folds.append(f"{aggregate} AS {column}")
                    read.append(f"COALESCE(x.{column}, 0) AS {column}" if folded.fold in {"count", "sum"} else f"x.{column}")
        own = ", ".join(f's."{column}"' for column in sorted({column for rule in self.rules for column in rule.columns}))
        rows = f"SELECT {', '.join([f'{self._any.far} AS _link', *first])} FROM {self._source}"
        sums = f"SELECT _link, COUNT(*) AS _rows, {', '.join(folds)} FROM ({rows}) GROUP BY _link"
        return self._statement(
            f'CREATE OR REPLACE TABLE "gathered_{self.name}" AS SELECT {own}, x._rows, {", ".join(read)} '
            f'FROM "t_{self._any.subject}" AS s LEFT JOIN ({sums}) AS x ON x._link = s."{self._any.near}"'
        )

    def _aggregates(self, rule: Gathered, folded: Folded) -> Iterable[tuple[str, str]]:
        """The columns of what is folded, and how they are."""
        name, counts = f"{rule.tag}_{folded.name}", rule.tag
        what = "COUNT(*)" if folded.fold == "count" else f"{folded.fold.upper()}({name})"
        if rule.gathering.unit is None:
            yield name, f"{what} FILTER (WHERE {counts})"
        elif self._packed(rule.gathering, folded):
            for start in range(0, self._windows(rule.gathering), _PACKED):
                at, end = f"{counts}_at - {start}", min(start + _PACKED, self._windows(rule.gathering)) - start - 1
                # Not a filter: what is summed is computed for all rows, also for those that are filtered out.
                bit = f"CAST(1 AS HUGEINT) << CAST({_BITS} * ({at}) AS INTEGER)"
                yield f"{name}_{start // _PACKED}", f"SUM(CASE WHEN {counts} AND {at} BETWEEN 0 AND {end} THEN {bit} END)"
        else:
            for window in range(self._windows(rule.gathering)):
                yield f"{name}_{window}", f"{what} FILTER (WHERE {counts} AND {counts}_at = {window})"

    def _read(self, rule: Gathered, folded: Folded) -> str:
        """What was folded of a subject `s` in the window `w`."""
        name, windows = f"{rule.tag}_{folded.name}", self._windows(rule.gathering)
        if rule.gathering.unit is None:
            return f's."{name}"'
        if self._packed(rule.gathering, folded):
            mask = (1 << _BITS) - 1
            parts = [f's."{name}_{part}" >> ({_BITS} * (w.ix - {part * _PACKED}))' for part in range(-(-windows // _PACKED))]
            return _chosen([f"CAST(({part}) & {mask} AS BIGINT)" for part in parts], f"w.ix // {_PACKED}")
        return _chosen([f's."{name}_{window}"' for window in range(windows)], "w.ix")

    def _windows(self, gathering: Gathering) -> int:
        return self.windows.get(gathering.unit or "", 0)

    def _packed(self, gathering: Gathering, folded: Folded) -> bool:
        return self.packs and folded.fold == "count" and self._windows(gathering) > 1


def _chosen(values: Sequence[str], by: str) -> str:
    """One of the values, by its number; 0 of none."""
    match values:
        case []:
            return "0"
        case [only]:
            return only
        case _:
            return f"CASE {by} {' '.join(f'WHEN {number} THEN {value}' for number, value in enumerate(values))} END"


def groups(rules: Iterable[Gathered], windows: Mapping[str, int]) -> list[Group]:
    """The rules, group by group."""
    found: dict[str, list[Gathered]] = {}
    for rule in rules:
        found.setdefault(rule.gathering.group, []).append(rule)
    return [Group(members, windows) for members in found.values()]
