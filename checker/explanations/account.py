"""What a rulebook says of one of its rules: clause, who is judged, what is counted, limits, exceptions, examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from checker.assembly.summaries import face
from checker.forms.base import Related
from checker.model.explanation import Clause, Example, Exemption, Limit, LimitValue, RuleAccount, Selection
from checker.model.plan import IntegrityPlan, RulePlan
from checker.model.schema import Record
from checker.model.words import Verdict
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.links import link_of
from checker.plan.logical.texts import resolve_terms
from checker.plan.stating.in_words import in_words
from checker.rules.cases import RuleCase, load_cases
from checker.rules.rulebook import ExceptionRule, Rulebook, Written
from checker.rules.rulebook import Rule as RuleEntry
from checker.run.session import Rule

_PARAMETER = re.compile(r":([a-z][a-z0-9_]*)")
_MOST_EXAMPLES = 6


def account(book: Rulebook, plan: Rule) -> RuleAccount:
    """All that a rulebook says of a rule, without examples."""
    if isinstance(plan, IntegrityPlan):
        record = book.records[plan.record]
        return RuleAccount(face(plan), judged=Selection(record.title, record.title, of=record.name), reads=plan.fields)
    rule = next(rule for rule in book.rules if rule.id == plan.id)
    parts = tuple(map(partial(_of_one, book), rule.parts, plan.requirements))
    exemptions = tuple(_exemptions(book, rule.id))
    return RuleAccount(
        summary=face(plan),
        clauses=tuple(Clause(cites, book.sources[cites.split(" ")[0]]) for cites in rule.cites),
        judged=selection(book, rule.subject),
        counted=parts[0].counted if len(parts) == 1 else None,
        parts=parts if len(parts) > 1 else (),
        reads=plan.cells,
        limits=tuple(_limits(book, rule, exemptions)),
        exemptions=exemptions,
    )


def _of_one(book: Rulebook, rule: RuleEntry, plan: RulePlan) -> RuleAccount:
    """What is counted for one requirement."""
    site = RuleSite(book, rule)
    site.form.measure(site)
    judged = selection(book, rule.subject)
    return RuleAccount(summary=face(plan), judged=judged, counted=_counted(site), reads=plan.cells)


def selection(book: Rulebook, name: str, *further: str) -> Selection:
    """The rows that a record or a term stands for, of which the further predicates hold too."""
    record, predicates = resolve_terms(book, name)
    title = book.terms[name].title if name in book.terms else record.title
    texts = (*map(_said, predicates), *further)
    said = tuple(in_words(book, text, record) for text in texts)
    return Selection(title, record.title, texts, said=said, of=record.name)


def _said(written: Written) -> str:
    return " ".join(written.text.split())


def _counted(site: RuleSite) -> Selection | None:
    """The related rows, and how they find their subject; None where the subject's own row is measured."""
    form = site.form
    if not isinstance(form, Related) or form.of is None:
        return None
    link = link_of(site)
    counted = selection(site.book, form.of, *(() if form.where is None else (" ".join(form.where.split()),)))
    dated = site.unit is not None or getattr(form, "on", None) is not None or site.related.record.date is not None
    return replace(
        counted,
        found_by=", ".join(map(str, link.pairs)),
        below=form.via,
        dated_by=site.day_path(site.related)[0] if dated else None,
    )


def _limits(book: Rulebook, rule: RuleEntry, exemptions: Iterable[Exemption]) -> Iterator[Limit]:
    """The parameters that the rule reads: in its form, in the terms it speaks of, and in its exceptions."""
    texts = [str(value) for value in rule.require.model_dump(exclude_none=True).values()]
    counted = (getattr(part.require, "of", None) for part in rule.parts)
    for name in dict.fromkeys(filter(None, (rule.subject, *counted))):
        texts += [written.text for written in resolve_terms(book, name)[1]]
    texts += [exemption.when for exemption in exemptions]
    named = dict.fromkeys(found for text in texts for found in _PARAMETER.findall(text))
    for name in named:
        if name in book.parameters:
            values = book.parameters[name].values
            yield Limit(name, tuple(LimitValue(value.text, value.first, value.cites) for value in values))


def _exemptions(book: Rulebook, rule: str) -> Iterator[Exemption]:
    for exception in book.exceptions:
        if rule in exception.displaces or rule == exception.by:
            yield Exemption(
                id=exception.id,
                title=exception.title,
                cites=exception.cites,
                when=_said(exception.when),
                said=in_words(book, exception.when.text, _judged(book, exception)),
                displaces=exception.displaces,
                by=exception.by,
                brings_in=rule == exception.by,
            )


def _judged(book: Rulebook, exception: ExceptionRule) -> Record:
    """The record of the subjects of the rules that an exception displaces."""
    subject = next(rule.subject for rule in book.rules if rule.id == exception.displaces[0])
    return resolve_terms(book, subject)[0]


def examples(book: Rulebook, rule: str, source: Path, shown: str) -> Iterator[Example]:
    """The first cases of a rule of the rulebook at `source`, named as `shown`: one of each verdict before a second of any.

    Raises RulesError if they are wrong.
    """
    seen = set[tuple[Verdict, ...]]()
    first, others = list[RuleCase](), list[RuleCase]()
    for case in load_cases(source, book, shown=shown, rule=rule):
        verdicts = case.verdicts
        (others if verdicts in seen else first).append(case)
        seen.add(verdicts)
    for case in [*first, *others][:_MOST_EXAMPLES]:
        yield Example(case.name, case.verdicts, case.place)
