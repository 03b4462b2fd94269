"""Which bodies are below which, and how many of them are of a standing (section 13 of the contract)."""

from collections.abc import Iterator
from fractions import Fraction

from tests.second_reading import book
from tests.second_reading.cells import UNKNOWN
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth


class Kin:
    """The tree of the bodies."""

    def __init__(self, run: Run, bodies: list[Row]) -> None:
        self.run, self.bodies = run, bodies

    def above(self, row: Row) -> tuple[list[Row], bool]:
        """The bodies above one, the nearest first, and whether there may be any others."""
        found: list[Row] = []
        while row.record.parent:
            target = row.reference(row.record.parent)
            following = self.run.tables[row.record.name].by_key.get(target) if isinstance(target, str) else None
            if following is None:
                return found, target is UNKNOWN
            if following in found:
                return found, False
            found.append(following)
            row = following
        return found, False

    def levels(self) -> Iterator[list[Row]]:
        """The bodies, the deepest first."""
        depths: dict[int, list[Row]] = {}
        for row in self.bodies:
            depths.setdefault(len([other for other in self.above(row)[0] if other is not row]), []).append(row)
        for depth in sorted(depths, reverse=True):
            yield depths[depth]

    def below(self, body: Row, relation: str) -> Iterator[tuple[Row, Truth, bool]]:
        """The bodies that are, or may be, below one, and whether they may be of any standing there."""
        for row in self.bodies:
            above, vague = self.above(row)
            reach = above[:1] if relation == "children" else above
            lives = row.exists(self.run.ref)
            if row is body or lives is False:
                continue
            if body in reach:
                yield row, lives, vague and not above
            elif vague and (relation == "descendants" or not above):
                yield row, None, True


def chances(sign: str, text: str, below: list[tuple[Truth, Truth]]) -> Truth:
    """Whether a bound on the bodies of a standing holds, however it turns out: each is below, or not, and of it, or not."""
    share, limit = "%" in text or "/" in text, book.number(text) or Fraction(0)
    ways = {(0, 0)}
    for lies, of in below:
        choices = {(1, of_it) for of_it in (0, 1) if of is None or of == bool(of_it)} | (set() if lies else {(0, 0)})
        ways = {(whole + one, part + it) for whole, part in ways for one, it in choices}
    outcomes = {kept(sign, limit * whole if share else limit, part, share, whole) for whole, part in ways}
    return outcomes.pop() if len(outcomes) == 1 else None


def kept(sign: str, limit: Fraction, number: int, share: bool, whole: int) -> bool:  # noqa: FBT001
    """Whether a number keeps a bound; of no bodies at all no lower bound on a share is met, and every upper one."""
    if share and not whole:
        return sign in {"at_most", "less_than"}
    return {"at_least": number >= limit, "more_than": number > limit, "at_most": number <= limit, "less_than": number < limit}[
        sign
    ]
