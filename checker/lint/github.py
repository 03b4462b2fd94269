"""Diagnostics as annotations of a GitHub workflow, errors first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TextIO

from checker.errors import Level
from checker.lint import Linted
from checker.report import Presentation
from checker.report.ci.addresses import Addresses
from checker.report.ci.github import Annotation, more_text, write_annotations
from checker.words.message import Words


def write(linted: Sequence[Linted], stream: TextIO, presentation: Presentation) -> None:
    """Writes the diagnostics of all rulebooks."""
    words, levels = Words(presentation.language), list(Level)
    problems = sorted((each for of in linted for each in of.problems), key=lambda each: levels.index(each.level))
    found = [
        Annotation(each.level, each.code, f"{each.message_in(words)}\n{each.fix_in(words)}", each.place, each.length)
        for each in problems
    ]
    write_annotations(found, Addresses(presentation.root), partial(more_text, words), stream)
