"""Free text that is compared with words: whoever writes the word otherwise means the same, and is taken to mean another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sqlglot import exp

from checker.lint.desk import Desk, parsed
from checker.lint.predicates import written
from checker.model.schema import Field, FieldType, Record
from checker.rules.grammar import path_of
from checker.words.message import message
from checker.yaml_tree import Path

Spelled = Callable[[str, str, Sequence[str]], Sequence[str]]
"""Of a record, a field and some texts: cells that are one of these but for case and spaces."""


class Compared(NamedTuple):
    """A field of free text, the words that it is compared with, and where that is first done."""

    record: Record
    field: Field
    words: tuple[str, ...]
    path: Path


def free_text(desk: Desk) -> None:
    """Notes the fields of free text that are compared with words."""
    for record, field, words, path in _compared(desk):
        declared = ("records", record.name, "fields", field.name)
        own = declared in desk.tree.keys and desk.tree.layer(declared) is None
        listed = ", ".join(words)
        wrong = message("lint-free-text", field=field.name, record=record.name, words=_named(words))
        fix = message("lint-free-text-fix", listed=listed)
        desk.warn(declared if own else path, "free-text-compared", wrong, fix, of_key=own)


def several(desk: Desk) -> None:
    """Notes texts that are looked through for signs such as stand between several values: the field is to be a list."""
    for predicate in written(desk):
        for node in parsed(predicate.text).find_all(exp.EQ, exp.NEQ, exp.In, exp.Like):
            sides = [node.this, *(node.expressions if isinstance(node, exp.In) else [node.expression])]
            words = [side.name for side in sides if isinstance(side, exp.Literal) and ";" in side.name]
            column = next((side for side in sides if isinstance(side, exp.Column)), None)
            if words and column is not None and _place(desk, predicate.rows.record, path_of(column)) is not None:
                wrong = message("lint-several", field=".".join(path_of(column)), words=_named(words))
                desk.warn(
                    predicate.path, "several-in-a-cell", wrong, message("lint-several-fix", field=".".join(path_of(column)))
                )


def spellings(desk: Desk, spelled: Spelled, submission: str) -> None:
    """Notes the words of which a submission has another spelling."""
    for record, field, words, path in _compared(desk):
        cells = spelled(record.name, field.name, words)
        if cells:
            wrong = message(
                "lint-spelled-otherwise",
                field=field.name,
                record=record.name,
                words=_named(words),
                submission=submission,
                cells=_named(cells),
            )
            fix = message("lint-spelled-otherwise-fix")
            desk.warn(path, "spelled-otherwise", wrong, fix)


def _compared(desk: Desk) -> Iterator[Compared]:
    found: dict[tuple[str, str], Compared] = {}
    for predicate in written(desk):
        for node in parsed(predicate.text).find_all(exp.EQ, exp.NEQ, exp.In, exp.Contains):
            sides = [node.this, *(node.expressions if isinstance(node, exp.In) else [node.expression])]
            words = tuple(side.name for side in sides if isinstance(side, exp.Literal) and side.is_string)
            for side in sides if words else ():
                if isinstance(side, exp.Column):
                    place = _place(desk, predicate.rows.record, path_of(side))
                    if place is not None:
                        before = found.get((place[0].name, place[1].name))
                        all_ = tuple(dict.fromkeys((*(before.words if before else ()), *words)))
                        found[place[0].name, place[1].name] = Compared(*place, all_, before.path if before else predicate.path)
    yield from found.values()


def _place(desk: Desk, record: Record, path: tuple[str, ...]) -> tuple[Record, Field] | None:
    """The record and the field of free text that a path leads to; None where it leads to another field, or to a key."""
    for step in path[:-1]:
        through = record.field(step)
        if through is None or through.ref is None:
            return None
        record = desk.book.records[through.ref]
    field = record.field(path[-1])
    if field is None or field.type is not FieldType.TEXT or field.enum or field.refers_to is not None:
        return None
    return None if field.name == record.key else (record, field)


def _named(words: Sequence[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
