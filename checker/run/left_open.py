"""Leaves open what rests on a table that others handed in and this body did not (docs/meaning.md, 3), and says so."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from typing import TYPE_CHECKING

from checker.errors import Place, Problem
from checker.model.indicator_plan import IndicatorPlan
from checker.model.integrity import IntegrityKind
from checker.model.plan import IntegrityPlan, RulePlan
from checker.model.quoting import literal, literals, quoted
from checker.model.schema import SUBMISSION
from checker.model.words import Reason
from checker.run.without import count, missing, spoken_for
from checker.tables.names import table
from checker.words.message import message

if TYPE_CHECKING:
    from checker.run.session import Session

_NAMED = 20
"""How many bodies a notice names."""

_LEFT_OPEN = f"""UPDATE outcomes SET
  outcome = CASE WHEN no IN (SELECT no FROM windows WHERE NOT over) THEN 'open' ELSE 'unknown' END,
  reason = CASE WHEN no IN (SELECT no FROM windows WHERE NOT over) THEN NULL ELSE '{Reason.NOT_HANDED_IN}' END,
  parts = NULL
WHERE rule = {{rule}} AND (outcome IN ('met', 'breached', 'unknown') OR reason IN {{reasons}}) AND {{whose}}"""

_DOUBTED = f"rule = {{rule}} AND reason = '{Reason.NOT_HANDED_IN}'"

_ONCE = (
    f"DELETE FROM outcomes WHERE {_DOUBTED} AND rowid NOT IN (SELECT MIN(rowid) FROM outcomes WHERE {_DOUBTED} GROUP BY subject)",
    f"UPDATE outcomes SET no = 0, day_low = NULL, day_high = NULL WHERE {_DOUBTED}",
)
"""Leaves one outcome of each subject, where a window was what was found."""

_UNKNOWN_ONES = (
    f"INSERT INTO outcomes (rule, subject, no, outcome, reason) "
    f"SELECT {{rule}}, subject, 0, 'unknown', '{Reason.NOT_HANDED_IN}' FROM"
)


def leave_open(run: Session) -> None:
    """Leaves outcomes open that rest on tables which were not handed in with their subjects, and says so."""
    if not run.withheld:
        return
    named: dict[str, set[str]] = {each.table: set() for each in run.withheld}
    for number, rule in enumerate(run.rules):
        for name in _of_integrity(run, rule, number) if isinstance(rule, IntegrityPlan) else _of_rule(run, rule, number):
            named[name].add(rule.id)
    _say(run, named)


def some_unknown(run: Session, record: str) -> bool:
    """Whether some handed in no table of a record, so that it is unknown who of theirs there is."""
    return bool(missing(run) & _made_of(run, {record}))


def concerns(run: Session, rule: RulePlan) -> bool:
    """Whether a rule measures rows of a table that some handed in and others did not."""
    return bool(missing(run) & (_made_of(run, {rule.record}) | _counted(run, *rule.requirements)))


# -- rules --------------------------------------------------------------------------------------------------------------


def _of_rule(run: Session, rule: RulePlan, number: int) -> set[str]:
    """Leaves the outcomes of a rule open; gives the missing tables that it rests on."""
    if not run.told(rule.record):
        return set()
    judged, counted = missing(run) & _made_of(run, {rule.record}), missing(run) & _counted(run, *rule.requirements)
    found = set[str]()
    if counted:
        reasons = [Reason.NOTHING_TO_MEASURE, *([Reason.NO_WINDOW, Reason.NOT_IN_EXISTENCE] if rule.terms is not None else [])]
        run.engine.run(_LEFT_OPEN.format(rule=number, reasons=literals(reasons), whose=f"subject > 0 AND {_of_parts(run, rule)}"))
        if rule.kind.own_window:
            for statement in _ONCE:
                run.engine.run(statement.format(rule=number))
        found = counted if count(run, f"outcomes WHERE {_DOUBTED.format(rule=number)}") else found
    if judged:
        # Of whom nothing was handed in there is nobody to be judged.
        run.engine.run(f"{_UNKNOWN_ONES.format(rule=number)} (SELECT 0 AS subject)")
    return judged | found


def leave_unknown(run: Session, indicator: IndicatorPlan) -> None:
    """Leaves it unknown what an indicator measures of those for whom a table may be missing."""
    if not (counted := missing(run) & _counted(run, indicator)):
        return
    unknown = ", ".join(f"{end} = NULL" for end in ("low", "high", "part_low", "part_high", "whole_low", "whole_high"))
    changed = f"SET {unknown}, reason = NULL, doubtful = TRUE, lacking = TRUE"
    whose = f"indicator = {literal(indicator.id)} AND {_whose(run, indicator, counted)}"
    run.engine.run(
        f"UPDATE indicator_values {changed} WHERE (reason IS NULL OR reason = '{Reason.NOTHING_TO_MEASURE}') AND {whose}"
    )


def _whose(run: Session, rule: RulePlan | IndicatorPlan, counted: Collection[str]) -> str:
    """Of which subjects rows of these tables may be missing, as a condition."""
    if rule.record == SUBMISSION or run.plan.record(rule.record).record.made or _by_value(run, rule):
        return "TRUE"
    own = "" if rule.climbs is not None or _leads_on(run, rule) else " AND own"
    some = f"record = {literal(rule.record)} AND missing IN {literals(sorted(counted))}"
    return f"subject IN (SELECT subject FROM without WHERE {some}{own})"


def _of_integrity(run: Session, rule: IntegrityPlan, number: int) -> set[str]:
    """Leaves it open whether a reference leads nowhere, where what it may lead to was not handed in."""
    rows = f"SELECT subject FROM nowhere WHERE record = {literal(rule.record)} AND field = {literal(rule.fields[0])}"
    if rule.kind is not IntegrityKind.REFERENCE or rule.target not in missing(run) or not run.has_keys(rule.target):
        return set()
    # Of a list it is not the cell that is unknown, but whether all of its elements lead somewhere.
    elsewhere = f"NOT {spoken_for(literal(rule.target), rule.record, 'subject')}"
    changed = f"SET outcome = 'unknown', reason = '{Reason.NOT_HANDED_IN}' WHERE rule = {number} AND outcome = 'breached'"
    run.engine.run(f"UPDATE outcomes {changed} AND {elsewhere}")
    run.failing[rule.id] = run.failing.get(rule.id, 0) + count(run, f"({rows})")
    run.engine.run(f"{_UNKNOWN_ONES.format(rule=number)} ({rows})")
    return {str(rule.target)} if count(run, f"outcomes WHERE {_DOUBTED.format(rule=number)}") else set()


def _of_parts(run: Session, rule: RulePlan) -> str:
    """Of which subjects rows may be missing that some requirement of a rule counts, as a condition."""
    rests = ((part, missing(run) & _counted(run, part)) for part in rule.requirements)
    return f"({' OR '.join(_whose(run, part, counted) for part, counted in rests if counted)})"


def _counted(run: Session, *rules: RulePlan | IndicatorPlan) -> set[str]:
    """The tables whose rows are counted, or whose rows are the windows."""
    return _made_of(run, {name for rule in rules for name in (rule.related, rule.terms) if name is not None})


def _made_of(run: Session, records: Collection[str]) -> set[str]:
    """These records, and those that they are made of."""
    found: set[str] = set()
    new = {name for name in records if name != SUBMISSION}
    while new:
        found |= new
        new = set(chain.from_iterable(run.plan.record(name).reads for name in new)) - found - {SUBMISSION}
    return found


def _cells(run: Session, rule: RulePlan | IndicatorPlan) -> set[tuple[str, str]]:
    """The cells by which rows find their subject, but for its key."""
    return {*(rule.linking or ())} - {(rule.record, str(run.plan.record(rule.record).record.key))}


def _by_value(run: Session, rule: RulePlan | IndicatorPlan) -> bool:
    """Whether rows are found otherwise than by references: they may be anybody's."""
    fields = [run.plan.record(name).record.field(field) for name, field in _cells(run, rule)]
    made = rule.related is not None and run.plan.record(rule.related).record.made
    led = all(field and field.ref for field in fields) and any(field and field.ref == rule.record for field in fields)
    return bool(rule.tables) and (made or not rule.by_key or not led)


def _leads_on(run: Session, rule: RulePlan | IndicatorPlan) -> bool:
    """Whether rows are found by more than one reference, or through the tree: by way of rows that others may have handed in."""
    return len(_cells(run, rule)) > 1 or len(rule.tables) > 1 or rule.related == rule.record


# -- what is said ---------------------------------------------------------------------------------------------------------


def _say(run: Session, named: dict[str, set[str]]) -> None:
    for each in run.withheld:
        rules = named[each.table]
        if not rules:
            continue
        bodies = _bodies(run, each.table, each.at)
        listed = ", ".join([*bodies[:_NAMED], *(["…"] if len(bodies) > _NAMED else [])])
        said = message("table-not-handed-in", bodies=listed, record=each.table, n=len(rules))
        notice = Problem("table-not-handed-in", said, message("table-not-handed-in-fix"), Place(each.at[0]))
        if notice not in run.notices:
            run.notices.append(notice)


def _bodies(run: Session, missing: str, places: tuple[str, ...]) -> list[str]:
    """The bodies whose rows were handed in without a table; else the folders or files."""
    body = run.plan.body
    if body is None or (record := run.plan.record(body).record).key is None:
        return [*places]
    shown = f"COALESCE({', '.join(f'CAST(t.{quoted(name)} AS TEXT)' for name in (record.label, record.key) if name)})"
    query = (
        f"SELECT {shown} FROM {quoted(table(body))} AS t JOIN without AS w ON w.record = {literal(body)} AND w.subject = t._row"
    )
    found = run.engine.rows(f"{query} WHERE w.missing = {literal(missing)} AND w.own ORDER BY t._row")
    return [*dict.fromkeys(text for (text,) in found if text is not None)] or [*places]
