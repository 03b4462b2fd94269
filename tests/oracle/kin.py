"""Section 13 of docs/meaning.md: conditions about the bodies below, by trying everything that may be so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from tests.oracle.cells import Row, Truth
from tests.oracle.expressions import all_of
from tests.oracle.world import World, constant

RELATIONS = ("children", "descendants")
BOUNDS = {
    "at_least": lambda count, limit: count >= limit,
    "more_than": lambda count, limit: count > limit,
    "at_most": lambda count, limit: count <= limit,
    "less_than": lambda count, limit: count < limit,
}
LOWER = {"at_least", "more_than"}


def above(world: World, row: Row, parent: str) -> list[Row | None]:
    """The bodies above, the nearest first; None at the end where the next is not known."""
    found: list[Row | None] = []
    at = world.refer(row, parent)
    while isinstance(at, Row) and at not in found:
        found.append(at)
        at = world.refer(at, parent)
    return [*found, None] if at is None else found


def depth(world: World, row: Row, parent: str) -> int:
    """How many other bodies are certainly above it."""
    return len([each for each in above(world, row, parent) if each is not None and each is not row])


def is_below(world: World, member: Row, body: Row, relation: str, parent: str) -> Truth:
    """Whether another body is below, directly or at any depth."""
    way = above(world, member, parent)
    if relation == "children":
        way = way[:1]
    return True if body in way else None if None in way else False


def holds(world: World, when: Any, body: Row, known: Mapping[int, str], parent: str) -> Truth:
    """Whether a condition about the bodies below holds; `known` are the standings concluded so far, by row number."""
    (relation,) = [key for key in RELATIONS if key in when]
    wanted = when[relation]["standing"]
    standings = wanted if isinstance(wanted, list) else [wanted]
    options = []
    for member in world.subjects(body.record):
        below = is_below(world, member, body, relation, parent) if member is not body else False
        there = all_of([below, world.exists(member, world.ref, world.ref)])
        if there is False:
            continue
        told = below is True and member.number in known and known[member.number] != "undetermined"
        so = [known[member.number] in standings] if told else [True, False]
        options.append([*so, *([None] if there is None else [])])
    bounds = {key: when[key] for key in BOUNDS if key in when} or {"at_least": 1}
    return all_of(in_any_case(options, key, limit) for key, limit in bounds.items())


def in_any_case(options: Sequence[Sequence[bool | None]], bound: str, limit: object) -> Truth:
    """Whether a bound is met however each body turns out: of such a standing, of another, or not below (None)."""
    found = {is_met([each for each in case if each is not None], bound, limit) for case in product(*options)}
    return found.pop() if len(found) == 1 else None


def is_met(members: Sequence[bool], bound: str, limit: object) -> bool:
    """Whether a bound is met; of no bodies, no lower bound on their share is, and every upper one."""
    if "%" not in str(limit) and "/" not in str(limit):
        return bool(BOUNDS[bound](sum(members), int(str(limit))))
    if not members:
        return bound not in LOWER
    share = constant(limit)
    assert isinstance(share, Fraction)
    return bool(BOUNDS[bound](sum(members), share * len(members)))
