"""One rule at the place where it is compiled: its texts as checked trees over the subject and the related row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from sqlglot import exp

from checker.forms.base import Bounded, Form, Partial, Ratio, Related
from checker.forms.day import Day
from checker.forms.each import ValueField
from checker.forms.measure import (
    Bound,
    Ends,
    Quantity,
    Valued,
    all_of,
    any_of,
    denied,
    greatest,
    one,
    surely,
    template,
    times,
    tried,
)
from checker.forms.rounding import Rounded, Rounding, in_millionths, rounded
from checker.forms.share import Share
from checker.model.period import Per, Term
from checker.model.schema import FieldType
from checker.plan.logical.each import values_of
from checker.plan.logical.intervals import Named
from checker.plan.logical.partial_windows import Cut
from checker.plan.logical.related_rows import REF
from checker.plan.logical.rows import Path, Row, day, number
from checker.plan.logical.rule_texts import RuleTexts
from checker.plan.logical.spans import months_between, moved
from checker.plan.logical.tables import number_of
from checker.plan.logical.texts import FIRST, parameter, placeholder, resolve_terms
from checker.plan.logical.workdays import rolled
from checker.rules.predicates import DATE, NUMERIC, PREDICATE, Checked, path_of
from checker.rules.rulebook import Rule, Rulebook, Written
from checker.rules.tightening import PARAMETER
from checker.tables.names import related_rows, state
from checker.words.message import message

WINDOW_FIRST = exp.column("first", table="w")
WINDOW_LAST = exp.column("last", table="w")
EPOCH = exp.column("first", table="e")


@dataclass
class RuleSite(RuleTexts):
    """A rule's texts, checked and resolved. Implements `checker.forms.site.Site`.

    `beside` turns the form's `where` round: the rows that are counted are those beside the ones that the rule counts.
    """

    book: Rulebook
    rule: Rule
    beside: bool = False
    subject: Row = field(init=False)
    related: Row = field(init=False)
    named: dict[str, Named] = field(init=False)

    def __post_init__(self) -> None:
        self.form: Form = self.rule.require
        record, self._selection = resolve_terms(self.book, self.rule.subject)
        self.subject = Row(record, "s", self.book.records)
        self.related = self.subject
        self.named = {}
        self._of: tuple[Written, ...] = ()
        if isinstance(self.form, Related) and self.form.of is not None:
            related, self._of = resolve_terms(self.book, self.form.of)
            self.related = Row(related, "r", self.book.records)
            self.related.table = related_rows(related.name)
        if self.unit is not None and record.date is not None:
            raise self.wrong(
                "per",
                "windows-of-a-day",
                message("plan-day-no-windows", record=record.name),
                message("plan-day-no-windows-fix"),
            )

    @property
    def unit(self) -> Per | None:
        """The windows the rule is measured in, if any."""
        found: Per | None = getattr(self.form, "per", None)
        return found

    @property
    def own(self) -> bool:
        """Whether the subject's own row is what is measured."""
        return self.related is self.subject

    # -- selections -------------------------------------------------------------------------------------------------

    def selected(self) -> exp.Expression:
        """Whether `for` selects the subject; one that is made of rows that only may count may not be there."""
        selected = self._conjunction(self._selection, self.subject, self._own_anchor())
        if not self.subject.record.made:
            return selected
        return all_of(selected, template("CASE WHEN NOT :doubt THEN TRUE END", doubt=self.subject.own("_doubt")))

    def conditions(self) -> Iterator[tuple[Written, Checked, exp.Expression]]:
        """The predicates by which `for` selects the subject, each as written, checked, and as a tree."""
        for written in self._selection:
            checked = self.checked(written, self.subject, PREDICATE)
            yield written, checked, self._resolved(checked, self.subject, self._own_anchor())

    def counted(self) -> exp.Expression:
        """Whether `of` and `where` select the related row."""
        anchor = self._anchor(related=True)
        conditions = [*self._conditions(self._of, self.related, anchor)]
        if isinstance(self.form, Related) and self.form.where is not None:
            (met,) = self._conditions((Written(self.form.where, self.path("where")),), self.related, anchor)
            conditions.append(denied(met) if self.beside else met)
        counted, kinds = all_of(*conditions), None if isinstance(self.form, Share) else self.valued("each")
        if kinds is None or kinds.values is None:
            return counted
        listed = exp.In(this=kinds.value, expressions=[exp.Literal.string(value) for value in kinds.values])
        return all_of(counted, listed, denied(kinds.none))

    def _conjunction(self, written: tuple[Written, ...], row: Row, anchor: exp.Expression) -> exp.Expression:
        return all_of(*self._conditions(written, row, anchor))

    def _conditions(self, written: tuple[Written, ...], row: Row, anchor: exp.Expression) -> Iterator[exp.Expression]:
        return (self._resolved(self.checked(each, row, PREDICATE), row, anchor) for each in written)

    # -- checker.forms.site.Site ---------------------------------------------------------------------------------

    def predicate(self, key: str, *, related: bool) -> exp.Expression:
        """See Site."""
        return self._read(key, PREDICATE, related=related)[1]

    def value(self, key: str, *, related: bool) -> exp.Expression:
        """See Site."""
        return self._read(key, NUMERIC, related=related)[1]

    def ends(self, key: str) -> Ends:
        """See Site."""
        checked = self.checked(Written(str(self.form.text(key)), self.path(key)), self.subject, NUMERIC)
        return self.intervals(self._anchor(related=False)).ends(checked.tree)

    def number(self, key: str, *, related: bool) -> Quantity:
        """See Site."""
        checked, tree = self._read(key, NUMERIC, related=related)
        ends = (None, None) if checked.field is None else (checked.field.min, checked.field.max)
        low, high = (exp.null() if end is None else number_of(end) for end in ends)
        return Quantity(
            template("COALESCE(:v, :end)", v=tree, end=low), template("COALESCE(:v, :end)", v=tree, end=high), signed=True
        )

    def never_negative(self, key: str) -> bool:
        """See Site."""
        declared = self._read(key, NUMERIC, related=True)[0].field
        return declared is not None and declared.min is not None and declared.min >= 0

    def upper(self, key: str, *, related: bool) -> exp.Expression:
        """See Site."""
        declared = self._read(key, NUMERIC, related=related)[0].field
        return exp.null() if declared is None or declared.max is None else number_of(declared.max)

    def bounds(self, *, related: bool) -> tuple[Bound, ...]:
        """See Site."""
        bounds = (self._bound(key, text, related=related) for key, text in self.written_bounds())
        if self.cut is not None and self.prorated:
            return tuple(self.cut.prorated(bound, self.rounding) for bound in bounds)
        return tuple(rounded(bound, self.rounding) for bound in bounds)

    def daily_bounds(self) -> tuple[tuple[exp.Expression, ...], tuple[tuple[Bound, ...], ...]]:
        """See Site."""
        asked = {name for _, text in self.written_bounds() for name in PARAMETER.findall(text)}
        known = [self.book.parameters[name] for name in asked if name in self.book.parameters]
        changes = sorted({value.first for each in known for value in each.values if value.first is not None})
        bounds = (
            tuple(
                rounded(self._bound(key, text, related=False, anchor=day(first)), self.rounding)
                for key, text in self.written_bounds()
            )
            for first in (dt.date.min, *changes)
        )
        return tuple(map(day, changes)), tuple(bounds)

    def lifetime(self) -> tuple[exp.Expression, exp.Expression]:
        """See Site."""
        record = self.related.record
        if record.begins is None and record.ends is None:
            fix = message("plan-no-lifespan-fix", name=record.name)
            raise self.wrong("of", "no-lifespan", message("plan-no-beginning", name=record.name), fix)
        begins, ends = (exp.cast(exp.Literal.string(end), "DATE") for end in ("-infinity", "infinity"))
        self.related.cells += [name for name in (record.begins, record.ends) if name is not None]
        return (
            begins if record.begins is None else self.related.own("_begins"),
            ends if record.ends is None else self.related.own("_ends"),
        )

    def valued(self, key: str) -> Valued | None:
        """See Site."""
        name = self.form.value_field(key) if isinstance(self.form, ValueField) else None
        if name is None or not isinstance(self.form, ValueField):
            return None
        path = tuple(name.split("."))
        values = values_of(self.book, self.related.record, path, self.form, self.path(key))
        row = self.related
        row.cells += [name] if name not in row.cells else []
        none = any_of(*(self._empty(path[:end]) for end in range(1, len(path) + 1)))
        return Valued(row.column(path), none, values)

    def _empty(self, path: Path) -> exp.Expression:
        """Whether the reference at the end of the path is certainly empty."""
        row, field = self.related, self.related.field(path)
        if field.ref is None or field.required:
            return exp.false()
        told = exp.EQ(this=exp.column(state(path[-1]), table=row.column(path).table), expression=exp.Literal.number(0))
        reached = [] if len(path) == 1 else [template("NOT :row IS NULL", row=row.target(path[:-1]))]
        return surely(all_of(template(":value IS NULL", value=row.column(path)), told, *reached))

    @property
    def partial(self) -> bool:
        """Whether windows are judged of which only a part is due."""
        return isinstance(self.form, Partial) and self.form.partial is not None

    @property
    def cut(self) -> Cut | None:
        """The days of a window that a row must be dated on, where that is not told by the number of its window."""
        if self.unit is None or not (self.partial or isinstance(self.unit, Term)):
            return None
        spans = {"_begun": self.related.record.begins, "_ended": self.related.record.ends}
        lived = tuple(name for name, end in spans.items() if end is not None and isinstance(self.unit, Term) and not self.own)
        return Cut(self.unit, self.rule.in_force, self.subject, whole=not self.partial, lived=lived)

    @property
    def prorated(self) -> bool:
        """Whether the bounds depend on how much of a window is due."""
        return isinstance(self.form, Partial) and self.form.partial == "prorate"

    @property
    def rounding(self) -> Rounding | None:
        """How the form's bounds are rounded, if they are."""
        return self.form.round if isinstance(self.form, Rounded) else None

    def written_bounds(self) -> tuple[tuple[str, str], ...]:
        """(key, text) of each bound of the form."""
        return self.form.bounds() if isinstance(self.form, Bounded) else ()

    def date(self, key: str) -> exp.Expression:
        """See Site."""
        return self._resolved(self._date(key), self.subject, self._own_anchor())

    def date_text(self, key: str) -> str:
        """See Site."""
        text = self.form.text(key) or self.subject.record.date
        if text is None:
            wrong, fix = message("plan-no-date", name=self.subject.record.name), message("plan-no-date-key-fix", key=key)
            raise self.wrong(key, "no-date", wrong, fix)
        return str(text)

    def window(self) -> tuple[exp.Expression, exp.Expression]:
        """See Site."""
        return WINDOW_FIRST, WINDOW_LAST

    def days_by(self, key: str) -> Day:
        """See Site."""
        return self.related.day((str(self.form.text(key)),))

    def rolled(self, start: exp.Expression, sign: int) -> exp.Expression:
        """See Site."""
        return rolled(start, sign)

    def moved(self, start: exp.Expression, key: str, sign: int) -> exp.Expression:
        """See Site."""
        return moved(start, self.duration(key), sign)

    def lapse(self, first: exp.Expression, second: exp.Expression, key: str) -> exp.Expression:
        """See Site."""
        days = {"first": first, "second": second}
        if self.duration(key).unit == "working day":
            fix = message("plan-gap-working-days-fix")
            raise self.wrong(key, "bad-duration", message("plan-gap-working-days"), fix)
        if self.duration(key).unit == "day":
            return template("CAST(:second - :first AS BIGINT)", **days)
        return months_between(self.duration(key), **days)

    def length(self, key: str) -> exp.Expression:
        """See Site."""
        duration = self.duration(key)
        return exp.Literal.number(duration.count * (12 if duration.unit == "year" else 1))

    def started(self) -> exp.Expression:
        """See Site."""
        if self.subject.record.date is not None:
            raise self.wrong(
                "of",
                "windows-of-a-day",
                message("plan-day-no-rows", record=self.subject.record.name),
                message("plan-day-no-rows-fix"),
            )
        return greatest(FIRST, self.began())

    def began(self) -> exp.Expression:
        """See Site."""
        return self._later(None if self.subject.record.begins is None else self.subject.own("_begins"))

    def begun(self) -> Day:
        """See Site."""
        begins = self.subject.record.begins
        return Day.of(self._later(None)) if begins is None else Day(*map(self._later, self.subject.end(begins, "_begins")))

    def _later(self, begins: exp.Expression | None) -> exp.Expression:
        """The later of that day, where it is one of the calendar, and the first on which the rule is in force."""
        starts = [] if self.rule.in_force.first is None else [day(self.rule.in_force.first)]
        if begins is not None:
            starts.append(template("NULLIF(:day, :ever)", day=begins, ever=exp.cast(exp.Literal.string("-infinity"), "DATE")))
        return greatest(*starts) if len(starts) > 1 else starts[0] if starts else exp.cast(exp.null(), "DATE")

    def day(self, *, related: bool) -> exp.Expression:
        """See Site."""
        row = self.related if related else self.subject
        return row.column(self.day_path(row))

    def days(self, *, related: bool) -> Day:
        """See Site."""
        row = self.related if related else self.subject
        return row.day(self.day_path(row))

    def days_of(self, key: str) -> Day:
        """See Site."""
        tree = self._date(key).tree
        return self.subject.day(path_of(tree)) if isinstance(tree, exp.Column) else Day.of(self.date(key))

    def absent(self) -> exp.Expression:
        """See Site."""
        (name,) = self.day_path(self.subject)
        return template(":day IS NULL AND :state = 0", day=self.subject.own(name), state=self.subject.own(state(name)))

    # -- dates and links --------------------------------------------------------------------------------------------

    def day_path(self, row: Row) -> Path:
        """The date field that the form reads of that row."""
        named = getattr(self.form, "on", None)
        name = named or row.record.date
        if name is None:
            raise self.wrong("on", "no-date", message("plan-no-date", name=row.record.name), message("plan-no-date-fix"))
        declared = row.record.field(name)
        if declared is None or declared.type is not FieldType.DATE:
            raise self.wrong(
                "on", "wrong-type", message("plan-not-a-date", name=name, record=row.record.name), message("plan-not-a-date-fix")
            )
        return (name,)

    def _own_anchor(self) -> exp.Expression:
        """The day whose parameters hold for the subject."""
        return REF if self.subject.record.date is None else self.subject.own(self.subject.record.date)

    def _anchor(self, *, related: bool) -> exp.Expression:
        if self.unit is not None:
            return WINDOW_LAST if self.rule.parameters_at_end else WINDOW_FIRST
        if related and not self.own and self.subject.record.date is not None:
            return EPOCH
        return self._own_anchor()

    # -- texts ------------------------------------------------------------------------------------------------------

    def _read(self, key: str, wants: frozenset[FieldType], *, related: bool) -> tuple[Checked, exp.Expression]:
        row = self.related if related else self.subject
        checked = self.checked(Written(str(self.form.text(key)), self.path(key)), row, wants)
        if checked.indicators:
            return checked, self.intervals(self._anchor(related=related)).predicate(checked.tree)
        tree = self._resolved(checked, row, self._anchor(related=related))
        if related and checked.type is FieldType.NUMBER and checked.tree.find(exp.Mul):
            # Products have so many places that the sum of a few larger ones would not fit in any number.
            tree = template("CASE WHEN :v BETWEEN -:most AND :most THEN :v END", v=tree, most=exp.Literal.number(10**17))
        return checked, tree

    def _date(self, key: str) -> Checked:
        return self.checked(Written(self.date_text(key), self.path(key)), self.subject, DATE)

    def _resolved(self, checked: Checked, row: Row, anchor: exp.Expression) -> exp.Expression:
        return tried(row.resolve(checked.tree, lambda name: placeholder(self.book, name, anchor)))

    def _bound(self, key: str, text: str, *, related: bool, anchor: exp.Expression | None = None) -> Bound:
        bound = self.checked_bound(key, text)
        # What the subject tells is told of it as of the day by which it is judged.
        anchor = anchor or self._anchor(related=related and bound.tree is None)
        if bound.parameter is not None:
            numerator, denominator = parameter(self.book, bound.parameter, anchor, scaled=True)
            return Bound(key, one(numerator), denominator)
        if bound.value is not None:
            return Bound(key, one(number(Fraction(bound.value.numerator))), bound.value.denominator)
        if bound.tree is None:
            raise TypeError(text)
        ends = (tried(times(end, bound.divisor.denominator)) for end in self.intervals(anchor).ends(bound.tree))
        found = Bound(key, Ends(*ends), bound.divisor.numerator)
        return in_millionths(found) if isinstance(self.form, Ratio) else found
