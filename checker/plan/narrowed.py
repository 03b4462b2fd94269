"""The tables of a case, with those columns only that are read of them: a record has dozens, and a rule reads a few."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.plan import Plan, RecordPlan, TablePlan


def narrowed(plan: Plan, readers: Iterable[Plan]) -> Plan:
    """The plan with those columns only of its records that these plans read, and those by which rows are known and found.

    It says the same as long as no two rows share what is to be unique: whether these are one row, their other cells tell too.
    """
    read: set[tuple[str, str]] = set()
    whole = {name for each in plan.records for name in each.reads}
    for reader in readers:
        for some in (reader.rules, reader.indicators, reader.exceptions, reader.attributes):
            read.update(column for each in some for column in each.columns_read)
        whole.update(each.terms for rule in reader.rules for each in rule.requirements if each.terms is not None)
    return plan._replace(records=tuple(each if each.record.name in whole else _narrow(each, read) for each in plan.records))


def _narrow(plan: RecordPlan, read: set[tuple[str, str]]) -> RecordPlan:
    record, typed = plan.record, plan.typed
    if not isinstance(typed, TablePlan) or record.fill_down:
        return plan
    known_by = {
        record.key,
        record.parent,
        record.date,
        record.begins,
        record.ends,
        *(name for each in record.unique for name in each),
    }
    fields = tuple(
        field for field in record.fields if (record.name, field.name) in read or field.name in known_by or field.ref is not None
    )
    names = {field.name for field in fields}
    return plan._replace(
        record=record._replace(fields=fields),
        typed=typed._replace(
            fields=tuple(field for field in typed.fields if field.name in names),
            columns=tuple((name, column) for name, column in typed.columns if name is None or name in names),
        ),
        odd=tuple(each for each in plan.odd if each.field in names),
    )
