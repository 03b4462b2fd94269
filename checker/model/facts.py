"""Facts: what is known of a submission, by which the passes of `checker.plan` choose how its rules are measured."""

from collections.abc import Mapping
from typing import NamedTuple


class TableFacts(NamedTuple):
    """How many rows a table has, how many stand for their key, how many only may count.

    adrift: of how many the cell of a field may be anything, at most, for the fields where there are such.
    """

    rows: int
    first: int
    doubtful: int
    adrift: Mapping[str, int]


class Facts(NamedTuple):
    """What is known of a submission, once it was settled what is in doubt of it. What is not here is not known.

    submitted: the records whose rows are known: they were submitted, or all that they are made of.
    tables: what the census says of each record that was counted.
    several: the references (record, field) of which some row's almost matches several keys.
    doubted: the records of which something is in doubt.
    excepted: the records of some subject of which an exception holds, or may hold.
    counts_met: it is only counted how often a rule is met, since the submission is large.
    """

    submitted: frozenset[str]
    tables: Mapping[str, TableFacts]
    several: frozenset[tuple[str, str]] = frozenset()
    doubted: frozenset[str] = frozenset()
    excepted: frozenset[str] = frozenset()
    counts_met: bool = False

    def known(self, record: str, field: str) -> bool:
        """Whether it is known of each cell of a field what it is."""
        return self.adrift(record, field) == 0

    def adrift(self, record: str, field: str) -> int | None:
        """Of how many rows the cell of a field may be anything, at most; None if that is not known."""
        table = self.tables.get(record)
        return None if table is None else table.adrift.get(field, 0)
