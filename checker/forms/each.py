"""`each`: a count that must be as required of every value of a field: one plenary for each of two purposes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator
from sqlglot import exp

from checker.forms.base import Form, unfit, wrong
from checker.forms.bounds import exactly, placed
from checker.forms.counting import count, judged
from checker.forms.measure import (
    Bound,
    Groups,
    Measure,
    Quantity,
    Valued,
    all_of,
    any_of,
    denied,
    first_of,
    m,
    template,
)
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind
from checker.words.message import message

_ONE, _ZERO = exp.Literal.number(1), exp.Literal.number(0)


def _lists_values(value: object) -> object:
    if isinstance(value, str) or (isinstance(value, dict) and all(isinstance(values, list) for values in value.values())):
        return value
    what = message("value-each")
    raise wrong("wrong_type", what, message("value-each-fix"))


class ValueField(Form):
    """Forms that name a field of related rows by whose values these are measured."""

    def value_field(self, key: str) -> str | None:
        """The field under that key, if there is one."""
        found: str | None = getattr(self, key, None)
        return found

    def each_values(self) -> tuple[str, ...] | None:
        """The values that are asked of, where they are listed."""
        return None


class Each(ValueField):
    """Bounds that are asked of every value of a field."""

    each: Annotated[str | dict[str, list[str]] | None, BeforeValidator(_lists_values)] = None
    """A field of these rows, or of what they refer to (`person.company`): the bound holds for each of its values, or for
    those of `{field: [values]}`."""

    @model_validator(mode="after")
    def _names_one_field(self) -> Self:
        if isinstance(self.each, dict):
            if len(self.each) != 1:
                raise unfit(message("form-each-one"))
            values = self.each_values()
            if not values or len(set(values)) != len(values):
                raise unfit(message("form-each-values"))
        return self

    def value_field(self, key: str) -> str | None:
        """The field under that key by whose values rows are measured, if there is one."""
        return self.each_field() if key == "each" else getattr(self, key, None)

    def each_field(self) -> str | None:
        """The field, if there is one."""
        return next(iter(self.each)) if isinstance(self.each, dict) else self.each

    def each_values(self) -> tuple[str, ...] | None:
        """The values that are asked of, where they are listed; None: all that the field has."""
        return tuple(value for values in self.each.values() for value in values) if isinstance(self.each, dict) else None

    def and_each(self, words: Words, said: str) -> str:
        """The sentence, with the values of which each is asked."""
        field, values = self.each_field(), self.each_values()
        if field is None:
            return said
        title = words.quantity(field, related=True)
        if values is None:
            return words.say("restated-each-value", said=said, field=title)
        return words.say("restated-each-of-values", said=said, field=title, values=", ".join(values))


class Counted(Each):
    """Counts of rows, of those of each value, or of different values."""

    distinct: str | None = None
    """A field of these rows, or of what they refer to: its different values are counted instead of the rows."""

    @model_validator(mode="after")
    def _counts_one_thing(self) -> Self:
        if self.each is not None and self.distinct is not None:
            raise unfit(message("form-each-distinct"))
        return self

    def counted(self, site: Site) -> Measure:
        """Counts rows, or the rows of each value, or values."""
        bounds, each, distinct = site.bounds(related=False), site.valued("each"), site.valued("distinct")
        if distinct is not None:
            return replace(count(bounds), quantities={}, exact=None, groups=Groups(distinct, distinct=True))
        if each is None:
            return count(bounds)
        if each.values is None:
            return count_occurring(bounds, each)
        over = exp.true() if getattr(self, "per", None) is None else m("over")
        return count_each(bounds, each, each.values, over)

    def and_counted(self, words: Words, said: str) -> str:
        """The sentence, with the values that are counted, or of which each is asked."""
        if self.distinct is not None:
            return words.say("restated-distinct", said=said, field=words.quantity(self.distinct, related=True))
        return self.and_each(words, said)


def count_occurring(bounds: tuple[Bound, ...], field: Valued) -> Measure:
    """Counts the rows of each value that occurs; a value of which no row counts for certain need not be there."""
    ends = {
        "n_lo": template("GREATEST(m.own_lo, 1)"),
        "n_hi": template("m.own_hi + m.any_hi"),
    }
    of_value = judged(bounds, "n")
    groups = Groups(field, ends, of_value.met, of_value.breached, of_value.already_breached)
    return of_groups(
        groups, bounds, nothing=template("CASE WHEN m.all_hi = 0 THEN TRUE WHEN m.all_lo = 0 THEN NULL ELSE FALSE END")
    )


def of_groups(groups: Groups, bounds: tuple[Bound, ...], *, nothing: exp.Expression) -> Measure:
    """What is concluded of all values together."""
    return Measure(
        kind=MeasureKind.VALUES,
        groups=groups,
        met=m("all_met"),
        breached=m("some_wrong"),
        already_breached=m("some_already"),
        nothing=nothing,
        low=m("held"),
        high=m("possible"),
        whole_low=m("found"),
        whole_high=m("found"),
        missing=m("missing"),
        own=placed(bounds).own,
        shown_bounds=exactly(bounds),
    )


def count_each(bounds: tuple[Bound, ...], field: Valued, values: tuple[str, ...], over: exp.Expression) -> Measure:
    """Counts the related rows of each value; a row of unknown value may be of any. All must be within the bounds."""
    quantities, met, breached, already_met, already_breached = dict[str, Quantity](), [], [], [], []
    for number, value in enumerate(values, 1):
        own = exp.EQ(this=field.value.copy(), expression=exp.Literal.string(value))
        sure = template("CASE WHEN :own THEN 1 ELSE 0 END", own=own)
        unknown = all_of(template(":field IS NULL", field=field.value), denied(field.none))
        possible = template("CASE WHEN :own OR :unknown THEN 1 ELSE 0 END", own=own, unknown=unknown)
        quantities[f"n{number}"] = Quantity(sure, possible)
        of_value = judged(bounds, f"n{number}")
        met.append(of_value.met)
        breached.append(of_value.breached)
        already_met.append(of_value.already_met)
        already_breached.append(of_value.already_breached)
    # In a window that is not over, what is missing may still come.
    wrong = [any_of(past, all_of(over, short)) for past, short in zip(already_breached, breached, strict=True)]
    how_many = exp.Literal.number(len(values))
    return Measure(
        kind=MeasureKind.VALUES,
        quantities=quantities,
        met=all_of(*met),
        breached=any_of(*breached),
        already_met=all_of(*already_met),
        already_breached=any_of(*already_breached),
        low=_number([first_of((holds, _ONE), default=_ZERO) for holds in met]),
        high=_number([first_of((fails, _ZERO), default=_ONE) for fails in wrong]),
        whole_low=how_many,
        whole_high=how_many,
        missing=first_of(
            (any_of(*wrong), _names(first_of((fails, _text(value))) for fails, value in zip(wrong, values, strict=True))),
            default=_names(first_of((holds, exp.null()), default=_text(value)) for holds, value in zip(met, values, strict=True)),
        ),
        own=placed(bounds).own,
        shown_bounds=exactly(bounds),
    )


def _text(value: str) -> exp.Expression:
    return exp.Literal.string(value)


def _names(names: Iterable[exp.Expression]) -> exp.Expression:
    """A list, in which NULL stands for the values that are not named."""
    return exp.Array(expressions=list(names))


def _number(ones: Iterable[exp.Expression]) -> exp.Expression:
    return reduce(lambda total, one: exp.Add(this=total, expression=one), ones)
