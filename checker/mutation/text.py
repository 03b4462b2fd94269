"""Which mistakes in a rulebook no case notices, for people."""

from __future__ import annotations

from typing import TextIO

from checker.display_width import text_width, visible
from checker.mutation.survey import Result, Survey
from checker.report import Presentation
from checker.report.page import Page
from checker.words.message import Words, message


def write(found: Survey, stream: TextIO, presentation: Presentation) -> None:
    """Writes those that no case notices, each with a case that would; and how many there are."""
    page, words = Page(stream, presentation.width, colour=False), Words(presentation.language)
    for rule, name in found.failing:
        page.line(words("mutants-failing", rule=rule, case=name, rulebook=found.rulebook), hang=2)
    if found.failing:
        page.blank()
    for result in found.alive:
        _alive(result, page, stream, words)
    if presentation.brief:
        return
    counts = {
        "n": len(found.results),
        "noticed": sum(result.noticed_by is not None for result in found.results),
        "same": sum(result.equivalent is not None for result in found.results),
        "alive": len(found.alive),
    }
    page.line(words("mutants-same" if counts["same"] else "mutants", rulebook=found.rulebook, **counts), hang=2)


def _alive(result: Result, page: Page, stream: TextIO, words: Words) -> None:
    variant = result.variant
    kind, rules = message(f"mutant-{variant.what.replace(' ', '-')}"), ", ".join(result.rules)
    page.line(words("mutant-alive", place=variant.place, rules=rules, kind=kind), hang=2)
    labels = [words("mutant-is"), words("mutant-not")]
    column = max(map(text_width, labels)) + 3
    page.labelled(labels[0], variant.before, indent=2, column=column)
    page.labelled(labels[1], variant.after or words("mutant-left-out"), indent=2, column=column)
    if result.proposal is None:
        page.line(words("mutant-no-case"), indent=2, hang=2)
    else:
        page.line(words("mutant-would-notice", rule=result.proposal.rule), indent=2, hang=2)
        stream.writelines(f"    {visible(line)}\n" for line in result.proposal.text.splitlines())
    page.blank()
