"""What is left of a rulebook without its mistakes, and without all that stands on them: more can be said of that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from checker.errors import Problem, RulesError
from checker.forms.base import Related
from checker.model.period import Term as TermOfOffice
from checker.rules.scope import BUILT_IN
from checker.rules.sights import named_in
from checker.rules.tightening import PARAMETER

if TYPE_CHECKING:
    from checker.forms.base import Form
    from checker.model.schema import Record
    from checker.rules.merged import Merged
    from checker.rules.rulebook import Rule, Rulebook, Term
    from checker.yaml_tree import Path

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BESIDES = ("cites", "title", "remedy", "note", "severity", "verified", "in_force", "requires")
"""What may be wrong with a rule without any consequence for what it requires."""


class IncompleteError(RulesError):
    """A rulebook is wrong in places; `rest` is what is right in it, and `lost` the records and parameters that are not there.

    `tree` is what is written, where that is at hand.
    """

    def __init__(
        self, *problems: Problem, rest: Rulebook, lost: frozenset[str] = frozenset(), tree: Merged | None = None
    ) -> None:
        super().__init__(*in_order(problems))
        self.rest, self.lost, self.tree = rest, lost, tree


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in the order of files, as these first appear, and lines; each once."""
    found = list(dict.fromkeys(problems))
    files = {name: number for number, name in enumerate(dict.fromkeys(each.place.file for each in found if each.place))}
    return sorted(
        found,
        key=lambda each: (files[each.place.file], each.place.line or 0, each.place.column or 0) if each.place else (-1, 0, 0),
    )


def intact(book: Rulebook, faulty: AbstractSet[Path], broken: AbstractSet[Path]) -> Rulebook:
    """The rulebook without the entries below which the faulty paths lie, and without what names these.

    What is `broken` could not be read at all. Of a record only the fields that are wrong are left out.
    """
    wrong = faulty | broken
    whole = {path[0] for path in wrong if len(path) == 1}

    def kept(section: str, name: str | int, *but: str) -> bool:
        # A record that is there although it is broken was read in parts.
        below = (path for path in (faulty if section == "records" else wrong) if path[:2] == (section, name))
        return section not in whole and all(len(path) > 2 and path[2] in but for path in below)  # noqa: PLR2004

    unread = {path[1:4:2] for path in wrong if path[2:3] == ("fields",) and len(path) > 3}  # noqa: PLR2004
    own = (_without(record, unread) for name, record in book.records.items() if kept("records", name, "fields"))
    records = _standing({record.name: record for record in own if record is not None})
    parameters = {name: each for name, each in book.parameters.items() if ("parameters", name) not in broken}
    known = BUILT_IN if "parameters" in whole else {*parameters, *BUILT_IN}
    lost = {str(field) for _, field in unread}

    def reads_what_is_there(text: str) -> bool:
        return set(PARAMETER.findall(text)) <= known and lost.isdisjoint(_WORD.findall(text))

    terms = {
        name: term
        for name, term in book.terms.items()
        if kept("terms", name, "title") and (term.where is None or reads_what_is_there(term.where.text))
    }
    selections = {*records, *(name for name in terms if _leads_to(name, terms, records))}
    indicators = tuple(
        each
        for each in book.indicators
        if kept("indicators", each.path[1], "cites", "title", "note") and _selects(each.as_rule) <= selections
        if reads_what_is_there(str(each.measure)) and not _finds_by(each.as_rule, terms) & {name for name, _ in unread}
    )
    told = {each.name: each for each in indicators}
    while unknown := [name for name, each in told.items() if _names(each.measure, book) - told.keys()]:
        told = {name: each for name, each in told.items() if name not in unknown}
    rules = tuple(
        rule
        for rule in book.rules
        if all(_names(part.require, book) <= told.keys() for part in rule.parts)
        if kept("rules", rule.path[1], *_BESIDES) and _selects(rule) <= selections
        if reads_what_is_there(str(rule.require)) and not _finds_by(rule, terms) & {name for name, _ in unread}
    )
    ids = {rule.id for rule in rules}
    body = book.body if book.body in records else None
    return book._replace(
        body=body,
        parameters=parameters,
        records=records,
        terms={name: term for name, term in terms.items() if name in selections},
        indicators=tuple(told.values()),
        rules=tuple(rule._replace(requires=tuple(each for each in rule.requires if each[0] in ids)) for rule in rules),
        exceptions=tuple(
            each
            for each in book.exceptions
            if kept("exceptions", each.path[1]) and {*each.displaces, *([each.by] if each.by else [])} <= ids
            if reads_what_is_there(each.when.text)
        ),
        standings=tuple(each for each in book.standings if kept("standings", each.path[1])) if body and not lost else (),
    )


def _names(form: Form, book: Rulebook) -> set[str]:
    """The indicators that a form names."""
    return set(named_in(form)) & {each.name for each in book.indicators}


def _without(record: Record, unread: AbstractSet[Path]) -> Record | None:
    """The record without these fields; None where it cannot be without one of them."""
    lost = {field for name, field in unread if name == record.name}
    if not lost:
        return record
    needed = (record.key, record.label, record.parent, record.date, record.begins, record.ends, *record.to_body[:1])
    if not lost.isdisjoint((*needed, *(each for combination in record.unique for each in combination))):
        return None
    return record._replace(fields=tuple(field for field in record.fields if field.name not in lost))


def _standing(records: Mapping[str, Record]) -> dict[str, Record]:
    """The records that refer to none that is not there."""
    found, size = dict(records), -1
    while size != len(found):
        size = len(found)
        found = {name: record for name, record in found.items() if _reached(record) <= found.keys()}
    return found


def _reached(record: Record) -> set[str]:
    return {each.refers_to for each in record.fields if each.refers_to} | set(record.made_of)


def _leads_to(name: str, terms: Mapping[str, Term], records: Mapping[str, Record]) -> bool:
    """Whether a term stands on a record in the end, and not on itself."""
    seen = set[str]()
    while name in terms and name not in seen:
        seen.add(name)
        name = terms[name].of
    return name in records


def _finds_by(rule: Rule, terms: Mapping[str, Term]) -> set[str]:
    """The records of whose fields one, which is not named, leads to the subject."""
    forms, per = [part.require for part in rule.parts], getattr(rule.require, "per", None)
    names = [form.of for form in forms if isinstance(form, Related) and form.of and form.by is None]
    names += [per.of] if isinstance(per, TermOfOffice) else []
    found = set[str]()
    for name in names:
        while name in terms:
            name = terms[name].of  # noqa: PLW2901 -- down to the record; what goes in a circle was left out
        found.add(name)
    return found


def _selects(rule: Rule) -> set[str]:
    """The records and terms that a rule is about, or measures."""
    per, forms = getattr(rule.require, "per", None), [part.require for part in rule.parts]
    of = {form.of for form in forms if isinstance(form, Related) and form.of is not None}
    return {rule.subject} | of | ({per.of} if isinstance(per, TermOfOffice) else set())
