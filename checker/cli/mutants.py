"""Writes which mistakes in a rulebook no case notices, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, TextIO

from checker.cli.output import columns
from checker.letters import visible
from checker.report.page import Page

if TYPE_CHECKING:
    from checker.mutation.survey import Result, Survey

NAME = "checker-mutants"
VERSION = 1
"""Raised whenever a key changes its meaning or goes away; new keys may come without."""


class Writer(Protocol):
    """Writes what a survey found."""

    def __call__(self, found: Survey, stream: TextIO, *, quiet: bool) -> None:
        """Writes it to the stream; if `quiet`, only what must be mended."""


def _write_text(found: Survey, stream: TextIO, *, quiet: bool) -> None:
    page = Page(stream, columns(None), colour=False)
    for rule, name in found.failing:
        page.line(f"{rule}: {name}: does not come out as stated; see 'checker test {found.rulebook}'", hang=2)
    if found.failing:
        page.blank()
    for result in found.alive:
        _alive(result, page, stream)
    if quiet:
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


def _write_json(found: Survey, stream: TextIO, *, quiet: bool) -> None:
    from checker.report.json_ import write_members  # noqa: PLC0415 -- loaded only where JSON is asked for

    shown = found.alive if quiet else found.results
    members: dict[str, object] = {
        "format": NAME,
        "version": VERSION,
        "rulebook": found.rulebook,
        "mutants": map(_result, shown),
        "failing": ({"rule": rule, "case": name} for rule, name in found.failing),
    }
    write_members(members, stream)


def _result(result: Result) -> dict[str, object]:
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
        "equivalent": result.equivalent,
        "proposal": None if result.proposal is None else {"rule": result.proposal.rule, "case": result.proposal.text},
    }


MUTANTS: Mapping[str, Writer] = {"text": _write_text, "json": _write_json}
"""The formats, by name."""
