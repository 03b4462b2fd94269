"""The pages of `checker rules`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TextIO

from checker.cli.output import columns
from checker.display_width import text_width
from checker.model.names import Names
from checker.model.schema import Span
from checker.model.words import Text
from checker.report.page import Page
from checker.report.say.clauses import cited, clause_text
from checker.report.say.origins import origin_text
from checker.report.say.wording import Wording
from checker.words.catalogue import FALLBACK

if TYPE_CHECKING:
    from checker.api import RulebookFace
    from checker.model.report import RuleSummary


def write_rulebooks(faces: Sequence[RulebookFace], stream: TextIO, language: str | None) -> None:
    """Writes the shipped rulebooks."""
    page, words = _page(stream), Wording(language or FALLBACK)
    if not faces:
        page.line(words("rules-none"))
        return
    column = max(len(face.name) for face in faces) + 2
    for face in faces:
        page.labelled(
            face.name, words("rules-version", title=face.title.in_(language or ""), version=face.version), column=column
        )
    page.blank()
    page.line(words("rules-of-one"))


def write_rules(face: RulebookFace, stream: TextIO, language: str | None, as_of: date | None = None) -> None:
    """Writes the rules of a rulebook, or what of it is in force on a day."""
    spoken = language or next(iter(face.languages), FALLBACK)
    page, words = _page(stream), Wording(spoken, _names(face))
    values = {"title": face.title.in_(spoken), "name": face.name, "version": face.version}
    page.title(words("rules-title", **values) if as_of is None else words("rules-title-as-of", **values, day=as_of))
    rules = [rule for rule in face.rules if as_of is None or rule.in_force.covers(as_of)]
    for rule in rules:
        page.blank()
        page.line(words("rules-rule", rule=rule.id, severity=words(rule.severity)))
        page.line(rule.title.in_(spoken), indent=2, hang=2)
        if clause := clause_text(rule, words):
            page.line(clause, indent=2, hang=2)
        if origin := origin_text(rule.origin, face.name, words):
            page.line(origin, indent=2, hang=2)
    page.blank()
    if as_of is not None:
        _not_in_force(face, as_of, page, words)
    page.line(words("rules-number", n=len(rules), name=face.name))


def _names(face: RulebookFace) -> Names:
    return Names(sources={source.name: source for source in face.sources})


def _not_in_force(face: RulebookFace, as_of: date, page: Page, words: Wording) -> None:
    """Writes the values of parameters on a day, and the rules that are not in force on it."""
    if face.parameters:
        page.line(words("rules-parameters"))
        column = max(len(parameter.name) for parameter in face.parameters) + 4
        for parameter in face.parameters:
            page.labelled(f"  {parameter.name}", parameter.on(as_of) or words("rules-no-value"), column=column)
        page.blank()
    others = [rule for rule in face.rules if not rule.in_force.covers(as_of)]
    if others:
        page.line(words("rules-not-in-force"))
        for rule in others:
            page.line(f"{rule.id} ({_span(rule.in_force, words)})", indent=2, hang=2)
        page.blank()


def _span(span: Span, words: Wording) -> str:
    return words("rules-span", first=span.first or "…", last=span.last or "…")


def write_rule(face: RulebookFace, rule: RuleSummary, stream: TextIO, language: str | None) -> None:
    """Writes one rule in every language it is written in; what is said of it in the language that is asked for."""
    page, words = _page(stream), Wording(language or next(iter(face.languages), FALLBACK), _names(face))
    lines: list[tuple[str, str | Text]] = [
        ("rulebook", words("rules-book", name=face.name, version=face.version)),
        ("title", rule.title),
        ("clause", clause_text(rule, words) or words("names-none")),
        ("origin", origin_text(rule.origin, face.name, words) or ""),
        ("severity", words(rule.severity)),
        ("in-force", _span(rule.in_force, words) if rule.in_force != Span() else ""),
        *(("requires", words("rules-requires", rule=name, verdict=words(verdict))) for name, verdict in rule.requires),
        ("form", rule.form),
        ("measures", rule.noun),
        ("in-words", rule.restated),
        ("remedy", rule.remedy),
        ("note", rule.note),
    ]
    for source in cited((rule,), face.sources):
        lines += [("source", source.title), ("", source.note)]
    labels = {key: words(f"rules-label-{key}") if key else "" for key, _ in lines}
    column = max(map(text_width, labels.values())) + 2
    page.title(rule.id)
    for key, text in lines:
        if isinstance(text, Text):
            _texts(labels[key], text, page, column)
        elif text:
            page.labelled(labels[key], text, column=column)


def _texts(label: str, text: Text, page: Page, column: int) -> None:
    several = len(text.variants) > 1
    for language, variant in text.variants:
        page.labelled(label, f"{variant} [{language}]" if several else variant, column=column)
        label = ""


def _page(stream: TextIO) -> Page:
    return Page(stream, columns(None), colour=False)
