"""The texts of a rule, checked: predicates, expressions, bounds and spans, each with the place where it is written."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from checker.errors import RulesError
from checker.forms.base import Form
from checker.model.schema import FieldType
from checker.plan.logical.intervals import Intervals, Named
from checker.plan.logical.rows import Row
from checker.plan.logical.texts import located, placeholder
from checker.rules.bounds import Bound, Duration, check_bound, check_duration
from checker.rules.predicates import Checked, Scope, check
from checker.rules.rulebook import Path, Rule, Rulebook, Written
from checker.rules.scope import Sight
from checker.rules.sights import seen
from checker.words.message import Message


class RuleTexts:
    """What is written in a rule; `named` are the indicators that were read in it so far, by name."""

    book: Rulebook
    rule: Rule
    form: Form
    subject: Row
    named: dict[str, Named]

    def path(self, key: str) -> Path:
        """Where that key of the form is written."""
        return (*self.rule.path, self.rule.under, self.rule.form, key)

    def wrong(self, key: str, code: str, said: Message, fix: Message) -> RulesError:
        """The error for something wrong under that key of the form."""
        return RulesError(self.book.problem(self.path(key), code, said, fix))

    def checked(self, written: Written, row: Row, wants: frozenset[FieldType]) -> Checked:
        """The text as a checked tree over that row. Raises RulesError."""
        scope = Scope(row.record, self.book.records, self.book.parameters, self._sights(row, written))
        return located(self.book, written, lambda: check(written.text, scope, wants=wants))

    def _sights(self, row: Row, written: Written) -> Mapping[str, Sight]:
        """The indicators about a row that a text may name, and those that it may not."""
        of_form = row is self.subject and written.path == self.path(str(written.path[-1]))
        return seen(self.book, row.record, self.form if of_form else None, str(written.path[-1]))

    def intervals(self, anchor: exp.Expression) -> Intervals:
        """Reads expressions over the subject that name indicators."""

        def known(name: str) -> Named:
            found = next(each for each in self.book.indicators if each.name == name)
            return Named(found.id, f"i.{name}", doubted=found.subject != self.rule.subject)

        return Intervals(self.subject, known, lambda name: placeholder(self.book, name, anchor), self.named)

    def checked_bound(self, key: str, text: str) -> Bound:
        """The bound under that key, parsed."""
        written = Written(text, self.path(key))
        scope = Scope(self.subject.record, self.book.records, self.book.parameters, self._sights(self.subject, written))
        return located(self.book, written, lambda: check_bound(text, scope, self.book.parameters))

    def duration(self, key: str) -> Duration:
        """The span of time under that key."""
        written = Written(str(self.form.text(key)), self.path(key))
        return located(self.book, written, lambda: check_duration(written.text))
