"""The same tables written in every format, by programs that people use: LibreOffice, openpyxl, DuckDB, sqlite3, psql."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb
import openpyxl
import xlsxwriter
import yaml

from tests.formats.xlsb import binary_book

Cell = str | int | bool | Decimal | date | datetime | None
"""A cell as a program knows it: a text, or a value of a type."""


class Sheet(NamedTuple):
    """One table: its headers, and its rows with a cell for each header."""

    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]


Sheets = Mapping[str, Sheet]
Write = Callable[[Sheets, Path], Path]
"""Writes tables as a submission into a folder that is empty, and gives what is to be handed in."""

MANIFEST = {"period": "2019", "as_of": "2019-12-31"}


def text_of(cell: Cell) -> str:
    """A cell as a person writes it into a CSV file."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _separated(suffix: str, delimiter: str, encoding: str, bodies: Sheets, folder: Path) -> Path:
    for name, sheet in bodies.items():
        with (folder / f"{name}{suffix}").open("w", encoding=encoding, newline="") as stream:
            written = csv.writer(stream, delimiter=delimiter)
            written.writerow(sheet.headers)
            written.writerows([text_of(cell) for cell in row] for row in sheet.rows)
    return _said(folder)


def csv_file(sheets: Sheets, folder: Path) -> Path:
    """A folder of CSV files."""
    return _separated(".csv", ",", "utf-8", sheets, folder)


def semicolons(sheets: Sheets, folder: Path) -> Path:
    """A folder of CSV files as Excel saves them in Europe: semicolons, and a byte order mark."""
    return _separated(".csv", ";", "utf-8-sig", sheets, folder)


def utf_16(sheets: Sheets, folder: Path) -> Path:
    """A folder of files that Excel calls `Unicode text`."""
    return _separated(".tsv", "\t", "utf-16", sheets, folder)


def tsv_file(sheets: Sheets, folder: Path) -> Path:
    """A folder of files with tabs."""
    return _separated(".tsv", "\t", "utf-8", sheets, folder)


def _said(folder: Path) -> Path:
    (folder / "submission.yaml").write_text(yaml.safe_dump(MANIFEST), encoding="utf-8")
    return folder


def xlsxwriter_book(sheets: Sheets, folder: Path) -> Path:
    """A workbook by XlsxWriter."""
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm", "strings_to_numbers": False}) as book:
        for name, sheet in {**sheets, "submission": Sheet(*_manifest_rows())}.items():
            page = book.add_worksheet(name)
            for number, row in enumerate([sheet.headers, *sheet.rows]):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell)
                    elif cell is not None:
                        page.write(number, column, cell)
    return path


def openpyxl_book(sheets: Sheets, folder: Path, name: str = "book.xlsx") -> Path:
    """A workbook by openpyxl."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for title, sheet in {**sheets, "submission": Sheet(*_manifest_rows())}.items():
        page = book.create_sheet(title)
        for number, row in enumerate([sheet.headers, *sheet.rows], 1):
            for column, cell in enumerate(row, 1):
                if cell is not None:
                    page.cell(number, column).value = cell
                    if isinstance(cell, str):
                        page.cell(number, column).data_type = "s"
    book.save(folder / name)
    return folder / name


def xlsb_book(sheets: Sheets, folder: Path) -> Path:
    """A binary workbook."""
    named = {**sheets, "submission": Sheet(*_manifest_rows())}
    return binary_book(folder / "book.xlsb", {name: [sheet.headers, *sheet.rows] for name, sheet in named.items()})


def _manifest_rows() -> tuple[Sequence[str], Sequence[Sequence[Cell]]]:
    (first, *rest) = MANIFEST.items()
    return first, rest


def yaml_file(sheets: Sheets, folder: Path) -> Path:
    """A file of YAML, a row of keys and values after the other; of what is empty there is no key."""
    path = folder / "sub.yaml"
    path.write_text(yaml.safe_dump(_tree(sheets), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def json_file(sheets: Sheets, folder: Path) -> Path:
    """A file of JSON over many lines."""
    path = folder / "sub.json"
    path.write_text(json.dumps(_tree(sheets), ensure_ascii=False, indent=2, default=_plain), encoding="utf-8")
    return path


def json_line(sheets: Sheets, folder: Path) -> Path:
    """A file of JSON, all of it on one line, other letters than those of ASCII escaped."""
    path = folder / "sub.json"
    path.write_text(json.dumps(_tree(sheets), default=_plain), encoding="utf-8")
    return path


def _tree(sheets: Sheets) -> object:
    return {"submission": MANIFEST, "tables": {name: _mappings(sheet) for name, sheet in sheets.items()}}


def _mappings(sheet: Sheet) -> list[dict[str, object]]:
    # A header that no row fills would be lost: JSON and YAML know columns by their keys alone.
    return [{header: _plain(cell) for header, cell in zip(sheet.headers, row, strict=True)} for row in sheet.rows]


def _plain(cell: object) -> object:
    """A cell as JSON and YAML have it: numbers and truth values as such, days as text."""
    if isinstance(cell, Decimal):
        return float(cell)
    return text_of(cell) if isinstance(cell, date) else cell


def ndjson(sheets: Sheets, folder: Path) -> Path:
    """A folder of files of one JSON object a line, by DuckDB."""
    return _copied(sheets, folder, ".ndjson", "FORMAT json")


def duckdb_csv(sheets: Sheets, folder: Path) -> Path:
    """A folder of CSV files by DuckDB."""
    return _copied(sheets, folder, ".csv", "FORMAT csv, HEADER")


def parquet(sheets: Sheets, folder: Path) -> Path:
    """A folder of Parquet files by DuckDB."""
    return _copied(sheets, folder, ".parquet", "FORMAT parquet")


def parquet_parts(sheets: Sheets, folder: Path) -> Path:
    """A folder of folders, of Parquet files of two rows each, by DuckDB."""
    with closing(duckdb.connect()) as engine:
        for name, sheet in sheets.items():
            (folder / f"{name}.parquet").mkdir()
            _make(engine, name, sheet)
            for start in range(0, max(len(sheet.rows), 1), 2):
                rows = f'SELECT COLUMNS(* EXCLUDE "_no") FROM "{name}" WHERE _no >= {start} AND _no < {start + 2} ORDER BY _no'
                engine.execute(f"COPY ({rows}) TO '{folder / f'{name}.parquet' / f'part-{start:04}.parquet'}' (FORMAT parquet)")
    return _said(folder)


def _copied(sheets: Sheets, folder: Path, suffix: str, options: str) -> Path:
    with closing(duckdb.connect()) as engine:
        for name, sheet in sheets.items():
            _make(engine, name, sheet)
            rows = f'SELECT * EXCLUDE ("_no") FROM "{name}" ORDER BY _no'
            engine.execute(f"COPY ({rows}) TO '{folder / f'{name}{suffix}'}' ({options})")
    return _said(folder)


def _make(engine: duckdb.DuckDBPyConnection, name: str, sheet: Sheet) -> None:
    columns = ["_no INTEGER", *(f'"{header}" {kind}' for header, kind in zip(sheet.headers, _types(sheet), strict=True))]
    engine.execute(f'CREATE TABLE "{name}" ({", ".join(columns)})')
    for number, row in enumerate(sheet.rows):
        marks = ", ".join("?" * (len(row) + 1))
        engine.execute(f'INSERT INTO "{name}" VALUES ({marks})', [number, *_as_typed(sheet, row)])


def _types(sheet: Sheet) -> list[str]:
    """The type of each column in a database: that of its values if they are of one type, else text."""
    found = []
    for number in range(len(sheet.headers)):
        kinds = {type(row[number]) for row in sheet.rows if row[number] is not None}
        found.append(_TYPES.get(next(iter(kinds)), "VARCHAR") if len(kinds) == 1 else "VARCHAR")
    return found


_TYPES: Mapping[type, str] = {
    int: "BIGINT",
    bool: "BOOLEAN",
    Decimal: "DECIMAL(18, 3)",
    date: "DATE",
    datetime: "TIMESTAMP",
}


def _as_typed(sheet: Sheet, row: Sequence[Cell]) -> list[Cell]:
    """The cells of a row for columns of these types: what stands in a column of text is text."""
    return [cell if kind != "VARCHAR" or cell is None else text_of(cell) for cell, kind in zip(row, _types(sheet), strict=True)]


def sqlite(sheets: Sheets, folder: Path) -> Path:
    """A SQLite database, which keeps days and truth values as text."""
    path = folder / "office.sqlite"
    with closing(sqlite3.connect(path)) as made:
        for name, sheet in {**sheets, "submission": Sheet(*_manifest_columns())}.items():
            columns = ", ".join(f'"{header}"' for header in sheet.headers)
            made.execute(f'CREATE TABLE "{name}" (_no INTEGER PRIMARY KEY, {columns})')
            made.executemany(
                f'INSERT INTO "{name}" VALUES (NULL{", ?" * len(sheet.headers)})',
                [[_in_sqlite(cell) for cell in row] for row in sheet.rows],
            )
        made.execute("CREATE TABLE keep (key, value)")
        made.execute("INSERT INTO keep SELECT key, value FROM submission")
        made.execute("DROP TABLE submission")
        made.execute("ALTER TABLE keep RENAME TO submission")
        made.commit()
    return path


def _manifest_columns() -> tuple[Sequence[str], Sequence[Sequence[Cell]]]:
    return ("key", "value"), [*MANIFEST.items()]


def _in_sqlite(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell if cell is None or type(cell) is int else text_of(cell)


def psql_script(sheets: Sheets) -> str:
    """What psql is given to make the tables."""
    script = io.StringIO("DROP SCHEMA IF EXISTS public CASCADE;\nCREATE SCHEMA public;\n")
    script.seek(0, io.SEEK_END)
    for name, sheet in {**sheets, "submission": Sheet(*_manifest_columns())}.items():
        columns = [f'"{header}" {kind}' for header, kind in zip(sheet.headers, _types(sheet), strict=True)]
        number = ["_no serial PRIMARY KEY"] if name in sheets else []
        names = ", ".join(f'"{header}"' for header in sheet.headers)
        script.write(f'CREATE TABLE "{name}" ({", ".join([*number, *columns])});\n')
        script.write(f"COPY \"{name}\" ({names}) FROM STDIN (FORMAT csv, NULL '');\n")
        csv.writer(script, lineterminator="\n").writerows(map(text_of, row) for row in sheet.rows)
        script.write("\\.\n")
    return script.getvalue()


def zipped(sheets: Sheets, folder: Path) -> Path:
    """An archive of a folder of CSV files."""
    (inner := folder / "inner").mkdir()
    csv_file(sheets, inner)
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(inner.iterdir()):
            packed.write(file, f"north/{file.name}")
    shutil.rmtree(inner)
    return folder / "all.zip"


BY_PYTHON: Mapping[str, Write] = {
    "csv": csv_file,
    "csv semicolons": semicolons,
    "csv duckdb": duckdb_csv,
    "tsv": tsv_file,
    "tsv utf-16": utf_16,
    "xlsx xlsxwriter": xlsxwriter_book,
    "xlsx openpyxl": openpyxl_book,
    "xlsb": xlsb_book,
    "yaml": yaml_file,
    "json": json_file,
    "json on one line": json_line,
    "ndjson": ndjson,
    "parquet": parquet,
    "parquet parts": parquet_parts,
    "sqlite": sqlite,
    "zip": zipped,
}
"""What is written without another program."""

OFFICE: Mapping[str, str] = {
    "xlsx libreoffice": "xlsx",
    "xlsm libreoffice": 'xlsm:"Calc MS Excel 2007 VBA XML"',
    "xls libreoffice": 'xls:"MS Excel 97"',
    "ods libreoffice": "ods",
    "csv libreoffice": 'csv:"Text - txt - csv (StarCalc)":44,34,76,1,,0,false,true,false,false,false,-1',
}
"""What LibreOffice writes, and how it calls that."""


def convert(books: Sequence[Path], target: str, folder: Path, home: Path) -> None:
    """Lets LibreOffice write these workbooks anew, all at once, into a folder; it keeps what it knows of itself in a home."""
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", target.replace('"', "")),
            *("--outdir", str(folder), *map(str, books)),
        ],
        check=True,
        capture_output=True,
        timeout=240,
        env={**os.environ, "HOME": str(home)},
    )
