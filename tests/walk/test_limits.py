"""Limits of memory and disk, with real processes: they hold, and what does not fit is an error that says what to give."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.generate import generate
from checker import api
from checker.assembly.listable import listable
from checker.engine.duckdb import statements
from checker.engine.duckdb.database import Duck
from checker.engine.limits import LEAST, Limits
from checker.errors import LimitError, UsageError
from checker.request import USUAL, Tuning

RULES = str(Path(__file__).parents[2] / "benchmarks" / "rules" / "benchmark")
ANY_LIMIT = "from checker.engine import limits; limits.LEAST = 0;from checker.cli.main import main; main()"
PEAK = (
    "import resource, subprocess, sys; ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
    "print(ended.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)"
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty thousand organisations: a large submission, of 18 MB."""
    folder = tmp_path_factory.mktemp("large") / "filed"
    generate(folder, 20_000, "csv")
    return folder


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a process whose temporary folders are made in `tmp_path / "temporary"`."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    return {**os.environ, "TMPDIR": str(temporary), "CHECKER_CACHE": str(tmp_path / "cache")}


def command(large: Path, *options: str) -> list[str]:
    return [sys.executable, "-c", ANY_LIMIT, "check", str(large), "--rules", RULES, "--quiet", *options]


def left_behind(surroundings: dict[str, str]) -> list[Path]:
    return [*Path(surroundings["TMPDIR"]).iterdir()]


@pytest.mark.parametrize("findings", ["findings.parquet", "findings.csv", "findings.xlsx"])
def test_a_process_stays_within_its_memory(large: Path, surroundings: dict[str, str], tmp_path: Path, findings: str) -> None:
    asked = command(large, "--memory-limit", "300MB", "--findings", str(tmp_path / findings))
    measured = [sys.executable, "-c", PEAK, *asked]
    said = subprocess.run(measured, env=surroundings, capture_output=True, text=True, check=True)
    code, peak = map(int, said.stdout.split())
    assert (code, said.stderr) == (1, "")
    assert peak < LEAST
    assert (tmp_path / findings).stat().st_size > 10_000
    assert left_behind(surroundings) == []


@pytest.mark.parametrize(
    ("options", "what", "fix"),
    [
        ("--memory-limit 200MB", "more memory than its limit of 200 MB [memory-limit]", "with --memory-limit"),
        ("--memory-limit 300MB --disk-limit 0B", "more than their limit of 0 B", "with --disk-limit"),
    ],
)
def test_what_does_not_fit_is_told(
    large: Path, surroundings: dict[str, str], tmp_path: Path, options: str, what: str, fix: str
) -> None:
    report = tmp_path / "report.json"
    asked = command(large, *options.split(), "-f", f"json={report}")
    ended = subprocess.run(asked, env=surroundings, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert what in ended.stderr
    assert fix in ended.stderr
    assert not report.exists()
    assert left_behind(surroundings) == []


@pytest.mark.skipif(os.name == "nt", reason="needs signals between processes")
def test_an_interrupted_run_leaves_no_temporary_files(large: Path, surroundings: dict[str, str]) -> None:
    with subprocess.Popen(command(large), env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        waiting = time.monotonic() + 60
        while not left_behind(surroundings) and time.monotonic() < waiting:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said.strip()) == (130, "Interrupted.")
    assert left_behind(surroundings) == []


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(statements, "temporary_folder", lambda _: tmp_path / "a file" / "folder")
    (tmp_path / "a file").touch()
    engine = Duck(limits=Limits(memory=220_000_000))
    engine.expect(small=False)
    with pytest.raises(LimitError) as raised:
        engine.run("CREATE TABLE much AS SELECT i, hash(i) FROM range(8_000_000) AS t(i)")
    (problem,) = raised.value.problems
    assert (problem.code, "TMPDIR" in str(problem.fix)) == ("disk-limit", True)
    assert str(tmp_path / "a file") in str(problem.message)


def test_limits_that_leave_no_room_are_refused(tmp_path: Path) -> None:
    for given in ({"memory_limit": LEAST - 1}, {"disk_limit": -1}):
        with pytest.raises(UsageError):
            api.check(tmp_path, RULES, **given)  # type: ignore[arg-type]


def test_a_default_holds_for_large_submissions_only() -> None:
    assert USUAL.memory is None or USUAL.memory >= LEAST
    found = []
    for small in (True, False):
        engine = Duck(tuning=Tuning(memory=1_000_000_000))
        engine.expect(small=small)
        ((setting,),) = engine.rows("SELECT current_setting('memory_limit')")
        found.append(setting == "617.9 MiB")
    assert found == [False, True]


@pytest.mark.parametrize(
    ("memory", "counts", "most", "expected"),
    [
        (9_000_000, [400, 300], 0, 0),
        (9_000_000, [400, 300, 900], 0, 350),
        (9_000_000, [10, 2000, 3000], 100, 100),
        (9_000_000, [10, 2000, 3000], 0, 495),
        (9_000, [10, 20], 5, 1),
        (9_000_000, [], 0, 0),
    ],
)
def test_a_report_lists_as_many_findings_as_fit(memory: int, counts: list[int], most: int, expected: int) -> None:
    found = listable(memory, counts, most, 3_000)
    assert found == expected
    assert sum(min(count, found or count) for count in counts) <= max(memory // 9_000, len(counts))


def test_what_does_not_fit_is_counted_and_that_is_said(large: Path) -> None:
    report = api.check(large, RULES, max_findings=0, memory_limit=1_000_000_000, tuning=Tuning(finding=100_000))
    (notice,) = [each for each in report.notices if each.code == "fewer-listed"]
    listed = Counter((finding.rule, finding.verdict) for finding in report.findings)
    assert str(max(listed.values())) in str(notice)
    assert sum(times for _, times in report.left_out) > 0
    assert "fewer-listed" not in {
        each.code for each in api.check(large, RULES, memory_limit=1_000_000_000, tuning=Tuning(finding=100_000)).notices
    }
