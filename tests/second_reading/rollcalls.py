"""Records that are made of others: who was present at what (section 3 of the contract)."""

from collections.abc import Mapping
from datetime import date

from tests.second_reading import links
from tests.second_reading.book import Record, RollCall
from tests.second_reading.cells import EMPTY, UNKNOWN, Cell
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row, Table
from tests.second_reading.truth import Truth, both, either


def make(run: Run) -> None:
    """Makes the tables of all roll calls of a rulebook."""
    for record in run.book.records.values():
        if record.roll_call:
            run.tables[record.name] = made(run, record, record.roll_call)


def made(run: Run, record: Record, call: RollCall) -> Table:
    """One row for each pair of those who may be present and what they may be present at."""
    people, occasions = run.tables[call.who], run.tables[call.occasion]
    table = Table(record, submitted=people.submitted and occasions.submitted)
    for who in people.subjects if table.submitted else []:
        for occasion in occasions.subjects:
            lived = both(exists(run, who, occasion), exists(run, occasion, occasion))
            if lived is False:
                continue
            row = Row(record, len(table.rows) + 1, {}, told(run, call, who, occasion))
            row.doubtful = lived is None or who.doubtful or occasion.doubtful
            table.rows.append(row)
    table.subjects = table.rows
    return table


def exists(run: Run, row: Row, occasion: Row) -> Truth:
    """Whether somebody, or something, exists on the day of an occasion."""
    if occasion.record.date is None:
        return row.exists(run.ref)
    day = occasion.day(occasion.record.date)
    if isinstance(day, date):
        return row.exists(day)
    some = occasion.some(occasion.record.date)
    if some is not None:
        return row.exists_on(some)
    return True if row.ends == (EMPTY, EMPTY) else None


def told(run: Run, call: RollCall, who: Row, occasion: Row) -> Mapping[str, Cell]:
    """The cells of a pair."""
    found: dict[str, Cell] = {
        "who": who.key if isinstance(who.key, str) else UNKNOWN,
        "occasion": occasion.key if isinstance(occasion.key, str) else UNKNOWN,
        "present": UNKNOWN,
    }
    if occasion.record.date:
        found["date"] = occasion.cells[occasion.record.date]
    if UNKNOWN not in {found["who"], found["occasion"]}:
        truth = present(run, call, who, occasion)
        found["present"] = UNKNOWN if truth is None else truth
    return found


def present(run: Run, call: RollCall, who: Row, occasion: Row) -> Truth:
    """Whether a row marks somebody as present."""
    record, predicates = run.book.selection(call.present)
    if not run.tables[record.name].submitted:
        return None
    marks: list[Truth] = []
    for row in run.tables[record.name].rows:
        names = (links.reference_to(record, who.record), links.reference_to(record, occasion.record))
        linked = (links.points(row, name, of) for name, of in zip(names, (who, occasion), strict=True))
        sure = both(
            *linked, *(run.holds(each, row, run.ref) for each in predicates), links.dated(row, None, run.ref), row.exists(run.ref)
        )
        marks.append(None if row.doubtful and sure else sure)
    return either(marks)
