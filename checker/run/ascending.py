"""Concludes the standings of the bodies of a deep tree, one by one from the leaves up, each from what is counted below it.

What is counted, and what follows from it, is what `checker.run.bodies` says in SQL of the bodies of one level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from checker.model.law import Kin, Truth
from checker.run import bodies

if TYPE_CHECKING:
    from checker.engine.protocol import Engine
    from checker.run.packing import Packing

Standing = Callable[[Sequence[int], str], str | None]
"""The standing of a body, from the packed counts of its findings and from what holds of it."""


class _Body(NamedTuple):
    """A body; `up` is the row of its parent, `there` whether it exists, `adrift` whether its parent may be any."""

    depth: int
    row: int
    up: int | None
    there: bool | None
    adrift: bool
    keys: str
    words: tuple[int, ...]


@dataclass(slots=True)
class _Count:
    """Of bodies how many there are, of how many the standing is so or may be, and how many may be below any.

    `more` are those that may be there.
    """

    there: int = 0
    so: int = 0
    perhaps: int = 0
    more: int = 0
    more_so: int = 0
    more_perhaps: int = 0
    astray: int = 0

    def add(self, other: _Count, times: int = 1) -> None:
        """Counts the bodies of another count too, or takes them away."""
        self.there += times * other.there
        self.so += times * other.so
        self.perhaps += times * other.perhaps
        self.more += times * other.more
        self.more_so += times * other.more_so
        self.more_perhaps += times * other.more_perhaps
        self.astray += times * other.astray


def ascended(
    engine: Engine, body: str, packing: Packing, asked: Iterable[tuple[int, Kin]], standing: Standing
) -> Iterator[tuple[int, str | None]]:
    """(row, standing) of each body."""
    read = engine.rows(bodies.EACH.format(words=packing.told), body=body)
    found = [_Body(depth, row, up, there, adrift, keys, tuple(words)) for depth, row, up, there, adrift, keys, *words in read]
    rings = dict(engine.rows(bodies.RINGS.format(body=body)))
    counting = [_Below(number, kin, found, rings) for number, kin in asked]
    known: dict[tuple[tuple[int, ...], str], str | None] = {}
    for _, level in groupby(found, attrgetter("depth")):
        pronounced = []
        together = list(level)
        for each in counting:
            each.close(together)
        for one in together:
            held = (f"{each.number}:{truth}" for each in counting if (truth := each.holds(one)) is not None)
            keys = ",".join(part for part in (one.keys, *held) if part)
            if (one.words, keys) not in known:
                known[one.words, keys] = standing(one.words, keys)
            pronounced.append((one, known[one.words, keys]))
        for one, stands in pronounced:
            for each in counting:
                each.conclude(one, stands)
            yield one.row, stands


@dataclass
class _Below:
    """What is counted below each body for one condition, by its row; of bodies on a cycle for all of that `ring` together."""

    number: int
    kin: Kin
    found: Sequence[_Body]
    rings: Mapping[int, int]
    _counts: dict[int, _Count] = field(default_factory=lambda: defaultdict(_Count))
    _on_ring: dict[int, _Count] = field(default_factory=lambda: defaultdict(_Count))
    _astray: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._deep = self.kin.relation == "descendants"
        chains = set[int]()
        for body in reversed(self.found):
            if body.adrift or (self._deep and body.up in chains):
                chains.add(body.row)
                if body.there is not False:
                    self._astray.add(body.row)

    def close(self, level: Iterable[_Body]) -> None:
        """Counts those on a cycle, of which no standing is concluded, before the first of them is."""
        for body in level:
            ring = self.rings.get(body.row)
            if ring is None:
                continue
            own = self._own(body, None, concluded=False)
            if self._deep:
                self._on_ring[ring].add(own)
                self._on_ring[ring].add(self._counts[body.row])
            elif body.up is not None and body.up != body.row:
                self._counts[body.up].add(own)

    def conclude(self, body: _Body, standing: str | None) -> None:
        """Counts a body of which the standing is known for the one above it, and so all that is below it."""
        if body.up is None or body.row in self.rings:
            return
        above = self._counts[body.up]
        above.add(self._own(body, standing, concluded=True))
        if self._deep:
            above.add(self._counts.pop(body.row, _Count()))

    def holds(self, body: _Body) -> Truth | None:
        """Whether the condition holds, or may hold, of a body; None if it does not."""
        count = _Count()
        ring = self.rings.get(body.row)
        if self._deep and ring is not None:
            count.add(self._on_ring[ring])
            count.add(self._own(body, None, concluded=False), -1)
        elif body.row in self._counts:
            count.add(self._counts[body.row])
        strays = len(self._astray) - (body.row in self._astray) - count.astray
        so_high, more_high = count.so + count.perhaps, count.more_so + count.more_perhaps + strays
        if self.kin.share is None:
            sure, possible = count.so >= self.kin.at_least, so_high + more_high >= self.kin.at_least
        else:
            part, whole, strict = self.kin.share.numerator, self.kin.share.denominator, int(self.kin.strict)
            others = count.there + count.more + strays - count.more_so
            sure = count.there > 0 and whole * count.so - part * others >= strict
            every = count.there + more_high
            possible = every > 0 and whole * (so_high + more_high) - part * every >= strict
        return (Truth.YES if sure else Truth.PERHAPS) if possible else None

    def _own(self, body: _Body, standing: str | None, *, concluded: bool) -> _Count:
        """The count of one body."""
        if body.there is False:
            return _Count()
        so, perhaps = standing in self.kin.standings, not concluded or standing == "undetermined"
        if body.there:
            return _Count(1, int(so), int(perhaps), astray=int(body.row in self._astray))
        return _Count(more=1, more_so=int(so), more_perhaps=int(perhaps), astray=int(body.row in self._astray))
