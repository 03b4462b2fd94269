"""The files that are mutated: one submission in every format, and, where they are named, files of other folders."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import NamedTuple

from checker.records.archive import SUFFIX
from checker.records.readers import READERS
from tests.formats.written import BY_PYTHON, OFFICE, Sheet, convert, openpyxl_book
from tests.fuzz.mutations import mutate

OFFICE_RULES = Path(__file__).parents[1] / "formats" / "office"
"""The rulebook that the submission is judged by."""

_SUFFIXES = (*(suffix for reader in READERS for suffix in reader.suffixes), SUFFIX)
_TEXTS = frozenset({".csv", ".tsv", ".yaml", ".yml", ".json", ".ndjson", ".jsonl"})
_LARGEST = 2_000_000
"""Files that are larger are not mutated: most time would go into reading them."""

_SHEETS = {
    "members": Sheet(
        ("id", "name", "joined", "seen", "fee", "active", "note"),
        [
            ("007", "Nguyễn Thị Ánh", date(2019, 1, 2), datetime(2019, 3, 1, 8, 30), Decimal("12.5"), True, "first"),  # noqa: DTZ001
            ("008", "Đỗ Văn B", date(2018, 5, 6), None, Decimal(9), True, 'says "no", twice'),
            ("009", "Zoë", None, None, None, False, "two\nlines"),
            ("010", "O'Neil", date(2020, 2, 29), datetime(2020, 3, 1, 0, 0), Decimal(100), None, None),  # noqa: DTZ001
        ],
    ),
    "meetings": Sheet(
        ("member", "held_on", "present"),
        [(f"{number % 5 + 6:03}", date(2019, number % 12 + 1, number + 1), number) for number in range(20)],
    ),
}


class Base(NamedTuple):
    """One submission that is mutated: a file, or a folder of files; and the rulebook that it is judged by."""

    path: Path
    rulebook: Path = OFFICE_RULES

    @property
    def name(self) -> str:
        """What it is called where it breaks something."""
        return self.path.name if self.path.is_dir() else f"{self.path.parent.name}/{self.path.name}"

    @property
    def files(self) -> list[Path]:
        """Its files, of which one is mutated at a time."""
        if not self.path.is_dir():
            return [self.path]
        return sorted(file for file in self.path.rglob("*") if file.is_file() and file.suffix.lower() in _SUFFIXES)


def corpus(folder: Path, further: Sequence[Path] = ()) -> list[Base]:
    """The submissions, made in a folder unless they are there already, and all files of a kind that is read in further ones."""
    made = folder / "made"
    if not made.exists():
        _make(folder)
    bases = [Base(path if _is_many(path) else _single(path)) for path in sorted(made.iterdir())]
    for other in further:
        found = (file for file in sorted(other.rglob("*")) if file.is_file() and file.suffix.lower() in _SUFFIXES)
        bases += [Base(file, _rulebook_beside(file)) for file in found if file.stat().st_size <= _LARGEST]
    return bases


def mutated(bases: Sequence[Base], seed: int, target: Path) -> tuple[Path, Base]:
    """The submission of that seed, made below a folder that is empty: one file of one base is mutated."""
    random = Random(seed)  # noqa: S311 -- each seed gives the same
    base = bases[seed % len(bases)]
    chosen = random.choice(base.files)
    content = mutate(chosen.read_bytes(), random, text=chosen.suffix.lower() in _TEXTS)
    if base.path.is_dir():
        copy = shutil.copytree(base.path, target / base.path.name)
        (copy / chosen.relative_to(base.path)).write_bytes(content)
        return copy, base
    # Now and then a file is called by a name of another kind.
    suffix = random.choice(_SUFFIXES) if random.random() < 0.05 else chosen.suffix
    copy = target / f"{chosen.stem}{suffix}"
    copy.write_bytes(content)
    return copy, base


def _rulebook_beside(file: Path) -> Path:
    """A rulebook that lies in the folder of a file or in that above it, else that of the office."""
    named = (folder / name for folder in file.parents[:2] for name in ("rules.yaml", "rules"))
    return next((path for path in named if path.exists()), OFFICE_RULES)


def _make(folder: Path) -> None:
    making = folder / "making"
    for name, write in BY_PYTHON.items():
        (making / name).mkdir(parents=True)
        write(_SHEETS, making / name)
    if shutil.which("soffice"):
        (folder / "book").mkdir()
        book = openpyxl_book(_SHEETS, folder / "book")
        for name, target in OFFICE.items():
            (making / name).mkdir()
            convert([book], target, making / name, folder / "home")
            for file in (making / name).glob("book-*.csv"):
                file.rename(file.with_name(file.name.removeprefix("book-")))
    making.rename(folder / "made")


def _is_many(path: Path) -> bool:
    return len([*path.iterdir()]) > 1


def _single(path: Path) -> Path:
    return next(iter(path.iterdir()))
