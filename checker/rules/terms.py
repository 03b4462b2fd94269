"""Resolves `terms:`, named selections of records and of one another, and checks what refers to names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from checker.rules.bounds import Bound, check_bound
from checker.rules.predicates import PREDICATE, PredicateError, Scope, check
from checker.rules.rulebook import Parameter, Term, Written
from checker.rules.written import TermEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.model.schema import FieldType, Record
    from checker.rules.reader import Reader
    from checker.yaml_tree import Path


class Names(NamedTuple):
    """What the names in a rulebook stand for."""

    records: Mapping[str, Record]
    terms: Mapping[str, Term]
    parameters: Mapping[str, Parameter]

    def record_of(self, name: str) -> Record | None:
        """The record that a record or term selects from in the end; None if that is reported elsewhere."""
        term = self.terms.get(name)
        return self.records.get(_chain(term, self.terms)[-1] if term else name)

    def check_selection(self, reader: Reader, path: Path, name: str) -> None:
        """Notes a name that is neither a record nor a term."""
        if name in self.records or name in self.terms or reader.unsure("records", name) or reader.unsure("terms", name):
            return
        known = (*self.records, *self.terms)
        reader.unknown(path, f"'{name}' is neither a record nor a term", name, known, "Records and terms")

    def check_expression(
        self, reader: Reader, path: Path, text: str, record: Record | None, wants: frozenset[FieldType] = PREDICATE
    ) -> None:
        """Notes what is wrong with an expression over a record; nothing where the record itself could not be read."""
        if record is None or any(path[0] in {"records", "parameters"} for path in reader.broken):
            return
        try:
            check(text, Scope(record, self.records, self.parameters), wants=wants)
        except PredicateError as error:
            reader.report_predicate(path, error)

    def check_bound(self, reader: Reader, path: Path, text: str, record: Record | None) -> Bound | None:
        """The bound, which may be an expression over `record` if one is given; None if it is wrong, or unknowable."""
        if any(path[0] in {"records", "parameters"} for path in reader.broken):
            return None
        scope = None if record is None else Scope(record, self.records, self.parameters)
        try:
            return check_bound(text, scope, self.parameters)
        except PredicateError as error:
            reader.report_predicate(path, error)
            return None


def terms(reader: Reader, records: Mapping[str, Record], parameters: Mapping[str, Parameter]) -> dict[str, Term]:
    """The terms by name; those that stand on nothing, or on themselves, are reported."""
    found: dict[str, Term] = {}
    for name, value in reader.entries("terms").items():
        path = ("terms", name)
        reader.name(path, name)
        if name in records:
            reader.report(path, "bad-name", f"'{name}' is a record already", "Give the term another name.")
        entry = reader.validate(TermEntry, path, value)
        if entry is not None:
            where = None if entry.where is None else Written(entry.where, (*path, "where"))
            title = reader.text((*path, "title"), entry.title, name.replace("-", " "))
            found[name] = Term(name, entry.of, where, title)
    names = Names(records, found, parameters)
    circling: set[str] = set()
    for name, term in found.items():
        chain = _chain(term, found)
        if name in circling:
            continue
        if name in chain[1:]:
            circling.update(chain)
            way = " of ".join(f"'{each}'" for each in chain[: chain.index(name, 1) + 1])
            what = f"the term stands on itself: {way}"
            reader.report(("terms", name, "of"), "term-cycle", what, "Let one of them name a record.")
            continue
        names.check_selection(reader, ("terms", name, "of"), term.of)
        if term.where is not None:
            names.check_expression(reader, term.where.path, term.where.text, names.record_of(name))
    return found


def _chain(term: Term, found: Mapping[str, Term]) -> list[str]:
    """The names from a term down to a record, or up to the first that comes again."""
    chain = [term.name]
    while (following := found.get(chain[-1])) is not None:
        chain.append(following.of)
        if following.of in chain[:-1]:
            break
    return chain
