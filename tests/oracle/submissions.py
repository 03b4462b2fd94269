"""Random small submissions to a random rulebook, with all that goes wrong in real ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.cells import Table
from tests.oracle.odd_texts import refiled, vocabulary
from tests.oracle.predicates import BOUNDLESS, kind_of
from tests.oracle.world import Book, Span

SPANS = (
    Span(date(2019, 1, 1), date(2019, 12, 31), "2019"),
    Span(date(2019, 1, 1), date(2019, 6, 30), "2019-H1"),
    Span(date(2019, 4, 1), date(2019, 6, 30), "2019-Q2"),
    Span(date(2019, 3, 1), date(2019, 3, 31), "2019-03"),
    Span(date(2019, 2, 10), date(2019, 5, 20), "2019-02-10..2019-05-20"),
    Span(date(2018, 7, 1), date(2019, 8, 31), "2018-07-01..2019-08-31"),
)
UNREADABLE = {
    "integer": ("x", "1.5", "1.000", "-9", "999", "+1", "\uff13", "1_0", "3 2"),
    "number": ("x", "1,5", "\u0661", "1e1"),
}
UNREADABLE |= {"date": ("x", "2019-02-30", "31/12/19", "2019-6-1", "2019-W05", "\uff12019-01-01", "10000-01-01", "0000-01-01")}
UNREADABLE |= {"boolean": ("x", "2", "tr\u200bue"), "enum": ("other", "x")}
BLANKS = (" ", "\u00a0", "\u3000", "\t", "\u200b", "\ufeff", "\u2060 ")
"""What is left out around a cell, and is nothing alone."""
NOBODYS = "qqq"
"""A column that is no field of any record, and looks like none."""

ALMOST = ("a", "b", "Ａ", "B\u200b", "А", "C.")
"""References that almost match a key: lower case, full width, an unseen sign, Cyrillic, full stop."""

KEYS, ALIKE = ("A", "B", "C", "D", "E", "F"), ("A.", "B", "a-", "D", "C", "F")
"""The keys of a table, and those of one in which two are near one another, and near what other rows refer to."""

LIMITS = {
    "integer": ("9223372036854775807", "9223372036854775808", "-9223372036854775808", "4611686018427387904", "-1"),
    "number": ("0.000001", "-0.000001", "9999999999999999999999.999999", "10000000000000000000000", "-9999999999999999999999"),
}
"""Numbers at the limits of what can be read, and just beyond."""

Time = tuple[Span, date]
"""The period and the as-of date."""


@dataclass(frozen=True)
class Filing:
    """A submission and the circumstances of its check."""

    tables: dict[str, Table]
    period: Span
    as_of: date
    overrides: dict[str, str]
    waivers: tuple[dict[str, str], ...] = ()
    previous: Mapping[str, Any] | None = None


def filing(seed: int, book: Book) -> Filing:
    """The submission of that seed."""
    random = Random(f"submission {seed}")  # noqa: S311
    period = random.choice([*SPANS, SPANS[0], SPANS[0], SPANS[-1]])
    days = (period.last - period.first).days
    as_of = random.choice(
        [
            *[period.last] * 4,
            period.last + timedelta(days=random.choice([1, 40, 400])),
            period.last - timedelta(days=random.choice([1, days // 2, days])),
            period.first + timedelta(days=random.choice([days // 3, 45])),
            period.first - timedelta(days=random.choice([1, 200])),
        ]
    )
    faults = random.choice([0.0, 0.3, 1.0])
    given = [name for name, record in book["records"].items() if "roll_call" not in record and "derive" not in record]
    kept = random.choice(given)
    tables = {
        name: a_table(random, book["records"][name], (period, as_of), faults)
        for name in given
        if random.random() >= (0.02 if name == "organisations" else 0.12) * faults or name == kept
    }
    overrides = {"few": str(random.randint(0, 3))} if random.random() < 0.1 else {}
    words = vocabulary(book["rulebook"])
    waivers = some_waivers(random, book, (period, as_of))
    named = tuple(waiver | {"subject": words.get(waiver["subject"], waiver["subject"])} for waiver in waivers)
    whole = refiled(tables, book["records"], words)
    return Filing(handed_in(seed, whole), period, as_of, overrides, named)


def handed_in(seed: int, tables: dict[str, Table]) -> dict[str, Table]:
    """One submission in seven as several handed it in, not each of them every table."""
    random = Random(f"handed in {seed}")  # noqa: S311
    if random.random() >= 1 / 7:
        return tables
    parts = "abc"[: random.choice([2, 2, 3])]
    found = {}
    for name, table in tables.items():
        held = [part for part in parts if random.random() < 0.75] or [random.choice(parts)]
        standing = sorted(random.choice(parts) for _ in table.rows)
        kept = [(row, part) for row, part in zip(table.rows, standing, strict=True) if part in held]
        # A table without rows has no columns in JSON, and so would lack none.
        if kept:
            rows, of = tuple(row for row, _ in kept), tuple(part for _, part in kept)
            found[name] = replace(table, rows=rows, parts=of, held=frozenset(of))
    return found or tables


def some_waivers(random: Random, book: Book, time: Time) -> tuple[dict[str, str], ...]:
    """Waivers for rules and subjects that there may be."""
    found = []
    for _ in range(random.choice([0, 0, 1, 2, 5, 9])):
        first, last = sorted([a_day(random, *time), a_day(random, *time)])
        integrity = random.choice(["records/organisations/parent/reference", "records/organisations/members/allowed"])
        waiver = {
            "rule": random.choice([*(rule["id"] for rule in book["rules"]), integrity]),
            "subject": random.choice("AABBCDE"),
            "from": (begins := random.choice([first, first, date(2010, 1, 1)])).isoformat(),
            "until": max(begins, random.choice([last, last, date(2030, 1, 1)])).isoformat(),
            "reason": "flood",
            "approved_by": "committee",
        }
        window = random.choice(["2019", "2019-H1", "2019-Q2", "2019-03", time[0].label])
        found.append(waiver | ({"window": window} if random.random() < 0.3 else {}))
    return tuple(found)


def a_table(random: Random, record: Any, time: Time, faults: float) -> Table:
    """A table of up to six rows; `faults` scales how much is missing or wrong."""
    key = record.get("key")
    columns = [column for column in record["fields"] if random.random() >= how_often_missing(record, column, faults)]
    if random.random() < 0.06 * faults:
        columns.append(NOBODYS)
    keys = ALIKE if "parent" in record and random.random() < 0.1 * faults else KEYS
    rows: list[dict[str, str | None]] = []
    for n in range(random.choice([1, 2, 3, 3, 4, 6] if "parent" in record else [0, 1, 2, 3, 4, 5, 6])):
        row = {c: a_cell(random, record["fields"].get(c, {}), faults, time) for c in columns}
        row |= {end: None for end in record.get("lifespan", {}).values() if end in row and random.random() < 0.75}
        if row.keys() >= {*record.get("lifespan", {}).values()} and "lifespan" in record and random.random() < 0.1:
            row |= short_life(random, record["lifespan"], time)
        if key in row and random.random() >= 0.05 * faults:
            row[key] = keys[n]
        rows.append(row)
    if rows and key and random.random() < 0.2 * faults:
        twin = dict(random.choice(rows))
        if random.random() < 0.6:
            column = random.choice(columns or [key])
            twin[column] = a_cell(random, record["fields"].get(column, {}), faults, time) if column != key else twin[column]
        rows.insert(random.randint(0, len(rows)), twin)
    for _ in range(random.choice([1, 2, 3]) if rows and random.random() < 0.25 * faults else 0):
        rows.insert(random.randint(0, len(rows)), a_tie(random, record, rows))
    return Table(tuple(columns), tuple(rows))


def a_tie(random: Random, record: Any, rows: list[dict[str, str | None]]) -> dict[str, str | None]:
    """A row that shares something with another: all of it, its day, or the fields that are `unique` together."""
    other, another = dict(random.choice(rows)), random.choice(rows)
    shared = random.choice([[record.get("date")], *record.get("unique", []), [*other]])
    key = record.get("key")
    tie = {column: other[column] if column in shared else another[column] for column in other}
    return tie | ({key: "GHI"[random.randint(0, 2)]} if key in tie and random.random() < 0.8 else {})


def how_often_missing(record: Any, column: str, faults: float) -> float:
    """How often a column is not submitted: seldom a key, and more often one of which the absence says something."""
    if column == record.get("key"):
        return 0.01 * faults
    says = "default" in record["fields"][column] or column in record.get("lifespan", {}).values()
    return (0.15 if says else 0.07 if faults == 1.0 else 0.03) * faults


def short_life(random: Random, lifespan: dict[str, str], time: Time) -> dict[str, str | None]:
    """The two ends of a lifespan of a few days."""
    first = a_day(random, *time)
    last = min(first, date(9999, 12, 1)) + timedelta(days=random.choice([0, 1, 20]))
    return {lifespan["from"]: first.isoformat(), lifespan["until"]: last.isoformat()}


def a_cell(random: Random, spec: dict[str, Any], faults: float, time: Time) -> str | None:
    """A cell: mostly right, at times empty, unreadable or untidy."""
    kind = kind_of(spec)
    if kind == "list":
        return a_list(random, spec, faults, time)
    if kind == "text":
        return random.choice([None, "A", "B", "C", "a", "x y"])
    chance = random.random()
    if chance < 0.1 * faults or (kind == "ref" and chance < 0.25 and not spec.get("required")):
        return random.choice([None, None, random.choice(BLANKS)])
    if chance < 0.15 * faults and kind in UNREADABLE:
        return random.choice(UNREADABLE[kind])
    if spec in BOUNDLESS.values() and random.random() < 0.3:
        return random.choice(LIMITS[kind])
    text = a_value(random, spec, time)
    return f"{random.choice(BLANKS)}{text}{random.choice(BLANKS)}" if random.random() < 0.05 * faults else text


def a_list(random: Random, spec: dict[str, Any], faults: float, time: Time) -> str | None:
    """Several values in a cell; at times none, one twice, one that is not allowed, or one that is empty."""
    single = {key: value for key, value in spec.items() if key not in {"list", "keys_of", "missing", "required", "default"}}
    single |= {"ref": spec["keys_of"]} if "keys_of" in spec else {}
    if random.random() < 0.2:
        return random.choice([None, " ", str(spec["list"])[0], "none"])
    parts = [a_cell(random, {**single, "required": True}, faults / 2, time) or "" for _ in range(random.choice([1, 1, 2, 2, 3]))]
    signs = str(spec["list"])
    return "".join(part + random.choice(signs) for part in parts)[: None if random.random() < 0.1 else -1]


def a_value(random: Random, spec: dict[str, Any], time: Time) -> str:  # noqa: PLR0911 - one for each kind of field
    """A value that the field allows."""
    match kind_of(spec):
        case "list":
            return a_list(random, spec, 0, time) or ""
        case "integer":
            most = 9 if random.random() < 0.1 else 6
            return str(random.randint(spec.get("min", -1), min(spec.get("max", most), most))) + random.choice(
                ["", "", "", "", ".0", ".00"]
            )
        case "number":
            return random.choice(["0", "1", "2", "0.5", "1.5", "-1", "2.25", "1.0000000", "1.99999999", "-0.00000001"])
        case "boolean":
            return random.choice(["true", "no", "1", "Có"])
        case "enum":
            value = str(random.choice(list(spec["enum"])))
            return random.choice([value, value, value.upper()])
        case "date":
            return a_day_in_words(random, spec, a_day(random, *time))
    chance = random.random()
    return random.choice("AAABBBCCD" if chance < 0.93 else ["Z"] if chance < 0.97 else ALMOST)


def a_day_in_words(random: Random, spec: Mapping[str, Any], day: date) -> str:
    """A day as the field takes it; of some only the month or the year, where that may be enough."""
    if "precision" in spec and day.year > 999 and random.random() < 0.4:
        return f"{day.year}" if random.random() < 0.3 else day.strftime(random.choice(["%Y-%m", "%m/%Y"]))
    return day.strftime(random.choice(["%Y-%m-%d", *spec.get("formats", ())])) if day.year > 999 else day.isoformat()


def a_day(random: Random, period: Span, as_of: date) -> date:
    """A day, often one on which something turns."""
    days = (period.last - period.first).days
    turning = [period.first, period.last, as_of, date(2019, 3, 31), date(2019, 4, 1), date(2019, 6, 30)]
    outside = [
        date(2010, 5, 5),
        period.first - timedelta(days=1),
        as_of + timedelta(days=1),
        period.first - timedelta(days=400),
    ]
    inside = [period.first + timedelta(days=random.randint(0, days)) for _ in range(9)]
    limits = [date.min, date.max, date(9999, 12, 1)] if random.random() < 0.04 else []
    return random.choice(limits or [*turning, *outside, *inside, period.last - timedelta(days=365)])
