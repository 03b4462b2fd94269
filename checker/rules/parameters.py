"""Resolves `sources:` and `parameters:`, and checks citations."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from checker.model.law import Source
from checker.rules.bounds import read_number
from checker.rules.rulebook import DatedValue, Parameter
from checker.rules.scope import BUILT_IN
from checker.rules.written import ParameterEntry, SourceEntry, ValueEntry
from checker.words.message import message

if TYPE_CHECKING:
    from checker.rules.reader import Reader
    from checker.yaml_tree import Path


def sources(reader: Reader) -> dict[str, Source]:
    """The regulations by name."""
    found = {}
    for name, value in reader.entries("sources").items():
        path = ("sources", name)
        reader.name(path, name)
        entry = reader.validate(SourceEntry, path, value)
        if entry is not None:
            texts = (("title", entry.title), ("note", entry.note), ("short", entry.short))
            title, note, short = (reader.text((*path, key), text) for key, text in texts)
            called = tuple((each, reader.text((*path, "provisions", each), text)) for each, text in entry.provisions.items())
            found[name] = Source(name, title, entry.issued, entry.url, note, short, called)
    return found


def check_citation(reader: Reader, path: Path, citation: str, known: dict[str, Source]) -> None:
    """Notes a citation that is not `<source> <provision>` of a known source."""
    name, _, provision = citation.partition(" ")
    if name not in known:
        if not reader.unsure("sources", name):
            reader.unknown(path, message("not-a-source", name=name), name, known, message("known-sources"))
    elif not provision.strip():
        fix = message("no-provision-fix", name=name)
        reader.report(path, "no-provision", message("no-provision", name=name), fix)


def parameters(reader: Reader, known: dict[str, Source]) -> dict[str, Parameter]:
    """The parameters by name, their values in order of time."""
    found = {}
    for name, value in reader.entries("parameters").items():
        path = ("parameters", name)
        reader.name(path, name, of_field=True)
        if name in BUILT_IN:
            fix = message("parameter-built-in-fix")
            reader.report(path, "bad-name", message("parameter-built-in", name=name), fix)
        entry = reader.validate(ParameterEntry, path, value)
        if entry is not None:
            found[name] = _parameter(reader, path, name, entry, known)
    return found


def _parameter(reader: Reader, path: Path, name: str, entry: ParameterEntry, known: dict[str, Source]) -> Parameter:
    if not entry.root:
        reader.report(path, "missing-key", message("parameter-no-value", name=name), message("parameter-no-value-fix"))
    for index, each in enumerate(entry.root):
        if each.first is None and len(entry.root) > 1:
            wrong = message("parameter-no-first")
            reader.report((*path, index), "missing-key", wrong, message("parameter-no-first-fix"))
        if each.cites is not None:
            check_citation(reader, (*path, index, "cites"), each.cites, known)
    for index, (earlier, later) in enumerate(pairwise(entry.root), 1):
        if earlier.first and later.first and earlier.first >= later.first:
            wrong = message("parameter-disorder", later=str(later.first), earlier=str(earlier.first))
            reader.report((*path, index, "from"), "disorder", wrong, message("parameter-disorder-fix"))
    values = tuple(_dated(each) for each in entry.root)
    if len({isinstance(each.value, str) for each in values}) > 1:
        wrong = message("parameter-mixed", name=name)
        reader.report(path, "wrong-type", wrong, message("parameter-mixed-fix"))
        reader.broken.add(path)
    return Parameter(name, values)


def _dated(entry: ValueEntry) -> DatedValue:
    number = read_number(entry.value)
    return DatedValue(entry.first, entry.value if number is None else number, entry.value, entry.cites)
