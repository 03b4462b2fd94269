"""What is declared and never used: parameters, terms, sources, records, fields.

A name counts as used where it stands in any value of the rulebook but a text for readers, in whatever sense: a new key of
the language needs nothing here, and what is told to be unused is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.lint.desk import Desk
from checker.model.schema import Record
from checker.words.message import message
from checker.yaml_tree import Path

_TEXTS = {"title", "remedy", "note"}
_OF_FIELDS = _TEXTS | {"headers", "enum", "formats", "default"}
"""What is said under these keys of a record's field names nothing."""

_TERM_OF = "term of "
_WORD = re.compile(r":?[A-Za-z_]\w*")
_FIX = message("lint-unused-fix")


class Use(NamedTuple):
    """A value, or a key below a rule, where it stands, and the words in it."""

    path: Path
    text: str
    words: frozenset[str]


def unused(desk: Desk) -> None:
    """Notes the names that nothing uses. Of a rulebook without rules nothing is noted: it has yet to be written."""
    book = desk.book
    if not book.rules:
        return
    uses = list(_uses(desk))
    words, whole = {word for use in uses for word in use.words}, {use.text for use in uses}
    for name in book.parameters:
        if f":{name}" not in words and name not in whole:
            desk.warn(("parameters", name), "unused-parameter", message("lint-unused-parameter", name=name), _FIX, of_key=True)
    for name in book.terms:
        if name not in whole:
            desk.warn(("terms", name), "unused-term", message("lint-unused-term", name=name), _FIX, of_key=True)
    cited = {use.text.split(" ")[0] for use in uses}
    for name in book.sources:
        if name not in cited:
            fix = message("lint-unused-source-fix")
            desk.warn(("sources", name), "unused-source", message("lint-unused-source", name=name), fix, of_key=True)
    for record in book.records.values():
        if all(use.text != record.name or _below(use.path, "records", record.name) for use in uses):
            wrong = message("lint-unused-record", name=record.name)
            fix = message("lint-unused-record-fix")
            desk.warn(("records", record.name), "unused-record", wrong, fix, of_key=True)
        else:
            _fields(desk, record, uses)


def _fields(desk: Desk, record: Record, uses: list[Use]) -> None:
    for each in record.fields:
        path = ("records", record.name, "fields", each.name)
        elsewhere = any(each.name in use.words and not _below(use.path, *path) for use in uses)
        if path in desk.tree.keys and each.refers_to is None and not elsewhere:
            wrong = message("lint-unused-field", field=each.name, record=record.name)
            fix = message("lint-unused-field-fix")
            desk.warn(path, "unused-field", wrong, fix, of_key=True)


def _uses(desk: Desk) -> Iterator[Use]:
    for path in desk.tree.keys:
        if not path or _names_nothing(path):
            continue
        value, key = desk.tree.at(path), path[-1]
        if isinstance(value, str):
            yield Use(path, value.strip().removeprefix(_TERM_OF).strip(), frozenset(_WORD.findall(value)))
        if path[0] not in {"records", "terms", "parameters", "sources"} and isinstance(key, str):
            yield Use(path, key, frozenset({key, *_WORD.findall(key)}))


def _names_nothing(path: Path) -> bool:
    """Whether it is a text for readers, or a name that is given there, that stands at that path."""
    match path:
        case ("records", _, "fields", _, str(key), *_):
            return key in _OF_FIELDS
        case ("records", _, str(key), *_):
            return key in {"title", "headers"}
        case ("rules" | "indicators" | "exceptions" | "standings", _, str(key), *_):
            return key in _TEXTS | {"id"}
        case ("terms" | "parameters", _, str(key), *_):
            return key == "title"
        case (str(section), *_):
            return section in {"sources", "title"}
        case _:
            return False


def _below(path: Path, *above: str) -> bool:
    return path[: len(above)] == above
