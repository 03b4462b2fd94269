"""What an evaluation needs to know: the rulebook, the tables as read, the period, the as-of date, the parameters."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.cells import (
    Cell,
    Elements,
    Near,
    Null,
    Partly,
    Row,
    Submission,
    Truth,
    Value,
    Whole,
    disputed,
    doubtful,
    read_table,
    sameness,
)
from tests.oracle.derived import SUBMISSION, derived, the_submission
from tests.oracle.derived import expanded as of_derived
from tests.oracle.expressions import Node, all_of, any_of, evaluate, holds, parse
from tests.oracle.handed import leave_keyless_unknown, leave_references_unknown
from tests.oracle.near import almost

Book = Mapping[str, Any]
"""A rulebook as the YAML says it."""

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Span:
    """The reporting period, or a window: both days included."""

    first: date
    last: date
    label: str


@dataclass(frozen=True)
class Part(Span):
    """The part of a window that is due; where its ends are not `known`, the longest that it may be."""

    whole: Span
    known: bool


class Nothing:
    """What an empty optional reference and a dangling one lead to; `empty` tells them apart."""

    def __init__(self, *, empty: bool) -> None:
        self.empty = empty


@dataclass
class World:
    """One run; `overrides` replace all values of a parameter; `previous` is the earlier report."""

    book: Book
    submission: Submission
    period: Span
    as_of: date
    overrides: Mapping[str, str] = field(default_factory=dict)
    waivers: Sequence[Mapping[str, Any]] = ()
    previous: Mapping[str, Any] | None = None
    tables: dict[str, list[Row] | None] = field(init=False)
    doubts: set[tuple[str, int]] = field(init=False)
    standing: dict[str, list[Row]] = field(init=False)
    unknown_references: set[tuple[str, int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.book = {**self.book, "records": expanded(self.book)}
        self.tables = {
            name: read_table(self.book, name, self.submission[name]) if self._can_be_read(name) else None
            for name in self.book["records"]
        }
        leave_keyless_unknown(self)
        self.unknown_references = leave_references_unknown(self)
        self.doubts = {
            (name, row.number)
            for name, rows in self.tables.items()
            if rows is not None
            for row in doubtful(rows, self.book["records"][name].get("unique", []))
        }
        self.standing = {
            name: [self._standing(row) for row in firsts(rows)] for name, rows in self.tables.items() if rows is not None
        }
        for name, record in self.book["records"].items():
            if "roll_call" in record:
                rows = self.tables[name] = self._call_the_roll(name, **record["roll_call"])
                self.standing[name] = rows or []
            if "derive" in record:
                rows = self.tables[name] = derived(self, name)
                self.standing[name] = rows or []
        self.tables[SUBMISSION] = self.standing[SUBMISSION] = the_submission()

    def _can_be_read(self, name: str) -> bool:
        """Whether a table was submitted, and has one at least of the declared columns (3)."""
        declared = self.book["records"][name]["fields"]
        return name in self.submission and any(column in declared for column in self.submission[name].columns)

    def _standing(self, row: Row) -> Row:
        """The row that stands for a key as a subject and through references: what others of it dispute is not known (3)."""
        same = [
            other for other in self.tables[row.record] or [] if other is row or (row.key is not None and other.key == row.key)
        ]
        told = [sameness(each) for each in same]
        cells = {
            name: disputed(cell) if any(each[name] != told[0][name] for each in told) or self.near(row, name) else cell
            for name, cell in row.cells.items()
        }
        key = self.record(row.record).get("key")
        return replace(row, cells=cells | ({key: row.cells[key]} if key else {}))

    def near(self, row: Row, name: str) -> list[str]:
        """The keys that a dangling reference almost matches (3)."""
        declared, cell = self.field(row.record, name), row.cells[name]
        rows = self.tables[declared["ref"]] if "ref" in declared else None
        keys = list(dict.fromkeys(other.key for other in rows or [] if other.key is not None))
        return [] if cell.state != "known" or cell.value in keys else [key for key in keys if almost(str(cell.value), key)]

    def versions(self, row: Row, names: Sequence[str]) -> list[Row]:
        """A related row, and what it is where references of it lead to keys that they almost match (3)."""
        found = [row]
        for name in names:
            found += [
                replace(each, cells=each.cells | {name: Cell("known", key, key, was_empty=False)}, misled=True)
                for each in found
                for key in self.near(row, name)
            ]
        return found

    def is_doubtful(self, row: Row) -> bool:
        """Whether a row only may count (3)."""
        return row.misled or (row.record, row.number) in self.doubts

    def submitted(self, row: Row) -> Row:
        """The row as it was submitted."""
        return next(each for each in self.tables[row.record] or [] if each.number == row.number)

    def _call_the_roll(
        self, name: str, who: str, occasion: str, present: str, by: Mapping[str, str] | None = None
    ) -> list[Row] | None:
        """A row for each one and each occasion on which that one was there (3)."""
        if self.tables[who] is None or self.tables[occasion] is None:
            return None
        rows: list[Row] = []
        for one in self.subjects(who):
            for other in self.subjects(occasion):
                dated = self.record(occasion).get("date")
                at = self.may_be(other, dated) if dated else (self.ref, self.ref)
                exists = all_of(self.exists_on(row, at) for row in (one, other))
                if exists is False:
                    continue
                there = self._was_there(one, other, present, by or {})
                cells = {
                    "who": a_reference(one),
                    "occasion": a_reference(other),
                    "present": Cell(
                        "unreadable" if there is None else "known", Null.UNKNOWN if there is None else there, "", was_empty=False
                    ),
                }
                if dated:
                    cells["date"] = other.cells[dated]
                rows.append(Row(name, len(rows) + 1, cells))
                if exists is None or self.is_doubtful(one) or self.is_doubtful(other):
                    self.doubts.add((name, rows[-1].number))
        return rows

    def _was_there(self, one: Row, occasion: Row, present: str, by: Mapping[str, str]) -> Truth:
        """Whether some row marks that one as present on that occasion (3)."""
        marking, predicates = self.selection(present)
        rows = self.tables[marking]
        if rows is None or one.key is None or occasion.key is None:
            return None
        dated = self.record(marking).get("date")
        marks: list[Truth] = []
        for row in rows:
            day = self.day(row, dated) if dated else self.ref
            truths = [
                self.holds(predicates, row, day),
                None if self.is_doubtful(row) else True,
                self.exists(row, self.ref, self.ref),
            ]
            truths.append(self.until(row, dated, self.ref) if dated else True)
            truths += [self._names(row, one, by.get("who")), self._names(row, occasion, by.get("occasion"))]
            marks.append(all_of(truths))
        return any_of(marks)

    def _names(self, row: Row, target: Row, by: str | None) -> Truth:
        """Whether a row names that other row, by a field or by its only reference."""
        fields = self.record(row.record)["fields"]
        name = by or next(name for name, spec in fields.items() if (spec or {}).get("ref") == target.record)
        if "ref" not in (fields[name] or {}):
            value = row.cells[name].value
            return None if isinstance(value, Null) else value == target.key
        if target.key in self.near(row, name):
            return None
        to = self.refer(row, name)
        return None if to is None else to is target

    @property
    def ref(self) -> date:
        """The reference date (1)."""
        return min(self.as_of, self.period.last)

    def record(self, name: str) -> Mapping[str, Any]:
        """A record of the rulebook."""
        found: Mapping[str, Any] = self.book["records"][name]
        return found

    def field(self, record: str, name: str) -> Mapping[str, Any]:
        """A declared field."""
        return self.record(record)["fields"][name] or {}

    def selection(self, name: str) -> tuple[str, list[Node]]:
        """The record that a record's or term's name stands for, and the predicates of the terms on the way."""
        predicates = []
        while name in self.book.get("terms", {}):
            term = self.book["terms"][name]
            if "where" in term:
                predicates.append(parse(str(term["where"])))
            name = term["of"]
        return name, predicates

    def subjects(self, record: str) -> list[Row]:
        """The first row of each key, and every row whose key is empty (3)."""
        return self.standing.get(record, [])

    def first(self, record: str, key: str) -> Row | None:
        """The row that stands for a key."""
        return next((row for row in self.subjects(record) if row.key == key), None)

    def refer(self, row: Row, name: str) -> Row | Nothing | None:
        """The record a reference leads to; None where it may be any (3)."""
        declared, cell = self.field(row.record, name), row.cells[name]
        if cell.state == "empty" and not declared.get("required") and self.record(row.record).get("key") != name:
            return Nothing(empty=True)
        if cell.state != "known" or self.tables[declared["ref"]] is None:
            return None
        return self.first(declared["ref"], str(cell.value)) or Nothing(empty=False)

    def parameter(self, name: str, day: date | None) -> Value:
        """The value of a parameter on that day (4)."""
        if name in self.overrides:
            return constant(self.overrides[name])
        values = self.book["parameters"][name]
        if not isinstance(values, list):
            return constant(values)
        if day is None:
            return Null.UNKNOWN
        begun = [entry for entry in values if as_date(entry["from"]) <= day]
        return constant(max(begun, key=lambda e: as_date(e["from"]))["value"]) if begun else Null.UNKNOWN

    def value(self, node: Node, row: Row | None, day: date | None) -> Value:
        """The value of an expression over a row; parameters as of that day (None: unknown day)."""
        return evaluate(node, lambda leaf: self._leaf(leaf, row, day))

    def holds(self, nodes: list[Node], row: Row, day: date | None) -> Truth:
        """Whether all these predicates hold of a row."""
        return all_of(holds(node, lambda leaf: self._leaf(leaf, row, day)) for node in nodes)

    def _leaf(self, node: Node, row: Row | None, day: date | None) -> Value:
        kind, *names = node
        if kind == "parameter":
            special = {"as_of": self.as_of, "period_start": self.period.first, "period_end": self.period.last}
            return special[names[0]] if names[0] in special else self.parameter(names[0], day)
        at = row
        if at is None:
            return Null.UNKNOWN
        for name in names[:-1]:
            target = self.refer(at, name)
            if isinstance(target, Nothing):
                return Null.EMPTY if target.empty else Null.UNKNOWN
            if target is None:
                return Null.UNKNOWN
            at = target
        return self.told(at, names[-1])

    def told(self, row: Row, name: str) -> Value:
        """The value of a cell; of a list of which an element is near a key it is not known what is in it (3)."""
        return Null.UNKNOWN if any(self.near_elements(row, name).values()) else row.cells[name].value

    def near_elements(self, row: Row, name: str) -> dict[str, list[str]]:
        """The elements of a list that are no keys, and the keys that they almost match (3)."""
        value, target = row.cells[name].value, self.field(row.record, name).get("keys_of")
        if not isinstance(value, Elements) or target is None:
            return {}
        keys = list(dict.fromkeys(other.key for other in self.tables[target] or [] if other.key is not None))
        lost = sorted(each for each in value if each not in keys)
        return {each: [key for key in keys if almost(each, key)] for each in lost}

    def value_at(self, row: Row, path: str) -> Value | None:
        """The value at the end of a path; None, which equals nothing, where it leads nowhere or says that there is none (5)."""
        *way, last = path.split(".")
        at = row
        for name in way:
            target = self.refer(at, name)
            if isinstance(target, Nothing):
                return None
            if target is None:
                return Null.UNKNOWN
            at = target
        declared, cell = self.field(at.record, last), at.cells[last]
        if cell.state == "empty" and "ref" in declared and not declared.get("required"):
            return None
        if cell.value == Elements():
            return None
        return Null.UNKNOWN if isinstance(cell.value, Near) else self.told(at, last)

    def day(self, row: Row, name: str) -> date | None:
        """A date cell; None if it is not known."""
        value = row.cells[name].value
        return value if isinstance(value, date) else None

    def may_be(self, row: Row, name: str) -> tuple[date, date] | None:
        """The first and the last day that a date cell may be; None if nothing is known of it (2)."""
        value = row.cells[name].value
        return (value, value) if isinstance(value, date) else (value.low, value.high) if isinstance(value, Partly) else None

    def until(self, row: Row, name: str, last: date) -> Truth:
        """Whether the day of a cell is not after a day."""
        return not_after(self.may_be(row, name), last)

    def exists_on(self, row: Row, days: tuple[date, date] | None) -> Truth:
        """Whether a record exists on a day that is one from the first to the last of these: on all of them, or on none (3)."""
        if days is None:
            return all_of(None for _ in self.record(row.record).get("lifespan", {}))
        first, last = days
        return True if self.exists(row, first, last) is True else None if self.exists(row, last, first) is not False else False

    def lifespan(self, row: Row) -> tuple[date | Null | None, date | Null | None]:
        """The ends of a record's existence: None is open-ended, UNKNOWN unknown (2)."""
        span = self.record(row.record).get("lifespan", {})
        ends: list[date | Null | None] = []
        for end in ("from", "until"):
            if end not in span:
                ends.append(None)
                continue
            cell, required = row.cells[span[end]], self.field(row.record, span[end]).get("required")
            if isinstance(cell.value, date):
                ends.append(cell.value)
            elif cell.state in {"empty", "absent"} and not required:
                ends.append(None)
            else:
                ends.append(Null.UNKNOWN)
        # The row as it was submitted tells whether they are in the wrong order, also where others of its key dispute them.
        told = [self.submitted(row).cells[span[end]].value for end in ("from", "until") if end in span]
        if len(told) == 2 and isinstance(told[0], date) and isinstance(told[1], date) and told[1] < told[0]:
            return Null.UNKNOWN, Null.UNKNOWN
        return ends[0], ends[1]

    def exists(self, row: Row, first: date, last: date) -> Truth:
        """Whether a record has begun by the first of these days and not ended before the last (3)."""
        begins, ends = self.lifespan(row)
        span = self.record(row.record).get("lifespan", {})
        begun, ended = (self.may_be(row, span[end]) if end in span else None for end in ("from", "until"))
        partly = [days if days and days[0] < days[1] else None for days in (begun, ended)]
        return all_of(
            [
                True if begins is None else not_after(partly[0], first) if isinstance(begins, Null) else begins <= first,
                True if ends is None else not_before(partly[1], last) if isinstance(ends, Null) else last <= ends,
            ]
        )


def not_after(days: tuple[date, date] | None, last: date) -> Truth:
    """Whether one of several days, of which it is not known which, is not after a day."""
    return None if days is None else True if days[1] <= last else False if days[0] > last else None


def not_before(days: tuple[date, date] | None, first: date) -> Truth:
    """Whether one of several days, of which it is not known which, is not before a day."""
    return None if days is None else True if days[0] >= first else False if days[1] < first else None


def firsts(rows: Sequence[Row]) -> list[Row]:
    """The first row of each key, and every row whose key is empty (3)."""
    keys = [row.key for row in rows]
    return [row for place, row in enumerate(rows) if row.key is None or row.key not in keys[:place]]


def expanded(book: Book, *, whole: bool = True) -> dict[str, Any]:
    """The records, with the fields of those that are made, and the `whole` submission."""
    records = book["records"]
    records = {name: with_lists(record) for name, record in records.items()}
    book = {**book, "records": records}
    found = {**records, **({SUBMISSION: {"key": "id", "fields": {"id": {}}}} if whole else {})}
    for name, record in records.items():
        if "derive" in record:
            found[name] = {**record, **of_derived(book, record["derive"])}
        if "roll_call" not in record:
            continue
        who, occasion = record["roll_call"]["who"], record["roll_call"]["occasion"]
        fields = {
            "who": {"ref": who, "required": True},
            "occasion": {"ref": occasion, "required": True},
            "present": {"type": "boolean"},
        }
        dated = "date" in records[occasion]
        found[name] = {
            **record,
            "fields": fields | ({"date": {"type": "date"}} if dated else {}),
            **({"date": "date"} if dated else {}),
        }
    return found


def with_lists(record: Any) -> Any:
    """A record of which lists are no references: `keys_of` says whose keys their elements are."""
    lists = {name: spec for name, spec in record.get("fields", {}).items() if {"list", "ref"} <= (spec or {}).keys()}
    if not lists:
        return record
    others = {
        name: {key: value for key, value in spec.items() if key != "ref"} | {"keys_of": spec["ref"]}
        for name, spec in lists.items()
    }
    return {**record, "fields": {**record["fields"], **others}}


def a_reference(row: Row) -> Cell:
    """What refers to a row by its key; where it has none, a required reference that is missing."""
    if row.key is None:
        return Cell("empty", Null.EMPTY, "", was_empty=True)
    return Cell("known", row.key, row.key, was_empty=False)


def as_date(value: object) -> date:
    """A date as YAML gives it: a date, or text."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def constant(value: object) -> Value:
    """A number, percentage or fraction exactly, else text."""
    text = unicodedata.normalize("NFC", str(value)).strip()
    if match := re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)\s*%", text):
        return Fraction(match[1]) / 100
    if match := re.fullmatch(r"([0-9]+)\s*/\s*([0-9]+)", text):
        return Fraction(int(match[1]), int(match[2]))
    if re.fullmatch(r"-?[0-9]+", text):
        return Whole(text)
    return Fraction(text) if re.fullmatch(r"-?[0-9]+\.[0-9]+", text) else text


def in_force(rule: Mapping[str, Any], first: date, last: date) -> bool:
    """Whether a rule is in force from the first to the last of these days (4)."""
    span = rule.get("in_force", {})
    begun = "from" not in span or as_date(span["from"]) <= first
    return begun and ("until" not in span or last <= as_date(span["until"]))


def windows(world: World, unit: str, *, partial: bool) -> list[Span]:
    """The windows that lie inside the period (4), wholly or `partial`ly, and the one that ends on the reference date."""
    period = world.period
    if unit == "period":
        return [period]
    if unit == "week" or re.match(r"[0-9]+ (month|year)", unit):
        several = weeks(period) if unit == "week" else cycles(world, unit)
        return [each for each in several if inside(each, period, partial=partial)]
    if unit not in MONTHS:
        last = world.ref if world.as_of >= period.first else period.last
        first = last - timedelta(days=int(unit.rstrip("days ")) - 1)
        return [Span(first, last, f"{first}..{last}")]
    starts = int(str(world.book.get("year_starts", "01-01"))[:2])
    found = []
    for year in range(period.first.year - 1, period.last.year + 1):
        for index in range(12 // MONTHS[unit]):
            first = months_later(date(year, starts, 1), index * MONTHS[unit])
            last = months_later(first, MONTHS[unit]) - timedelta(days=1)
            label = {"month": "", "quarter": f"{year}-Q{index + 1}", "half": f"{year}-H{index + 1}", "year": f"{year}"}[unit]
            if starts != 1:
                label = f"{first:%Y-%m}..{last:%Y-%m}"
            if unit == "month":
                label = f"{first:%Y-%m}"
            if inside(Span(first, last, label), period, partial=partial):
                found.append(Span(first, last, label))
    return found


def in_years(book: Book, period: Span) -> Span:
    """A period that is written as a year, or from one to another, as the rulebook's years are counted (4)."""
    starts, years = int(str(book.get("year_starts", "01-01"))[:2]), period.label.split("..")
    if starts == 1 or not all(re.fullmatch("[0-9]{4}(/[0-9]{2})?", each) for each in years):
        return period
    first, last = (date(int(each[:4]), starts, 1) for each in (years[0], years[-1]))
    return Span(first, months_later(last, 12) - timedelta(days=1), f"{first:%Y-%m}..{months_later(last, 11):%Y-%m}")


def inside(window: Span, period: Span, *, partial: bool) -> bool:
    """Whether a window lies inside a period, wholly or `partial`ly."""
    if partial:
        return window.first <= period.last and window.last >= period.first
    return period.first <= window.first and window.last <= period.last


def weeks(period: Span) -> Iterator[Span]:
    """The weeks from Monday to Sunday around a period."""
    monday = period.first - timedelta(days=period.first.weekday())
    while monday <= period.last:
        year, week, _ = monday.isocalendar()
        yield Span(monday, monday + timedelta(days=6), f"{year}-W{week:02}")
        monday += timedelta(days=7)


def cycles(world: World, unit: str) -> Iterator[Span]:
    """Windows of so many months, from the beginning of each year, or from a month that is named."""
    length, _, since = unit.partition(" from ")
    months = int(length.split()[0]) * (12 if "year" in length else 1)
    starts = int(str(world.book.get("year_starts", "01-01"))[:2])
    first = date(int(since[:4]), int(since[5:]), 1) if since else date(2000, starts, 1)
    while first > world.period.first:
        first = months_later(first, -months)
    while first <= world.period.last:
        following = months_later(first, months)
        last = following - timedelta(days=1)
        yield Span(first, last, f"{first:%Y-%m}..{last:%Y-%m}")
        first = following


def months_later(day: date, months: int) -> date:
    """The same day so many months later (or, if negative, earlier), clipped to the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
