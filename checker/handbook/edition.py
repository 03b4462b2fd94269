"""A handbook in one language: chapters of rules, each with its clause, its sentence and what bears on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from checker.handbook.book import Chapter, Entry, Handbook
from checker.handbook.examples import Example, example
from checker.model.explanation import Exemption, Limit
from checker.model.indicator_plan import IndicatorPlan
from checker.model.schema import Span
from checker.report.say.clauses import clause_text, provisions
from checker.report.say.fields import field_text, record_text
from checker.report.say.rules import in_force_text, selection_text
from checker.report.say.wording import Wording
from checker.rules.cases import RuleCase


@dataclass(frozen=True, slots=True)
class Said:
    """A rule as a reader sees it. `facts` are pairs of the key of a label and a text, several of which may have one label."""

    id: str
    title: str
    clause: str
    severity: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: the title of the regulation, when it was issued, what is to be known of it, where it stands, its rules."""

    number: int
    title: str
    issued: str
    note: str
    url: str
    rules: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator as a reader sees it: what is measured, under which clause if it follows from one, in a sentence."""

    id: str
    title: str
    clause: str
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole handbook in the language of its wording; `defined` says which rows each term stands for, by its name in rules."""

    wording: Wording
    title: str
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    defined: tuple[tuple[str, str], ...]

    @property
    def rules(self) -> dict[str, Said]:
        """The rules by their ids, chapter by chapter."""
        return {rule.id: rule for part in self.parts for rule in part.rules}

    @property
    def titles(self) -> dict[str, str]:
        """The titles of rules and indicators, by their ids."""
        return {rule.id: rule.title for rule in self.rules.values()} | {each.id: each.title for each in self.figures}


def edition(book: Handbook, language: str) -> Edition:
    """The handbook in that language."""
    wording = Wording(language, book.names)
    return Edition(
        wording,
        wording("handbook", title=book.title.in_(language)),
        tuple(_part(number, each, book, wording) for number, each in enumerate(book.chapters, 1)),
        tuple(_figure(each, wording) for each in book.indicators),
        tuple((name, selection_text(each, wording)) for name, each in book.defined if each.predicates),
    )


def _figure(indicator: IndicatorPlan, wording: Wording) -> Figure:
    texts = (indicator.title, indicator.restated, indicator.note)
    title, sentence, note = (dict(text.variants).get(wording.language, "") for text in texts)
    return Figure(indicator.id, title or indicator.id, provisions(indicator.cites, wording), sentence, note)


def _part(number: int, chapter: Chapter, book: Handbook, wording: Wording) -> Part:
    rules = tuple(_said(entry, book, wording) for entry in chapter.entries)
    if (source := chapter.source) is None:
        return Part(number, wording("handbook-no-clause"), "", "", "", rules)
    title = source.title.in_(wording.language) or source.name
    issued = "" if source.issued is None else wording("issued-on", day=source.issued)
    return Part(number, title, issued, source.note.in_(wording.language), source.url or "", rules)


def _said(entry: Entry, book: Handbook, wording: Wording) -> Said:
    summary, language = entry.rule.summary, wording.language
    return Said(
        id=summary.id,
        title=summary.title.in_(language),
        clause=clause_text(summary, wording),
        severity=wording(summary.severity.value),
        sentence=dict(summary.restated.variants).get(language, ""),
        facts=tuple((key, text) for key, text in _facts(entry, wording) if text),
        examples=tuple(example(book, case, key, wording) for key, case in _cases(entry) if case is not None),
    )


def _cases(entry: Entry) -> tuple[tuple[str, RuleCase | None], ...]:
    return ("handbook-complies", entry.complies), ("handbook-breaches", entry.breaches)


def _facts(entry: Entry, wording: Wording) -> Iterator[tuple[str, str]]:
    rule, summary, language = entry.rule, entry.rule.summary, wording.language
    yield "in-force", "" if summary.in_force == Span() else in_force_text(summary.in_force, wording)
    yield from (("handbook-limits", _limit(limit, wording)) for limit in rule.limits)
    yield from (("exceptions", _exemption(each, wording)) for each in rule.exemptions)
    for required, verdict in summary.requires:
        yield "requires", wording("requires-that", rule=_called(required, wording), verdict=wording(verdict.value))
    yield "note-label", summary.note.in_(language)
    yield "remedy", summary.remedy.in_(language)
    yield "handbook-submit", _submitted(entry, wording)


def _limit(limit: Limit, wording: Wording) -> str:
    """The values of a parameter by date; one that never changed is in the sentence."""
    if len(limit.values) == 1 and limit.values[0].first is None:
        return ""
    values = []
    for value in limit.values:
        text = _DECIMAL.sub(lambda found: found[0].replace(".", wording("decimal")), value.text)
        said = text if value.first is None else wording("worth-from", value=text, day=value.first)
        cited = "" if value.cites is None else provisions((value.cites,), wording)
        values.append(said + (wording("by-clause", cites=cited) if cited else ""))
    return "; ".join(values)


_DECIMAL = re.compile(r"(?<=\d)\.(?=\d+%?$)")


def _exemption(exemption: Exemption, wording: Wording) -> str:
    clause = provisions(exemption.cites, wording)
    about = {
        "title": _called(exemption.id, wording),
        "clause": wording("by-clause", cites=clause) if clause else "",
        "when": exemption.said.in_(wording.language) or exemption.when,
    }
    if exemption.brings_in:
        displaced = ", ".join(_called(each, wording) for each in exemption.displaces)
        return wording("handbook-brings-in", displaced=displaced, **about)
    if exemption.by is None:
        return wording("handbook-displaces", **about)
    return wording("handbook-displaces-by", by=_called(exemption.by, wording), **about)


def _called(name: str, wording: Wording) -> str:
    """The title of a rule or an exception, without its full stop: it stands in a sentence."""
    title = wording.names.titles.get(name)
    return ((title.in_(wording.language) if title else "") or name).rstrip(".")


def _submitted(entry: Entry, wording: Wording) -> str:
    """The columns that the rule reads, table by table."""
    columns = defaultdict[str, list[str]](list)
    for record, field in entry.read:
        columns[record].append(field_text(record, field, wording))
    return "; ".join(f"{record_text(record, wording)}: {', '.join(fields)}" for record, fields in columns.items())
