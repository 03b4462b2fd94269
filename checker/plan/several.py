"""A rule with several requirements: each is compiled as a rule by itself, and their outcomes become one (docs/meaning.md, 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from sqlglot import exp

from checker.forms.measure import template
from checker.model.measures import MeasureKind
from checker.model.plan import RulePlan
from checker.model.query import Query
from checker.model.sql import Part
from checker.model.words import Text
from checker.plan.emit.printing import part, printed
from checker.plan.logical.outcomes import OUTCOMES as COLUMNS
from checker.plan.stating.sentences import restate
from checker.rules.rulebook import Rule, Rulebook
from checker.tables.schema import OUTCOMES, PART

_T = TypeVar("_T")

_PLACED = """SELECT *, MIN(place) OVER (PARTITION BY subject, no) AS gravest FROM (
  SELECT *,
    CASE outcome WHEN 'breached' THEN 0 WHEN 'unknown' THEN 1 WHEN 'open' THEN 2 WHEN 'met' THEN 3 ELSE 4 END AS place
  FROM each_part
) AS said"""
"""What the parts say, each with its place among the outcomes, of which the first that occurs is that of the rule."""

_RESULT = """SELECT subject, no, MIN(outcome) FILTER (WHERE place = gravest) AS outcome,
  CASE
    WHEN MIN(COALESCE(reason, '')) FILTER (WHERE place = gravest) = MAX(COALESCE(reason, '')) FILTER (WHERE place = gravest)
    THEN MIN(reason) FILTER (WHERE place = gravest)
  END AS reason,
  MIN(day_low) AS day_low, MAX(day_high) AS day_high,
  MIN(allowed_from) AS allowed_from, MAX(allowed_until) AS allowed_until,
  MIN(due) FILTER (WHERE place = gravest) AS due,
  CASE WHEN MIN(gravest) < 4 THEN LIST(:said ORDER BY part) END AS parts
FROM placed GROUP BY subject, no"""
"""One outcome for each subject and window. Where parts decide for different reasons, there is none that is theirs."""

_TYPES = dict(OUTCOMES.columns)
_OF_SEVERAL = ("subject", "no", "outcome", "reason", "day_low", "day_high", "allowed_from", "allowed_until", "due", "parts")
"""The columns that the query gives, in order; the days are for the rows behind, which may lie beyond a window."""


def several(book: Rulebook, rule: Rule, parts: tuple[RulePlan, ...], dialect: str) -> RulePlan:
    """The plan of a rule of which these are the plans of the parts."""
    first = parts[0]
    own = [each for each in parts if each.related is None]
    return first._replace(
        id=rule.id,
        form=rule.form,
        noun=Text(),
        narrowing=Text(),
        restated=restate(book, rule),
        kind=MeasureKind.PARTS,
        bounds=(),
        columns=_OF_SEVERAL,
        measure=_combined([each.measure for each in parts], parts, dialect),
        evidence=None,
        sharing=None,
        beside=None,
        linking=None,
        by_key=False,
        related=None,
        climbs=None,
        cells=_each(each.cells for each in own),
        tables=_each(each.tables for each in parts),
        reads=_each(each.reads for each in parts),
        one_key=None,
        plain=_combined([each.plain or each.measure for each in parts], parts, dialect)
        if any(each.plain for each in parts)
        else None,
        unsettled=None,
        shareable=None,
        certain=_each(each.certain for each in parts if each.plain),
        ratio=None,
        columns_read=tuple(sorted(set(_each(each.columns_read for each in parts)))),
        indicators=_each(each.indicators for each in parts),
        parts=parts,
    )


def _each(lists: Iterable[Iterable[_T]]) -> tuple[_T, ...]:
    """Each element once, in order."""
    return tuple(dict.fromkeys(chain.from_iterable(lists)))


def _combined(queries: Sequence[Query], parts: Sequence[RulePlan], dialect: str) -> Query:
    """The query of the rule over those of its parts; its subjects in their windows are those of any of these."""
    whole = printed(conclusion([each.columns for each in parts]), dialect)
    filled = whole.filled({Part(_named(number)): query.whole for number, query in enumerate(queries)})
    return Query(filled, queries[0].population)


def conclusion(columns: Sequence[Sequence[str]]) -> exp.Expression:
    """The outcome of each subject and window, from what each part gives: the gravest, with all of them in their order."""
    first, *others = (_part(number, given) for number, given in enumerate(columns))
    union: exp.Query = first
    for each in others:
        union = union.union(each, distinct=False, copy=False)
    said = [exp.PropertyEQ(this=exp.to_identifier(name), expression=exp.column(name)) for name, _ in PART]
    result = template(_RESULT, said=exp.Struct(expressions=said))
    if not isinstance(result, exp.Select):
        raise TypeError(result)
    placed = template(_PLACED)
    return result.with_("each_part", as_=union, copy=False).with_("placed", as_=placed, copy=False)


def _part(number: int, given: Sequence[str]) -> exp.Select:
    """What a part gives, with all columns, each of its type."""
    said = (
        exp.cast(exp.column(name) if name in given else exp.null(), _TYPES[name], dialect="duckdb").as_(name, copy=False)
        for name in COLUMNS
    )
    rows = exp.Subquery(this=part(_named(number))).as_(_named(number), copy=False)
    return exp.select(exp.Literal.number(number).as_("part"), *said).from_(rows, copy=False)


def _named(number: int) -> str:
    return f"part_{number}"
