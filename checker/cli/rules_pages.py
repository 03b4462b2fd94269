"""The pages of `checker rules`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TextIO

from checker.cli.output import columns
from checker.model.schema import Span
from checker.model.words import Text
from checker.report.page import Page
from checker.report.say.clauses import cited, clause_text
from checker.report.say.origins import origin_text
from checker.report.say.wording import Wording

if TYPE_CHECKING:
    from checker.api import RulebookFace
    from checker.model.report import RuleSummary

_LABEL = 12
_WORDING = Wording("en")


def write_rulebooks(faces: Sequence[RulebookFace], stream: TextIO, language: str | None) -> None:
    """Writes the shipped rulebooks."""
    page = _page(stream)
    if not faces:
        page.line("No rulebook is shipped with this program.")
        return
    column = max(len(face.name) for face in faces) + 2
    for face in faces:
        page.labelled(face.name, f"{face.title.in_(language or '')} (version {face.version})", column=column)
    page.blank()
    page.line("The rules of one: checker rules RULEBOOK")


def write_rules(face: RulebookFace, stream: TextIO, language: str | None, as_of: date | None = None) -> None:
    """Writes the rules of a rulebook, or what of it is in force on a day."""
    page = _page(stream)
    spoken = language or next(iter(face.languages), "")
    title = f"{face.title.in_(spoken)} ({face.name}, version {face.version})"
    page.title(title if as_of is None else f"{title}, as of {as_of}")
    rules = [rule for rule in face.rules if as_of is None or rule.in_force.covers(as_of)]
    for rule in rules:
        page.blank()
        page.line(f"{rule.id} ({rule.severity.value})")
        page.line(rule.title.in_(spoken), indent=2, hang=2)
        if clause := clause_text(rule, _WORDING):
            page.line(clause, indent=2, hang=2)
        if origin := origin_text(rule.origin, face.name, _WORDING):
            page.line(origin, indent=2, hang=2)
    page.blank()
    if as_of is not None:
        _not_in_force(face, as_of, page)
    page.line(f"{len(rules)} rules. What one says: checker rules {face.name} RULE")


def _not_in_force(face: RulebookFace, as_of: date, page: Page) -> None:
    """Writes the values of parameters on a day, and the rules that are not in force on it."""
    if face.parameters:
        page.line("Parameters on that day:")
        column = max(len(parameter.name) for parameter in face.parameters) + 4
        for parameter in face.parameters:
            page.labelled(f"  {parameter.name}", parameter.on(as_of) or "no value yet", column=column)
        page.blank()
    others = [rule for rule in face.rules if not rule.in_force.covers(as_of)]
    if others:
        page.line("Not in force on that day:")
        for rule in others:
            page.line(f"{rule.id} ({_span(rule.in_force)})", indent=2, hang=2)
        page.blank()


def _span(span: Span) -> str:
    first, last = (day.isoformat() if day else "…" for day in (span.first, span.last))
    return f"{first} to {last}"


def write_rule(face: RulebookFace, rule: RuleSummary, stream: TextIO) -> None:
    """Writes one rule in every language it is written in."""
    page = _page(stream)
    page.title(rule.id)
    page.labelled("Rulebook", f"{face.name}, version {face.version}", column=_LABEL)
    _texts("Title", rule.title, page)
    page.labelled("Clause", clause_text(rule, _WORDING) or "none", column=_LABEL)
    if origin := origin_text(rule.origin, face.name, _WORDING):
        page.labelled("Origin", origin, column=_LABEL)
    page.labelled("Severity", rule.severity.value, column=_LABEL)
    if rule.in_force != Span():
        page.labelled("In force", _span(rule.in_force), column=_LABEL)
    for required, verdict in rule.requires:
        page.labelled("Requires", f"{required} to be {verdict.value}, else it is not judged", column=_LABEL)
    page.labelled("Form", rule.form, column=_LABEL)
    _texts("Measures", rule.noun, page)
    _texts("In words", rule.restated, page)
    _texts("Remedy", rule.remedy, page)
    _texts("Note", rule.note, page)
    for source in cited((rule,), face.sources):
        _texts("Source", source.title, page)
        _texts("", source.note, page)


def _texts(label: str, text: Text, page: Page) -> None:
    several = len(text.variants) > 1
    for language, variant in text.variants:
        page.labelled(label, f"{variant} [{language}]" if several else variant, column=_LABEL)
        label = ""


def _page(stream: TextIO) -> Page:
    return Page(stream, columns(None), colour=False)
