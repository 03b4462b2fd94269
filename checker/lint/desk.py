"""A right rulebook on the desk of those who look for what is suspicious in it: its names, its texts, and what was noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from sqlglot import exp

from checker.errors import Problem
from checker.forms.base import Related
from checker.lint.catalogue import level_of
from checker.model.schema import Record
from checker.rules.grammar import parse
from checker.rules.merged import Merged
from checker.rules.rulebook import Rule, Rulebook
from checker.rules.scope import Scope, Sight
from checker.rules.sights import seen
from checker.rules.terms import Names
from checker.words.message import Message
from checker.yaml_tree import Path


class Selection(NamedTuple):
    """Rows of a record of which every one of some predicates is true."""

    record: Record
    where: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[exp.Expression, ...]:
        """The trees of the predicates."""
        return tuple(map(parsed, self.where))

    def narrowed(self, predicate: str | None) -> Selection:
        """Those of which another predicate is true too."""
        return self if predicate is None else self._replace(where=(*self.where, predicate))


@cache
def parsed(text: str) -> exp.Expression:
    """The tree of a predicate or expression that is known to be right."""
    return parse(text)


@dataclass(frozen=True, slots=True)
class Desk:
    """The rulebook, the tree that it was read from, and what has been found."""

    book: Rulebook
    tree: Merged
    found: list[Problem] = field(default_factory=list)

    def warn(
        self, path: Path, code: str, wrong: Message, fix: Message, *, offset: int | None = None, of_key: bool = False
    ) -> None:
        """Notes what is suspicious about what stands at that path, unless it is another rulebook's or a library's."""
        if self.tree.layer(path) is not None:
            return
        problem = self.tree.problem(path, code, wrong, fix, offset=offset, of_key=of_key)
        self.found.append(problem._replace(level=level_of(code)))

    def scope(self, record: Record) -> Scope:
        """What names in an expression over that record mean."""
        return Scope(
            record,
            self.book.records,
            self.book.parameters,
            {name: Sight(each.field) for name, each in seen(self.book, record).items()},
        )

    def selection(self, name: str) -> Selection:
        """The rows that a record or term selects."""
        term = self.book.terms.get(name)
        if term is None:
            return Selection(self.book.records[name])
        return self.selection(term.of).narrowed(term.where.text if term.where else None)

    def subjects(self, rule: Rule) -> Selection:
        """The rows that a rule is about."""
        return self.selection(rule.subject)

    def related(self, rule: Rule) -> Selection:
        """The rows that a rule measures: its related rows, else the subject's own."""
        of = rule.require.of if isinstance(rule.require, Related) else None
        return self.subjects(rule) if of is None else self.selection(of)

    def form_path(self, rule: Rule) -> Path:
        """Where the keys of a rule's form stand."""
        return (*rule.path, rule.under, rule.form)

    def names(self) -> Names:
        """What the names of the rulebook stand for."""
        return Names(self.book.records, self.book.terms, self.book.parameters)
