"""Writes a submission of a million unmet findings in every format, and measures each: `python -m benchmarks.million FOLDER`.

25,000 organisations have 40 findings each: 24 meetings without a quorum, twelve months without a meeting of the committee, and
no plenary, no attendance of 80 %, no working regulations and no branch. A day is left of the year, so that some of it is still
to do.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from benchmarks.processes import run

ORGANISATIONS = 25_000
EACH = 40
LIMIT = "1GB"
RULES = Path(__file__).parent / "rules" / "benchmark"
MANIFEST = "title: A million findings\nperiod: 2025\nas_of: 2025-12-30\n"

_TABLES = {
    "organisations": "SELECT printf('O%05d', i) AS id, 'Organisation ' || i AS name FROM range({n}) AS t(i)",
    "hamlets": "SELECT printf('H%05d', i) AS id, printf('O%05d', i) AS organisation FROM range({n}) AS t(i)",
    "branches": "SELECT '' AS id, '' AS hamlet WHERE false",
    "documents": "SELECT '' AS organisation, '' AS kind, '' AS reviewed_on WHERE false",
    "meetings": """SELECT printf('O%05d', k // 24) AS organisation, 'branch' AS kind,
        make_date(2025, 1 + k % 12, 1 + k % 28) AS held_on, 1 + k % 7 AS present, 20 + k % 9 AS entitled
        FROM range({n} * 24) AS t(k)""",
}


class Way(NamedTuple):
    """One way to write the findings: a name, the command's arguments, and what it writes."""

    name: str
    arguments: tuple[str, ...]
    written: str


def ways() -> Iterator[Way]:
    """Each format with what it lists by default, and with everything."""
    formats = {
        "check": {"text": "txt", "json": "json", "html": "html", "xlsx": "xlsx", "markdown": "md"},
        "unmet": {"text": "txt", "json": "json", "html": "html", "xlsx": "xlsx", "markdown": "md", "ics": "ics"},
    }
    for most in ("100", "all"):
        for command, endings in formats.items():
            for form, ending in endings.items():
                written = f"{command}-{most}.{ending}"
                yield Way(f"{command} {form} {most}", (command, "-f", f"{form}={written}", "--max-findings", most), written)
    for form in ("html", "docx"):
        yield Way(f"letters {form}", ("unmet", "-q", "--per-body", f"letters-{form}", "--letter", form), f"letters-{form}")
    for ending in ("parquet", "ndjson", "csv", "xlsx"):
        yield Way(f"findings {ending}", ("check", "-q", "--findings", f"findings.{ending}"), f"findings.{ending}")


def generate(folder: Path, organisations: int = ORGANISATIONS) -> None:
    """Writes the submission into the folder, which need not be there; the same each time."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as engine:
        for name, template in _TABLES.items():
            target = str(folder / f"{name}.csv").replace("'", "''")
            engine.execute(f"COPY ({template.format(n=organisations)}) TO '{target}' (FORMAT csv, HEADER)")
    (folder / "submission.yaml").write_text(MANIFEST, encoding="utf-8")


def size(path: Path) -> tuple[int, int]:
    """How many files there are, and how many bytes in them."""
    files = [path] if path.is_file() else sorted(path.iterdir()) if path.is_dir() else []
    return len(files), sum(file.stat().st_size for file in files)


def main() -> None:
    """Makes the submission if it is not there, and writes it in the ways that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="ways whose name contains this")
    parser.add_argument("--organisations", type=int, default=ORGANISATIONS)
    parser.add_argument("--limit", type=float, default=3600, help="the most seconds of one way")
    given = parser.parse_args()
    submission, out = given.folder / f"submission-{given.organisations}", given.folder / "out"
    if not (submission / "submission.yaml").exists():
        generate(submission, given.organisations)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    checker = shutil.which("checker") or "checker"
    print(f"{'way':24} {'exit':>4} {'seconds':>8} {'peak MB':>8} {'files':>6} {'MB':>8}")
    for way in ways():
        if given.only not in way.name:
            continue
        command = [
            checker,
            *way.arguments[:1],
            submission.resolve(),
            "--rules",
            RULES,
            "--memory-limit",
            LIMIT,
            *way.arguments[1:],
        ]
        done = run(command, out, given.limit)
        files, length = size(out / way.written)
        print(
            f"{way.name:24} {done.exit_code!s:>4} {done.seconds:8.1f} {done.peak / 1e6:8.0f} {files:6} {length / 1e6:8.1f}",
            flush=True,
        )
        if done.exit_code not in {1, 3}:
            print(done.said)


if __name__ == "__main__":
    main()
