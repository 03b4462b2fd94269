"""Predicates that are never true, or never false, by the types, values and limits of the fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlglot import exp

from checker.lint.desk import Desk, Selection, parsed
from checker.lint.truth import possible
from checker.rules.grammar import offset_of
from checker.rules.requirements import OVER_RELATED, OVER_SUBJECT
from checker.rules.rulebook import Rule
from checker.rules.typer import PREDICATE
from checker.words.message import message
from checker.yaml_tree import Path


class Written(NamedTuple):
    """A predicate, where it stands, and the rows that it is asked of."""

    path: Path
    text: str
    rows: Selection


def predicates(desk: Desk) -> None:
    """Notes the parts of predicates whose truth is settled, whatever the data are."""
    for one in written(desk):
        for part in _settled(desk, one, parsed(one.text)):
            truths = possible(part, one.rows.given, desk.scope(one.rows.record))
            if not truths:
                # No row gets so far: what selects none is told where it stands.
                continue
            whole = "whole" if part is parsed(one.text) else "part"
            of = "-of-rows" if possible(part, (), desk.scope(one.rows.record)) != truths else ""
            if True not in truths:
                wrong, fix = message(f"lint-never-true-{whole}{of}"), message("lint-never-true-fix")
                desk.warn(one.path, "never-true", wrong, fix, offset=offset_of(part))
            else:
                wrong = message(f"lint-never-false-{whole}{of}")
                fix = message("lint-never-false-unknown-fix" if None in truths else "lint-never-false-fix")
                desk.warn(one.path, "never-false", wrong, fix, offset=offset_of(part))


def _settled(desk: Desk, written: Written, tree: exp.Expression) -> Iterator[exp.Expression]:
    """The smallest parts of a predicate that are never true or never false."""
    inner = [part for side in _sides(tree) for part in _settled(desk, written, side)]
    if inner:
        yield from inner
        return
    truths = possible(tree, written.rows.given, desk.scope(written.rows.record))
    if True not in truths or False not in truths:
        yield tree


def _sides(tree: exp.Expression) -> list[exp.Expression]:
    match tree:
        case exp.And() | exp.Or():
            return [tree.this, tree.expression]
        case exp.Not() | exp.Paren():
            return [tree.this]
        case _:
            return []


def written(desk: Desk) -> Iterator[Written]:
    """Every predicate of the rulebook."""
    book = desk.book
    for term in book.terms.values():
        if term.where is not None:
            yield Written(term.where.path, term.where.text, desk.selection(term.of))
    for rule in book.requirements:
        yield from of_rule(desk, rule)
    by_id = {rule.id: rule for rule in book.rules}
    for exception in book.exceptions:
        rows = Selection(desk.subjects(by_id[exception.displaces[0]]).record)
        yield Written(exception.when.path, exception.when.text, rows)
    for standing in book.standings:
        for _, predicate in standing.attributes:
            yield Written(predicate.path, predicate.text, Selection(book.records[book.body or ""]))


def of_rule(desk: Desk, rule: Rule) -> Iterator[Written]:
    """The predicates of a rule's form; each but `where` itself is asked of the rows of which `where` is true."""
    form, path = rule.require, desk.form_path(rule)
    where = form.text("where")
    for over, rows in ((OVER_SUBJECT, desk.subjects(rule)), (OVER_RELATED, desk.related(rule))):
        for key, wants in over.items():
            text = form.text(key)
            if text is not None and wants == PREDICATE:
                yield Written((*path, key), text, rows if key == "where" or over is OVER_SUBJECT else rows.narrowed(where))
