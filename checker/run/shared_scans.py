"""Gathers related rows for the rules that share a scan, and puts what was folded into their queries.

Of each group of rules there is a table `gathered_<group>` of the subjects with what was folded of their rows, and a table
`doubtful_<group>` of the rows that could not be folded. Of many rules there are several of the former, each for some of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.model.plan import Gathered, Gathering
from checker.model.query import Query
from checker.model.sql import Part, Rows, Sql
from checker.run.folding import BITS, folds
from checker.tables.names import ONCE, related, standing, standing_rows

if TYPE_CHECKING:
    from checker.engine.protocol import Engine


@dataclass
class Group:
    """Rules that share their subjects, their related rows and the reference between them. `windows` counts those of a unit.

    In one scan so many columns are folded as `most` says. `nameless` tells whether of some subject it is unknown what refers
    to it: these are in a table `nameless_<group>`, and not among those that are gathered.
    """

    rules: Sequence[Gathered]
    windows: Mapping[str, int]
    most: int
    nameless: bool
    packs: bool = True
    doubtful: dict[str, int] = field(default_factory=dict)
    _places: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name that their tables end in."""
        return self.told.group

    @property
    def told(self) -> Gathering:
        """Whose subjects, rows and reference they share."""
        return self.rules[0].gathering

    def gather(self, engine: Engine) -> None:
        """Makes both tables."""
        some = " OR ".join(rule.tag for rule in self.rules)
        doubtful = f'CREATE OR REPLACE TABLE "doubtful_{self.name}" AS SELECT * FROM (SELECT "r".*, '
        engine.run(Sql.of(doubtful, self._flags, " FROM ", self._source, f") WHERE {some}"))
        self._count_doubtful(engine)
        self._set_nameless_apart(engine)

        def made() -> Iterator[Sql]:
            yield self._gathering("", self.rules, Sql.of("(", self._folded(self.rules), ")"))

        self._packing(engine, made, f'"gathered_{self.name}"')

    def fold(self, engine: Engine) -> None:
        """Makes the table `folded_<group>`: what was folded of each `_link`, from how many `_rows`.

        What is folded for further rules, more than fits, is in tables with a number after that name, and so is what is gathered.
        """

        def made() -> Iterator[Sql]:
            for part, rules in self._parts():
                yield Sql.of(f'CREATE OR REPLACE TABLE "folded_{self.name}{part}" AS ', self._folded(rules))

        # Rows of which it is not known whose they are tell nothing exactly, and so are not counted.
        self._packing(engine, made, f'"folded_{self.name}" WHERE NOT _link IS NULL')

    def gather_folded(self, engine: Engine) -> None:
        """Makes both tables from what was folded before, and from the rows that were set apart (`checker.run.inexact_rows`)."""
        some = " OR ".join(rule.tag for rule in self.rules)
        engine.run(f'CREATE OR REPLACE VIEW "doubtful_{self.name}" AS SELECT * FROM "inexact_{self.told.related}" WHERE {some}')
        self._count_doubtful(engine)
        self._set_nameless_apart(engine)
        for part, rules in self._parts():
            self._places |= dict.fromkeys((rule.tag for rule in rules), part)
            engine.run(self._gathering(part, rules, f'"folded_{self.name}{part}"'))
            engine.run(f'DROP TABLE "folded_{self.name}{part}"')

    def query(self, rule: Gathered) -> Query:
        """The query that measures the rule, with what was folded put in."""
        query, gathered = rule.mixed if self.doubtful[rule.tag] else rule.sure, f"gathered_{self.name}"
        query = query.reading(Rows(gathered, "s"), f"{gathered}{self._places.get(rule.tag, '')}")
        return query.filled({Part(fold.name): Sql.of(fold.read()) for fold in folds([rule], self.windows, packs=self.packs)})

    def of_nameless(self, rule: Gathered, *, several: bool) -> Query:
        """The query that measures the rule on nameless subjects; `several` tells whether a related row may have several lines."""
        query = rule.nameless.reading(Rows(standing_rows(self.told.subject), "s"), f"nameless_{self.name}")
        return query if several else query.reading(Rows(ONCE, "r"), "related")

    # -- the statements -----------------------------------------------------------------------------------------------

    @property
    def _flags(self) -> Sql:
        return Sql.joined(", ", (Sql.of(rule.gathering.doubtful, f" AS {rule.tag}") for rule in self.rules))

    @property
    def _source(self) -> Sql:
        joins = dict.fromkeys(join for rule in self.rules for join in rule.gathering.joins)
        return Sql.joined(" ", (related(self.told.related), *joins))

    def _count_doubtful(self, engine: Engine) -> None:
        counted = ", ".join(f"COUNT_IF({rule.tag})" for rule in self.rules)
        (counts,) = engine.rows(f'SELECT {counted} FROM "doubtful_{self.name}"')
        self.doubtful = {rule.tag: count for rule, count in zip(self.rules, counts, strict=True)}

    def _parts(self) -> Iterator[tuple[str, Sequence[Gathered]]]:
        """The rules that are folded in one scan, and what is put after the names of the tables that it leads to."""
        parts, width = list[list[Gathered]]([[]]), 0
        for rule in self.rules:
            columns = sum(1 for fold in folds([rule], self.windows, packs=self.packs) for _ in fold.aggregates())
            if parts[-1] and width + columns > self.most:
                parts.append([])
                width = 0
            parts[-1].append(rule)
            width += columns
        for number, part in enumerate(parts):
            yield f".{number}" if number else "", part

    def _packing(self, engine: Engine, made: Callable[[], Iterable[Sql]], counted: str) -> None:
        """Makes tables of what is folded, once more without packing where somebody has too many rows."""
        for statement in made():
            engine.run(statement)
        if any(fold.packed for fold in folds(self.rules, self.windows, packs=self.packs)):
            ((most,),) = engine.rows(f"SELECT COALESCE(MAX(_rows), 0) FROM {counted}")
            if most >= 1 << BITS:
                self.packs = False
                for statement in made():
                    engine.run(statement)

    def _folded(self, rules: Sequence[Gathered]) -> Sql:
        """The query for what is folded of each link for those rules."""
        first, aggregates = [Sql.of(self.told.far, " AS _link")], ["_link"]
        if rules[0] is self.rules[0]:
            aggregates.append("COUNT(*) AS _rows")
        for rule in rules:
            first.append(Sql.of(rule.gathering.certain, f" AS {rule.tag}"))
            if rule.gathering.at is not None:
                first.append(Sql.of(rule.gathering.at, f" AS {rule.tag}_at"))
        for fold in folds(rules, self.windows, packs=self.packs):
            if fold.folded.fold != "count":
                first.append(Sql.of(fold.folded.value, f" AS {fold.name}"))
            aggregates += [f"{aggregate} AS {column}" for column, aggregate in fold.aggregates()]
        selected = f"SELECT {', '.join(aggregates)} FROM (SELECT "
        return Sql.of(selected, Sql.joined(", ", first), " FROM ", self._source, ") GROUP BY _link")

    def _gathering(self, part: str, rules: Sequence[Gathered], folded: str | Sql) -> Sql:
        """The statement that joins the subjects with what was folded of each for those rules."""
        own = [f's."{column}"' for column in sorted({column for rule in rules for column in rule.columns})]
        for fold in folds(rules, self.windows, packs=self.packs):
            own += [f"{fold.none(column)} AS {column}" for column, _ in fold.aggregates()]
        if rules[0] is self.rules[0]:
            own.append("x._rows")
        made = f'CREATE OR REPLACE TABLE "gathered_{self.name}{part}" AS SELECT {", ".join(own)} FROM '
        linked = f' AS x ON x._link = s."{self.told.near}"'
        named = Sql.of(" WHERE NOT COALESCE(", self.told.nameless, ", FALSE)") if self.nameless else ""
        return Sql.of(made, standing(self.told.subject), " LEFT JOIN ", folded, linked, named)

    def _set_nameless_apart(self, engine: Engine) -> None:
        if self.nameless:
            made = f'CREATE OR REPLACE TABLE "nameless_{self.name}" AS SELECT s.* FROM '
            engine.run(Sql.of(made, standing(self.told.subject), " WHERE ", self.told.nameless))


def groups(
    rules: Iterable[Gathered], windows: Mapping[str, int], most: int, nameless: Callable[[Gathering], bool]
) -> list[Group]:
    """The rules, group by group."""
    found: dict[str, list[Gathered]] = {}
    for rule in rules:
        found.setdefault(rule.gathering.group, []).append(rule)
    return [Group(members, windows, most, nameless(members[0].gathering)) for members in found.values()]
