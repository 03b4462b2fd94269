"""A submission of Parquet files: the same report as of the CSV files that it was made of, but for where its rows stand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "examples" / "companies-faulty"
RULES = ROOT / "rules" / "in-companies-act-2013"
TYPED = {"BIGINT", "DOUBLE", "DATE", "BOOLEAN"}
AT_FAULT = """\
,KAVERI,9/2024,2024-06-01,2024-05-20,false,6,6,0,6,2024-06-20
KAVERI-2,NOBODY,,31/31/2024,2024-05-20,perhaps,six,-6,0,6,2024-06-20
"""
"""Meetings without an id, with another one's, of nobody, and with cells that cannot be read."""


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faulty example, and rows at fault."""
    folder = shutil.copytree(FAULTY, tmp_path_factory.mktemp("csv") / "filed")
    with (folder / "board_meetings.csv").open("a", encoding="utf-8") as stream:
        stream.write(AT_FAULT)
    return folder


@pytest.fixture(scope="module")
def expected(csv: Path) -> tuple[int, str]:
    """What is reported of it."""
    return report(csv, "--format", "json")


def converted(csv: Path, target: Path, *, typed: bool) -> Path:
    """The faulty example in Parquet; typed, where all cells of a column are of a type."""
    target.mkdir()
    shutil.copy(csv / "submission.yaml", target)
    connection = duckdb.connect()
    seen = set()
    for file in sorted(csv.glob("*.csv")):
        table = f"READ_CSV('{file}', header = true, sample_size = -1, all_varchar = {not typed})"
        seen |= {str(row[1]) for row in connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}
        connection.execute(f"COPY (SELECT * FROM {table}) TO '{target / file.stem}.parquet' (FORMAT parquet)").fetchall()
    assert bool(seen & TYPED) is typed
    return target


def report(submission: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "checker", "check", submission.name, "--rules", str(RULES), "--lang", "en", *arguments]
    run = subprocess.run(command, cwd=submission.parent, capture_output=True, text=True, encoding="utf-8", check=False)
    return run.returncode, run.stdout + run.stderr


def shifted(text: str) -> str:
    """A JSON report of CSV files as it would be of Parquet files: a row is one line further up, and there are no columns."""
    rows = r'"line": \d+|[.]parquet:\d+(?:, \d+)*'
    text = re.sub(
        rows, lambda found: re.sub(r"\d+", lambda row: str(int(row[0]) - 1), found[0]), text.replace(".csv", ".parquet")
    )
    return re.sub(r'"column": \d+', '"column": null', text)


@pytest.mark.parametrize("typed", [False, True], ids=["text", "typed"])
def test_the_report_is_the_same(csv: Path, expected: tuple[int, str], tmp_path: Path, *, typed: bool) -> None:
    code, said = expected
    assert {f"records/board_meetings/{each}" for each in ("id/required", "id/unique", "date/allowed", "company/reference")} <= {
        each["rule"] for each in json.loads(said)["findings"] if each["verdict"] == "violated"
    }
    assert report(converted(csv, tmp_path / "filed", typed=typed), "--format", "json") == (code, shifted(said))


def test_one_file_alone(csv: Path, tmp_path: Path) -> None:
    meetings = converted(csv, tmp_path / "filed", typed=True) / "board_meetings.parquet"
    code, said = report(meetings, "--period", "2024", "--as-of", "2024-12-31", "--select", "records/board_meetings/id/required")
    assert code == 1, said
    assert "board_meetings.parquet:1" in said


def test_a_file_that_is_cut_off(csv: Path, tmp_path: Path) -> None:
    filed = converted(csv, tmp_path / "filed", typed=True)
    whole = (filed / "board_meetings.parquet").read_bytes()
    (filed / "board_meetings.parquet").write_bytes(whole[: len(whole) // 2])
    code, said = report(filed)
    assert code == 2, said
    assert "board_meetings.parquet: the Parquet file cannot be read" in said
    assert "Write the file again" in said


def test_a_file_that_is_damaged_within(csv: Path, tmp_path: Path) -> None:
    filed = converted(csv, tmp_path / "filed", typed=True)
    whole = bytearray((filed / "board_meetings.parquet").read_bytes())
    # What the columns are stands at the end, before how long that is and the sign of the format.
    pages = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    whole[4:pages] = bytes(pages - 4)
    (filed / "board_meetings.parquet").write_bytes(whole)
    code, said = report(filed)
    assert code == 2, said
    assert "Traceback" not in said
    assert "filed/board_meetings.parquet: error: the Parquet file cannot be read" in said


def test_the_queries_of_an_explanation_read_it(csv: Path, tmp_path: Path) -> None:
    filed = converted(csv, tmp_path / "filed", typed=True)
    asked = ["explain", "four-board-meetings", "KAVERI", "--in", str(filed), "--rules", str(RULES), "--format", "sql"]
    command = [sys.executable, "-m", "checker", *asked]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "READ_PARQUET" in run.stdout, run.stderr
    connection = duckdb.connect()
    for statement in connection.extract_statements(run.stdout):
        connection.execute(statement).fetchall()
