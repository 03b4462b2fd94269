"""The spans of days that a rule goes by: terms of office, and those in which no parameter changes."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from checker.forms.measure import all_of, template
from checker.model.period import Term
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.rows import Row, day
from checker.plan.logical.terms_of_office import TermsOfOffice
from checker.plan.logical.texts import at_reference, resolve_terms
from checker.rules.predicates import PREDICATE
from checker.tables.names import related_rows
from checker.words.message import message


def terms_of_office(site: RuleSite) -> TermsOfOffice | None:
    """The terms of office that are the windows, where they are. Raises RulesError where the record has none."""
    if not isinstance(site.unit, Term):
        return None
    if site.unit.of not in site.book.records and site.unit.of not in site.book.terms:
        known = (*site.book.records, *site.book.terms)
        said = message("not-a-record-or-term", name=site.unit.of)
        raise site.wrong(
            "per",
            "unknown-name",
            said,
            message("known-are", kinds=message("known-records-and-terms"), names=", ".join(known)),
        )
    record, selection = resolve_terms(site.book, site.unit.of)
    if record.begins is None and record.ends is None:
        fix = message("plan-no-lifespan-fix", name=record.name)
        raise site.wrong("per", "no-lifespan", message("plan-no-lifespan", name=record.name), fix)
    references = [field.name for field in record.fields if field.ref == site.subject.record.name]
    if len(references) > 1:
        fields, target = ", ".join(references), site.subject.record.name
        said = message("plan-several-references", n=len(references), name=record.name, target=target, fields=fields)
        raise site.wrong("per", "several-references", said, message("plan-several-terms-fix"))
    row = Row(record, "t", site.book.records)
    row.table = related_rows(record.name)
    condition = all_of(*(at_reference(site.book, site.checked(each, row, PREDICATE), row) for each in selection))
    return TermsOfOffice(site.unit, row, condition, references[0] if references else None)


def epochs(site: RuleSite) -> tuple[exp.Expression, exp.Expression] | None:
    """The spans in which no parameter changes, as rows `e` (no, first), and the number of the subject's own.

    The related rows of dated subjects are measured once per span, since parameters hold by the subject's day. None
    where parameters hold by windows or by the reference date, or never change.
    """
    date, starts = site.subject.record.date, set[dt.date]()
    for declared in site.book.parameters.values():
        starts |= {value.first for value in declared.values if value.first is not None}
    if site.own or date is None or not starts:
        return None
    own, rows = exp.Case(), [template("(-1, CAST(NULL AS DATE))"), template("(0, CAST('0001-01-01' AS DATE))")]
    for no, first in reversed(list(enumerate(sorted(starts), 1))):
        rows.append(template("(:no, :first)", no=exp.Literal.number(no), first=day(first)))
        own = own.when(template(":day >= :first", day=site.subject.own(date), first=day(first)), exp.Literal.number(no))
    own = own.when(template("NOT :day IS NULL", day=site.subject.own(date)), exp.Literal.number(0))
    spans = exp.Values(expressions=rows, alias=exp.TableAlias(this="e", columns=[exp.to_identifier(n) for n in ("no", "first")]))
    return spans, own.else_(exp.Literal.number(-1))
