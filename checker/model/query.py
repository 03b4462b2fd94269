"""A finished query of several steps, of which the first is the subjects in their windows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from checker.model.sql import Rows, Slot, Sql


class Query(NamedTuple):
    """A query, and by itself the first step of it: the subjects in their windows."""

    whole: Sql
    population: Sql

    def reading(self, slot: Rows, table: str) -> Query:
        """The same, where another table is read in the place of one."""
        return Query(self.whole.reading(slot, table), self.population.reading(slot, table))

    def filled(self, parts: Mapping[Slot, Sql]) -> Query:
        """The same with what stands in some of its slots."""
        return Query(self.whole.filled(parts), self.population.filled(parts))
