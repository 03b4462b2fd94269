"""Prints trees: once, into pieces of SQL and the slots between them (`checker.model.sql`), as a dialect has it.

Slots are nodes of the tree. While it is printed they are numbers between two NUL characters, which no other node may hold:
a text of an author that has one is printed by pieces. So a text is never taken for a part of the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, reduce
from itertools import groupby
from typing import cast

from sqlglot import ErrorLevel, UnsupportedError, exp

from checker.model.sql import Given, Part, Piece, Rows, Slot, Sql
from checker.plan.emit.dialect import UntranslatedError
from checker.plan.emit.dialects import DIALECTS

_MARK = "\0"
_ROWS, _PART = "rows", "part"


def rows_as(table: str, alias: str) -> exp.Table:
    """A table under an alias, in the place of which a run may read another."""
    return cast("exp.Table", exp.Table(this=exp.Placeholder(this=table, kind=_ROWS)).as_(alias, copy=False))


def part(name: str) -> exp.Placeholder:
    """A part that depends on what a run finds."""
    return exp.Placeholder(this=name, kind=_PART)


def printed(tree: exp.Expr, dialect: str) -> Sql:
    """The SQL of a tree. Raises UntranslatedError where the dialect cannot say it."""
    slots: dict[Slot, int] = {}
    root = exp.Paren(this=tree.copy())
    for node in list(root.find_all(exp.Placeholder, exp.Literal)):
        if isinstance(node, exp.Placeholder):
            number = slots.setdefault(_slot(node), len(slots))
            node.replace(exp.Var(this=f"{_MARK}{number}{_MARK}"))
        elif node.is_string and _MARK in node.name:
            node.replace(spelt(node.name))
    DIALECTS[dialect].lower(root)
    try:
        text = root.this.sql(dialect, identify=True, copy=False, unsupported_level=ErrorLevel.RAISE)
    except UnsupportedError as error:
        raise UntranslatedError(dialect, (str(error),)) from error
    return Sql(tuple(_pieces(text.split(_MARK), tuple(slots))))


def plain(tree: exp.Expr, dialect: str) -> str:
    """The SQL of a tree without slots."""
    return printed(tree, dialect).text()


def _pieces(cut: Iterable[str], slots: tuple[Slot, ...]) -> Iterator[Piece]:
    for number, piece in enumerate(cut):
        if number % 2:
            yield slots[int(piece)]
        elif piece:
            yield piece


def _slot(node: exp.Placeholder) -> Slot:
    match node.args.get("kind"):
        case None:
            return _given(node.name)
        case "rows":
            return _rows(node.name, cast("exp.Table", node.parent).alias)
        case _:
            return Part(node.name)


# The same object for the same slot: then a kept plan has each but once.
@cache
def _given(name: str) -> Given:
    return Given(name)


@lru_cache(maxsize=4096)
def _rows(table: str, alias: str) -> Rows:
    return Rows(table, alias)


def spelt(text: str) -> exp.Expression:
    """A text, whose characters that cannot be seen are written by their number."""
    return exp.paren(reduce(_both, (each for seen, run in groupby(text, str.isprintable) for each in _spelling(run, seen=seen))))


def _spelling(run: Iterable[str], *, seen: bool) -> Iterator[exp.Expression]:
    if seen:
        yield exp.Literal.string("".join(run))
    else:
        yield from (cast("exp.Expression", exp.func("CHR", exp.Literal.number(ord(sign)))) for sign in run)


def _both(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return exp.DPipe(this=left, expression=right)
