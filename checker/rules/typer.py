"""Gives every part of an expression its type, from the leaves up, and rewrites what must be exact."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatchmethod

from sqlglot import exp

from checker.model.days import read_day
from checker.model.schema import FieldType
from checker.rules import exact
from checker.rules.compare import PERSONS_WORDS, check_alike, check_order, shown
from checker.rules.exact import Typed
from checker.rules.grammar import offset_of, path_of
from checker.rules.scope import BUILT_IN, Scope
from checker.rules.tokens import PredicateError
from checker.words.message import Listing, Message, message, one_of

PREDICATE = frozenset({FieldType.BOOLEAN})
NUMERIC = frozenset({FieldType.INTEGER, FieldType.NUMBER})
DATE = frozenset({FieldType.DATE})

_TEXT = frozenset({FieldType.TEXT})


def wanted(wants: frozenset[FieldType]) -> Message | Listing:
    """How a message names the types that are accepted."""
    if wants == PREDICATE:
        return message("type-predicate")
    return message("type-number") if wants == NUMERIC else one_of(PERSONS_WORDS[kind] for kind in sorted(wants))


@dataclass(slots=True)
class Typer:
    """Types one tree; `columns` are the paths met, in order, and `indicators` the names of these."""

    scope: Scope
    columns: dict[tuple[str, ...], None] = field(default_factory=dict)
    indicators: dict[str, None] = field(default_factory=dict)

    @singledispatchmethod
    def typed(self, node: exp.Expression) -> Typed:
        """The type and the exact tree of a node. Raises PredicateError."""
        raise PredicateError("not-allowed", message("expr-not-here", what=shown(node)), message("remove-it"), offset_of(node))

    @typed.register
    def _(self, node: exp.Column) -> Typed:
        found = self._named(node)
        if found.field is not None and found.field.separators:
            wrong, fix = message("expr-a-list", name=found.field.name), message("expr-a-list-fix", name=found.field.name)
            raise PredicateError("a-list", wrong, fix, offset_of(node))
        return found

    def _named(self, node: exp.Column) -> Typed:
        """The field or the indicator that a column names, which is noted. Raises PredicateError."""
        found = self.scope.column(node)
        if found.field is None:
            self.indicators[node.name] = None
        else:
            self.columns[path_of(node)] = None
        return found

    def _list(self, node: exp.Expression, function: str) -> Typed:
        """A field that is a list. Raises PredicateError."""
        if isinstance(node, exp.Column):
            found = self.scope.column(node)
            if found.field is not None and found.field.separators:
                self.columns[path_of(node)] = None
                return found
        wrong = message("expr-no-list", function=function, what=shown(node))
        raise PredicateError("no-list", wrong, message("expr-no-list-fix", function=function), offset_of(node))

    @typed.register
    def _(self, node: exp.Contains) -> Typed:
        # Its elements are compared with the other value as a field of one value would be.
        elements = self._list(node.this, "contains")
        (value,) = self._compared(node.expression, beside=(elements,))
        check_alike(elements, value, node.this, node.expression, offset_of(node.expression))
        return Typed(exp.Contains(this=elements.tree, expression=value.tree), FieldType.BOOLEAN)

    @typed.register
    def _(self, node: exp.Count) -> Typed:
        return Typed(exp.Count(this=self._list(node.this, "count").tree), FieldType.INTEGER)

    @typed.register
    def _(self, node: exp.Placeholder) -> Typed:
        return self.scope.parameter(node)

    @typed.register
    def _(self, node: exp.Literal) -> Typed:
        if node.is_string:
            return Typed(node, FieldType.TEXT, values=(node.name,))
        return Typed(node, FieldType.NUMBER if "." in node.name else FieldType.INTEGER)

    @typed.register
    def _(self, node: exp.Boolean) -> Typed:
        return Typed(node, FieldType.BOOLEAN)

    @typed.register
    def _(self, node: exp.Cast) -> Typed:
        return _day(node)

    @typed.register
    def _(self, node: exp.Paren) -> Typed:
        inner = self.typed(node.this)
        return inner._replace(tree=exp.Paren(this=inner.tree), field=None)

    @typed.register
    def _(self, node: exp.Not) -> Typed:
        return Typed(exp.Not(this=self._part(node.this, PREDICATE).tree), FieldType.BOOLEAN)

    @typed.register(exp.And)
    @typed.register(exp.Or)
    def _(self, node: exp.And | exp.Or) -> Typed:
        left, right = (self._part(part, PREDICATE).tree for part in (node.this, node.expression))
        return Typed(type(node)(this=left, expression=right), FieldType.BOOLEAN)

    @typed.register
    def _(self, node: exp.Is) -> Typed:
        if not isinstance(node.this, exp.Column):
            wrong = message("expr-not-a-field")
            raise PredicateError("not-a-field", wrong, message("expr-not-a-field-fix"), offset_of(node))
        found = self._named(node.this)
        return Typed(exp.Is(this=found.tree, expression=exp.Null()), FieldType.BOOLEAN)

    @typed.register(exp.EQ)
    @typed.register(exp.NEQ)
    @typed.register(exp.LT)
    @typed.register(exp.LTE)
    @typed.register(exp.GT)
    @typed.register(exp.GTE)
    def _(self, node: exp.Expression) -> Typed:
        left, right = self._compared(node.this, node.expression)
        check_alike(left, right, node.this, node.expression, offset_of(node))
        if not isinstance(node, exp.EQ | exp.NEQ):
            check_order(left, node.this, offset_of(node))
            check_order(right, node.expression, offset_of(node))
        trees, _, _ = exact.common(left, right)
        return Typed(type(node)(this=trees[0], expression=trees[1]), FieldType.BOOLEAN)

    @typed.register
    def _(self, node: exp.In) -> Typed:
        left, *parts = self._compared(node.this, *node.expressions)
        for part, source in zip(parts, node.expressions, strict=True):
            check_alike(left, part, node.this, source, offset_of(source))
        trees, _, _ = exact.common(left, *parts)
        return Typed(exp.In(this=trees[0], expressions=trees[1:]), FieldType.BOOLEAN)

    @typed.register
    def _(self, node: exp.Between) -> Typed:
        sources = (node.this, node.args["low"], node.args["high"])
        parts = [self.typed(source) for source in sources]
        for part, source in zip(parts[1:], sources[1:], strict=True):
            check_alike(parts[0], part, node.this, source, offset_of(source))
        check_order(parts[0], node.this, offset_of(node))
        trees, _, _ = exact.common(*parts)
        return Typed(exp.Between(this=trees[0], low=trees[1], high=trees[2]), FieldType.BOOLEAN)

    @typed.register
    def _(self, node: exp.Like) -> Typed:
        left, right = self._part(node.this, _TEXT), self._part(node.expression, _TEXT)
        if not isinstance(node.expression, exp.Literal | exp.Placeholder):
            fix = message("expr-pattern-fix")
            raise PredicateError("pattern", message("expr-pattern"), fix, offset_of(node.expression))
        return Typed(exp.Like(this=left.tree, expression=right.tree), FieldType.BOOLEAN)

    @typed.register(exp.Add)
    @typed.register(exp.Sub)
    def _(self, node: exp.Expression) -> Typed:
        if isinstance(node.expression, exp.Interval):
            day = self._part(node.this, DATE)
            return Typed(type(node)(this=day.tree, expression=node.expression.copy()), FieldType.DATE)
        left, right = self.typed(node.this), self.typed(node.expression)
        minus = isinstance(node, exp.Sub)
        kinds = (left.type, right.type)
        if FieldType.DATE in kinds:
            return _date_sum(node, left, right, minus=minus)
        for part, source in ((left, node.this), (right, node.expression)):
            if part.type not in NUMERIC:
                wrong = message("expr-not-added", what=shown(source), kind=PERSONS_WORDS[part.type])
                raise PredicateError("wrong-type", wrong, message("expr-not-added-fix"), offset_of(source))
        trees, over, by = exact.common(left, right)
        return Typed(type(node)(this=trees[0], expression=trees[1]), _numeric(left, right), over=over, by=by)

    @typed.register
    def _(self, node: exp.Interval) -> Typed:
        wrong = message("expr-span-alone", what=shown(node))
        raise PredicateError("wrong-type", wrong, message("expr-span-alone-fix"), offset_of(node))

    @typed.register
    def _(self, node: exp.Div) -> Typed:
        left, divisor = self._part(node.this, NUMERIC), node.expression
        fix = message("expr-division-fix")
        if isinstance(divisor, exp.Literal) and not divisor.is_string:
            if Fraction(divisor.name) == 0:
                raise PredicateError("division", message("expr-by-zero"), fix, offset_of(divisor))
            return exact.divided(left, Fraction(divisor.name))
        if isinstance(divisor, exp.Placeholder) and divisor.name not in BUILT_IN:
            parameter = self._part(divisor, NUMERIC)
            if all(isinstance(value, Fraction) and value > 0 for value in parameter.values):
                return exact.divided(left, divisor.name)
            raise PredicateError("division", message("expr-not-above-zero", name=divisor.name), fix, offset_of(divisor))
        wrong = message("expr-division")
        raise PredicateError("division", wrong, fix, offset_of(node))

    @typed.register
    def _(self, node: exp.Coalesce) -> Typed:
        sources = [node.this, *node.expressions]
        parts = [self.typed(source) for source in sources]
        for part, source in zip(parts[1:], sources[1:], strict=True):
            check_alike(parts[0], part, node.this, source, offset_of(source))
        trees, over, by = exact.common(*parts)
        kind = FieldType.NUMBER if any(part.type is FieldType.NUMBER for part in parts) else parts[0].type
        enum = parts[0].enum if all(part.enum or part.values for part in parts) else ()
        for part in parts[1:]:
            enum += tuple(entry for entry in part.enum if enum and entry not in enum)
        return Typed(exp.Coalesce(this=trees[0], expressions=trees[1:]), kind, enum=enum, over=over, by=by)

    @typed.register
    def _(self, node: exp.Mul) -> Typed:
        left, right = self._part(node.this, NUMERIC), self._part(node.expression, NUMERIC)
        return exact.multiplied(left, right, _numeric(left, right))

    @typed.register(exp.Neg)
    @typed.register(exp.Abs)
    def _(self, node: exp.Expression) -> Typed:
        part = self._part(node.this, NUMERIC)
        return part.derived(type(node)(this=part.tree))

    @typed.register(exp.Lower)
    @typed.register(exp.Upper)
    def _(self, node: exp.Expression) -> Typed:
        part = self._part(node.this, _TEXT)
        return part.derived(type(node)(this=part.tree))

    @typed.register
    def _(self, node: exp.Length) -> Typed:
        return Typed(exp.Length(this=self._part(node.this, _TEXT).tree), FieldType.INTEGER)

    @typed.register(exp.Year)
    @typed.register(exp.Month)
    @typed.register(exp.Day)
    def _(self, node: exp.Expression) -> Typed:
        return Typed(type(node)(this=self._part(node.this, DATE).tree), FieldType.INTEGER)

    def _compared(self, *nodes: exp.Expression, beside: tuple[Typed, ...] = ()) -> list[Typed]:
        """The parts of a comparison; a name that no field has, but a value of the other side, lacks its quotes."""
        found, unknown = list[Typed](), list[tuple[exp.Expression, PredicateError]]()
        for node in nodes:
            try:
                found.append(self.typed(node))
            except PredicateError as error:
                unknown.append((node, error))
        for node, fault in unknown:
            if isinstance(node, exp.Column) and any(node.name in dict(typed.enum) for typed in (*found, *beside)):
                wrong, fix = message("expr-unquoted", what=shown(node)), message("expr-unquoted-fix", name=node.name)
                raise PredicateError("unquoted-text", wrong, fix, fault.offset) from fault
            raise fault
        return found

    def _part(self, node: exp.Expression, wants: frozenset[FieldType]) -> Typed:
        typed = self.typed(node)
        if typed.type not in wants:
            wrong = message("expr-part-of-type", what=shown(node), kind=PERSONS_WORDS[typed.type], wanted=wanted(wants))
            fix = message("expr-compare-fix") if wants == PREDICATE else message("expr-of-type-fix")
            raise PredicateError("wrong-type", wrong, fix, offset_of(node))
        return typed


def _day(node: exp.Cast) -> Typed:
    text = node.this.name
    if read_day(text) is None:
        fix = message("expr-real-day-fix")
        raise PredicateError("bad-date", message("expr-no-day", text=text), fix, offset_of(node.this))
    return Typed(node, FieldType.DATE)


def _numeric(left: Typed, right: Typed) -> FieldType:
    return FieldType.INTEGER if left.type is right.type is FieldType.INTEGER else FieldType.NUMBER


def _date_sum(node: exp.Expression, left: Typed, right: Typed, *, minus: bool) -> Typed:
    day = exp.var("DAY")
    match left.type, right.type:
        case FieldType.DATE, FieldType.DATE if minus:
            return Typed(exp.DateDiff(this=left.tree, expression=right.tree, unit=day), FieldType.INTEGER)
        case FieldType.DATE, FieldType.INTEGER if right.whole:
            function = exp.Sub if minus else exp.Add
            return Typed(function(this=left.tree, expression=_days(right)), FieldType.DATE)
        case FieldType.INTEGER, FieldType.DATE if left.whole and not minus:
            return Typed(exp.Add(this=right.tree, expression=_days(left)), FieldType.DATE)
    wrong = message("expr-date-sum")
    raise PredicateError("wrong-type", wrong, message("expr-date-sum-fix"), offset_of(node))


def _days(number: Typed) -> exp.Expression:
    """A number of days, NULL where it is beyond any calendar."""
    return exp.TryCast(this=number.tree, to=exp.DataType.build("INT"))
