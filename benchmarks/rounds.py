"""Runs programs in turn on one submission, so that their rounds are paired, and compares what they find."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks import damage, generate
from benchmarks.environments import NotInstallableError, cache
from benchmarks.processes import Run, run
from benchmarks.programs import FLOOR, ROOT, Command, Program, Task
from benchmarks.results import Row
from benchmarks.rulebooks import BENCHMARK
from benchmarks.verdicts import difference

SLOW, VERY_SLOW = 20, 120  # seconds; of such a program there are fewer rounds
_SLOW_ROUNDS, _VERY_SLOW_ROUNDS = 3, 1
STOPPED = 1800


class Change(NamedTuple):
    """What is made of a submission that `benchmarks.generate` made: a name, and what writes it from one folder into another."""

    name: str
    make: Callable[[Path, Path], None]


@dataclass(frozen=True, slots=True)
class Group:
    """Programs to be run on one submission. `expected` is the one whose findings those of the others must be, if there is any."""

    experiment: str
    submission: str
    organisations: int
    written: generate.Format
    programs: Sequence[Program]
    rulebook: Path = BENCHMARK
    expected: Program | None = FLOOR
    change: Change | None = None


@dataclass(slots=True)
class _Tally:
    program: Program
    task: Task
    runs: list[Run] = field(default_factory=list)
    verdicts: str = ""
    note: str = ""

    def wants(self, turn: int) -> bool:
        """Whether the program takes part in that round."""
        slowest = max((run.seconds for run in self.runs), default=0.0)
        most = _VERY_SLOW_ROUNDS if slowest > VERY_SLOW else _SLOW_ROUNDS if slowest > SLOW else turn + 1
        return not self.note and turn < most

    def row(self, group: Group) -> Row:
        """What its runs came to."""
        times, peaks = [run.seconds for run in self.runs], [run.peak for run in self.runs]
        spent = [run.processor for run in self.runs]
        return Row(group.experiment, group.submission, self.program.name, times, peaks, self.verdicts, self.note, spent)


def measure(group: Group, rounds: int) -> Iterator[Row]:
    """One row for each program of the group."""
    tell(f"{group.experiment}: {group.submission}")
    submission = submitted(group.organisations, group.written, group.change)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as parent:
        tallies = [_Tally(program, _task(submission, group, Path(parent))) for program in group.programs]
        expected = _expected(group, _task(submission, group, Path(parent)))
        for tally in tallies:
            program = tally.program
            before = program.verify if expected else program.prepare
            if before is not None:  # before the rounds, so that it also fills the cache for them
                prepared = _Tally(program, tally.task)
                if _ran(prepared, before) and expected:
                    _compare(tally, expected)
                tally.note = prepared.note
        for turn in range(rounds):
            for tally in tallies:
                if tally.wants(turn) and _ran(tally, tally.program.command) and turn == 0 and not tally.program.verify:
                    _compare(tally, expected)
        for tally in tallies:
            yield tally.row(group)


def submitted(organisations: int, written: generate.Format, change: Change | None = None) -> Path:
    """The submission of that size, or what a change makes of it, which is made if it is not there."""
    made = b"".join(Path(str(module.__file__)).read_bytes() for module in (generate, damage))
    folder = cache() / "submissions" / f"{organisations}-{written}-{hashlib.sha256(made).hexdigest()[:12]}"
    if not (folder / "submission.yaml").exists():  # it is written last
        tell(f"making {folder}")
        generate.generate(folder, organisations, written)
    if change is None:
        return folder
    changed = folder.with_name(f"{folder.name}-{change.name}")
    if not changed.exists():
        tell(f"making {changed}")
        with tempfile.TemporaryDirectory(dir=folder.parent) as parent:
            change.make(folder, Path(parent, "made"))
            Path(parent, "made").rename(changed)
    return changed


def tell(text: str) -> None:
    """Says how far it is."""
    print(text, file=sys.stderr, flush=True)


def _task(submission: Path, group: Group, parent: Path) -> Task:
    return Task(submission, group.rulebook, Path(tempfile.mkdtemp(dir=parent)))


def _ran(tally: _Tally, command: Command) -> bool:
    """Runs it once; if it fails, the note says why."""
    program, task = tally.program, tally.task
    used = Path(tempfile.mkdtemp(dir=task.folder)) if program.first_use else cache() / "checker"
    try:
        made = run(command(task), ROOT, STOPPED, {"CHECKER_CACHE": str(used)})
    except NotInstallableError as error:
        tally.note = f"cannot be installed: {error}"
    else:
        if made.exit_code in program.exit_codes:
            tally.runs.append(made)
            tell(f"  {program.name}: {made.seconds:.2f} s, {made.processor:.2f} of processors, {made.peak / 1e6:.0f} MB")
            return True
        tell(made.said)
        tally.note = made.said if made.exit_code is None else f"exit code {made.exit_code}"
    tell(f"  {program.name}: {tally.note}")
    return False


def _expected(group: Group, task: Task) -> Path | None:
    """The findings that are expected, if they can be told."""
    if group.expected is None or not _ran(_Tally(group.expected, task), group.expected.command):
        return None
    return task.folder / str(group.expected.findings)


def _compare(tally: _Tally, expected: Path | None) -> None:
    if expected is None or tally.program.findings is None:
        return
    found = tally.task.folder / tally.program.findings
    differing = difference(found, expected, violations_only=found.suffix == ".csv")
    same = not (differing.missing or differing.surplus)
    tally.verdicts = "same" if same else f"{differing.missing} missing, {differing.surplus} too many"
    tell(f"  {tally.program.name}: verdicts {tally.verdicts} {differing.examples or ''}".rstrip())
