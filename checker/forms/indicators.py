"""What an indicator measures: a number of the related rows, or of the subject, without a bound (docs/meaning.md, section 17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import PrivateAttr, model_validator
from sqlglot import exp

from checker.forms.base import ExpressionText, Form, PredicateText, Related, wrong
from checker.forms.each import ValueField
from checker.forms.measure import Groups, Measure, Quantity, m, template
from checker.forms.ratio import LARGEST, NOTHING, SANE
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.model.period import Per
from checker.words.message import message

_ONE = exp.Literal.number(1)
_ZERO = exp.Literal.number(0)
_ALL: dict[str, Any] = {"met": exp.true(), "breached": exp.false(), "already_met": exp.true()}
"""A measure that nothing is required of."""


class Measured(Form):
    """What is measured in the windows that the indicator names."""

    example: ClassVar[str] = ""

    _per: Per | None = PrivateAttr(None)

    @property
    def per(self) -> Per | None:
        """The windows in which it is measured."""
        return self._per

    def in_windows(self, per: Per | None) -> Self:
        """The same in those windows."""
        found = self.model_copy()
        found._per = per  # noqa: SLF001 -- its own copy
        return found


class OfRows(Related, Measured):
    """What is measured of related rows."""

    of: str
    """The record, or the term, whose rows are measured."""
    on: str | None = None
    """The date field that says in which window a row is; the record's own `date`, if not given."""


class MeasuredCount(OfRows, ValueField):
    """How many related rows there are, or how many different values they have."""

    distinct: str | None = None
    """A field of these rows, or of what they refer to: its different values are counted instead of the rows."""

    def measure(self, site: Site) -> Measure:
        """Counts rows, or values."""
        distinct = site.valued("distinct")
        if distinct is not None:
            groups = Groups(distinct, distinct=True)
            return Measure(kind=MeasureKind.COUNT, groups=groups, low=m("n_lo"), high=m("n_hi"), **_ALL)
        return Measure(kind=MeasureKind.COUNT, quantities={"n": Quantity(_ONE, _ONE)}, low=m("n_lo"), high=m("n_hi"), **_ALL)

    def sentence(self, words: Words) -> str:
        """The number of rows, or of values."""
        if self.distinct is None:
            return words.say("restated-count")
        return words.say("restated-count-distinct", field=words.quantity(self.distinct, related=True))


class MeasuredSum(OfRows):
    """The sum of an expression over the related rows."""

    value: ExpressionText
    """The number of a row that is summed: a field, or an expression over it."""

    def measure(self, site: Site) -> Measure:
        """Adds up; of a bare field what is unknown lies between its limits."""
        quantity = site.number("value", related=True)
        return Measure(kind=MeasureKind.SUM, quantities={"n": quantity}, low=m("n_lo"), high=m("n_hi"), **_ALL)

    def sentence(self, words: Words) -> str:
        """What is summed."""
        return words.say("restated-sum", sum=words.quantity(self.value, related=True))


class MeasuredRate(OfRows):
    """The parts of the related rows over their wholes."""

    part: ExpressionText
    """The number of a row that is the part, such as those present."""
    whole: ExpressionText
    """The number of a row that is the whole, such as those entitled to vote."""

    def measure(self, site: Site) -> Measure:
        """Adds up parts, and what the wholes are beyond them."""
        said = {
            "said_part": site.value("part", related=True),
            "said_whole": site.value("whole", related=True),
            "most": site.upper("whole", related=True),
        }
        largest = {"part": exp.column("part"), "whole": exp.column("whole"), "largest": template(LARGEST)}
        return _ratio(
            (said, {**SANE, "most": exp.column("most")}, largest),
            part=Quantity(template("COALESCE(part, 0)"), template("COALESCE(part, whole)")),
            rest=Quantity(template("CASE WHEN part IS NULL THEN 0 ELSE COALESCE(whole - part, 0) END"), template(_MOST_REST)),
            whole=Quantity(template("COALESCE(whole, part, 0)"), template("largest")),
        )

    def sentence(self, words: Words) -> str:
        """The part and the whole."""
        parts = {key: words.quantity(self.text(key) or "", related=True) for key in ("part", "whole")}
        return words.say("restated-indicator-rate", **parts)


class MeasuredShare(OfRows):
    """Of the related rows those of which a predicate holds, over all of them."""

    that: PredicateText
    """The predicate that tells the rows whose share it is."""

    def measure(self, site: Site) -> Measure:
        """Counts those of which it holds, and the others."""
        holds = template("CASE WHEN :holds THEN 1 WHEN NOT :holds THEN 0 END", holds=site.predicate("that", related=True))
        said = exp.column("said")
        return _ratio(
            ({"said": holds},),
            part=Quantity(template("COALESCE(:said, 0)", said=said), template("COALESCE(:said, 1)", said=said)),
            rest=Quantity(template("COALESCE(1 - :said, 0)", said=said), template("COALESCE(1 - :said, 1)", said=said)),
            whole=Quantity(_ONE, _ONE),
        )

    def sentence(self, words: Words) -> str:
        """The predicate."""
        return words.say("restated-indicator-share", that=words.expression(self.that, related=True))


class MeasuredValue(Measured):
    """A number of the subject itself: a field, or an expression over it and over other indicators."""

    value: ExpressionText
    """The field, or the expression; what is written is this alone."""

    @model_validator(mode="before")
    @classmethod
    def _is_its_expression(cls, written: object) -> object:
        if isinstance(written, str):
            return {"value": written}
        raise wrong("wrong_type", message("value-expression"), message("value-expression-fix"))

    def measure(self, site: Site) -> Measure:
        """Reads it."""
        low, high = site.ends("value")
        own = {"value_lo": low, "value_hi": high}
        return Measure(kind=MeasureKind.SUM, own=own, low=m("value_lo"), high=m("value_hi"), **_ALL)

    def sentence(self, words: Words) -> str:
        """The expression."""
        return words.quantity(self.value, related=False)


MEASURES: dict[str, type[Measured]] = {
    "count": MeasuredCount,
    "sum": MeasuredSum,
    "rate": MeasuredRate,
    "share": MeasuredShare,
    "value": MeasuredValue,
}
"""Every measure of indicators by the name it has in YAML."""

_MOST_REST = "CASE WHEN part IS NULL THEN whole ELSE largest - part END"


def _ratio(steps: tuple[Mapping[str, exp.Expression], ...], *, part: Quantity, rest: Quantity, whole: Quantity) -> Measure:
    ends = {"part": m("part_lo"), "rest": m("rest_hi")}, {"part": m("part_hi"), "rest": m("rest_lo")}
    whole_ends = {"lo": m("whole_lo"), "hi": m("whole_hi")}
    return Measure(
        kind=MeasureKind.RATIO,
        steps=steps,
        quantities={"part": part, "rest": rest, "whole": whole},
        nothing=template(NOTHING, **whole_ends),
        low=template(_LEAST, **ends[0]),
        high=template(_MOST, **ends[1]),
        part_low=m("part_lo"),
        part_high=m("part_hi"),
        whole_low=m("whole_lo"),
        whole_high=m("whole_hi"),
        **_ALL,
    )


_SHARE = "CAST(:part * 1000000 AS HUGEINT) * 1000000"
_WHOLE = "CAST((:part + :rest) * 1000000 AS HUGEINT)"
_LEAST = (
    "CASE WHEN :rest = 0 THEN 1 WHEN :rest IS NULL OR :part = 0 THEN 0 "
    f"ELSE COALESCE(TRY(CAST({_SHARE} // {_WHOLE} AS DECIMAL(32, 0)) * 0.000001), 0) END"
)
_MOST = (
    "CASE WHEN :part = 0 THEN 0 WHEN :part IS NULL OR :rest = 0 THEN 1 "
    f"ELSE COALESCE(TRY(CAST(({_SHARE} + {_WHOLE} - 1) // {_WHOLE} AS DECIMAL(32, 0)) * 0.000001), 1) END"
)
"""The ends in millionths, the low one put down and the high one up: parts and wholes have six places."""
