"""Resolves `terms:`, named selections of records and of one another, and checks what refers to names."""

from __future__ import annotations

from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError
from sqlglot import exp

from checker.rules.bounds import Bound, check_bound
from checker.rules.circles import circles
from checker.rules.entries import keys_of
from checker.rules.grammar import parse, path_of
from checker.rules.predicates import PREDICATE, PredicateError, Scope, mistakes
from checker.rules.rulebook import Parameter, Term, Written
from checker.rules.sights import sights
from checker.rules.written import TermEntry
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.forms.base import Form
    from checker.model.schema import FieldType, Record
    from checker.rules.reader import Reader
    from checker.rules.rulebook import Indicator
    from checker.rules.scope import Sight
    from checker.yaml_tree import Path, Value


class Names(NamedTuple):
    """What the names in a rulebook stand for."""

    records: Mapping[str, Record]
    terms: Mapping[str, Term]
    parameters: Mapping[str, Parameter]
    indicators: Mapping[str, Indicator] = MappingProxyType({})

    def record_of(self, name: str) -> Record | None:
        """The record that a record or term selects from in the end; None if that is reported elsewhere."""
        term = self.terms.get(name)
        return self.records.get(_chain(term, self.terms)[-1] if term else name)

    def sights(self, record: Record | None, form: Form | None = None, key: str = "") -> Mapping[str, Sight]:
        """The indicators about a record that the text under a key of a form may name, and those that it may not."""
        if record is None or not self.indicators:
            return {}
        about = {name: found.name for name, each in self.indicators.items() if (found := self.record_of(each.subject))}
        return sights(self.indicators, about, record.name, form, key)

    def check_selection(self, reader: Reader, path: Path, name: str) -> None:
        """Notes a name that is neither a record nor a term."""
        if name in self.records or name in self.terms or reader.unsure("records", name) or reader.unsure("terms", name):
            return
        known = (*self.records, *self.terms)
        reader.unknown(path, message("not-a-record-or-term", name=name), name, known, message("known-records-and-terms"))

    def check_expression(
        self,
        reader: Reader,
        path: Path,
        text: str,
        record: Record | None,
        wants: frozenset[FieldType] = PREDICATE,
        seen: Mapping[str, Sight] | None = None,
    ) -> None:
        """Notes what is wrong with an expression over a record; nothing where the record itself could not be read."""
        if record is None:
            return
        scope = Scope(record, self.records, self.parameters, self.sights(record) if seen is None else seen)
        for error in mistakes(text, scope, wants, lambda part: self._unread(reader, part, record)):
            reader.report_predicate(path, error)

    def check_bound(
        self, reader: Reader, path: Path, text: str, record: Record | None, seen: Mapping[str, Sight]
    ) -> Bound | None:
        """The bound, which may be an expression over `record` if one is given; None if it is wrong, or unknowable."""
        with suppress(PredicateError):
            if self._unread(reader, parse(text), record):
                return None
        scope = None if record is None else Scope(record, self.records, self.parameters, seen)
        try:
            return check_bound(text, scope, self.parameters)
        except PredicateError as error:
            reader.report_predicate(path, error)
            return None

    def _unread(self, reader: Reader, tree: exp.Expression, record: Record | None) -> bool:
        """Whether an expression reads a field or parameter that could not be read."""
        parameters = (node.name for node in tree.find_all(exp.Placeholder))
        columns = (path_of(node) for node in tree.find_all(exp.Column))
        return any(reader.unsure("parameters", name) for name in parameters) or any(
            self._leads_astray(reader, path, record) for path in columns
        )

    def _leads_astray(self, reader: Reader, path: tuple[str, ...], record: Record | None) -> bool:
        name = record.name if record else None
        for step in path:
            if name is None:
                return False
            unread = reader.unread.get(name)
            if (unread is None and reader.unsure("records", name)) or step in (unread or ()):
                return True
            here = self.records.get(name)
            field = here.field(step) if here else None
            name = field.ref if field else None
        return False


def terms(reader: Reader, records: Mapping[str, Record], parameters: Mapping[str, Parameter]) -> dict[str, Term]:
    """The terms by name; those that stand on nothing, or on themselves, are reported."""
    found: dict[str, Term] = {}
    for name, value in reader.entries("terms").items():
        path = ("terms", name)
        reader.name(path, name)
        if name in records:
            reader.report(path, "bad-name", message("term-is-record", name=name), message("term-is-record-fix"))
        entry = reader.validate(TermEntry, path, value)
        if entry is None:
            entry = _partly_read(reader, path, value)
        if entry is not None:
            where = None if entry.where is None else Written(entry.where, (*path, "where"))
            title = reader.text((*path, "title"), entry.title, name.replace("-", " "))
            found[name] = Term(name, entry.of, where, title)
    names = Names(records, found, parameters)
    ways = list(circles({name: [term.of] for name, term in found.items()}))
    for chain in ways:
        wrong = message("term-cycle", way=" → ".join(f"'{each}'" for each in chain))
        reader.report(("terms", chain[0], "of"), "term-cycle", wrong, message("term-cycle-fix"))
    for name, term in found.items():
        if any(name in chain for chain in ways):
            continue
        names.check_selection(reader, ("terms", name, "of"), term.of)
        if term.where is not None:
            names.check_expression(reader, term.where.path, term.where.text, names.record_of(name))
    return found


def _partly_read(reader: Reader, path: Path, value: Value) -> TermEntry | None:
    """A term that is wrong, without what is wrong in it."""
    wrong = {each[2] for each in reader.faulty if each[:2] == path and len(each) > len(path)}
    try:
        return TermEntry.model_validate({key: each for key, each in keys_of(value).items() if key not in wrong})
    except ValidationError:
        return None


def _chain(term: Term, found: Mapping[str, Term]) -> list[str]:
    """The names from a term down to a record, or up to the first that comes again."""
    chain = [term.name]
    while (following := found.get(chain[-1])) is not None:
        chain.append(following.of)
        if following.of in chain[:-1]:
            break
    return chain
