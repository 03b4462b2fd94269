"""Says what would settle most: `meetings.csv:121: organisation is empty: keeps 12 findings open, can settle 1`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.integrity import IntegrityKind
from checker.model.report import Evidence, RuleSummary
from checker.report.say.cells import cell_text, cells_text
from checker.report.say.faults import missing_name
from checker.report.say.fields import field_text
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.settling import Group, Settling

_PLACES = 3
"""The rows of a group that are named where it has many."""


def group_text(group: Group, places: Places) -> str:
    """What is open in which rows, how many findings that keeps open, and how many it can settle."""
    wording = places.wording
    what = ": ".join(filter(None, (group_place(group, places), group_cause(group, wording))))
    return wording("settling-line", what=what, effect=effect_text(group, wording))


def effect_text(group: Group, wording: Wording) -> str:
    """How many findings a group keeps open, and how many it can settle."""
    settles = wording.several("settling-settles", group.settles) if group.settles else wording("settling-not-alone")
    return f"{wording.several('settling-keeps', group.keeps)}, {settles}"


def group_place(group: Group, places: Places) -> str:
    """Which table or column is missing, or where the rows are."""
    wording = places.wording
    if group.missing is not None:
        return missing_name(group.missing, wording)
    if group.count == 1:
        return places.one(group.rows[0])
    where = places.many(group.rows[:_PLACES], group.count - len(group.rows[:_PLACES]))
    return wording.several("settling-rows", group.count, places=where)


def group_cause(group: Group, wording: Wording) -> str:
    """What is open in the rows of a group, where it is the same in those that are named and of which it is known."""
    if group.count == 1:
        return cause_of_row(group.rows[0], group.faults[0], wording)
    named = zip(group.rows[:_PLACES], group.faults, strict=False)
    causes = dict.fromkeys(said for row, faults in named if (said := ", ".join(dict.fromkeys(_causes(row, faults, wording)))))
    return next(iter(causes)) if len(causes) == 1 else ""


def cause_of_row(row: Evidence, faults: Sequence[RuleSummary], wording: Wording) -> str:
    """What is open in a row: its empty cells, and those that are wrong; where nothing of that is known, what it says."""
    said = list(_causes(row, faults, wording))
    return ", ".join(dict.fromkeys(said)) if said else cells_text(row._replace(contradicts=False), wording)


def _causes(row: Evidence, faults: Sequence[RuleSummary], wording: Wording) -> Iterator[str]:
    values, places = dict(row.values), dict(row.reached)
    for field, value in row.values:
        if not value:
            yield cell_text(row.table, field, value, wording, places, unsplit=row.unsplit)
    for rule in faults:
        columns = rule.columns
        if columns is None or columns.kind is IntegrityKind.REQUIRED:
            continue
        told = [f"'{value}'" for field in columns.at_fault if (value := values.get(field))]
        if told or columns.kind is IntegrityKind.UNIQUE:
            fields = ", ".join(field_text(columns.record, field, wording) for field in columns.at_fault)
            yield wording(f"doubt-{columns.kind}", field=fields, value=", ".join(told))
    if row.contradicts:
        yield wording("doubt-contradicts")


def settling_note(settling: Settling, wording: Wording) -> str:
    """What is counted: findings that are listed, and how many others there are."""
    said = []
    if settling.listed < settling.undetermined:
        said.append(wording("settling-listed", listed=settling.listed, n=settling.undetermined))
    if settling.others:
        said.append(wording.several("settling-others", settling.others))
    return " ".join(said)
