"""Looks through a rulebook that can run for what is suspicious, and what is worth knowing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checker.errors import Level, Place, Problem, RulesError
from checker.lint.bounds import bounds
from checker.lint.decided import decided
from checker.lint.desk import Desk
from checker.lint.documentation import cases, documentation, translations
from checker.lint.exceptions import exceptions
from checker.lint.formats import formats
from checker.lint.gaps import gaps
from checker.lint.identity import identity
from checker.lint.nobodys import nobodys
from checker.lint.own_keys import counted_with_themselves, own_keys
from checker.lint.pairs import pairs, parts
from checker.lint.predicates import predicates
from checker.lint.spelling import Spelled, free_text, several, spellings
from checker.lint.unused import unused
from checker.model.report import Report
from checker.rules.cases import load_cases
from checker.rules.layers import Loaded
from checker.rules.loading import loaded
from checker.rules.rulebook import Rulebook
from checker.rules.shelf import overlooked
from checker.rules.texts import DISK, Texts
from checker.words.message import message

PASSES = (
    predicates,
    bounds,
    own_keys,
    counted_with_themselves,
    exceptions,
    gaps,
    pairs,
    parts,
    free_text,
    several,
    identity,
    nobodys,
    unused,
    formats,
    documentation,
    translations,
)


class Judged(NamedTuple):
    """A submission that was judged: the report, and what tells of cells that are a word but for case and spaces."""

    report: Report
    spelled: Spelled


def suspicious(source: Path, judged: Judged | None = None, texts: Texts = DISK) -> tuple[Problem, ...]:
    """What is suspicious in the rulebook there, and what is wrong with its cases, in the order of files and lines.

    With a submission that was judged, also which rules decided nothing of it, and which words it spells otherwise.
    Raises RulesError if the rulebook cannot run.
    """
    desk = looked_through(loaded(source, texts=texts))
    if judged is not None:
        decided(desk, judged.report)
        spellings(desk, judged.spelled, judged.report.run.submission)
    try:
        tried = load_cases(source, desk.book, texts=texts)
    except RulesError as error:
        return (*_overlooked(source), *in_order(desk), *error.problems)
    cases(desk, frozenset(case.rule for case in tried))
    return (*_overlooked(source), *in_order(desk))


def looked_through(rulebook: Loaded) -> Desk:
    """The rulebook on the desk, with what is suspicious in its own files noted."""
    desk = Desk(rulebook.book, rulebook.tree)
    for look in PASSES:
        look(desk)
    return desk


def _overlooked(source: Path) -> Iterator[Problem]:
    """Warns of files that look like files of rules and are not read."""
    for file in overlooked(source) if source.is_dir() else ():
        wrong = message("lint-unread-file")
        fix = message("lint-unread-file-fix")
        yield Problem("unread-file", wrong, fix, Place(f"{str(source).rstrip('/')}/{file.as_posix()}"), level=Level.WARNING)


def mistakes_in_cases(source: Path, rest: Rulebook, lost: frozenset[str], texts: Texts = DISK) -> tuple[Problem, ...]:
    """What is wrong with the cases of rules and indicators of `rest`, what is right in a rulebook but for the names `lost`."""
    found: list[Problem] = []
    for name in (*(rule.id for rule in rest.rules), *(indicator.id for indicator in rest.indicators)):
        try:
            load_cases(source, rest, rule=name, texts=texts)
        except RulesError as error:
            found += (each for each in error.problems if lost.isdisjoint(map(str, each.message.values.values())))
    return tuple(found)


def in_order(desk: Desk) -> tuple[Problem, ...]:
    """What was noted, in the order of files and lines."""
    files = list(desk.tree.documents)

    def place(problem: Problem) -> tuple[int, int, int, str]:
        at = problem.place
        return (-1, 0, 0, "") if at is None else (files.index(at.file), at.line or 0, at.column or 0, problem.code)

    return tuple(sorted(dict.fromkeys(desk.found), key=place))
