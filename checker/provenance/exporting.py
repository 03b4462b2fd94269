"""Every finding of a run, and every value of an indicator, as data: one row each, written to files by the engine itself.

The columns are those that docs/findings.md tells of. Numbers are exact: decimals of at most six places, and where a value is
a fraction, its numerator and a column with the denominator. The rows are in the order of rules, or indicators, subjects and
windows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from checker.atomic_write import draft_of
from checker.display_width import encodable
from checker.engine.protocol import Engine
from checker.errors import Place, Problem, UsageError
from checker.files import reason_of
from checker.model.accepted import accepted
from checker.model.measures import OWN_WINDOWS, Ends, of_ends
from checker.model.period import Period
from checker.model.plan import BoundPlan, IntegrityPlan
from checker.model.quoting import literal, literals, quoted
from checker.model.schema import SUBMISSION, Record
from checker.model.waivers import Waiver
from checker.model.words import ABSENT_TABLE
from checker.run.results import MARKED
from checker.run.session import Rule, Session
from checker.tables.schema import NAMED, SPOKEN
from checker.words.message import Message, message


class _Format(NamedTuple):
    """How a kind of file is written: the engine's options, and what a decimal is in it."""

    options: str
    amount: Callable[[str], str]


def _bare(decimal: str) -> str:
    """The text of a decimal, without zeros at its end."""
    return f"RTRIM(RTRIM(CAST({decimal} AS VARCHAR), '0'), '.')"


_FORMATS = {
    ".parquet": _Format("FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 40960", "{}".format),
    ".ndjson": _Format("FORMAT json", lambda decimal: f"CAST({_bare(decimal)} AS JSON)"),
}
FOR_PEOPLE = (".xlsx", ".csv")
"""What is written for people, in a room above this one."""


class Data(NamedTuple):
    """Rows that are made and can be written: the query, in order, its columns that are not told, and those with exact numbers.

    `shown` are further columns that are told otherwise than they are there, for a way in which decimals are written.
    """

    query: str
    order: str
    apart: tuple[str, ...]
    amounts: tuple[str, ...]
    shown: Callable[[Callable[[str], str]], Iterable[str]] = lambda _: ()


class Kind(StrEnum):
    """What rows are of, by the key of how they are called."""

    FINDINGS = "the-findings"
    INDICATORS = "the-indicator-values"


_OWN = f"s.measures IN {literals(OWN_WINDOWS)}"
_TOLD = f"f.outcome <> 'none' AND COALESCE(f.why NOT IN {literals(sorted(ABSENT_TABLE))}, TRUE)"
_NUMBERED = f"s.measures IN {literals(of_ends(Ends.NUMBERS))} AND {_TOLD}"
_DATED = f"s.measures IN {literals(of_ends(Ends.DAYS))} AND {_TOLD}"
_BOUNDS = ", ".join(
    f"COALESCE(s.fixed_{n}, f.bound_{n}) AS bound_{n}, "
    f"CASE WHEN NOT COALESCE(s.fixed_{n}, f.bound_{n}) IS NULL THEN s.scale_{n} END AS bound_{n}_scale"
    for n in (1, 2)
)
_WHOLE = f"CASE WHEN f.subject = 0 THEN '{SUBMISSION}'"
_KEY = "COALESCE(named.key, 'row ' || f.subject)"
_ROWS = f"""SELECT f.rule AS _rule, f.no AS _no, s.id AS rule, s.severity, f.verdict, f.outcome, f.why AS reason, f.because,
  {_WHOLE} ELSE f.record END AS record, {_WHOLE} ELSE {_KEY} END AS subject,
  {_WHOLE} ELSE COALESCE(named.label, {_KEY}) END AS name, NULLIF(f.subject, 0) AS row_number, f.body,
  CASE WHEN f.subject > 0 THEN s.file END AS file,
  CASE WHEN {_OWN} THEN f.day_low || '..' || f.day_high ELSE w.label END AS window_label,
  CASE WHEN {_OWN} THEN f.day_low ELSE w.first END AS window_first,
  CASE WHEN {_OWN} THEN f.day_high ELSE w.last END AS window_last,
  CASE WHEN {_TOLD} THEN s.measures END AS measured,
  CASE WHEN {_NUMBERED} THEN f.low END AS low,
  CASE WHEN {_NUMBERED} THEN f.high END AS high,
  CASE WHEN {_NUMBERED} AND NOT COALESCE(f.low, f.high) IS NULL THEN COALESCE(f.scale, 1) END AS scale,
  CASE WHEN {_NUMBERED} THEN f.whole_low END AS whole_low,
  CASE WHEN {_NUMBERED} THEN f.whole_high END AS whole_high,
  CASE WHEN {_DATED} THEN f.day_low END AS day_low,
  CASE WHEN {_DATED} THEN f.day_high END AS day_high,
  CASE WHEN {_NUMBERED} THEN LIST_FILTER(f.missing, LAMBDA value : NOT value IS NULL) END AS missing,
  s.required, {_BOUNDS},
  f.allowed_from, f.allowed_until, f.due, CASE WHEN f.verdict = 'waived' THEN {{waivers}}[f.waiver + 1] END AS waiver,
  {{periods}}[f.since + 1] AS repeated_since, f.known, f.parts
FROM marked AS f
JOIN spoken AS s ON s.rule = f.rule
LEFT JOIN windows AS w ON w.no = f.no
LEFT JOIN named ON named.record = f.record AND named.subject = f.subject"""
"""The findings; every join has memory of its own, so there are few."""
_NARROW = f"""SELECT marked.* EXCLUDE (kind, level, case_no, covered, required, times), own.body
FROM (SELECT * FROM {MARKED} WHERE record = {{record}} AND {{some}}) AS marked
LEFT JOIN (SELECT subject, body FROM responsible_bodies WHERE record = {{record}} AND {{some}}) AS own
  ON own.subject = marked.subject"""
"""What is told of the findings about some rows of one record."""
_PARTS = """LIST_TRANSFORM(parts, LAMBDA each : STRUCT_PACK(part := each.part + 1, outcome := each.outcome,
  reason := each.reason, {amounts}, day_low := each.day_low, day_high := each.day_high, due := each.due,
  missing := each.missing))"""
"""What was measured of each requirement of a rule that has several, counted from 1."""
_AMOUNTS_OF_PARTS = ("low", "high", "scale", "whole_low", "whole_high")
_AMOUNTS = ("low", "high", "scale", "whole_low", "whole_high", "bound_1", "bound_1_scale", "bound_2", "bound_2_scale")


def refuse(files: Mapping[Kind, Sequence[Path]]) -> None:
    """Raises UsageError for files that cannot be written, before anything is judged for them."""
    taken = set[str]()
    for kind, path in ((kind, path) for kind, paths in files.items() for path in paths):
        suffixes = (*_FORMATS, *FOR_PEOPLE)
        if path.suffix.lower() not in suffixes:
            known = ", ".join(suffixes)
            near = get_close_matches(path.suffix.lower(), suffixes, 1, 0.4)
            wrong = message("findings-suffix", what=message(kind), suffix=path.suffix or path.name)
            instead = str(path.with_suffix(near[0])) if near and path.suffix else None
            fix = message("findings-suffix-fix", known=known)
            raise UsageError(Problem("unknown-suffix", wrong, fix, Place(str(path)), instead=instead))
        if "\0" in str(path):
            raise _unwritable(path, kind, message("file-bad-name"))
        if os.path.realpath(path) in taken:
            wrong = message("findings-twice", what=message(kind))
            raise UsageError(Problem("same-file", wrong, message("findings-twice-fix"), Place(str(path))))
        taken.add(os.path.realpath(path))
        if not path.parent.is_dir():
            raise _unwritable(path, kind, message("no-folder", folder=str(path.parent)))
        if path.is_dir():
            raise _unwritable(path, kind, message("file-is-folder"))


def write(engine: Engine, data: Data, path: Path, suffix: str) -> None:
    """Writes the data to a file as that suffix says."""
    form = _FORMATS[suffix]
    shown = ", ".join([*(f"{form.amount(name)} AS {name}" for name in data.amounts), *data.shown(form.amount)])
    query = f"SELECT * EXCLUDE ({', '.join(data.apart)}) REPLACE ({shown}) FROM ({data.query}) ORDER BY {data.order}"
    engine.copy(query, path, form.options)


def findings(run: Session, waivers: Sequence[Waiver], since: Sequence[Period]) -> Data:
    """All findings that a finished run has kept."""
    run.engine.empty(SPOKEN)
    run.engine.insert(SPOKEN, [(number, file_of(run, rule.record), *_spoken(rule)) for number, rule in enumerate(run.rules)])
    _mark(run)
    rows = _ROWS.format(waivers=_texts(waiver.place for waiver in waivers), periods=_texts(period.label for period in since))
    # The engine keeps the order of a table that it joins only until it turns a join around: so the last is put in order.
    return Data(rows, "_rule, row_number NULLS FIRST, _no", ("_rule", "_no"), _AMOUNTS, _parts)


def _parts(amount: Callable[[str], str]) -> tuple[str, ...]:
    of_parts = ", ".join(f"{name} := {amount(f'each.{name}')}" for name in _AMOUNTS_OF_PARTS)
    return (f"{_PARTS.format(amounts=of_parts)} AS parts",)


def _texts(values: Iterable[object]) -> str:
    """Texts as a list in SQL."""
    return f"CAST([{', '.join(literal(str(value)) for value in values)}] AS VARCHAR[])"


def _spoken(rule: Rule) -> tuple[object, ...]:
    """What a rule says of itself, as a row of `spoken` ends."""
    if isinstance(rule, IntegrityPlan):
        cell = None if rule.read is None else ", ".join(f"{each.operator} {each.text}" for each in accepted(rule.read))
        return (rule.id, rule.severity.value, None, cell, None, None, None, None)
    ends: list[int | None] = []
    for bound in rule.bounds:
        fixed = bound.value is not None and rule.kind.ends is not Ends.DAYS
        exact = Fraction(bound.value or 0)
        ends += (exact.numerator, exact.denominator) if fixed else (None, bound.divisor)
    return (rule.id, rule.severity.value, rule.kind, ", ".join(map(_said, rule.bounds)), *ends, *[None] * (4 - len(ends)))


def _said(bound: BoundPlan) -> str:
    rounded = "" if bound.rounded is None else f" rounded {bound.rounded}"
    return f"{bound.operator} {bound.text}{rounded}"


def _mark(run: Session) -> None:
    """Makes `marked` and `named`: of each finding whose it is, and of its row the key and label, record by record.

    Each join, and the sort that comes after, takes memory of its own: so no statement has two with as many rows as there
    may be findings, and that with whose they are is of some rows at once.
    """
    run.engine.empty(NAMED)
    run.engine.run(f"CREATE OR REPLACE TABLE marked AS {_NARROW.format(record=literal(''), some='FALSE')}")
    for name in dict.fromkeys(rule.record for rule in run.rules):
        record, shown = run.plan.record(name).record, literal(name)
        ((last,),) = run.engine.rows(f"SELECT COALESCE(MAX(subject), 0) FROM found WHERE record = {shown}")
        at_once = run.engine.tuning.marked
        for first in range(0, last + 1, at_once):
            some = f"subject BETWEEN {first} AND {first + at_once - 1}"
            run.engine.run(f"INSERT INTO marked {_NARROW.format(record=shown, some=some)}")
        name_subjects(run, record, f"SELECT subject FROM found WHERE record = {shown} AND subject > 0")


def name_subjects(run: Session, record: Record, about: str) -> None:
    """Adds the keys and labels of some rows of a record to `named`."""
    if record.key is None and record.label is None:
        return
    key, label = (f"CAST(t.{quoted(field)} AS VARCHAR)" if field else "NULL" for field in (record.key, record.label))
    run.engine.run(
        f"INSERT INTO named SELECT {literal(record.name)}, t._row, {key}, NULLIF({label}, '') FROM "
        f"{quoted(f't_{record.name}')} AS t WHERE t._row IN ({about})"
    )


def file_of(run: Session, name: str) -> str | None:
    """The file in which the rows of a record stand; of one that is made, those of which it is made."""
    record = run.plan.record(name).record
    table = run.tables.get(str(record.origin) if record.made else record.name)
    return None if table is None else encodable(table.file)


@contextmanager
def draft(path: Path, kind: Kind) -> Iterator[Path]:
    """A file to write, which then takes the place of that one. Raises UsageError where it cannot be written."""
    try:
        with draft_of(path) as written:
            yield written
    except OSError as error:
        raise _unwritable(path, kind, reason_of(error)) from error


def _unwritable(path: Path, kind: Kind, why: Message) -> UsageError:
    wrong = message("findings-unwritable", what=message(kind), why=why)
    return UsageError(Problem("cannot-write", wrong, message("unwritable-file-fix"), Place(str(path))))
