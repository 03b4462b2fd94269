"""Random pairs of a rulebook and a submission, and where the two readings of them differ."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from checker.request import USUAL
from tests.second_reading import comparing, inventing, submitting


def rulebook(seed: int, folder: Path) -> tuple[Path, random.Random, dict[str, Any]]:
    """Writes the rulebook of a seed."""
    rng = random.Random(seed)  # noqa: S311
    said, path = inventing.book(rng), folder / "book.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path, rng, said["records"]


def differences(seed: int, folder: Path, submissions: int) -> Iterator[tuple[str, int, list[str]]]:
    """For each submission to the rulebook of a seed: its name, how many verdicts there are, and those that differ.

    Every other submission the program judges as it does large ones.
    """
    path, rng, records = rulebook(seed, folder)
    for number in range(submissions):
        name = f"sub{number}"
        submitting.Submission(rng, records).write(folder / name)
        program = comparing.theirs(path, folder / name, comparing.LARGE if number % 2 else USUAL)
        reading, run = comparing.ours(path, folder / name)
        forms = {rule.id: rule.form for rule in run.book.rules}
        found = comparing.differences(reading, program)
        told = [f"{forms.get(key[0], 'records')} {key}: read {ours}, the program says {theirs}" for key, ours, theirs in found]
        yield name, len(reading), told
