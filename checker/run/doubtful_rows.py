"""Rows that only may count, and cells in dispute: looked for where the census says that there are such (docs/meaning.md, 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from checker.model.integrity import IntegrityKind
from checker.model.quoting import quoted
from checker.model.schema import Record
from checker.run import near_keys
from checker.tables import readings
from checker.tables.names import BETWEEN, state

if TYPE_CHECKING:
    from checker.model.plan import RecordPlan
    from checker.run.session import Session


class Doubts(NamedTuple):
    """What may be in doubt of a record: whether rows share a key, combinations that come again, references that dangle."""

    keys: bool
    combinations: tuple[tuple[str, ...], ...]
    references: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return self.keys or bool(self.combinations or self.references)


NONE = Doubts(keys=False, combinations=(), references=())


def settle(run: Session, found: Mapping[str, Doubts]) -> tuple[RecordPlan, ...]:
    """Notes what is in doubt of these records, by which their rows are read from then on; gives the roll calls made anew."""
    plans = [run.plan.record(name) for name, doubts in found.items() if doubts]
    # Not `any`: of each record there may be something to note.
    return run.derive() if sum(_amend(run, plan, found[plan.record.name]) for plan in plans) else ()


def looked_for(run: Session, plan: RecordPlan) -> Doubts:
    """What is in doubt of a record, where no census was taken."""
    record, submitted, there = plan.record, quoted(f"t_{plan.record.name}"), {each.record.name for each in run.plan.records}
    if record.made or record.name not in run.tables:
        return NONE
    asked = ["SELECT COUNT_IF(NOT _first) > 0 FROM " + submitted]
    for fields in record.unique:
        keys = ", ".join(map(quoted, fields))
        asked.append(f"SELECT COUNT(*) > 0 FROM (SELECT {keys} FROM {submitted} GROUP BY {keys} HAVING COUNT(*) > 1)")
    references = [field for field in record.fields if field.refers_to in there]
    for field in references:
        key, target = quoted(str(run.plan.record(str(field.refers_to)).record.key)), quoted(f"t_{field.refers_to}")
        known, cell = f"SELECT {key} FROM {target} WHERE NOT {key} IS NULL", quoted(field.name)
        value = f"UNNEST(STRING_SPLIT({cell}, {BETWEEN}))" if field.separators else cell
        asked.append(f"SELECT COUNT(*) > 0 FROM (SELECT {value} AS value FROM {submitted}) WHERE value NOT IN ({known})")
    ((keys_shared, *others),) = run.engine.rows(f"SELECT {', '.join(f'({each})' for each in asked)}")
    again = tuple(fields for fields, some in zip(record.unique, others, strict=False) if some)
    dangling = tuple(field.name for field, some in zip(references, others[len(record.unique) :], strict=True) if some)
    return Doubts(keys=bool(keys_shared), combinations=again, references=dangling)


def _amend(run: Session, plan: RecordPlan, doubts: Doubts) -> bool:
    """Notes what is in doubt of a record, by which its rows are read from then on; gives whether anything is."""
    record, engine = plan.record, run.engine
    near = near_keys.noted(run, record, doubts.references)
    found = [shared(record, (record.key,), disputes=True)] if doubts.keys and record.key is not None else []
    found += [shared(record, fields, disputes=False) for fields in doubts.combinations]
    lists = [name for name in near if near_keys.is_list(record, name)]
    near = tuple(name for name in near if name not in lists)
    found += [_misled(record, field) for field in near]
    found += [_unsure_list(record, name) for name in lists]
    if not found:
        return False
    fields = [field.name for field in record.fields if field.name != record.key]
    marked = ("_doubt", *fields, *map(readings.unsure, lists))
    flags = ", ".join(f"COALESCE(BOOL_OR({quoted(name)}), FALSE) AS {quoted(name)}" for name in marked)
    together = f"SELECT _row, {flags} FROM ({' UNION ALL BY NAME '.join(f'({each})' for each in found)}) GROUP BY _row"
    engine.run(f"CREATE OR REPLACE TABLE {quoted(f'doubts_{record.name}')} AS {together}")
    asked = ", ".join(f"COALESCE(BOOL_OR({quoted(name)}), FALSE)" for name in fields)
    ((doubtful, *flagged),) = engine.rows(
        f"SELECT COUNT_IF(_doubt){', ' if asked else ''}{asked} FROM {quoted(f'doubts_{record.name}')}"
    )
    disputed = [name for name, any_is in zip(fields, flagged, strict=True) if any_is]
    for statement in readings.doubted(record, run.shown_as, disputed, near, lists):
        engine.run(statement)
    engine.read({name: name for name in readings.undoubted(record)})
    if (census := run.census.get(record.name)) is not None:
        adrift = {**census.adrift, **{name: census.rows for name in disputed if name in plan.found_by}}
        run.census[record.name] = census._replace(doubtful=doubtful, adrift=adrift)
    run.doubted[record.name], run.near[record.name], run.near_lists[record.name] = tuple(disputed), near, tuple(lists)
    return True


def shared(record: Record, by: tuple[str, ...], *, disputes: bool) -> str:
    """The rows that agree with others in some fields: whether each only may count, and what the first of a key disputes.

    Unreadable cells agree if their texts do.
    """
    fields = [field.name for field in record.fields if field.name not in by]
    submitted, keys = quoted(f"t_{record.name}"), ", ".join(quoted(name) for name in by)
    known = " AND ".join(f"NOT {quoted(name)} IS NULL" for name in by)
    alike = f"SELECT {keys} FROM {submitted} WHERE {known} GROUP BY {keys} HAVING COUNT(*) > 1"
    rows = f"SELECT t.* FROM {submitted} AS t JOIN ({alike}) AS alike USING ({keys})"
    cells = ", ".join(f"{cell_of(name)} AS {quoted(f'cell.{name}')}" for name in fields)
    texts = f"SELECT * FROM {quoted(f'raw_{record.name}')} WHERE _row IN (SELECT _row FROM ({rows}))"
    some = ", ".join(f"t.{quoted(name)}" for name in by)
    theirs = f"SELECT t._row, {some}{', ' if cells else ''}{cells} FROM ({rows}) AS t LEFT JOIN ({texts}) AS w ON w._row = t._row"
    differ = [f"COUNT(DISTINCT {quoted(f'cell.{name}')}) > 1" for name in fields]
    told = "".join(f", {each} AS {quoted(f'differ.{name}')}" for name, each in zip(fields, differ, strict=True))
    groups = f"SELECT {keys}, MIN(_row) AS first_row{told} FROM theirs GROUP BY {keys}"
    doubt = " OR ".join(["_row > first_row", *(quoted(f"differ.{name}") for name in fields)])
    flags = {name: f"_row = first_row AND {quoted(f'differ.{name}')}" if disputes else "FALSE" for name in fields}
    shown = "".join(f", {flags.get(field.name, 'FALSE')} AS {quoted(field.name)}" for field in record.fields)
    both = f"SELECT _row, ({doubt}) AS _doubt{shown} FROM theirs JOIN told USING ({keys})"
    return f"WITH theirs AS ({theirs}), told AS ({groups}) {both}"


def cell_of(name: str) -> str:
    """What rows must agree in: the value, what is known of it, and the text of what is unreadable, or not known exactly."""
    text = f"CASE WHEN t.{quoted(state(name))} IN (1, 3) THEN BARE(w.{quoted(name)}) END"
    return f"ROW(t.{quoted(name)}, t.{quoted(state(name))}, {text})"


def _misled(record: Record, reference: str) -> str:
    """The rows of which that reference almost matches a key, and so may refer to it."""
    shown = "".join(f", {str(field.name == reference).upper()} AS {quoted(field.name)}" for field in record.fields)
    return f"SELECT DISTINCT _row, FALSE AS _doubt{shown} FROM {quoted(f'near_{record.name}')} WHERE _via = '{reference}'"


def _unsure_list(record: Record, name: str) -> str:
    """The rows of which an element of a list almost matches a key: what is in the list is not known."""
    shown = "".join(f", {str(field.name == name).upper()} AS {quoted(field.name)}" for field in record.fields)
    rows = near_keys.of_elements(record, name)
    return f"SELECT DISTINCT _row, FALSE AS _doubt{shown}, TRUE AS {quoted(readings.unsure(name))} FROM ({rows})"


def of_census(plan: RecordPlan, rows: int, first: int, failures: Iterable[int | None]) -> Doubts:
    """What a census says may be in doubt."""
    failing = [rule for rule, count in zip(plan.integrity, failures, strict=True) if count]
    return Doubts(
        keys=first < rows,
        combinations=tuple(
            rule.fields for rule in failing if rule.kind is IntegrityKind.UNIQUE and rule.fields != (plan.record.key,)
        ),
        references=tuple(rule.fields[0] for rule in failing if rule.kind is IntegrityKind.REFERENCE),
    )
