"""Reads a submission into tables of text that remember where every row came from."""

from checker.records.limits import Limits
from checker.records.opening import open_submission
from checker.records.readers.csv_records import repair
from checker.records.submission import Opened, given_tables
from checker.records.values import (
    OPEN,
    UNREADABLE,
    UNSPLIT,
    Cell,
    Column,
    CsvSource,
    Manifest,
    ParquetSource,
    RowsSource,
    Submission,
    Table,
)

__all__ = [
    "OPEN",
    "UNREADABLE",
    "UNSPLIT",
    "Cell",
    "Column",
    "CsvSource",
    "Limits",
    "Manifest",
    "Opened",
    "ParquetSource",
    "RowsSource",
    "Submission",
    "Table",
    "given_tables",
    "open_submission",
    "repair",
]
