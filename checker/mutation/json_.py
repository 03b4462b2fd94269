"""Which mistakes in a rulebook no case notices, as JSON: one object, one mistake a line."""

from __future__ import annotations

from typing import TextIO

from checker.mutation.survey import Result, Survey
from checker.report import Presentation
from checker.report.check.json_ import write_members
from checker.words.message import Words

NAME = "checker-mutants"
VERSION = 1
"""Raised whenever a key changes its meaning or goes away; new keys may come without."""


def write(found: Survey, stream: TextIO, presentation: Presentation) -> None:
    """Writes one object: the mistakes, and the cases that do not come out as stated."""
    words = Words(presentation.language)
    shown = found.alive if presentation.brief else found.results
    members: dict[str, object] = {
        "format": NAME,
        "version": VERSION,
        "rulebook": found.rulebook,
        "mutants": (_result(each, words) for each in shown),
        "failing": ({"rule": rule, "case": name} for rule, name in found.failing),
    }
    write_members(members, stream)


def _result(result: Result, words: Words) -> dict[str, object]:
    variant, by = result.variant, result.noticed_by
    return {
        "file": variant.place.file,
        "line": variant.place.line,
        "column": variant.place.column,
        "rules": list(result.rules),
        "what": variant.what,
        "before": variant.before,
        "after": variant.after,
        "state": "alive" if result.alive else "noticed" if by else "equivalent",
        "noticed_by": None if by is None else {"rule": by[0], "case": by[1]},
        "equivalent": None if result.equivalent is None else words.say(result.equivalent),
        "proposal": None if result.proposal is None else {"rule": result.proposal.rule, "case": result.proposal.text},
    }
