"""Where the names of a rulebook are written: in its own files, and in those of its cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from checker.lsp.case_slots import case_slots
from checker.lsp.names import Declared, Use
from checker.lsp.slots import Slot, Slots
from checker.rules.marks import composed, inside, marked

if TYPE_CHECKING:
    from checker.errors import Place
    from checker.rules.merged import Merged
    from checker.yaml_tree import Document


def uses(tree: Merged) -> Iterator[Use]:
    """Every name of a rulebook that is given or used in its files, where it is written."""
    declared = Declared(tree)
    for slot in Slots(tree, declared).all():
        place = (tree.keys if slot.of_key else tree.values).get(slot.path)
        if place is not None:
            yield from _named(slot, tree.documents[place.file], place, tree.at(slot.path), declared)


def uses_in_cases(document: Document, declared: Declared) -> Iterator[Use]:
    """Every name of the rulebook that is used in a file of cases, where it is written."""
    for slot in case_slots(document.value, declared):
        yield from _named(slot, document, document.places[slot.path], None, declared)


def at(found: Iterable[Use], file: str, line: int, column: int) -> Use | None:
    """The name that is written at a place, 1-based, or ends there."""
    for use in found:
        begin = use.place.column or 0
        if use.place.file == file and use.place.line == line and begin <= column <= begin + use.length:
            return use
    return None


def _named(slot: Slot, document: Document, place: Place, value: object, declared: Declared) -> Iterator[Use]:
    name = declared.called(slot.text, slot.kinds, slot.record)
    if name is None:
        return
    if slot.offset is None:
        where, length = marked(document, place, slot.path[-1] if slot.of_key else value)
        yield Use(name, where, length, slot.defines)
    elif isinstance(value, str):
        where, length = inside(document, place, composed(value)[: slot.offset])
        begins = document.line(where.line or 0).startswith(slot.text, (where.column or 1) - 1)
        yield Use(name, where, len(slot.text) if begins else length, slot.defines)
