"""The results of a run as data: kept as JSON beside the table that is made of them, so that parts can be run again alone."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """What the runs of one program on one submission came to."""

    experiment: str
    submission: str  # as the table names it
    program: str
    seconds: Sequence[float] = ()  # of each round; the rounds of an experiment's rows are paired
    peaks: Sequence[int] = ()  # in bytes
    verdicts: str = ""  # whether it found what the floor finds
    note: str = ""
    processor: Sequence[float] = ()  # seconds of all processors together, of each round

    @property
    def median(self) -> float | None:
        """The median time in seconds."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def spent(self) -> float | None:
        """The median time of processors in seconds."""
        return statistics.median(self.processor) if self.processor else None

    @property
    def peak(self) -> float | None:
        """The median peak in bytes."""
        return statistics.median(self.peaks) if self.peaks else None

    def ratio(self, other: Row) -> float | None:
        """The median of the ratios of paired rounds, of what processors took; of wall times where that was not measured."""
        both = (self.processor, other.processor) if self.processor and other.processor else (self.seconds, other.seconds)
        ratios = [mine / its for mine, its in zip(*both, strict=False)]
        return statistics.median(ratios) if ratios else None


@dataclass(frozen=True, slots=True)
class Results:
    """All rows of all experiments, with the machine and the versions."""

    machine: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    rows: Sequence[Row] = ()

    def merged(self, rows: Iterable[Row], machine: dict[str, str], versions: dict[str, str]) -> Results:
        """These results with those rows in the place of the rows of the same experiment and submission."""
        new = tuple(rows)
        again = {(row.experiment, row.submission) for row in new}
        kept = (row for row in self.rows if (row.experiment, row.submission) not in again)
        return Results(machine, self.versions | versions, (*kept, *new))


def load(file: Path) -> Results:
    """The results in the file; none, if it is not there."""
    if not file.exists():
        return Results()
    data = json.loads(file.read_text(encoding="utf-8"))
    return Results(data["machine"], data["versions"], [Row(**row) for row in data["rows"]])


def save(results: Results, file: Path) -> None:
    """Writes the results, one row a line."""
    rows = ",\n".join(json.dumps(asdict(row), ensure_ascii=False) for row in results.rows)
    head = json.dumps({"machine": results.machine, "versions": results.versions}, indent=1, ensure_ascii=False)
    file.write_text(f'{head[:-2]},\n "rows": [\n{rows}\n ]\n}}\n', encoding="utf-8")
