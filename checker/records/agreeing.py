"""What the parts of a submission say of it, where each may have a manifest: they must not contradict one another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from checker.errors import Place, Problem
from checker.model.period import Period
from checker.records.values import Manifest
from checker.words.message import message

_T = TypeVar("_T", str, date, Period)


def agreed(own: Manifest, parts: Iterable[tuple[str, Manifest]]) -> tuple[Manifest, tuple[Problem, ...]]:
    """What a submission says of itself, else what its parts say, and a problem for each part that says otherwise."""
    parts = [*parts]
    said = [("", own), *parts]
    problems: list[Problem] = []

    def one(key: str, values: Iterable[tuple[str, _T | None]]) -> _T | None:
        given = [(file, value) for file, value in values if value is not None]
        if not given:
            return None
        first, value = given[0]
        for file, other in given[1:]:
            if other != value:
                there = first or message("manifest-of-the-whole")
                wrong = message(f"parts-disagree-{key}", here=other, there=value, file=there)
                problems.append(Problem("parts-disagree", wrong, message("parts-disagree-fix"), Place(file)))
        return value

    periods = one("period", ((file, each.period) for file, each in said))
    as_of = one("as-of", ((file, each.as_of) for file, each in said))
    rulebook = one("rulebook", ((file, each.rulebook) for file, each in said))
    at = next((each.rulebook_at for _, each in said if each.rulebook is not None), None)
    tables = tuple(stated._replace(within=stated.within or file) for file, each in parts for stated in each.tables)
    agreed_on = own._replace(period=periods, as_of=as_of, rulebook=rulebook, rulebook_at=at, tables=own.tables + tables)
    return agreed_on, tuple(problems)
