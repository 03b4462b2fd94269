"""What the parts of a submission say of it, where each may have a manifest: they must not contradict one another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from checker.errors import Place, Problem
from checker.model.period import Period
from checker.records.values import Manifest

_T = TypeVar("_T", str, date, Period)


def agreed(own: Manifest, parts: Iterable[tuple[str, Manifest]]) -> tuple[Manifest, tuple[Problem, ...]]:
    """What a submission says of itself, else what its parts say, and a problem for each part that says otherwise."""
    said = [("", own), *parts]
    problems: list[Problem] = []

    def one(what: str, values: Iterable[tuple[str, _T | None, str]]) -> _T | None:
        given = [(file, value, text) for file, value, text in values if value is not None]
        if not given:
            return None
        first, value, meant = given[0]
        for file, other, text in given[1:]:
            if other != value:
                found = f"the {what} is {text} here, and {meant} in {first or 'the manifest of the whole submission'}"
                problems.append(Problem("parts-disagree", found, "Say the same in all parts, or only once.", Place(file)))
        return value

    periods = one("period", ((file, each.period, each.period.label if each.period else "") for file, each in said))
    as_of = one("day as of which it is judged", ((file, each.as_of, str(each.as_of)) for file, each in said))
    rulebook = one("rulebook", ((file, each.rulebook, each.rulebook or "") for file, each in said))
    at = next((each.rulebook_at for _, each in said if each.rulebook is not None), None)
    return own._replace(period=periods, as_of=as_of, rulebook=rulebook, rulebook_at=at), tuple(problems)
