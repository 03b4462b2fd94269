"""A submission of Parquet files: the same report as of the CSV files that it was made of, but for where its rows stand."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "examples" / "rach-gia-2019-faulty"
RULES = ROOT / "rules" / "vn-party-grassroots"
TYPED = {"BIGINT", "DOUBLE", "DATE", "BOOLEAN"}


def converted(target: Path, *, typed: bool) -> Path:
    """The faulty example in Parquet; typed, where all cells of a column are of a type."""
    target.mkdir()
    shutil.copy(FAULTY / "submission.yaml", target)
    connection = duckdb.connect()
    seen = set()
    for file in sorted(FAULTY.glob("*.csv")):
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
def test_the_report_is_the_same(typed: bool, tmp_path: Path) -> None:  # noqa: FBT001 -- a case
    csv = shutil.copytree(FAULTY, tmp_path / "csv" / "filed")
    code, expected = report(csv, "--format", "json")
    (tmp_path / "parquet").mkdir()
    assert report(converted(tmp_path / "parquet" / "filed", typed=typed), "--format", "json") == (code, shifted(expected))


def test_one_file_alone(tmp_path: Path) -> None:
    meetings = converted(tmp_path / "filed", typed=True) / "meetings.parquet"
    code, said = report(meetings, "--period", "2019", "--as-of", "2019-12-31", "--select", "records/meetings/id/required")
    assert code == 1, said
    assert "meetings.parquet:1" in said


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    filed = converted(tmp_path / "filed", typed=True)
    whole = (filed / "meetings.parquet").read_bytes()
    (filed / "meetings.parquet").write_bytes(whole[: len(whole) // 2])
    code, said = report(filed)
    assert code == 2, said
    assert "meetings.parquet: the Parquet file cannot be read" in said
    assert "Write the file again" in said


def test_a_file_that_is_damaged_within(tmp_path: Path) -> None:
    filed = converted(tmp_path / "filed", typed=True)
    whole = bytearray((filed / "meetings.parquet").read_bytes())
    whole[4 : len(whole) // 2] = bytes(len(whole) // 2 - 4)
    (filed / "meetings.parquet").write_bytes(whole)
    code, said = report(filed)
    assert code == 2, said
    assert "Traceback" not in said
    assert "filed/meetings.parquet: error: the Parquet file cannot be read" in said


def test_the_queries_of_an_explanation_read_it(tmp_path: Path) -> None:
    filed = converted(tmp_path / "filed", typed=True)
    command = [sys.executable, "-m", "checker", "explain", "cell-monthly", "VT-KP2", "--in", str(filed), "--rules", str(RULES)]
    run = subprocess.run([*command, "--format", "sql"], capture_output=True, text=True, encoding="utf-8", check=False)
    assert "READ_PARQUET" in run.stdout, run.stderr
    connection = duckdb.connect()
    for statement in connection.extract_statements(run.stdout):
        connection.execute(statement).fetchall()
