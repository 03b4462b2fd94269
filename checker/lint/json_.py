"""Diagnostics as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from checker import __version__
from checker.errors import Level, Place, Problem
from checker.lint import Linted
from checker.report import Presentation
from checker.words.message import Words

_VERSION = 1


def write(linted: Sequence[Linted], stream: TextIO, presentation: Presentation) -> None:
    """Writes one object: the rulebooks, each with its problems and their numbers by level."""
    words = Words(presentation.language)
    document = {
        "format": _VERSION,
        "checker": __version__,
        "rulebooks": [
            {
                "rulebook": each.rulebook,
                "counts": {str(level): each.count(level) for level in Level},
                "problems": [_problem(problem, words) for problem in each.problems],
            }
            for each in linted
        ],
    }
    json.dump(document, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _problem(problem: Problem, words: Words) -> dict[str, object]:
    place = problem.place or Place("")
    known = place.column is not None
    return {
        "code": problem.code,
        "level": str(problem.level),
        "message": problem.message_in(words),
        "fix": problem.fix_in(words),
        "file": place.file or None,
        "line": place.line,
        "column": place.column,
        "end_column": (place.column or 0) + problem.length if known else None,
        "excerpt": problem.excerpt,
        "replace": None if problem.instead is None else {"text": problem.marked, "by": problem.instead},
    }
