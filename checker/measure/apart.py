"""Of a large table the rows that need a closer look, found in one scan and set apart as `apart_<record>`.

A row is set apart where what it contributes is doubtful, or where it does not plainly meet a rule about such rows. All
others have had their say when they were folded, or counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.model.plan import RulePlan, naming

if TYPE_CHECKING:
    from checker.measure.duck import Duck
    from checker.measure.gathers import Group


@dataclass
class Apart:
    """The rows of one record to be set apart: `flags` are conditions on a row `r`, by the names of their columns."""

    record: str
    flags: dict[str, str] = field(default_factory=dict)
    joins: dict[str, None] = field(default_factory=dict)
    needs: set[str] = field(default_factory=set)

    def make(self, engine: Duck) -> None:
        """Makes the table."""
        flags = ", ".join(f"{condition} AS {name}" for name, condition in self.flags.items())
        source = " ".join((f'"t_{self.record}" AS "r"', *self.joins))
        made = f'CREATE OR REPLACE TABLE "apart_{self.record}" AS SELECT * FROM (SELECT "r".*, {flags} FROM {source})'
        engine.run(naming(f"{made} WHERE {' OR '.join(self.flags)}", self.needs))


def apart(groups: Iterable[Group], rules: Iterable[tuple[int, RulePlan]]) -> Mapping[str, Apart]:
    """What is to be set apart, by record: for groups of rules, and for numbered rules about rows."""
    found: dict[str, Apart] = {}

    def of(record: str) -> Apart:
        return found.setdefault(record, Apart(record))

    for group in groups:
        mine = of(group.told.related)
        for gathered in group.rules:
            mine.flags[gathered.tag] = gathered.gathering.doubtful
            mine.joins |= dict.fromkeys(gathered.gathering.joins)
            mine.needs |= set(gathered.gathering.needs)
    for number, rule in rules:
        mine = of(rule.record)
        mine.flags[unsettled(number)] = str(rule.unsettled).replace(_SUBJECT, _ROW)
        mine.needs |= set(rule.measure.needs)
    return found


def unsettled(number: int) -> str:
    """The flag of rows that do not plainly meet the rule of that number."""
    return f"u{number}"


def tells_itself(rule: RulePlan) -> bool:
    """Whether it is told by the row of a subject alone whether it plainly meets the rule."""
    return rule.unsettled is not None and '"s.' not in rule.unsettled


_SUBJECT, _ROW = '"s".', '"r".'
