"""What changed in the law from one version of a rulebook to another, rule by rule: a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from checker.handbook.book import Handbook
from checker.handbook.edition import Edition, Said, edition
from checker.report.papers import Paper
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table

if TYPE_CHECKING:
    from checker.handbook.json_shape import RuleChangeJson, RulesDiffJson, VersionJson

Kind = Literal["rule", "indicator", "term"]
UNDATED = date(2000, 1, 1)
"""The day that a workbook bears which is about no day, so that the same rulebooks give the same bytes."""


class State(StrEnum):
    """What became of a rule, an indicator, or a term."""

    ADDED = "added"
    """It is only in the later version."""
    REMOVED = "removed"
    """It is only in the earlier version."""
    CHANGED = "changed"
    """It reads otherwise."""


class Part(NamedTuple):
    """What of a rule reads otherwise: the key of its name, and what it said and says; None where it was not there, or is not."""

    key: str
    before: str | None
    after: str | None


class Change(NamedTuple):
    """What changed, of that kind, by its name and title; of what is only in one version `parts` say all."""

    state: State
    name: str
    title: str
    parts: tuple[Part, ...]
    kind: Kind


def changes(old: Handbook, new: Handbook, language: str) -> tuple[Change, ...]:
    """What changed: rules in the order of the later version, then those that are gone; indicators; then terms."""
    before, after = edition(old, language), edition(new, language)
    return (
        *_compared("rule", _rules(before), _rules(after), before, after),
        *_compared("indicator", _figures(before), _figures(after), before, after),
        *_compared("term", _terms(before), _terms(after), before, after),
    )


def _rules(said: Edition) -> Mapping[str, Mapping[str, str]]:
    return {name: _parts(rule) for name, rule in said.rules.items()}


def _parts(rule: Said) -> Mapping[str, str]:
    """All that is said of a rule, by the keys of the labels; of several facts with one label their texts together."""
    found = {"rule-title": rule.title, "clause": rule.clause, "severity": rule.severity, "in-words": rule.sentence}
    for key, text in rule.facts:
        found[key] = f"{found[key]}\n{text}" if key in found else text
    return {key: text for key, text in found.items() if text}


def _figures(said: Edition) -> Mapping[str, Mapping[str, str]]:
    parts = {
        each.id: {"rule-title": each.title, "clause": each.clause, "in-words": each.sentence, "note-label": each.note}
        for each in said.figures
    }
    return {name: {key: text for key, text in found.items() if text} for name, found in parts.items()}


def _terms(said: Edition) -> Mapping[str, Mapping[str, str]]:
    return {name: {"handbook-defined": text} for name, text in said.defined}


def _compared(
    kind: Kind,
    before: Mapping[str, Mapping[str, str]],
    after: Mapping[str, Mapping[str, str]],
    old: Edition,
    new: Edition,
) -> Iterator[Change]:
    for name in (*after, *(name for name in before if name not in after)):
        one, other = before.get(name, {}), after.get(name, {})
        state = State.ADDED if not one else State.REMOVED if not other else State.CHANGED
        keys = dict.fromkeys((*other, *one))
        parts = tuple(Part(key, one.get(key), other.get(key)) for key in keys if one.get(key) != other.get(key))
        if parts:
            title = "" if kind == "term" else new.titles.get(name) or old.titles.get(name, "")
            yield Change(state, name, title or name.replace("-", " "), parts, kind)


def changes_paper(old: Handbook, new: Handbook, language: str) -> Paper:
    """The changes as a paper."""
    found, wording = changes(old, new, language), Wording(language, new.names)
    counts = [(wording(f"law-{state.value}"), sum(each.state is state for each in found)) for state in State]
    tables = [Table("law-counts", ("column-state", "column-count"), counts)]
    tables += [table for state in State if (table := _table(found, state, wording)) is not None]
    return Paper(
        wording=wording,
        title=wording("law-title"),
        facts=[(wording("law-before"), _version(old, wording)), (wording("law-after"), _version(new, wording))],
        tables=tables,
        said=[wording("law-count", n=len(found)) if found else wording("law-same")],
        data=_json(old, new, found, language),
        made=UNDATED,
    )


def _version(book: Handbook, wording: Wording) -> str:
    return f"{book.title.in_(wording.language) or book.name} ({book.name} {book.version})"


def _table(found: Sequence[Change], state: State, wording: Wording) -> Table | None:
    rows: list[tuple[Cell, ...]] = [
        (each.title, wording(part.key), part.before or "", part.after or "")
        for each in found
        if each.state is state
        for part in each.parts
    ]
    if not rows:
        return None
    columns = ("column-rule", "column-part", "column-before", "column-after")
    if state is State.CHANGED:
        return Table(f"law-{state.value}", columns, rows)
    side = 3 if state is State.ADDED else 2
    return Table(f"law-{state.value}", (*columns[:2], "column-wording"), [(*row[:2], row[side]) for row in rows])


def _json(old: Handbook, new: Handbook, found: Sequence[Change], language: str) -> RulesDiffJson:
    return {
        "format": "checker-rules-diff",
        "version": 1,
        "language": language,
        "old": _version_json(old, language),
        "new": _version_json(new, language),
        "counts": {state: sum(each.state is state for each in found) for state in State},
        "changes": [_change_json(each) for each in found],
    }


def _version_json(book: Handbook, language: str) -> VersionJson:
    return {"rulebook": book.name, "version": book.version, "title": book.title.in_(language)}


def _change_json(change: Change) -> RuleChangeJson:
    return {
        "state": change.state,
        "kind": change.kind,
        "id": change.name,
        "title": change.title,
        "parts": [
            {"part": part.key.removeprefix("handbook-"), "before": part.before, "after": part.after} for part in change.parts
        ],
    }
