"""Where the rules about a record, and its other indicators, may name an indicator (docs/meaning.md, section 17)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING

from sqlglot import exp

from checker.forms.condition import Condition
from checker.forms.indicators import MeasuredValue
from checker.forms.words import OPERATORS
from checker.model.schema import Field, FieldType
from checker.rules.grammar import parse, path_of
from checker.rules.scope import Sight
from checker.rules.tokens import PredicateError
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.forms.base import Form
    from checker.model.period import Per
    from checker.model.schema import Record
    from checker.rules.rulebook import Indicator, Rulebook


_LIMITS = {"count": (Decimal(0), None), "share": (Decimal(0), Decimal(1)), "rate": (Decimal(0), Decimal(1))}
"""Between which ends the values of a measure lie."""


def sights(
    indicators: Mapping[str, Indicator], about: Mapping[str, str], record: str, form: Form | None, key: str
) -> dict[str, Sight]:
    """The indicators about a record, by name, each with what bars it from the text under that key of a form.

    `about` tells of which record each is.
    """
    found: dict[str, Sight] = {}
    for name, each in indicators.items():
        if about.get(name) != record:
            continue
        found[name] = Sight(_as_field(name, each.form), partial(_barred, each, form, key))
    return found


@cache
def _as_field(name: str, form: str) -> Field:
    low, high = _LIMITS.get(form, (None, None))
    return Field(name, FieldType.NUMBER, min=low, max=high)


def seen(book: Rulebook, record: Record, form: Form | None = None, key: str = "") -> dict[str, Sight]:
    """The same of a rulebook that was read."""
    if not book.indicators:
        return {}
    about = {each.name: _record_of(book, each.subject) for each in book.indicators}
    return sights({each.name: each for each in book.indicators}, about, record.name, form, key)


def _record_of(book: Rulebook, name: str) -> str:
    while name not in book.records:
        name = book.terms[name].of
    return name


def _barred(indicator: Indicator, form: Form | None, key: str) -> PredicateError | None:
    name = indicator.name
    if form is None or key not in _keys(form):
        return PredicateError(
            "indicator-elsewhere", message("indicator-elsewhere", name=name), message("indicator-elsewhere-fix")
        )
    own, per = indicator.measure.per, _per(form)
    if getattr(form, "partial", None) is not None:
        return PredicateError("indicator-windows", message("indicator-partial", name=name), message("indicator-partial-fix"))
    if str(own) != str(per):
        wrong = (
            message("indicator-without-windows", name=name, per=per)
            if own is None
            else message("indicator-with-windows", name=name, its=own)
            if per is None
            else message("indicator-other-windows", name=name, its=own, per=per)
        )
        return PredicateError("indicator-windows", wrong, message("indicator-windows-fix"))
    return None


def _keys(form: Form) -> frozenset[str]:
    """The keys of a form under which an indicator may be named."""
    match form:
        case Condition():
            return frozenset({"that"})
        case MeasuredValue():
            return frozenset({"value"})
    return _OF_FORMS


_OF_FORMS = frozenset({*OPERATORS, "declared", "opening", "target"})
"""The keys of all other forms: bounds, and numbers of the subject with which rows are compared."""


def _per(form: Form) -> Per | None:
    found: Per | None = getattr(form, "per", None)
    return found


def named_in(form: Form) -> list[str]:
    """The names that stand by themselves where a form may name indicators."""
    found: dict[str, None] = {}
    for key in _keys(form):
        text = form.text(key)
        try:
            tree = None if text is None else parse(text)
        except PredicateError:
            continue
        columns = [] if tree is None else [path_of(column) for column in tree.find_all(exp.Column)]
        found |= {path[0]: None for path in columns if len(path) == 1}
    return list(found)
