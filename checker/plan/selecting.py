"""Which of the predicates by which a rule selects its subjects hold of some of them."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot import exp

from checker.forms.measure import template
from checker.model.sql import Sql
from checker.plan.emit.printing import printed
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.related_rows import REF
from checker.plan.logical.texts import FIRST


class Selecting(NamedTuple):
    """The predicates as written, the subject's own fields that each reads, and the statement that tries them.

    The statement gives (row, truth of each predicate, NULL where it cannot be told) of the rows in `some`.
    """

    predicates: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    statement: Sql


def selecting(site: RuleSite, dialect: str) -> Selecting:
    """How the rule at that site selects its subjects."""
    subject = site.subject
    said: list[tuple[str, tuple[str, ...], exp.Expression]] = [
        (" ".join(written.text.split()), tuple(path[0] for path in checked.columns), tree)
        for written, checked, tree in site.conditions()
    ]
    date = subject.record.date
    if date is not None:
        # The day of a subject is a condition as any other (docs/meaning.md, section 4).
        within = template(":at BETWEEN :first AND :ref", at=subject.own(date), first=FIRST, ref=REF)
        said.append((f"{date} between :period_start and least(:period_end, :as_of)", (date,), within))
    columns = [
        template("CASE WHEN :holds THEN TRUE WHEN NOT :holds THEN FALSE END", holds=tree).as_(f"p{number}", copy=False)
        for number, (_, _, tree) in enumerate(said, 1)
    ]
    query = subject.joined(subject.source().select(subject.own("_row"), *columns, copy=False))
    query = query.where(template("s._row IN (SELECT UNNEST(:some))", some=exp.Placeholder(this="some")), copy=False)
    return Selecting(
        tuple(text for text, _, _ in said),
        tuple(cells for _, cells, _ in said),
        printed(query, dialect),
    )
