"""Cases that do not come out as stated, and verdicts without a case if asked for, as annotations of a GitHub workflow."""

from __future__ import annotations

from functools import partial
from typing import TextIO

from checker.errors import Level
from checker.report import Presentation
from checker.report.ci.addresses import Addresses
from checker.report.ci.github import Annotation, more_text, write_annotations
from checker.trials import Trials
from checker.trials.said import failure_text, missing_text
from checker.words.message import Words


def write(tried: Trials, stream: TextIO, presentation: Presentation) -> None:
    """Writes the cases that fail, then what has no case."""
    found, words = [], Words(presentation.language)
    for trial in tried.failed:
        lines = [line for each in trial.failures for line in (failure_text(each, words), each.message) if line]
        found.append(Annotation(Level.ERROR, f"{trial.case.rule}: {trial.case.name}", "\n".join(lines), trial.case.place))
    missing = [each for each in tried.coverage if each.lacking]
    found += [Annotation(Level.WARNING, each.rule, missing_text(each, words), each.place) for each in missing]
    write_annotations(found, Addresses(presentation.root), partial(more_text, words), stream)
