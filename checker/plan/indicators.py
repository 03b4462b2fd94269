"""Compiles indicators, each a rule's measure without what would be required (docs/meaning.md, section 17)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.errors import Problem, RulesError
from checker.model.indicator_plan import IndicatorPlan
from checker.model.query import Query
from checker.plan.columns_read import columns_read
from checker.plan.emit.printing import printed
from checker.plan.emit.queries import query_of
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.related_rows import closure
from checker.plan.logical.rule_query import RuleQuery
from checker.plan.logical.rule_spans import terms_of_office
from checker.plan.stating.sentences import restate
from checker.rules.rulebook import Indicator, Rulebook
from checker.tables.names import related_rows, standing_rows, table


def indicators(problems: list[Problem], book: Rulebook, dialect: str) -> tuple[IndicatorPlan, ...]:
    """The indicators, each after those that it names."""
    found: dict[str, IndicatorPlan] = {}
    for each in book.indicators:
        try:
            found[each.id] = _indicator(book, each, dialect)
        except RulesError as error:
            problems.extend(error.problems)
    return tuple(_in_order(found))


def _in_order(found: dict[str, IndicatorPlan]) -> Iterator[IndicatorPlan]:
    """In the order of the rulebook, but each after those that it names; none names itself, by whatever way."""
    placed: set[str] = set()

    def place(each: IndicatorPlan) -> Iterator[IndicatorPlan]:
        if each.id in placed:
            return
        placed.add(each.id)
        for name in each.indicators:
            if name in found:
                yield from place(found[name])
        yield each

    for each in found.values():
        yield from place(each)


def _indicator(book: Rulebook, indicator: Indicator, dialect: str) -> IndicatorPlan:
    rule = indicator.as_rule
    site = RuleSite(book, rule)
    terms = terms_of_office(site)
    query = RuleQuery(site)
    certain, forks = query.linking.cells(), query.linking.forks()

    def measured(query: RuleQuery) -> Query:
        return query_of(query.steps(), query.values(), dialect)

    return IndicatorPlan(
        id=indicator.id,
        title=indicator.title,
        cites=indicator.cites,
        form=indicator.form,
        restated=restate(book, rule),
        note=indicator.note,
        record=site.subject.record.name,
        kind=query.measured.kind,
        unit=site.unit,
        windows=None if terms is None else printed(terms.made(), dialect),
        terms=None if terms is None else terms.row.record.name,
        measure=measured(query if forks is None else RuleQuery(site, forked=True)),
        one_key=None if forks is None else (forks, measured(query)),
        plain=None if certain is None else measured(RuleQuery(site, plain=True)),
        certain=certain or (),
        tables=query.linking.tables(),
        linking=query.linking.link_cells(),
        by_key=query.linking.by_key(),
        related=None if site.own else site.related.record.name,
        climbs=None if query.link is None else query.link.tree,
        reads=records_read(book, *(tree for _, tree in query.steps()), query.values()),
        columns_read=columns_read(query),
        indicators=named(site),
    )


def named(site: RuleSite) -> tuple[str, ...]:
    """The ids of the indicators that a rule, or an indicator, names."""
    return tuple(named.id for _, named in sorted(site.named.items()))


def records_read(book: Rulebook, *trees: exp.Expression) -> tuple[str, ...]:
    """The records whose tables, or trees, are read there, or of which it is asked whether they were submitted."""
    named = {node.name for tree in trees for node in tree.find_all(exp.Table, exp.Placeholder)}
    kinds = (table, related_rows, standing_rows, closure, "submitted_{}".format)
    return tuple(name for name in book.records if any(kind(name) in named for kind in kinds))
