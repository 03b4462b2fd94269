"""Writes a submission in its three forms: a folder of CSV, a workbook in Vietnamese, one YAML file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from checker.model.schema import Field, Record
from checker.rules.loading import load
from generator.tables import Cell, Row, Tables

Manifest = Mapping[str, str]
_RULEBOOK = Path(__file__).resolve().parents[2] / "rules" / "vn-party-grassroots"
_VIETNAMESE = "vi"
_CREATED = datetime(2019, 7, 1)  # noqa: DTZ001 -- a workbook's properties have no time zone; fixed, so that bytes are


def write_folder(folder: Path, manifest: Manifest, tables: Tables) -> None:
    """Writes one CSV file per table, and the manifest beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "submission.yaml").write_text(_manifest(manifest), encoding="utf-8")
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(rows[0])
            writer.writerows([_plain(cell) for cell in row.values()] for row in rows)


def write_yaml(path: Path, manifest: Manifest, tables: Tables) -> None:
    """Writes all tables into one file, one row a line; empty cells and defaults are left out."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("submission:\n")
        file.writelines(f"  {line}\n" for line in _manifest(manifest).splitlines())
        file.write("tables:\n")
        for name, rows in tables.items():
            fields = _fields(name)
            file.write(f"  {name}:\n")
            file.writelines(f"    - {{{', '.join(_pairs(row, fields))}}}\n" for row in rows)


def write_workbook(path: Path, manifest: Manifest, tables: Tables) -> None:
    """Writes a workbook whose sheets, columns and values are Vietnamese, as the rulebook declares them."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": manifest["title"], "author": manifest["submitted_by"], "created": _CREATED})
        bold = book.add_format({"bold": True, "text_wrap": True})
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("submission")
        sheet.set_column(0, 1, 24)
        for line, (key, value) in enumerate(manifest.items()):
            sheet.write_string(line, 0, key, bold)
            sheet.write_string(line, 1, value)
        for name, rows in tables.items():
            _write_sheet(book.add_worksheet(_records()[name].title.in_(_VIETNAMESE)), rows, _fields(name), (bold, days))


def _write_sheet(sheet: Any, rows: list[Row], fields: dict[str, Field], formats: tuple[Any, Any]) -> None:  # noqa: ANN401
    bold, days = formats
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(rows[0]) - 1, 16)
    for column, name in enumerate(rows[0]):
        sheet.write_string(0, column, fields[name].title.in_(_VIETNAMESE), bold)
    for line, row in enumerate(rows, 1):
        for column, (name, cell) in enumerate(row.items()):
            match cell:
                case None:
                    pass
                case date():
                    sheet.write_datetime(line, column, cell, days)
                case bool():
                    sheet.write_string(line, column, "có" if cell else "không")
                case int() | Decimal():
                    sheet.write_number(line, column, cell)
                case str():
                    sheet.write_string(line, column, _in_vietnamese(cell, fields[name]))


@cache
def _records() -> dict[str, Record]:
    return dict(load(_RULEBOOK).records)


def _fields(record: str) -> dict[str, Field]:
    return {field.name: field for field in _records()[record].fields}


def _in_vietnamese(value: str, field: Field) -> str:
    synonyms = dict(field.enum).get(value)
    return synonyms[0] if synonyms else value


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case _:
            return str(cell)


def _pairs(row: Row, fields: dict[str, Field]) -> Iterator[str]:
    for name, cell in row.items():
        value = _plain(cell)
        if cell is not None and value != fields[name].default:
            yield f"{name}: {_quoted(value) if isinstance(cell, str) else value}"


def _quoted(value: str) -> str:
    return f'"{value}"' if set(value) & set(",:#{}[]&*!|>'%@`") else value


def _manifest(manifest: Manifest) -> str:
    return "".join(f"{key}: {value}\n" for key, value in manifest.items())
