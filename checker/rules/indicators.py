"""Resolves `indicators:`, named measures of the rows of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from checker.forms.base import PerValue
from checker.forms.indicators import MEASURES
from checker.rules.circles import circles
from checker.rules.laws import cited, unique
from checker.rules.requirements import check_form, one_of_several
from checker.rules.rulebook import Indicator
from checker.rules.scalars import Name, OneOrMore, Plain, TextValue
from checker.rules.sights import named_in
from checker.rules.written import Entry
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checker.model.law import Source
    from checker.rules.reader import Reader
    from checker.rules.terms import Names
    from checker.yaml_tree import Path


class IndicatorEntry(Entry):
    """A named measure of each row of a record, in each window: a fact that is no duty, or what rules compare and bound by."""

    id: Name
    """Its name, unique among rules and indicators; rules name it with `_` for each `-`."""
    title: TextValue | None = None
    """What people call it."""
    cites: OneOrMore = ()
    """The provisions that ask for it, each a source and the provision, where there are such."""
    for_: Plain = Field(alias="for")
    """Whom it is measured of: the record, or the term, each of whose rows it is."""
    per: PerValue | None = None
    """The windows in each of which it is measured, `year`; without it, it is measured as of the reference date."""
    measure: dict[str, object]
    """What is measured: exactly one of these."""
    note: TextValue | None = None
    """What a reader should know of it."""


def indicators(reader: Reader, names: Names, sources: dict[str, Source], rules: Iterable[str]) -> tuple[Indicator, ...]:
    """The indicators, in their order; `rules` are the ids of all rules, of which they have none."""
    found: list[Indicator] = []
    taken: dict[str, Path] = {}
    for index, value in enumerate(reader.items("indicators")):
        path = ("indicators", index)
        entry = reader.validate(IndicatorEntry, path, value)
        unique(reader, path, value, taken)
        if entry is None:
            continue
        cited(reader, path, entry.cites, sources)
        names.check_selection(reader, (*path, "for"), entry.for_)
        name = one_of_several(reader, (*path, "measure"), entry.measure, MEASURES)
        if name is None:
            continue
        form = reader.validate(MEASURES[name], (*path, "measure", name), reader.tree.at((*path, "measure", name)))
        if form is None:
            continue
        title = reader.text((*path, "title"), entry.title, entry.id)
        note = reader.text((*path, "note"), entry.note)
        placed = form.in_windows(entry.per)
        found.append(Indicator(entry.id, title, entry.cites, entry.for_, name, placed, note, path))
    _check_ids(reader, names, found, frozenset(rules))
    return tuple(found)


def check_indicators(reader: Reader, names: Names) -> None:
    """Notes what is wrong with the texts of indicators, and whether some name themselves."""
    leads: dict[str, list[str]] = {}
    for each in names.indicators.values():
        path = (*each.path, "measure", each.form)
        check_form(reader, path, each.measure, names, names.record_of(each.subject))
        leads[each.name] = [name for name in named_in(each.measure) if name in names.indicators]
    for chain in circles(leads):
        wrong = message("indicator-cycle", way=" → ".join(f"'{name}'" for name in chain))
        first = names.indicators[chain[0]]
        reader.report((*first.path, "measure"), "indicator-cycle", wrong, message("indicator-cycle-fix"))


def _check_ids(reader: Reader, names: Names, found: list[Indicator], rules: frozenset[str]) -> None:
    """Notes indicators that are called as a rule, as a field of their record, or, to rules that name them, as another."""
    called: dict[str, Indicator] = {}
    for each in found:
        record = names.record_of(each.subject)
        first = called.setdefault(each.name, each)
        if each.id in rules or (first is not each and first.id != each.id):
            wrong = message("indicator-taken", name=each.id)
        elif record is not None and record.field(each.name) is not None:
            wrong = message("indicator-field", name=each.name, record=record.name)
        else:
            continue
        reader.report((*each.path, "id"), "duplicate-id", wrong, message("book-duplicate-id-fix"))
