"""Of a large table the rows that need a closer look, found in one scan and set apart as `apart_<record>`.

A row is set apart where what it contributes may be doubtful, or where it may not plainly meet a rule about such rows. All
others have had their say when they were folded, or counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.model.plan import RulePlan, naming

if TYPE_CHECKING:
    from checker.measure.duck import Duck
    from checker.measure.gathers import Group


@dataclass
class Apart:
    """The rows `r` of one record of which a suspicion is true, and of these what the `flags` say, by column.

    They have all rows that do not plainly meet the rules of those numbers.
    """

    record: str
    suspicions: dict[str, None] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    joins: dict[str, None] = field(default_factory=dict)
    needs: set[str] = field(default_factory=set)
    rules: set[int] = field(default_factory=set)

    def make(self, engine: Duck) -> None:
        """Makes the table."""
        shown = ", ".join(('"r".*', *(f"{condition} AS {name}" for name, condition in self.flags.items())))
        source = " ".join((f'"rows_{self.record}" AS "r"', *self.joins))
        rows = f"SELECT {shown} FROM {source} WHERE {' OR '.join(f'({each})' for each in self.suspicions)}"
        engine.run(naming(f'CREATE OR REPLACE TABLE "apart_{self.record}" AS {rows}', self.needs))


def apart(groups: Iterable[Group], rules: Iterable[tuple[int, RulePlan]]) -> Collection[Apart]:
    """What is to be set apart of each record: for groups of rules, and for numbered rules about rows."""
    found: dict[str, Apart] = {}

    def of(record: str) -> Apart:
        return found.setdefault(record, Apart(record))

    for group in groups:
        mine = of(group.told.related)
        for gathered in group.rules:
            mine.suspicions |= dict.fromkeys(gathered.gathering.suspicions)
            mine.flags[gathered.tag] = gathered.gathering.doubtful
            mine.joins |= dict.fromkeys(gathered.gathering.joins)
            mine.needs |= set(gathered.gathering.needs)
    for number, rule in rules:
        mine = of(rule.record)
        mine.suspicions |= dict.fromkeys(each.replace(_SUBJECT, _ROW) for each in rule.unsettled or ())
        mine.needs |= set(rule.measure.needs)
        mine.rules.add(number)
    return found.values()


def tells_itself(rule: RulePlan) -> bool:
    """Whether it is told by the row of a subject alone whether it plainly meets the rule."""
    return bool(rule.unsettled) and not any('"s.' in each for each in rule.unsettled or ())


_SUBJECT, _ROW = '"s".', '"r".'
