"""Leaves out of a rulebook what it does not name of the libraries that it uses: a table nobody asks for is not missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.model.integrity import record_of

if TYPE_CHECKING:
    from checker.rules.merged import Merged
    from checker.rules.rulebook import Rulebook
    from checker.yaml_tree import Path, Value


def pruned(book: Rulebook, tree: Merged) -> Rulebook:
    """The rulebook with the records and terms of libraries that it names, extends or reaches through references."""
    named = {book.body} if book.body else set[str | None]()
    waiting = sorted(_mentioned(tree) | ({book.body} if book.body else set()))
    while waiting:
        name = waiting.pop()
        named.add(name)
        term, record = book.terms.get(name), book.records.get(name)
        reached = [term.of] if term else [each.refers_to for each in record.fields] if record else []
        reached += [*record.made_of, record.selects] if record else []
        waiting += [each for each in reached if each is not None and each not in named]
    return book._replace(
        records={name: record for name, record in book.records.items() if name in named},
        terms={name: term for name, term in book.terms.items() if name in named},
    )


def _mentioned(tree: Merged) -> set[str]:
    """What is named outside the libraries where a record or a term can be, and what is declared or extended there."""
    found = set[str]()
    for path, value in _scalars((), tree.value):
        if not _of_library(tree, path):
            if (about := record_of(value)) is not None:
                found.add(about)
            match path:
                case (*_, "for" | "of" | "ref" | "who" | "occasion" | "present" | "per"):
                    found.add(value.removeprefix("term of "))
                case (*_, "derive", "from"):
                    found.add(value)
                case ("records" | "terms", str(name), *_):
                    found.add(name)
    for section in ("records", "terms"):
        entries = tree.value.get(section)
        found |= {name for name in (entries if isinstance(entries, dict) else ()) if not _of_library(tree, (section, name))}
    return found


def _of_library(tree: Merged, path: Path) -> bool:
    layer = tree.layer(path)
    return layer is not None and layer.library


def _scalars(path: Path, value: Value) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _scalars((*path, key), part)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _scalars((*path, index), part)
