"""The programs that are compared, and the command of each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

from benchmarks.environments import interpreter
from benchmarks.generate import Format

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parent
_FOUND_VIOLATIONS = frozenset({0, 1, 3})


@dataclass(frozen=True, slots=True)
class Task:
    """What a program is given: a submission, a rulebook, and a folder of its own to write into."""

    submission: Path
    rulebook: Path
    folder: Path


Command = Callable[[Task], Sequence[str | Path]]


@dataclass(frozen=True, slots=True)
class Program:
    """One row of a table: the command for a task, and what of it is compared with the findings of the floor."""

    name: str
    command: Command
    findings: str | None = None  # the file in the task's folder
    verify: Command | None = None  # what writes that file, where the command that is timed does not
    prepare: Command | None = None  # what fills the cache, where nothing is compared
    formats: Sequence[Format] = ("parquet", "csv")
    largest: int = 4_000_000
    exit_codes: frozenset[int] = frozenset({0})
    first_use: bool = False  # each run with an empty cache


def checker() -> list[str | Path]:
    """The command `checker` of this environment."""
    script = Path(sys.executable).with_name("checker")
    return [script] if script.exists() else [sys.executable, "-m", "checker"]


@once
def our_program(*options: str, name: str = "checker", first_use: bool = False, written: str = "") -> Program:
    """Our program, which writes the text report; with `written`, all findings as data of that kind too, each time."""

    def command(task: Task, suffix: str = written) -> Sequence[str | Path]:
        report = ("--format", "text", "--output", task.folder / "report.txt")
        data = ("--findings", task.folder / f"findings.{suffix}") if suffix else ()
        return [*checker(), "check", task.submission, "--rules", task.rulebook, *report, *data, "--quiet", *options]

    def verify(task: Task) -> Sequence[str | Path]:
        return command(task, "parquet")

    def prepare(task: Task) -> Sequence[str | Path]:
        return [*checker(), "rules", task.rulebook]

    return Program(name, command, "findings.parquet", verify, prepare, exit_codes=_FOUND_VIOLATIONS, first_use=first_use)


NOTHING = Program("import duckdb; select 1", lambda _: [sys.executable, "-c", "import duckdb; duckdb.sql('select 1').fetchall()"])
FLOOR = Program(
    "hand-fused SQL (the floor)",
    lambda task: [sys.executable, _HERE / "floor.py", task.submission, task.folder / "findings.parquet"],
    findings="findings.parquet",
)
PLAIN = Program(
    "checker, the slowest way",
    lambda task: [sys.executable, "-m", "benchmarks.plain", task.submission, task.rulebook, task.folder / "findings.parquet"],
    findings="findings.parquet",
)
HELP = Program("checker --help", lambda _: [*checker(), "--help"])


def _peer(name: str, folder: str, written: Format, largest: int) -> Program:
    def command(task: Task) -> Sequence[str | Path]:
        return [interpreter(folder), "-m", f"benchmarks.peers.{folder}.main", task.submission, task.folder / "findings.csv"]

    return Program(name, command, "findings.csv", formats=(written,), largest=largest)


# What a user might pick instead, each up to a size that it does in about two minutes.
PEERS_BY_FOLDER = {
    "polars": _peer("Polars, fused by hand", "polars", "parquet", 1_000_000),
    "pandera": _peer("pandera, on measures by Polars", "pandera", "parquet", 1_000_000),
    "great_expectations": _peer("Great Expectations, on measures by pandas", "great_expectations", "csv", 100_000),
    "soda": _peer("Soda, on DuckDB", "soda", "parquet", 1_000_000),
    "regorus": _peer("OPA's Rego by regorus", "regorus", "csv", 10_000),
    "regopy": _peer("OPA's Rego by regopy", "regopy", "csv", 1_000),
    "cel": _peer("CEL", "cel", "csv", 10_000),
    "durable_rules": _peer("durable-rules, fed with every meeting", "durable_rules", "csv", 10_000),
    "pyshacl": _peer("pySHACL", "pyshacl", "csv", 1_000),
}
# Installed in a few seconds, and run on submissions of this size in a few more.
QUICK = {"polars": 1_000, "pandera": 1_000, "regorus": 1_000, "cel": 1_000, "durable_rules": 52, "regopy": 52, "pyshacl": 52}
