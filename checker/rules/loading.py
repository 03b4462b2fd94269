"""Loads a rulebook: YAML to a checked, frozen `Rulebook`, or every problem that stands in the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checker.errors import RulesError
from checker.model.law import Origin
from checker.rules.calendar import calendar
from checker.rules.dependencies import check_required
from checker.rules.derivations import check_derivations
from checker.rules.indicators import check_indicators, indicators
from checker.rules.intact import IncompleteError, intact
from checker.rules.laws import exceptions, rule_ids, rules
from checker.rules.layers import Loaded, Site, stacked
from checker.rules.merged import LISTS, MAPPINGS, Merged
from checker.rules.parameters import parameters, sources
from checker.rules.pruning import pruned
from checker.rules.reader import Reader
from checker.rules.records import belonging, body, partly_read, records
from checker.rules.roll_calls import with_rolls
from checker.rules.rulebook import Base, Calendar, Rulebook
from checker.rules.standings import standings
from checker.rules.stricter import with_origins
from checker.rules.terms import Names, terms
from checker.rules.texts import DISK, Texts
from checker.rules.writing import check_formats
from checker.rules.written import CalendarEntry, Header, WritingEntry
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checker.model.law import Source

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def load(source: Path, *, shown: str | None = None, texts: Texts = DISK) -> Rulebook:
    """The rulebook in a file or folder; `shown` is how messages name it, `texts` is where its texts are.

    What it uses and extends is read too, and its rules are held against those it extends. Raises RulesError with every
    problem found, in the order of files and lines.
    """
    return loaded(source, shown=shown, texts=texts).book


def loaded(source: Path, *, shown: str | None = None, texts: Texts = DISK) -> Loaded:
    """The rulebook in a file or folder, and its tree; see `load`."""
    return _loaded(Site(source, shown or str(source), texts=texts))


def resolved(tree: Merged) -> Rulebook:
    """The rulebook that a tree says. Raises IncompleteError with all that is wrong in it."""
    reader = Reader(tree)
    reader.report_empty()
    header = _header(reader)
    if any(problem.code == "unknown-key" for problem in reader.problems):
        # A misspelt section would make every name in it unknown.
        reader.broken.update((section,) for section in LISTS | MAPPINGS if section not in tree.value)
    cited = sources(reader)
    written = header or WritingEntry()
    check_formats(reader, (), written)
    declared = records(reader, written)
    body_name = body(reader, header.body if header else None, declared)
    declared = belonging(reader, declared, body_name)
    limits = parameters(reader, cited)
    worked = calendar(reader, header.calendar if header else CalendarEntry())
    declared |= partly_read(reader, written)
    names = Names(declared, terms(reader, declared, limits), limits)
    declared = with_rolls(reader, names)
    check_derivations(reader, names)
    names = names._replace(records=declared)
    measured = indicators(reader, names, cited, rule_ids(reader))
    names = names._replace(indicators={each.name: each for each in measured})
    check_indicators(reader, names)
    found = rules(reader, names, cited)
    check_required(reader, names, found)
    excepted = exceptions(reader, names, cited)
    concluded = standings(reader, names, declared.get(body_name or ""))
    book = _book(reader, header or Header(rulebook="unnamed", title="Unnamed"), names, cited)._replace(
        calendar=worked, body=body_name, indicators=measured, rules=found, exceptions=excepted, standings=concluded
    )
    if reader.problems:
        rest = intact(book, reader.faulty, reader.broken)
        lost = frozenset((*reader.entries("records"), *reader.entries("parameters"))) - {*rest.records, *rest.parameters}
        raise IncompleteError(*reader.ordered(), rest=rest, lost=lost)
    return book


def _book(reader: Reader, header: Header, names: Names, cited: Mapping[str, Source]) -> Rulebook:
    """The rulebook as its header, records and terms say, as yet without rules."""
    return Rulebook(
        name=header.rulebook,
        title=reader.text(("title",), header.title),
        version=header.version,
        languages=reader.languages,
        year_starts=header.year_starts,
        calendar=Calendar(),
        body=None,
        sources=cited,
        parameters=names.parameters,
        records=names.records,
        terms=names.terms,
        rules=(),
        exceptions=(),
        standings=(),
        places=reader.tree.keys,
        excerpts=reader.tree.excerpts(),
    )


def _loaded(site: Site) -> Loaded:
    stack = stacked(site, _loaded)
    problems, lost = list(stack.problems), frozenset[str]()
    try:
        book = resolved(stack.tree)
    except IncompleteError as error:
        problems += error.problems
        book, lost = error.rest, error.lost
    book = book._replace(used=stack.used)
    if stack.base is None:
        book = book._replace(rules=tuple(rule._replace(origin=Origin(book.name)) for rule in book.rules))
    else:
        base, there = stack.base.book, stack.base.site
        try:
            book = with_origins(stack.tree, book, base, stack.overrides, whole=not problems)
        except RulesError as error:
            problems += error.problems
        book = book._replace(bases=(Base(base.name, there.source, there.shown), *base.bases))
    book = pruned(book, stack.tree)
    if problems:
        raise IncompleteError(*problems, rest=book, lost=lost, tree=stack.tree)
    return Loaded(book, stack.tree, stack.used, site)


def _header(reader: Reader) -> Header | None:
    sections = LISTS | MAPPINGS
    value = {key: part for key, part in reader.tree.value.items() if key not in sections}
    header = reader.validate(Header, (), value, also=tuple(sorted(sections)))
    if header is None:
        reader.broken.discard(())
        written = value.get("languages")
        if isinstance(written, list):
            reader.languages = tuple(each for each in written if isinstance(each, str)) or reader.languages
        return None
    reader.name(("rulebook",), header.rulebook)
    for index, language in enumerate(header.languages):
        if not _LANGUAGE.fullmatch(language):
            fix = message("book-language-fix")
            reader.report(("languages", index), "bad-language", message("book-language", language=language), fix)
    reader.languages = tuple(dict.fromkeys(header.languages))
    reader.text(("title",), header.title)
    return header
