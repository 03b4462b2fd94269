"""Tiny scenarios, for each sentence of docs/meaning.md that can be got wrong: one rule `r`, a few rows, what follows.

They stand in `scenarios_data/`, one file per section, and bind the oracle and the program alike. A table is a list of
lines: its columns, then its rows; nothing between two commas is an empty cell. A line is a list where cells have commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.oracle.cells import Table
from tests.oracle.submissions import Filing
from tests.oracle.world import Span

DATA = Path(__file__).parent / "scenarios_data"
FILES = (
    "values",
    "lists",
    "tables",
    "judged",
    "time",
    "related",
    "forms",
    "days",
    "open_windows",
    "exceptions",
    "waivers",
    "requires",
    "integrity",
    "standings",
    "kin",
    "repeated",
    "limits",
    "indicators",
)
A_WAIVER = {"rule": "r", "subject": "A", "from": "2019-01-01", "until": "2019-12-31", "reason": "flood", "approved_by": "Huế"}
PERIODS = {
    "2018": Span(date(2018, 1, 1), date(2018, 12, 31), "2018"),
    "2018/19": Span(date(2018, 1, 1), date(2018, 12, 31), "2018/19"),
    "2019-01..2019-12": Span(date(2019, 1, 1), date(2019, 12, 31), "2019-01..2019-12"),
    "2019": Span(date(2019, 1, 1), date(2019, 12, 31), "2019"),
    "2018-07..2019-06": Span(date(2018, 7, 1), date(2019, 6, 30), "2018-07..2019-06"),
    "2019-03": Span(date(2019, 3, 1), date(2019, 3, 31), "2019-03"),
    "2019-Q1": Span(date(2019, 1, 1), date(2019, 3, 31), "2019-Q1"),
    "2019-02-10..2019-05-20": Span(date(2019, 2, 10), date(2019, 5, 20), "2019-02-10..2019-05-20"),
}


@dataclass(frozen=True)
class Scenario:
    """`expect` says of each `subject` or `subject window` the verdict, and the reason, that rule `about` gives it.

    `standing` is what is pronounced of T, or of the only body, where the scenario is about that. `values` are those of
    indicators.
    """

    name: str
    book: Mapping[str, Any]
    tables: Mapping[str, Table]
    period: Span
    as_of: date
    overrides: Mapping[str, str]
    about: str
    expect: Mapping[str, str]
    standing: str | None
    waivers: tuple[dict[str, str], ...] = ()
    previous: Mapping[str, Any] | None = None
    values: Mapping[str, Mapping[str, str]] | None = None


def filed(scenario: Scenario) -> Filing:
    """What is handed in of a scenario."""
    tables, overrides = dict(scenario.tables), dict(scenario.overrides)
    return Filing(tables, scenario.period, scenario.as_of, overrides, scenario.waivers, scenario.previous)


def table(lines: Sequence[str | list[str]]) -> Table:
    """The table that a list of lines stands for; where cells have commas, a line is a list of cells."""
    columns, *rows = ([cell or None for cell in (line.split(",") if isinstance(line, str) else line)] for line in lines)
    names = tuple(str(name) for name in columns)
    return Table(names, tuple(dict(zip(names, row, strict=True)) for row in rows))


def each_table(written: Mapping[str, Sequence[str | list[str]]]) -> dict[str, Table]:
    """The tables of a submission, or of a part of one."""
    return {name: table(lines) for name, lines in written.items()}


def put_together(parts: Mapping[str, Mapping[str, Sequence[str | list[str]]]]) -> dict[str, Table]:
    """The tables of a submission that several handed in, each in a file of its own."""
    found: dict[str, Table] = {}
    for part, written in sorted(parts.items()):
        for name, own in each_table(written).items():
            before = found.get(name, Table((), ()))
            columns = tuple(dict.fromkeys((*before.columns, *own.columns)))
            standing = (*before.parts, *[part] * len(own.rows))
            found[name] = Table(columns, before.rows + own.rows, standing, before.held | {part})
    return found


@cache
def _written(file: str) -> Any:
    """What stands in a file: read once, by the fast reader, since every process that runs tests reads them all."""
    return yaml.load((DATA / f"{file}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def a_rule(name: str, require: Mapping[str, Any]) -> dict[str, Any]:
    """A rule about organisations."""
    return {"id": name, "title": name, "cites": "law art. 1", "for": "organisations", "require": require}


def rulebook(written: Mapping[str, Any]) -> dict[str, Any]:
    """The rulebook of a scenario: the one that all start from, with its rule `r`, and what else it needs."""
    book: dict[str, Any] = deepcopy(_written("rulebook"))
    besides = dict(written.get("book", {}))
    book["records"] |= besides.pop("derive", {})
    book |= besides
    plain = {"condition": {"that": "type = 'plenary'" if "standing" in written else "id = 'x'"}}
    book["rules"] = [a_rule("r", written.get("require", plain)) | written.get("rule", {})]
    if "required" in written:
        book["rules"][0] = {"requires": "q"} | book["rules"][0]
        book["rules"].append(a_rule("q", written["required"]) | written.get("requiring", {}))
    book["rules"] += [a_rule(other["id"], other["require"]) for other in written.get("also", ())]
    if "indicators" in written:
        book["indicators"] = written["indicators"]
    if "exceptions" in written:
        book["rules"] += [a_rule(name, {"condition": {"that": "id = 'A'"}}) for name in ("s", "t")]
        book["exceptions"] = written["exceptions"]
    if "standing" in written:
        book["rules"][0] |= {"for": "meetings", "severity": written.get("severity", "minor")} | written.get("rule", {})
        book["standings"] = written.get("ladder") or deepcopy(_written("ladder"))
    if "parent" in written:
        book["records"]["organisations"]["fields"]["parent"] |= written["parent"]
    return book


def read(file: str) -> Iterator[Scenario]:
    """The scenarios of a file; one for each rule, where it expects something of several."""
    for written in _written(file):
        expected = {written.get("about", "r"): written.get("expect", {})}
        if "exceptions" in written:
            expected = {rule: says if isinstance(says, dict) else {"A": says} for rule, says in written["expect"].items()}
        for rule, expect in expected.items():
            yield Scenario(
                name=f"{file}: {written['name']}" + (f" ({rule})" if len(expected) > 1 else ""),
                book=rulebook(written),
                tables=put_together(written["parts"]) if "parts" in written else each_table(written["tables"]),
                period=PERIODS[str(written.get("period", "2019"))],
                as_of=written.get("as_of", date(2019, 12, 31)),
                overrides=written.get("set", {}),
                about=rule,
                expect=expect,
                standing=written.get("standing"),
                waivers=tuple(A_WAIVER | {key: str(value) for key, value in each.items()} for each in written.get("waivers", ())),
                previous=written.get("previous"),
                values=written.get("values"),
            )


SCENARIOS = tuple(scenario for file in FILES for scenario in read(file))
