"""What is to be said of a rulebook while it is written: quickly, after each change, and in full, when it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from checker import api
from checker.errors import CheckerError, RulesError
from checker.lint.suspicious import in_order, looked_through
from checker.rules.cases import load_cases
from checker.rules.intact import IncompleteError
from checker.rules.layers import library_of
from checker.rules.loading import loaded, resolved
from checker.rules.merged import read

if TYPE_CHECKING:
    from pathlib import Path

    from checker.errors import Problem
    from checker.lsp.buffers import Buffers
    from checker.rules.home import Home
    from checker.rules.merged import Merged
    from checker.rules.rulebook import Rulebook


class Diagnosis(NamedTuple):
    """What is wrong or suspicious, what is written, and what is right in it; the last two only where they can be told."""

    problems: tuple[Problem, ...]
    tree: Merged | None = None
    book: Rulebook | None = None


def quick(home: Home, texts: Buffers, cases: Iterable[str]) -> Diagnosis:
    """All that can be said without compiling the rules; of the cases, those of the rules that are named."""
    try:
        found = _library(home.source, texts) if home.library else _rulebook(home.source, texts, cases)
    except RulesError as error:
        found = Diagnosis(error.problems)
    return found._replace(problems=_and_broken(found.problems, texts))


def full(home: Home, texts: Buffers) -> tuple[Problem, ...]:
    """All that `checker lint` says of a rulebook."""
    try:
        problems = api.lint(home.source, texts=texts)
    except CheckerError as error:
        problems = error.problems
    return _and_broken(problems, texts)


def _rulebook(source: Path, texts: Buffers, cases: Iterable[str]) -> Diagnosis:
    try:
        found = loaded(source, texts=texts)
    except IncompleteError as error:
        problems, tree, book = [*error.problems], error.tree, error.rest
    else:
        problems, tree, book = [*in_order(looked_through(found))], found.tree, found.book
    for rule in sorted(cases):
        try:
            load_cases(source, book, rule=rule, texts=texts)
        except RulesError as error:
            problems += error.problems
    return Diagnosis(tuple(problems), tree, book)


def _library(source: Path, texts: Buffers) -> Diagnosis:
    """A library by itself, read as a rulebook without rules; one that builds on others is not looked into further."""
    tree = library_of(read(source, str(source), texts))
    title = {"rulebook": "library", "title": "Library"}
    value = {key: part for key, part in tree.value.items() if key != "library"} | title
    if "uses" in value:
        return Diagnosis((), tree)
    try:
        return Diagnosis((), tree, resolved(replace(tree, value=value)))
    except IncompleteError as error:
        return Diagnosis(error.problems, tree, error.rest)


def _and_broken(problems: Iterable[Problem], texts: Buffers) -> tuple[Problem, ...]:
    """The problems; of the files that cannot be read that alone, since their lines are others now."""
    kept = [each for each in problems if each.place is None or each.place.file not in texts.broken]
    return (*kept, *(each for _, wrong in sorted(texts.broken.items()) for each in wrong))
