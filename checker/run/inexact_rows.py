"""Of a large table the rows that need a closer look, found in one scan and set apart as `inexact_<record>`.

A row is set apart where what it contributes may be doubtful, or where it may not plainly meet a rule about such rows. All
others have had their say when they were folded, or counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.model.plan import RulePlan
from checker.model.sql import Sql
from checker.tables.names import related

if TYPE_CHECKING:
    from checker.engine.protocol import Engine
    from checker.run.shared_scans import Group


@dataclass
class InexactRows:
    """The rows `r` of one record of which a suspicion is true, and of these what the `flags` say, by column.

    They have all rows that do not plainly meet the rules of those numbers.
    """

    record: str
    suspicions: dict[Sql, None] = field(default_factory=dict)
    flags: dict[str, Sql] = field(default_factory=dict)
    joins: dict[Sql, None] = field(default_factory=dict)
    rules: set[int] = field(default_factory=set)

    def make(self, engine: Engine) -> None:
        """Makes the table."""
        shown = Sql.joined(", ", ("r.*", *(Sql.of(condition, f" AS {name}") for name, condition in self.flags.items())))
        source = Sql.joined(" ", (related(self.record), *self.joins))
        some = Sql.joined(" OR ", (Sql.of("(", each, ")") for each in self.suspicions))
        engine.table(f"inexact_{self.record}", Sql.of("SELECT ", shown, " FROM ", source, " WHERE ", some))


def inexact_rows(groups: Iterable[Group], rules: Iterable[tuple[int, RulePlan]]) -> Collection[InexactRows]:
    """What is to be set apart of each record: for groups of rules, and for numbered rules about rows."""
    found: dict[str, InexactRows] = {}

    def of(record: str) -> InexactRows:
        return found.setdefault(record, InexactRows(record))

    for group in groups:
        mine = of(group.told.related)
        for gathered in group.rules:
            mine.suspicions |= dict.fromkeys(gathered.gathering.suspicions)
            mine.flags[gathered.tag] = gathered.gathering.doubtful
            mine.joins |= dict.fromkeys(gathered.gathering.joins)
    for number, rule in rules:
        mine = of(rule.record)
        mine.suspicions |= dict.fromkeys(rule.unsettled or ())
        mine.rules.add(number)
    return found.values()
