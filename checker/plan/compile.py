"""Compiles a rulebook to a plan: every predicate checked, every rule a finished query, before any data is read."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sqlglot import exp

from checker.errors import Problem, RulesError
from checker.forms.base import LOWER, Bounded, Related
from checker.forms.measure import Measure, template
from checker.forms.rate import Rate
from checker.forms.rounding import rounded_value
from checker.forms.words import OPERATORS
from checker.model.indicator_plan import IndicatorPlan, measured_for
from checker.model.law import ExceptionLaw, Law, RequirementLaw, StandingLaw, with_required
from checker.model.measures import MeasureKind
from checker.model.plan import (
    BoundPlan,
    Evidence,
    Gathered,
    HoldsPlan,
    ParameterPlan,
    Plan,
    RecordPlan,
    RulePlan,
)
from checker.model.query import Query
from checker.model.schema import Record
from checker.model.sql import Sql
from checker.model.words import Text
from checker.plan.columns_read import columns_of, columns_read
from checker.plan.emit.printing import plain, printed
from checker.plan.emit.queries import query_of
from checker.plan.indicators import indicators, named, records_read
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.derivation import derived
from checker.plan.logical.doubtful_columns import nothing_said, odd
from checker.plan.logical.integrity import census, finding_fields
from checker.plan.logical.links import link_of
from checker.plan.logical.roll_calls import called
from checker.plan.logical.rows import Row
from checker.plan.logical.rule_evidence import RuleEvidence
from checker.plan.logical.rule_query import RuleQuery
from checker.plan.logical.rule_spans import terms_of_office
from checker.plan.logical.shared_scan import reading
from checker.plan.logical.tables import typed
from checker.plan.logical.texts import at_reference, located, resolve_terms
from checker.plan.logical.trees import belongs, members, tree
from checker.plan.logical.workdays import workdays
from checker.plan.several import several
from checker.plan.stating.in_words import in_words
from checker.plan.stating.sentences import demanded, narrowing, restate
from checker.rules.bounds import read_number
from checker.rules.predicates import PREDICATE, Scope, check
from checker.rules.rulebook import Rule, Rulebook, Written

DIALECT = "duckdb"
"""The SQL that the engine speaks."""


def compile_rulebook(book: Rulebook, dialect: str) -> Plan:
    """The plan of a rulebook in that SQL dialect. Raises RulesError with every problem found."""
    problems: list[Problem] = []
    rules = []
    for rule in book.rules:
        try:
            rules.append(_rule(book, rule, dialect))
        except RulesError:
            problems.extend(_mistakes(book, rule, dialect))
    exceptions, attributes = _exceptions(problems, book, dialect), _attributes(problems, book, dialect)
    measured = indicators(problems, book, dialect)
    if problems:
        raise RulesError(*problems)
    records = tuple(_record(book, record, dialect) for record in book.records.values())
    return _plan(book, records, tuple(rules), exceptions, attributes, dialect=dialect)._replace(indicators=measured)


def mistakes(book: Rulebook, dialect: str) -> list[Problem]:
    """What is wrong with rules, exceptions and standings of which each name and text is right by itself."""
    problems = [problem for rule in book.rules for problem in _mistakes(book, rule, dialect)]
    _exceptions(problems, book, dialect)
    _attributes(problems, book, dialect)
    indicators(problems, book, dialect)
    return problems


def compile_rule(book: Rulebook, rule: Rule, dialect: str, records: tuple[RecordPlan, ...]) -> Plan:
    """The plan of one rule, and of those it requires, under a rulebook's exceptions: without evidence, and no plain query.

    It is for verdicts alone. `records` are those of the rulebook, compiled before. Raises RulesError.
    """
    problems: list[Problem] = []
    exceptions = _exceptions(problems, book, dialect)
    if problems:
        raise RulesError(*problems)
    needed = with_required(_law(book, records), [rule.id])
    rules = tuple(_rule(book, each, dialect, lean=True) for each in book.rules if each.id in needed)
    measured = indicators(problems, book, dialect) if any(each.indicators for each in rules) else ()
    if problems:
        raise RulesError(*problems)
    plan = _plan(book, records, rules, exceptions, (), dialect=dialect)
    return plan._replace(indicators=measured_for(measured, rules))


def compile_indicator(book: Rulebook, indicator: str, dialect: str, records: tuple[RecordPlan, ...]) -> Plan:
    """The plan of one indicator, and of those that it names; `records` are compiled before. Raises RulesError."""
    problems: list[Problem] = []
    measured = indicators(problems, book, dialect)
    if problems:
        raise RulesError(*problems)
    return _plan(book, records, (), (), (), dialect=dialect)._replace(indicators=measured_for(measured, (), [indicator]))


def _plan(
    book: Rulebook,
    records: tuple[RecordPlan, ...],
    rules: tuple[RulePlan, ...],
    exceptions: tuple[HoldsPlan, ...],
    attributes: tuple[HoldsPlan, ...],
    *,
    dialect: str,
) -> Plan:
    return Plan(
        name=book.name,
        title=book.title,
        version=book.version,
        languages=book.languages,
        body=book.body,
        records=records,
        rules=rules,
        exceptions=exceptions,
        attributes=attributes,
        members=members(book.records[book.body], book.records, DIALECT) if book.body else None,
        law=_law(book, records),
        standing_titles=tuple((standing.id, standing.title) for standing in book.standings),
        exception_titles=tuple((exception.id, exception.title) for exception in book.exceptions),
        sources=tuple(book.sources.values()),
        year_starts=book.year_starts,
        workdays=workdays(book, dialect),
        parameters=tuple(
            ParameterPlan(name, tuple((value.first, value.text) for value in each.values))
            for name, each in book.parameters.items()
        ),
    )


def _mistakes(book: Rulebook, rule: Rule, dialect: str) -> list[Problem]:
    """All that is wrong with a rule: what it says of its windows, of the values that it counts apart, and of its rows."""

    def terms(site: RuleSite) -> object:
        return terms_of_office(site)

    def each(site: RuleSite) -> object:
        return (site.valued("each"), site.valued("distinct"))

    def link(site: RuleSite) -> object:
        return None if site.own else link_of(site)

    problems: dict[Problem, None] = {}
    for part in rule.parts:
        for look in (terms, each, link, lambda site: _rule(book, site.rule, dialect, lean=True)):
            try:
                look(RuleSite(book, part))
            except RulesError as error:
                problems |= dict.fromkeys(error.problems)
    return list(problems)


def _attributes(problems: list[Problem], book: Rulebook, dialect: str) -> tuple[HoldsPlan, ...]:
    """Of which bodies each predicate of a standing holds."""
    found: list[HoldsPlan] = []
    for standing in book.standings:
        for key, predicate in standing.attributes:
            _collect(problems, found, book, key, book.body or "", predicate, dialect=dialect)
    return tuple(found)


def _exceptions(problems: list[Problem], book: Rulebook, dialect: str) -> tuple[HoldsPlan, ...]:
    """When each exception holds, of the subjects of the rules that it displaces."""
    found: list[HoldsPlan] = []
    subjects = {rule.id: rule.subject for rule in book.rules}
    for exception in book.exceptions:
        record, _ = resolve_terms(book, subjects[exception.displaces[0]])
        _collect(problems, found, book, exception.id, record.name, exception.when, dialect=dialect)
    return tuple(found)


def _law(book: Rulebook, records: tuple[RecordPlan, ...]) -> Law:
    integrity = tuple((rule.id, rule.severity) for record in records for rule in record.integrity)
    return Law(
        rules=tuple((rule.id, rule.severity) for rule in book.rules) + integrity,
        exceptions=tuple(ExceptionLaw(each.id, each.displaces, each.by) for each in book.exceptions),
        standings=tuple(StandingLaw(each.id, each.when) for each in book.standings),
        requirements=tuple(RequirementLaw(rule.id, *required) for rule in book.rules for required in rule.requires),
    )


def _record(book: Rulebook, record: Record, dialect: str) -> RecordPlan:
    plan = _submitted(record, tuple(book.records.values()), book.body, dialect)
    if record.roll_call is not None:
        made = called(book, record, record.roll_call)
    elif record.derivation is not None:
        made = derived(book, record, record.derivation)
    else:
        return plan
    return plan._replace(typed=printed(made, dialect), reads=records_read(book, made))


@lru_cache(maxsize=256)
def _submitted(record: Record, records: tuple[Record, ...], body: str | None, dialect: str) -> RecordPlan:
    """The plan of a record that is submitted; kept, since many a rulebook that is tried differs only in its rules."""
    by_name = {each.name: each for each in records}
    counted, counted_alone, integrity = census(record, by_name, dialect)
    return RecordPlan(
        record=record,
        typed=typed(record, dialect),
        census=counted,
        census_alone=counted_alone,
        integrity=integrity,
        tree=tree(record, by_name, dialect),
        belongs=belongs(record, by_name, body, dialect),
        found_by=finding_fields(record),
        odd=odd(record, dialect),
        nothing=tuple((name, plain(says, dialect)) for name, says in nothing_said(record).items()),
    )


def _rule(book: Rulebook, rule: Rule, dialect: str, *, lean: bool = False) -> RulePlan:
    if rule.parts != (rule,):
        return several(book, rule, tuple(_rule(book, part, dialect, lean=lean) for part in rule.parts), dialect)
    site = RuleSite(book, rule)
    terms = terms_of_office(site)
    query = RuleQuery(site)
    evidence, sharing, beside, certain, shareable = (None, None, None, None, None)
    if not lean:
        evidence, sharing, beside = _evidence(query, dialect), RuleEvidence(query).sharing(), _beside(query, dialect)
        # Parts of a rule are measured in its own query, which shares no scan.
        certain, shareable = query.linking.cells(), _shareable(query, dialect) if rule.under == "require" else None
    result, unsettled, forks = query.result(), query.unsettled(), query.linking.forks()
    simple = query_of(query.steps(), result, dialect)
    noun_of = rule.subject if not isinstance(rule.require, Related) or rule.require.of is None else rule.require.of
    noun = book.records[noun_of].title if noun_of in book.records else book.terms[noun_of].title
    return RulePlan(
        id=rule.id,
        title=rule.title,
        cites=rule.cites,
        severity=rule.severity,
        remedy=rule.remedy,
        form=rule.form,
        noun=noun,
        narrowing=narrowing(book, rule),
        restated=restate(book, rule) if rule.under == "require" else demanded(book, rule),
        record=site.subject.record.name,
        kind=query.measured.kind,
        unit=site.unit,
        partial=site.partial,
        windows=None if terms is None else printed(terms.made(), dialect),
        terms=None if terms is None else terms.row.record.name,
        bounds=_bounds(site, query.measured),
        columns=tuple(column.alias for column in result.selects),
        subjects=printed(query.subjects(), dialect),
        measure=simple if forks is None else _whole(RuleQuery(site, forked=True), dialect),
        evidence=evidence,
        sharing=None if sharing is None else printed(sharing, dialect),
        beside=beside,
        linking=query.linking.link_cells(),
        by_key=query.linking.by_key(),
        related=None if site.own else site.related.record.name,
        climbs=None if query.link is None else query.link.tree,
        cells=tuple(site.related.cells),
        tables=query.linking.tables(),
        reads=records_read(book, *(tree for _, tree in query.steps()), result),
        in_force=rule.in_force,
        origin=rule.origin,
        requires=rule.requires,
        verified=rule.verified,
        note=rule.note,
        one_key=None if forks is None else (forks, simple),
        plain=None if certain is None or shareable is not None else _whole(RuleQuery(site, plain=True), dialect),
        unsettled=None if unsettled is None else tuple(printed(each, dialect) for each in unsettled),
        shareable=shareable,
        certain=certain or (),
        ratio=_ratio(rule, site.related.record),
        columns_read=columns_read(query),
        indicators=named(site),
    )


def as_rule(book: Rulebook, indicator: IndicatorPlan) -> RulePlan:
    """An indicator as a rule that requires nothing of what it measures: by it the rows are found that count."""
    entry = next(each for each in book.indicators if each.id == indicator.id)
    found = _rule(book, entry.as_rule, DIALECT)
    return found._replace(restated=indicator.restated, measure=indicator.measure, beside=None)


def _beside(query: RuleQuery, dialect: str) -> Sql | None:
    """The rows of which the form's `where` alone is not true; None without one, and where no more of them could be missed."""
    form = query.site.form
    if not isinstance(form, Related) or form.where is None:
        return None
    if (
        query.measured.kind in {MeasureKind.COUNT, MeasureKind.SUM}
        and isinstance(form, Bounded)
        and LOWER.isdisjoint(dict(form.bounds()))
    ):
        return None
    evidence = _evidence(RuleQuery(replace(query.site, beside=True)), dialect)
    return None if evidence is None else evidence.of(evidence.own)


def _ratio(rule: Rule, record: Record) -> tuple[str, str] | None:
    """The fields of a part and its whole that may contradict each other; None where they are no fields of one type."""
    form = rule.require
    fields = (record.field(form.part.strip()), record.field(form.whole.strip())) if isinstance(form, Rate) else (None, None)
    part, whole = fields
    return None if part is None or whole is None or part.type is not whole.type else (part.name, whole.name)


def _evidence(query: RuleQuery, dialect: str) -> Evidence | None:
    found = RuleEvidence(query).evidence()
    if found is None:
        return None
    own, anybodys = query.linking.whose()
    return Evidence(printed(found, dialect), printed(own, dialect), printed(anybodys, dialect))


def _whole(query: RuleQuery, dialect: str) -> Query:
    return query_of(query.steps(), query.result(), dialect)


def _shareable(query: RuleQuery, dialect: str) -> Gathered | None:
    """The rule on gathered subjects, where its rows may be gathered."""
    gathering = query.gathering(dialect)
    if gathering is None:
        return None
    book, rule = query.site.book, query.site.rule
    site, tag = RuleSite(book, rule), f"x{book.rules.index(rule)}"
    reading(site, gathering.group)
    on_gathered = RuleQuery(site, tag=tag)
    sure, mixed = on_gathered.sure(), on_gathered.steps()
    own = {column.name for _, tree in (*sure, *mixed) for column in tree.find_all(exp.Column) if column.table == "s"}
    result = on_gathered.result()
    return Gathered(
        tag,
        gathering,
        query_of(sure, result, dialect),
        query_of(mixed, result, dialect),
        _whole(RuleQuery(query.site, nameless=True), dialect),
        tuple(sorted(own)),
    )


def _bounds(site: RuleSite, measured: Measure) -> tuple[BoundPlan, ...]:
    plans = []
    for key, text in site.written_bounds():
        bound = site.checked_bound(key, text)
        denominator = next(each.denominator for each in site.bounds(related=False) if each.key == key)
        value = None if bound.value is None or site.prorated else rounded_value(bound.value, site.rounding)
        plans.append(BoundPlan(OPERATORS[key], text, value, denominator, site.rounding, _said(site, text)))
    limits = ((operator, text, _said(site, text)) for operator, text in measured.limits)
    return (*plans, *(BoundPlan(operator, text, read_number(text), said=said) for operator, text, said in limits))


def _said(site: RuleSite, text: str) -> Text:
    """A limit in ordinary words."""
    return in_words(site.book, text, site.subject.record)


def _collect(
    problems: list[Problem],
    found: list[HoldsPlan],
    book: Rulebook,
    key: str,
    record_name: str,
    written: Written,
    *,
    dialect: str,
) -> None:
    """Adds the plan of a predicate over a record's subjects, or the problem with it."""
    record = book.records[record_name]
    row = Row(record, "s", book.records)
    scope = Scope(record, book.records, book.parameters)
    try:
        checked = located(book, written, lambda: check(written.text, scope, wants=PREDICATE))
        holds = at_reference(book, checked, row)
    except RulesError as error:
        problems.extend(error.problems)
        return
    truth = template("CASE WHEN :holds THEN 'yes' ELSE 'perhaps' END", holds=holds)
    select = row.source().select(row.own("_row").as_("subject", copy=False), truth.as_("truth", copy=False), copy=False)
    query = row.joined(select).where(row.own("_first"), template("COALESCE(:holds, TRUE)", holds=holds), copy=False)
    columns = tuple(sorted({*columns_of(row, book.records)}))
    found.append(HoldsPlan(key, record_name, printed(query, dialect), records_read(book, query), columns))
