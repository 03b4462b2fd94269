"""What can be written at the cursor: names that the rulebook declares, keys and words that the language knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from checker.forms import FORMS
from checker.forms.several import SEVERAL
from checker.lsp import keys
from checker.lsp.case_slots import case_slots
from checker.lsp.cursor import MARK, Cursor
from checker.lsp.names import Declared, Kind
from checker.lsp.slots import Slot, Slots
from checker.rules.entries import keys_of
from checker.rules.home import Role
from checker.rules.marks import composed
from checker.rules.merged import Merged
from checker.rules.scope import BUILT_IN

if TYPE_CHECKING:
    from pathlib import Path

    from checker.lsp.session import Session
    from checker.rules.home import Home


class Offer(NamedTuple):
    """What can be written: the text, what it is, and what is said of it. After a `key` a colon is written."""

    text: str
    kind: str
    detail: str = ""
    said: str = ""
    key: bool = False


def offers(session: Session, home: Home, file: Path, cursor: Cursor) -> list[Offer]:
    """What can be written at the cursor in a file, each once, in the order of what is most likely."""
    known = session.known_of(home)
    declared = Declared(known.tree or Merged())
    kind = keys.kind_of(home, file, declared)
    found = (*_names(cursor, declared, home), *_words(cursor, declared), *_keys(cursor, kind), *_values(cursor, kind))
    return list({offer.text: offer for offer in reversed(found)}.values())[::-1]


def _names(cursor: Cursor, declared: Declared, home: Home) -> Iterator[Offer]:
    for slot in _slots(cursor, declared, home):
        at_cursor = slot.path == cursor.path and MARK in slot.text and slot.of_key == cursor.of_key
        if not at_cursor or slot.defines:
            continue
        for kind in slot.kinds:
            yield from _of_kind(kind, slot, declared, in_expression=_begins_a_name(slot, cursor))


def _begins_a_name(slot: Slot, cursor: Cursor) -> bool:
    """Whether it is an expression, and no field behind a reference, where the name is."""
    return slot.offset is not None and composed(cursor.text)[: slot.offset][-1:] != "."


def _slots(cursor: Cursor, declared: Declared, home: Home) -> Iterator[Slot]:
    value = cursor.document.value
    if home.role is Role.CASES:
        yield from case_slots(value, declared)
        return
    document = cursor.document
    tree = Merged(keys_of(value), dict(document.places), dict(document.value_places), {document.shown: document})
    yield from Slots(tree, declared).all()


def _of_kind(kind: Kind, slot: Slot, declared: Declared, *, in_expression: bool) -> Iterator[Offer]:
    if kind is Kind.FIELD:
        for name in declared.fields(slot.record):
            entry = keys_of(declared.tree.at(("records", slot.record or "", "fields", name)))
            yield Offer(name, kind, _title(entry), key=slot.of_key)
        if in_expression:
            for name in (*declared.names("parameters"), *sorted(BUILT_IN)):
                yield Offer(f":{name}", Kind.PARAMETER)
        return
    for name in declared.names(f"{kind}s"):
        yield Offer(name, kind, _title(_entry(kind, name, declared)), key=slot.of_key)


def _entry(kind: Kind, name: str, declared: Declared) -> object:
    section = declared.tree.value.get(f"{kind}s")
    if isinstance(section, list):
        return next((each for each in section if keys_of(each).get("id") == name), None)
    return keys_of(section).get(name)


def _title(entry: object) -> str:
    """What people call an entry, in the first language in which it is said."""
    title = keys_of(entry).get("title") if isinstance(entry, dict) else None
    first = next(iter(title.values()), "") if isinstance(title, dict) else title
    return first if isinstance(first, str) else ""


def _words(cursor: Cursor, declared: Declared) -> Iterator[Offer]:
    """Inside a text of an expression the values that the field before it can have."""
    if cursor.of_key:
        return
    text = composed(cursor.text)
    head = text[: text.index(MARK)] if MARK in text else text
    match = re.search(r"([a-z_][\w.]*)\s*(?:=|<>|in\s*\((?:\s*'[^']*',)*)\s*'[^']*$", head)
    if match is None:
        return
    probe = _probe(cursor, head[: match.start(1)] + match[1])
    for slot in Slots(probe, declared).all():
        if slot.path == cursor.path and slot.offset == match.start(1) + match[1].rfind(".") + 1:
            enum = declared.tree.at(("records", slot.record or "", "fields", slot.text, "enum"))
            for value in enum if isinstance(enum, list | dict) else ():
                if isinstance(value, str):
                    yield Offer(value, "value")


def _probe(cursor: Cursor, text: str) -> Merged:
    """The document of the cursor with another text in the place of its value."""

    def put(value: object, path: tuple[str | int, ...]) -> object:
        if not path:
            return text
        if isinstance(value, dict):
            return {**value, path[0]: put(value[path[0]], path[1:])}
        if isinstance(value, list) and isinstance(path[0], int):
            return [*value[: path[0]], put(value[path[0]], path[1:]), *value[path[0] + 1 :]]
        return value

    return Merged(keys_of(put(cursor.document.value, cursor.path)))  # type: ignore[arg-type]


def _keys(cursor: Cursor, kind: str) -> Iterator[Offer]:
    """The keys of the mapping in which the cursor is; those that are there already are left out."""
    above = cursor.path[:-1] if cursor.of_key else cursor.path
    there = cursor.document.value
    for step in above:
        there = there[step] if isinstance(there, dict | list) else None  # type: ignore[index]
    if not cursor.of_key and cursor.text != MARK and not cursor.text.endswith(MARK):
        return
    present = set(keys_of(there)) if cursor.of_key else set()
    for key, said in keys.keys(kind, above).items():
        if key not in present:
            yield Offer(
                key,
                "form" if key in {*FORMS, SEVERAL} and ("require" in above[-1:] or SEVERAL in above[-2:]) else "key",
                "",
                said.get("description", ""),
                key=True,
            )


def _values(cursor: Cursor, kind: str) -> Iterator[Offer]:
    if not cursor.of_key:
        yield from (Offer(value, "value") for value in keys.values(kind, cursor.path))
