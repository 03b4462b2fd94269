"""What follows from the records (section 8 of the contract)."""

from collections.abc import Iterator

from tests.second_reading import cells, standing_rows
from tests.second_reading.bounds import Outcome
from tests.second_reading.cells import EMPTY, UNKNOWN
from tests.second_reading.judging import Finding
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row, Table


def violations(run: Run) -> Iterator[Finding]:
    """The violations of all integrity rules, and the tables that were not submitted."""
    for table in (each for each in run.tables.values() if not each.record.roll_call):
        for name in sorted(table.absent) if table.rows else []:
            if table.record.fields[name].required:
                rule = f"records/{table.record.name}/{name}/required"
                yield Finding(rule, None, None, Outcome("breached"), verdict="violated", answers=tuple(table.rows))
        for rule, failing in checks(run, table):
            if not table.submitted or failing is None:
                yield Finding(rule, None, None, Outcome("unknown"), verdict="undetermined")
            else:
                for row in failing:
                    yield Finding(rule, row, None, Outcome("breached"), verdict="violated")


def checks(run: Run, table: Table) -> Iterator[tuple[str, list[Row] | None]]:
    """Each rule, and the rows that fail it; None where that cannot be told."""
    record, rows = table.record, table.rows
    for name, field in record.fields.items():
        rule = f"records/{record.name}/{name}"
        if field.required:
            yield (
                f"{rule}/required",
                [row for row in rows if row.raw[name] is not None and cells.read(row.raw[name] or "", field) is EMPTY],
            )
        yield f"{rule}/allowed", [row for row in rows if cells.read(row.raw[name] or "", field) is UNKNOWN]
        if field.ref:
            other = run.tables[field.ref]
            dangling = [row for row in rows if leads_nowhere(row, name, other)]
            yield f"{rule}/reference", None if other.vague else dangling
    if record.start and record.end:
        yield f"records/{record.name}/{record.end}/lifespan", [row for row in rows if row.reversed]
    if record.key:
        yield f"records/{record.name}/{record.key}/unique", [row for row in rows if not row.first]
    if record.parent:
        yield f"records/{record.name}/{record.parent}/acyclic", [row for row in rows if circular(table, row)]
    for together in record.unique:
        yield f"records/{record.name}/{'+'.join(together)}/unique", repeated(rows, together)


def leads_nowhere(row: Row, name: str, other: Table) -> bool:
    """Whether a reference, or some element of a list of them, is no key."""
    field, raw = row.record.fields[name], row.raw[name]
    if field.signs:
        said = cells.read(raw or "", field)
        return isinstance(said, frozenset) and bool(standing_rows.lost(said, other))
    return isinstance(row.reference(name), str) and row.reference(name) not in other.by_key


def circular(table: Table, row: Row) -> bool:
    """Whether a row is below itself."""
    seen: set[int] = set()
    current: Row | None = row
    while current is not None and current.number not in seen:
        seen.add(current.number)
        above = current.reference(str(table.record.parent))
        found = table.by_key.get(above) if isinstance(above, str) else None
        current = found.submitted if found else None
        if current is row or (current is not None and current.key == row.key and row.key is not UNKNOWN):
            return True
    return False


def repeated(rows: list[Row], together: tuple[str, ...]) -> list[Row]:
    """The rows after the first that agree with it."""
    seen, found = set(), []
    for row in rows:
        values = tuple(row.cells[name] for name in together)
        if EMPTY in values or UNKNOWN in values or any(isinstance(value, cells.Days) for value in values):
            continue
        if values in seen:
            found.append(row)
        seen.add(values)
    return found
