"""Which mistakes in a rulebook no case notices, for people."""

from __future__ import annotations

from typing import TextIO

from checker.display_width import visible
from checker.mutation.survey import Result, Survey
from checker.report import Presentation
from checker.report.page import Page


def write(found: Survey, stream: TextIO, presentation: Presentation) -> None:
    """Writes those that no case notices, each with a case that would; and how many there are."""
    page = Page(stream, presentation.width, colour=False)
    for rule, name in found.failing:
        page.line(f"{rule}: {name}: does not come out as stated; see 'checker test {found.rulebook}'", hang=2)
    if found.failing:
        page.blank()
    for result in found.alive:
        _alive(result, page, stream)
    if presentation.brief:
        return
    noticed = sum(result.noticed_by is not None for result in found.results)
    same = sum(result.equivalent is not None for result in found.results)
    idle = f", {same} that change nothing" if same else ""
    page.line(
        f"{found.rulebook}: {len(found.results)} mutants, {noticed} noticed by a case{idle}, "
        f"{len(found.alive) or 'none'} that no case notices",
        hang=2,
    )


def _alive(result: Result, page: Page, stream: TextIO) -> None:
    variant = result.variant
    page.line(f"{variant.place}: {', '.join(result.rules)}: no case notices this mistake ({variant.what})", hang=2)
    page.labelled("is", variant.before, indent=2, column=6)
    page.labelled("not", variant.after or "(left out)", indent=2, column=6)
    if result.proposal is None:
        page.line("no case was found that tells the two apart: it may make no difference", indent=2, hang=2)
    else:
        page.line(f"this case, for cases/{result.proposal.rule}.yaml, would notice:", indent=2, hang=2)
        stream.writelines(f"    {visible(line)}\n" for line in result.proposal.text.splitlines())
    page.blank()
