"""Reads files of waivers: what may be violated, by whom, until when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, WithJsonSchema

from checker.errors import Problem, WaiversError
from checker.model.integrity import is_integrity_id
from checker.model.period import Period, PeriodError
from checker.model.waivers import Waiver
from checker.rules.merged import Merged
from checker.rules.reader import Reader
from checker.rules.scalars import PERIOD, Day, Plain
from checker.rules.written import Entry
from checker.words.message import message
from checker.yaml_tree import Document, YamlError, load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path as FilePath

    from checker.errors import Place
    from checker.yaml_tree import Path

_SECTION = "waivers"


class WaiverEntry(Entry):
    """A dated, reasoned leave for one subject not to keep one rule; the violation stays in the report, marked."""

    rule: Plain
    """The id of the rule, of one that follows from the records too: `records/meetings/date/required`."""
    subject: Plain
    """The key of the subject."""
    window: Annotated[Plain, WithJsonSchema(PERIOD)] | None = None
    """The window to which it is limited, as reports name it: `2019-03`."""
    first: Day = Field(alias="from")
    """The first day on which it is valid."""
    last: Day = Field(alias="until")
    """The last day on which it is valid."""
    reason: Plain
    """Why it was granted."""
    approved_by: Plain
    """Who granted it."""


def read_waivers(files: Sequence[FilePath], rules: Sequence[str], year_starts: int = 1) -> tuple[Waiver, ...]:
    """The waivers of all these files, in their order; `rules` are the ids that there are.

    Raises WaiversError with every problem found.
    """
    found: list[Waiver] = []
    problems: list[Problem] = []
    for file in dict.fromkeys(files):
        try:
            reader = Reader(_merged(load(file, str(file))))
        except YamlError as error:
            problems.extend(error.problems)
            continue
        reader.report_empty()
        for index, value in enumerate(reader.items(_SECTION)):
            entry = reader.validate(WaiverEntry, (_SECTION, index), value)
            if entry is not None:
                found.append(_waiver(reader, (_SECTION, index), entry, rules, year_starts))
        problems.extend(reader.ordered())
    if problems:
        raise WaiversError(*problems)
    return tuple(found)


def _merged(document: Document) -> Merged:
    """The tree of a file: a list of waivers, or a mapping with such a list under `waivers`."""
    value = document.value
    if isinstance(value, list):
        return Merged(
            {_SECTION: value},
            {(_SECTION,): document.places[()]} | _below(document.places),
            _below(document.value_places),
            {document.shown: document},
        )
    if not isinstance(value, dict) or list(value) != [_SECTION]:
        place = document.places[()]
        wrong = message("waivers-not-a-list")
        fix = message("waivers-not-a-list-fix")
        raise YamlError(Problem("not-waivers", wrong, fix, place, document.excerpt(place)))
    return Merged(value, dict(document.places), dict(document.value_places), {document.shown: document})


def _below(places: Mapping[Path, Place]) -> dict[Path, Place]:
    return {(_SECTION, *path): place for path, place in places.items() if path}


def _waiver(reader: Reader, path: Path, entry: WaiverEntry, rules: Sequence[str], year_starts: int) -> Waiver:
    if entry.rule not in rules:
        derived = is_integrity_id(entry.rule)
        known = [rule for rule in rules if is_integrity_id(rule) is derived]
        reader.unknown((*path, "rule"), message("not-a-rule", name=entry.rule), entry.rule, known, message("known-rules"))
    if entry.first > entry.last:
        wrong = message("until-before-from", last=str(entry.last), first=str(entry.first))
        reader.report((*path, "until"), "disorder", wrong, message("exchange-the-two"))
    window = None
    if entry.window is not None:
        try:
            window = Period.parse(entry.window).in_years(year_starts)
        except PeriodError as error:
            reader.report((*path, "window"), "bad-window", error.message, message("waivers-window-fix"))
    return Waiver(
        entry.rule, entry.subject, entry.first, entry.last, entry.reason, entry.approved_by, reader.tree.keys[path], window
    )
