"""Every place of a file of cases where a name of the rulebook stands, or could: tables, their columns, and parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.lsp.names import Declared, Kind
from checker.lsp.slots import Slot
from checker.model.blanks import fold
from checker.rules.entries import keys_of
from checker.yaml_tree import Path, Value


def case_slots(value: Value, declared: Declared) -> Iterator[Slot]:
    """The places of names in what a file of cases says."""
    for index, case in enumerate(value if isinstance(value, list) else ()):
        said = keys_of(case)
        for name in keys_of(said.get("set")):
            yield Slot((index, "set", name), name, (Kind.PARAMETER,), of_key=True)
        for table, rows in keys_of(said.get("tables")).items():
            yield from _of_table((index, "tables", table), rows, declared)


def _of_table(path: Path, rows: Value, declared: Declared) -> Iterator[Slot]:
    table = str(path[-1])
    yield Slot(path, table, (Kind.RECORD,), of_key=True)
    record = _by_header(keys_of(declared.tree.value.get("records"))).get(fold(table))
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        for column in keys_of(row):
            yield Slot((*path, number, column), column, (Kind.FIELD,), record, of_key=True)


def _by_header(entries: Mapping[str, Value]) -> dict[str, str]:
    """The names of records, by these and by the further headers that they have."""
    found = {}
    for name, entry in entries.items():
        headers = keys_of(entry).get("headers")
        for header in (*(headers if isinstance(headers, list) else ()), name):
            if isinstance(header, str):
                found[fold(header)] = name
    return found
