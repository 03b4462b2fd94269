"""Judges mutated submissions, one after the other, as their seeds come in, and says of each what came of it."""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import NamedTuple

from checker import api
from checker.engine.duckdb.database import Duck
from checker.errors import CheckerError
from checker.model.period import Period
from checker.records.opening import open_submission
from checker.report import Presentation
from checker.report.exit import presented_exit
from checker.report.formats import CHECK
from checker.request import CheckRequest
from tests.fuzz.corpus import Base, corpus, mutated

_WRITTEN = sorted(name for name, writer in CHECK.items() if name not in {"html", "xlsx"})
_PERIOD = Period.parse("2019")


class Outcome(NamedTuple):
    """What came of one submission: the exit code, processor seconds, the most memory in MB, and what broke, if anything did."""

    seed: int
    base: str
    code: int
    seconds: float
    megabytes: int
    fault: str = ""


def judge(bases: list[Base], seed: int, engine: Duck, folder: Path) -> Outcome:
    """Makes the submission of a seed, judges it, and writes a report in one of the formats."""
    folder.mkdir()
    path, base = mutated(bases, seed, folder)
    began = time.process_time()
    _forget_memory()
    code, fault = 2, ""
    try:
        code = _code(path, base, seed, engine)
    except CheckerError as error:
        code = error.exit_code
        fault = str(error) if code not in {0, 1, 2, 3} else _unsaid(error)
    except Exception:  # noqa: BLE001 -- that is what is looked for
        code, fault = 4, traceback.format_exc()
    finally:
        shutil.rmtree(folder)
    return Outcome(seed, base.name, code, time.process_time() - began, _memory(), fault)


def _code(path: Path, base: Base, seed: int, engine: Duck) -> int:
    own = Duck(beside=engine)
    opened = open_submission(path, own.describe, take=own.take)
    plan = api.compile_rules(base.rulebook, stated=opened.manifest.stated)
    request = CheckRequest(path, period=opened.manifest.period or _PERIOD)
    report = api.judge(request, plan, opened, engine=own).assembly.report()
    name = _WRITTEN[seed % len(_WRITTEN)]
    stream = io.BytesIO() if CHECK[name].binary else io.StringIO()
    CHECK[name](report, stream, Presentation())
    if isinstance(stream, io.StringIO):
        stream.getvalue().encode()
    return presented_exit(report, Presentation())


def _unsaid(error: CheckerError) -> str:
    """A refusal that says too little is a fault: every problem has a text, a fix, and one that can be written out."""
    for problem in error.problems:
        if not str(problem.message) or not str(problem.fix):
            return f"nothing is said: {problem}"
        str(problem).encode()
    return "" if error.problems else "a refusal without a problem"


def _forget_memory() -> None:
    """From now on the most memory is counted anew, where the system does so."""
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _memory() -> int:
    if sys.platform != "linux":
        return 0
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def main() -> None:
    """Reads seeds from standard input; writes what came of each, a line of JSON."""
    folder, *further = map(Path, sys.argv[1:])
    bases = corpus(folder, further)
    engine = Duck()
    with tempfile.TemporaryDirectory() as room:
        for line in sys.stdin:
            outcome = judge(bases, int(line), engine, Path(room, "submission"))
            sys.stdout.write(json.dumps(outcome) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
