"""The counts of a body's findings, packed into few numbers, so that alike bodies are found by comparing numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Self

from checker.run import bodies
from checker.tables.schema import PACKED

if TYPE_CHECKING:
    from checker.engine.protocol import Engine

_WORD = 120
"""So many bits of a number of 128 are used."""


class Packing(NamedTuple):
    """Of each rule and verdict two counts up to `most`, of all findings and of repeated ones, have bits of their own."""

    pairs: Sequence[tuple[int, str]]
    most: int

    @classmethod
    def of(cls, pairs: Iterable[Sequence[object]], most: int) -> Self:
        """The packing of these (rule, verdict)."""
        return cls([(int(str(rule)), str(verdict)) for rule, verdict in pairs], most)

    @property
    def words(self) -> int:
        """How many numbers it takes."""
        return -(-len(self.pairs) // self._in_word) or 1

    @property
    def names(self) -> str:
        """Their columns."""
        return ", ".join(f"w{word}" for word in range(self.words))

    @property
    def told(self) -> str:
        """The same, 0 for bodies of which nothing is counted."""
        return ", ".join(f"COALESCE(w{word}, 0) AS w{word}" for word in range(self.words))

    def pack(self, engine: Engine) -> None:
        """Makes the table of tallies."""
        engine.empty(PACKED)
        places = [(*pair, *self._place(number)) for number, pair in enumerate(self.pairs)]
        engine.insert(PACKED, places)
        words = ", ".join(bodies.PACKED.format(word=word) for word in range(self.words))
        engine.run(bodies.PACKED_TALLIES.format(words=words), most=self.most, next=1 << self._bits)

    def counts(self, words: Sequence[int]) -> Iterator[tuple[int, str, int, int]]:
        """(rule, verdict, how often, how often repeated) of what is counted at all."""
        mask = (1 << self._bits) - 1
        for number, pair in enumerate(self.pairs):
            word, shift = self._place(number)
            both = int(words[word]) >> shift
            if times := both & mask:
                yield (*pair, times, both >> self._bits & mask)

    @property
    def _bits(self) -> int:
        return self.most.bit_length()

    @property
    def _in_word(self) -> int:
        return _WORD // (2 * self._bits)

    def _place(self, number: int) -> tuple[int, int]:
        word, place = divmod(number, self._in_word)
        return word, 2 * self._bits * place
