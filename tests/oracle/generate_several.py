"""Random rules with several requirements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

from tests.oracle.generate_verdicts import CITES

ALONE = {"spacing", "streak", "occupancy"}
TRIED = 20
"""How many requirements are made to find some that are about the same windows."""


def some_several(
    seed: int, selections: list[str], a_requirement: Callable[[Random, str], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rules with several requirements, in some rulebooks; `a_requirement` makes one of a record or term."""
    random = Random(f"several {seed}")  # noqa: S311
    rules = []
    for n in range(random.choice([0, 0, 1, 1, 2])):
        subject = random.choice([*["organisations"] * 3, *selections])
        alike: dict[str, list[dict[str, Any]]] = {}
        for _ in range(TRIED):
            with suppress(IndexError):
                found = a_requirement(random, subject)
                ((form, says),) = found.items()
                if form not in ALONE:
                    alike.setdefault(f"{says.get('per')} {says.get('partial')}", []).append(found)
        enough = [group for group in alike.values() if len(group) > 1]
        if enough:
            group = random.choice(enough)
            parts = random.sample(group, min(len(group), random.choice([2, 2, 3])))
            rule = {"id": f"several-{n}", "title": "Several", "cites": CITES, "for": subject, "require": {"all": parts}}
            in_windows = any("per" in says for part in parts for says in part.values())
            rules.append(rule | ({"parameters": "end"} if in_windows and random.random() < 0.2 else {}))
    return rules
