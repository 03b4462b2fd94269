"""Says predicates and expressions of a rulebook in ordinary words: fields by their titles, values and parameters as people write.

`members >= :fewest or form = 'cell'` is "Members is at least 30 or Form is cell".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from sqlglot import exp

from checker.model.schema import FieldType
from checker.model.words import Text
from checker.rules.bounds import read_number
from checker.rules.grammar import parse, path_of
from checker.rules.scope import BUILT_IN
from checker.rules.tokens import PredicateError
from checker.words.amounts import Marks, number
from checker.words.catalogue import FALLBACK, languages
from checker.words.message import Words

if TYPE_CHECKING:
    from checker.model.schema import Field, Record
    from checker.rules.rulebook import Rulebook

_COMPARED = {
    exp.EQ: "equal",
    exp.NEQ: "unequal",
    exp.LT: "less",
    exp.LTE: "at-most",
    exp.GT: "more",
    exp.GTE: "at-least",
}
_TURNED = {exp.EQ: exp.NEQ, exp.NEQ: exp.EQ, exp.LT: exp.GTE, exp.GTE: exp.LT, exp.GT: exp.LTE, exp.LTE: exp.GT}
_SWAPPED = {"less": "more", "more": "less", "at-most": "at-least", "at-least": "at-most"}
_SIGNS = {exp.Add: "+", exp.Sub: "-", exp.Mul: "×", exp.Div: "/"}
_FUNCTIONS = {exp.Length: "length", exp.Abs: "abs", exp.Year: "year", exp.Month: "month", exp.Day: "day", exp.Count: "count"}
_Compared = exp.EQ | exp.NEQ | exp.LT | exp.LTE | exp.GT | exp.GTE
_Arithmetic = exp.Add | exp.Sub | exp.Mul | exp.Div


def spoken(book: Rulebook) -> tuple[str, ...]:
    """The languages in which a rulebook is restated: those of its texts that have a catalogue.

    In another its titles would stand among words that are not of their language.
    """
    return tuple(each for each in book.languages if each in languages()) or (FALLBACK,)


def in_words(book: Rulebook, text: str, record: Record) -> Text:
    """A predicate, or an expression, over the rows of a record, in each language in which the rulebook is restated."""
    return Text(tuple((language, in_one_language(book, text, record, language)) for language in spoken(book)))


def in_the_period(book: Rulebook, record: Record) -> Text:
    """That the day of a row lies in the period, and not after the reference date."""
    date = None if record.date is None else record.field(record.date)
    title = Text() if date is None else date.title
    return Text(tuple((each, Words(each)("said-in-period", left=title.in_(each))) for each in spoken(book)))


def in_one_language(book: Rulebook, text: str, record: Record, language: str) -> str:
    """A predicate, or an expression, in one language; as it is written where it is neither."""
    speaker = _Speaker(book, record, language)
    if read_number(text) is not None:
        return speaker.amount(text)
    try:
        tree = parse(text)
    except PredicateError:
        return " ".join(text.split())
    return speaker.predicate(tree)


class _Speaker:
    """Says the nodes of untyped trees in one language."""

    def __init__(self, book: Rulebook, record: Record, language: str) -> None:
        self._book = book
        self._record = record
        self._language = language
        self._words = Words(language)
        self._marks = Marks(self._words("decimal"), self._words("thousands"))

    def amount(self, text: str) -> str:
        """A number, percentage or fraction as people write it; any other text as it is."""
        value = read_number(text)
        if value is None or "/" in text:
            return text.strip()
        return number(value * 100, self._marks) + "%" if text.rstrip().endswith("%") else number(value, self._marks)

    # -- what is true or false ----------------------------------------------------------------------------------------

    @singledispatchmethod
    def predicate(self, node: exp.Expression) -> str:
        """A part of a predicate; a value that is none is said as such."""
        return self._value(node)

    @predicate.register
    def _(self, node: exp.Paren) -> str:
        return self.predicate(node.this)

    @predicate.register(exp.And)
    @predicate.register(exp.Or)
    def _(self, node: exp.And | exp.Or) -> str:
        return self._words("and" if isinstance(node, exp.And) else "or").join(self._joined(node, type(node)))

    def _joined(self, node: exp.Expression, kind: type[exp.Expression]) -> Iterator[str]:
        """The parts of a conjunction, or alternative; one that is of the other kind stands in brackets."""
        for part in (node.this, node.expression):
            bare = part.unnest()
            if isinstance(bare, kind):
                yield from self._joined(bare, kind)
            else:
                text = self.predicate(bare)
                yield f"({text})" if isinstance(bare, exp.And | exp.Or) else text

    @predicate.register
    def _(self, node: exp.Column) -> str:
        field, title = self._field(node), self._title(node)
        return self._words("said-yes", left=title) if field is not None and field.type is FieldType.BOOLEAN else title

    @predicate.register
    def _(self, node: exp.Not) -> str:
        inner = node.this.unnest()
        if type(inner) in _TURNED:
            return self.predicate(_TURNED[type(inner)](this=inner.this, expression=inner.expression))
        match inner:
            case exp.Not():
                return self.predicate(inner.this)
            case exp.Column():
                return self._words("said-no", left=self._title(inner))
            case exp.Is():
                return self._words("said-filled", left=self._value(inner.this))
            case exp.In():
                return self._words("said-not-among", left=self._value(inner.this), values=self._listed(inner))
            case _:
                return self._words("said-not", what=self.predicate(inner))

    @predicate.register
    def _(self, node: exp.Is) -> str:
        return self._words("said-empty", left=self._value(node.this))

    @predicate.register
    def _(self, node: exp.In) -> str:
        if len(node.expressions) == 1:
            return self.predicate(exp.EQ(this=node.this, expression=node.expressions[0]))
        return self._words("said-among", left=self._value(node.this), values=self._listed(node))

    @predicate.register
    def _(self, node: exp.Between) -> str:
        field = self._field(node.this)
        low, high = (self._compared(node.args[end], field) for end in ("low", "high"))
        return self._words("said-within", left=self._value(node.this), low=low, high=high)

    @predicate.register
    def _(self, node: exp.Like) -> str:
        pattern = node.expression.name
        bare = pattern.strip("%")
        if not isinstance(node.expression, exp.Literal) or "%" in bare or "_" in bare or pattern == bare:
            return self._words("said-like", left=self._value(node.this), pattern=self._value(node.expression))
        ends = (pattern.startswith("%"), pattern.endswith("%"))
        key = {(False, True): "begins", (True, False): "ends", (True, True): "contains"}[ends]
        return self._words(f"said-{key}", left=self._value(node.this), pattern=f"'{bare}'")

    @predicate.register
    def _(self, node: exp.Contains) -> str:
        value = self._compared(node.expression, self._field(node.this))
        return self._words("said-lists", left=self._value(node.this), value=value)

    @predicate.register(exp.EQ)
    @predicate.register(exp.NEQ)
    @predicate.register(exp.LT)
    @predicate.register(exp.LTE)
    @predicate.register(exp.GT)
    @predicate.register(exp.GTE)
    def _(self, node: _Compared) -> str:
        left, right, key = node.this, node.expression, _COMPARED[type(node)]
        if isinstance(left, exp.Literal | exp.Placeholder | exp.Cast) and not isinstance(right, exp.Literal):
            # What is said is said of a field.
            left, right, key = right, left, _SWAPPED.get(key, key)
        if isinstance(right, exp.Boolean) and key in {"equal", "unequal"}:
            yes = (str(right.this).lower() == "true") is (key == "equal")
            return self._words("said-yes" if yes else "said-no", left=self._value(left))
        if key == "equal" and isinstance(right.unnest(), exp.Column | _Arithmetic):
            key = "same"
        elif self._is_day(left) or self._is_day(right):
            key = {"less": "before", "at-most": "until", "more": "after", "at-least": "since"}.get(key, key)
        if isinstance(left, exp.Year) and isinstance(right, exp.Literal):
            return self._words(f"said-{key}", left=self._value(left), right=right.name)
        sides = (self._compared(left, self._field(right)), self._compared(right, self._field(left)))
        return self._words(f"said-{key}", left=sides[0], right=sides[1])

    # -- values -------------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def _value(self, node: exp.Expression) -> str:
        """A value."""
        return self.predicate(node) if isinstance(node, exp.And | exp.Or | exp.Not) else node.sql()

    @_value.register
    def _(self, node: exp.Column) -> str:
        return self._title(node)

    @_value.register
    def _(self, node: exp.Literal) -> str:
        if node.is_string:
            return f"'{node.name}'"
        if node.meta.get("percent"):
            return f"{number(Fraction(node.name) * 100, self._marks)}%"
        return number(Fraction(node.name), self._marks)

    @_value.register
    def _(self, node: exp.Interval) -> str:
        return self._words.span(f"{node.this.name} {node.args['unit'].name.lower()}s")

    @_value.register
    def _(self, node: exp.Boolean) -> str:
        return self._words("said-true" if node.this else "said-false")

    @_value.register
    def _(self, node: exp.Cast) -> str:
        return self._words.day(date.fromisoformat(node.this.name))

    @_value.register
    def _(self, node: exp.Placeholder) -> str:
        if node.name in BUILT_IN:
            return self._words(f"said-{node.name.replace('_', '-')}")
        parameter = self._book.parameters.get(node.name)
        values = () if parameter is None else parameter.values
        if len(values) == 1:
            return self.amount(values[0].text)
        told = [
            self.amount(each.text)
            if each.first is None
            else self._words("worth-from", value=self.amount(each.text), day=each.first)
            for each in values
        ]
        return f"({'; '.join(told)})" if told else f":{node.name}"

    @_value.register
    def _(self, node: exp.Paren) -> str:
        return f"({self._value(node.this)})"

    @_value.register
    def _(self, node: exp.Neg) -> str:
        return f"-{self._operand(node.this)}"

    @_value.register(exp.Add)
    @_value.register(exp.Sub)
    @_value.register(exp.Mul)
    @_value.register(exp.Div)
    def _(self, node: _Arithmetic) -> str:
        left, right = (self._operand(part) for part in (node.this, node.expression))
        return f"{left} {_SIGNS[type(node)]} {right}"

    @_value.register(exp.Length)
    @_value.register(exp.Count)
    @_value.register(exp.Abs)
    @_value.register(exp.Year)
    @_value.register(exp.Month)
    @_value.register(exp.Day)
    def _(self, node: exp.Func) -> str:
        return self._words(f"said-{_FUNCTIONS[type(node)]}", of=self._operand(node.this))

    @_value.register(exp.Lower)
    @_value.register(exp.Upper)
    def _(self, node: exp.Func) -> str:
        return self._value(node.this)

    @_value.register
    def _(self, node: exp.Coalesce) -> str:
        first, *others = (self._compared(each, self._field(node.this)) for each in (node.this, *node.expressions))
        return self._words("said-otherwise", of=first, others=self._words("or").join(others))

    def _compared(self, node: exp.Expression, field: Field | None) -> str:
        """A value that is compared with a field: one of its own in the words for it, a part of 1 as a percentage."""
        if not isinstance(node, exp.Literal) or field is None:
            return self._value(node)
        if node.is_string:
            words = dict(field.words).get(node.name, Text()).in_(self._language)
            return words or self._value(node)
        if "year" in field.name:
            return node.name
        value = Fraction(node.name)
        if field.type is FieldType.NUMBER and 0 < value < 1:
            return number(value * 100, self._marks) + "%"
        return self._value(node)

    def _operand(self, node: exp.Expression) -> str:
        """What is calculated with: a field in quotes, since its title may be many words."""
        return f"“{self._title(node)}”" if isinstance(node, exp.Column) else self._value(node)

    def _listed(self, node: exp.In) -> str:
        field = self._field(node.this)
        return _enumerated([self._compared(each, field) for each in node.expressions], self._words("or"))

    # -- fields -------------------------------------------------------------------------------------------------------

    def _along(self, node: exp.Expr) -> list[Field]:
        """The fields of the path of a column; none of what is no column, or leads nowhere."""
        found: list[Field] = []
        record: Record | None = self._record
        for name in path_of(node) if isinstance(node, exp.Column) else ():
            field = None if record is None else record.field(name)
            if field is None:
                return []
            found.append(field)
            record = self._book.records.get(field.ref or "")
        return found

    def _field(self, node: exp.Expr) -> Field | None:
        along = self._along(node.unnest())
        return along[-1] if along else None

    def _is_day(self, node: exp.Expression) -> bool:
        if isinstance(node, exp.Cast) or (isinstance(node, exp.Placeholder) and node.name in BUILT_IN):
            return True
        field = self._field(node)
        return field is not None and field.type is FieldType.DATE

    def _title(self, node: exp.Column) -> str:
        titles = [field.title.in_(self._language) or field.name for field in self._along(node)]
        if not titles:
            facts = (each.title.in_(self._language) for each in self._book.indicators if each.name == node.name)
            return next(facts, "") or ".".join(path_of(node))
        *references, last = titles
        return f"{last} ({' › '.join(references)})" if references else last


def _enumerated(values: Sequence[str], last: str) -> str:
    return last.join(filter(None, (", ".join(values[:-1]), values[-1])))
