"""Collects what a handbook says: the rules by the regulation that they follow from, each with two of its cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker import api
from checker.explanations.account import account, selection
from checker.model.explanation import RuleAccount, Selection
from checker.model.indicator_plan import IndicatorPlan
from checker.model.law import Source
from checker.model.names import Names
from checker.model.plan import Plan, RulePlan
from checker.model.schema import Record
from checker.model.words import Text, Verdict
from checker.rules.cases import RuleCase, load_cases
from checker.rules.loading import load
from checker.rules.rulebook import Rulebook
from checker.rules.shelf import find, rules_folder


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule: what the rulebook says of it, a case that complies, one that does not, and the columns that it reads."""

    rule: RuleAccount
    complies: RuleCase | None
    breaches: RuleCase | None
    read: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rules that follow from one regulation; those without a clause come last, under None."""

    source: Source | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """All that a handbook says, in every language of the rulebook, of which `languages` are to be written.

    `several` says that the rulebook has more than one, and `defined` are the terms that its rules use, by name. `indicators` are
    what it measures without requiring anything.
    """

    name: str
    title: Text
    version: str
    languages: tuple[str, ...]
    several: bool
    chapters: tuple[Chapter, ...]
    indicators: tuple[IndicatorPlan, ...]
    defined: tuple[tuple[str, Selection], ...]
    sources: tuple[Source, ...]
    records: Mapping[str, Record]
    names: Names


def make_handbook(rulebook: str | Path, language: str | None = None) -> Handbook:
    """The handbook of a rulebook, in one language or in all that it has. Raises UsageError or RulesError."""
    plan = api.compile_rules(rulebook)
    source = find(str(rulebook), rules_folder())
    book = load(source)
    cases = defaultdict[str, list[RuleCase]](list)
    for case in load_cases(source, book, shown=str(rulebook)):
        cases[case.rule].append(case)
    titles = {rule.id: rule.title for rule in book.rules} | {each.id: each.title for each in book.exceptions}
    return Handbook(
        name=plan.name,
        title=plan.title,
        version=plan.version,
        languages=plan.languages if language is None else (language,),
        several=len(plan.languages) > 1,
        chapters=tuple(_chapters(book, plan, cases)),
        indicators=plan.indicators,
        defined=tuple((name, selection(book, name)) for name in _terms(book)),
        sources=tuple(book.sources.values()),
        records=book.records,
        names=Names(book.records, titles, sources=book.sources),
    )


def _chapters(book: Rulebook, plan: Plan, cases: Mapping[str, Sequence[RuleCase]]) -> Iterable[Chapter]:
    """A rule stands under the first regulation that it cites: others say the same, or were where it was reported."""
    found = defaultdict[str | None, list[Entry]](list)
    for rule in plan.rules:
        cited = rule.cites[0].split(" ")[0] if rule.cites else None
        found[cited].append(_entry(book, rule, cases[rule.id]))
    for name, source in book.sources.items():
        if name in found:
            yield Chapter(source, tuple(found[name]))
    if None in found:
        yield Chapter(None, tuple(found[None]))


def _entry(book: Rulebook, rule: RulePlan, cases: Sequence[RuleCase]) -> Entry:
    complies, breaches = _first(cases, Verdict.SATISFIED), _first(cases, Verdict.VIOLATED)
    return Entry(account(book, rule), complies, breaches, tuple(sorted({*rule.columns_read})))


def _first(cases: Iterable[RuleCase], verdict: Verdict) -> RuleCase | None:
    """The first case of which nothing else is expected, as the rulebook stands."""
    return next((case for case in cases if not case.overrides and all(each.stated is verdict for each in case.expect)), None)


def _terms(book: Rulebook) -> Iterable[str]:
    """The terms in which rules speak of whom they bind, and of what they count."""
    used = {name for rule in book.requirements for name in (rule.subject, getattr(rule.require, "of", None))}
    return (name for name in book.terms if name in used)
