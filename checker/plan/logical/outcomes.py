"""The outcome of each subject and window, from the ends of what was measured (docs/meaning.md, sections 6 and 7)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from checker.forms.measure import Measure, all_of, denied, first_of, m, perhaps, surely, template

OUTCOMES = (
    "subject",
    "no",
    "outcome",
    "reason",
    "low",
    "high",
    "scale",
    "whole_low",
    "whole_high",
    "day_low",
    "day_high",
    "bound_1",
    "bound_2",
    "allowed_from",
    "allowed_until",
    "due",
    "missing",
)
"""The columns that a rule's query gives, in order."""
_NUMBER = exp.DataType.build("DECIMAL(38, 6)", dialect="duckdb")


def outcomes(measure: Measure, submitted: exp.Expression, *, windowed: bool, told: bool) -> exp.Select:
    """The columns of `outcomes` that say something of a rule, from `m`: its subjects and windows with what was measured.

    `submitted`: whether the tables that the measure needs are there. `told`: whether windows are always known.
    """
    # Without windows a rule is judged as soon as the period has begun, unless the measure says when.
    begun = m("begun") if windowed else exp.Placeholder(this="begun")
    over = measure.over
    if over == exp.null():
        over = m("over") if windowed else exp.true()
    closes = m("closes") if measure.due == exp.null() else measure.due
    values = {
        **_shown(measure),
        "subject": m("subject"),
        "no": template("COALESCE(m.no, 0)") if windowed else measure.number,
        "outcome": _outcome(measure, begun, over, told=told),
        "reason": _reason(measure, all_of(begun, over if measure.over == exp.null() else perhaps(over)), submitted),
        "due": first_of((denied(over), closes), (measure.opens, measure.due)),
    }
    said = {name: values[name] for name in OUTCOMES if values[name] != exp.null()}
    return exp.select(*(tree.as_(name, copy=False) for name, tree in said.items()))


_OF_RATIO = ("part_low", "part_high", "whole_low", "whole_high")
VALUES = ("subject", "no", "reason", "doubtful", "lacking", "open", "low", "high", *_OF_RATIO)
"""The columns that an indicator's query gives, in order."""


def values(measure: Measure, *, windowed: bool) -> exp.Select:
    """The columns of `indicator_values` but for the indicator, from `m` (docs/meaning.md, section 17)."""
    begun, over = (m("begun"), m("over")) if windowed else (exp.Placeholder(this="begun"), exp.true())
    finished = all_of(begun, over)
    nothing = surely(all_of(finished, measure.nothing))
    said = {
        "subject": m("subject"),
        "no": template("COALESCE(m.no, 0)") if windowed else exp.Literal.number(0),
        "reason": first_of((template("NOT m.reason IS NULL"), m("reason")), (nothing, _said("nothing-to-measure"))),
        "doubtful": m("perhaps"),
        "lacking": exp.false() if measure.nothing == exp.false() else template(":nothing IS NULL", nothing=measure.nothing),
        "open": template("COALESCE(NOT :finished, FALSE)", finished=finished),
        "low": _outward(measure.low, "> :end THEN :kept - 0.000001"),
        "high": _outward(measure.high, "< :end THEN :kept + 0.000001"),
        **{name: _exact(getattr(measure, name)) for name in _OF_RATIO},
    }
    return exp.select(*(said[name].as_(name, copy=False) for name in VALUES))


def _exact(number: exp.Expression) -> exp.Expression:
    """A number in six places; what is too large is no limit."""
    return number if number == exp.null() else exp.TryCast(this=number, to=_NUMBER.copy())


def _outward(end: exp.Expression, moved: str) -> exp.Expression:
    """An end in six places, put down or up; what is too large is no limit."""
    kept = exp.TryCast(this=end.copy(), to=_NUMBER.copy())
    placed = template(f"CASE WHEN :kept {moved} ELSE :kept END", kept=kept, end=end)
    return exp.TryCast(this=exp.Try(this=placed), to=_NUMBER.copy())


def _certain(measure: Measure) -> exp.Expression:
    return all_of(exp.not_(m("perhaps")), surely(denied(measure.nothing)))


def _outcome(measure: Measure, begun: exp.Expression, over: exp.Expression, *, told: bool) -> exp.Expression:
    met, breached, unknown, opened, none = map(exp.Literal.string, ("met", "breached", "unknown", "open", "none"))
    early = first_of(
        (all_of(measure.already_breached, m("perhaps")), unknown),
        (measure.already_breached, breached),
        (measure.already_met, met),
        default=opened,
    )
    return first_of(
        (exp.false() if told else template("m.reason IN ('not-submitted', 'perhaps')"), unknown),
        (template("NOT m.reason IS NULL"), none),
        (denied(begun), opened),
        (denied(over), early),
        (measure.nothing, none),
        (measure.met, met),
        (measure.opens, opened),
        (all_of(measure.breached, _certain(measure)), breached),
        default=unknown,
    )


def _reason(measure: Measure, over: exp.Expression, submitted: exp.Expression) -> exp.Expression:
    return first_of(
        (template("NOT m.reason IS NULL"), m("reason")),
        (exp.false() if measure.nothing == exp.false() else all_of(over, measure.nothing), _said("nothing-to-measure")),
        (denied(submitted), _said("not-submitted")),
        (all_of(denied(_certain(measure)), measure.breached), _said("perhaps")),
    )


def _said(reason: str) -> exp.Expression:
    return exp.Literal.string(reason)


def _shown(measure: Measure) -> Mapping[str, exp.Expression]:
    numbers = {
        "low": measure.low,
        "high": measure.high,
        "scale": measure.scale,
        "whole_low": measure.whole_low,
        "whole_high": measure.whole_high,
        **{f"bound_{n}": m(f"bound_{n}") for n in range(1, 1 + min(2, len(measure.shown_bounds)))},
    }
    return {
        **dict.fromkeys(OUTCOMES, exp.null()),
        **{name: _exact(tree) for name, tree in numbers.items()},
        "day_low": measure.day_low,
        "day_high": measure.day_high,
        "allowed_from": measure.allowed_from,
        "allowed_until": measure.allowed_until,
        "missing": measure.missing,
    }
