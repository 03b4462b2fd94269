"""The benchmark's records are always the same, and the SQL that was fused by hand finds in them what the program finds."""

import hashlib
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from benchmarks import floor
from benchmarks.generate import generate
from benchmarks.verdicts import difference
from checker.cli.main import program

RULES = Path(__file__).parents[2] / "benchmarks" / "rules" / "benchmark"
TABLES = ("organisations", "hamlets", "branches", "documents", "meetings")


def checked(submission: Path, report: Path) -> Path:
    arguments = ["check", str(submission), "--rules", str(RULES), "--findings", str(report), "--quiet"]
    assert CliRunner().invoke(program, arguments).exit_code == 1
    return report


def test_the_records_are_the_same_under_every_engine(tmp_path: Path) -> None:
    generate(tmp_path, 200, "csv")
    digest = hashlib.sha256(b"".join((tmp_path / f"{table}.csv").read_bytes() for table in TABLES))
    assert digest.hexdigest() == "574fd9ac809b6deb78fc77cadd999487909135ddce4b15fcf70866230e38f930"


def test_both_formats_hold_the_same_records(tmp_path: Path) -> None:
    generate(tmp_path, 200, "csv")
    generate(tmp_path, 200, "parquet")
    for table in TABLES:
        csv, parquet = (f"FROM '{tmp_path}/{table}.{written}'" for written in ("csv", "parquet"))
        assert duckdb.execute(csv).fetchall() == duckdb.execute(parquet).fetchall()


@pytest.mark.parametrize("organisations", [52, 1000])
def test_the_floor_finds_what_the_program_finds(tmp_path: Path, organisations: int) -> None:
    generate(tmp_path / "csv", organisations, "csv")
    generate(tmp_path / "parquet", organisations, "parquet")
    assert floor.check(tmp_path / "csv", tmp_path / "csv.parquet")
    report = checked(tmp_path / "csv", tmp_path / "found.parquet")
    assert difference(tmp_path / "csv.parquet", report) == (0, 0, [])
    floor.check(tmp_path / "parquet", tmp_path / "parquet.parquet")
    assert difference(tmp_path / "parquet.parquet", report) == (0, 0, [])


# Cells as the generator makes them, in combinations that it makes too seldom to meet in a test.
ODD = [
    ("A", "plenary", None, 5, 5),
    ("A", "committee", None, None, 9),
    ("A", "branch", "2025-01-01", None, 9),
    ("A", "branch", "2024-12-31", 1, 9),
    ("B", "plenary", "2025-01-31", 2, 3),
    ("B", "plenary", "2025-12-31", 7, 9),
    ("C", "branch", None, 1, 9),
    ("Z", "branch", "2024-12-31", 8, 9),
    ("Z", "plenary", None, 8, 9),
]


def test_the_floor_and_the_program_agree_on_odd_rows(tmp_path: Path) -> None:
    rows = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in ODD)
    tables = {
        "organisations": "id,name\nA,a\nB,b\nC,c\nD,d\n",
        "hamlets": "id,organisation\nH,A\nI,Z\n",
        "branches": "id,hamlet\nX,H\nY,Z\n",
        "documents": "organisation,kind,reviewed_on\nA,working regulations,\nB,work programme,2025-12-31\n"
        "B,working regulations,2024-12-30\nC,working regulations,2024-12-31\nZ,working regulations,2025-12-31\n",
        "meetings": f"organisation,kind,held_on,present,entitled\n{rows}\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "submission.yaml").write_text("period: 2025\nas_of: 2025-12-31\n", encoding="utf-8")
    floor.check(tmp_path, tmp_path / "floor.parquet")
    assert difference(tmp_path / "floor.parquet", checked(tmp_path, tmp_path / "found.parquet")) == (0, 0, [])


def test_the_rulebook_is_clean_and_its_cases_hold() -> None:
    # A meeting has no key there: it would be a column more for everybody to read.
    ignored = ("--ignore", "rows-without-key")
    for arguments in (["lint", str(RULES), "--strict", *ignored], ["test", str(RULES), "--coverage"]):
        assert CliRunner().invoke(program, arguments).exit_code == 0
