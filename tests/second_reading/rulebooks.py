"""Reads a rulebook: one YAML file, whose scalars are text."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.second_reading import cells, days, syntax
from tests.second_reading.book import Book, Exemption, Record, RollCall, Rule, Values, number
from tests.second_reading.cells import Field


def listed(said: Any) -> list[Any]:
    """A list, where one thing may stand for a list of one."""
    return said if isinstance(said, list) else [said]


def roll_call(name: str, said: Mapping[str, str], records: Mapping[str, Any]) -> Record:
    """The record that a roll call makes."""
    fields = {
        "who": Field("who", ref=said["who"]),
        "occasion": Field("occasion", ref=said["occasion"]),
        "present": Field("present", "boolean"),
    }
    dated = "date" in records[said["occasion"]]
    if dated:
        fields["date"] = Field("date", "date")
    call = RollCall(said["who"], said["occasion"], said["present"])
    return Record(name, fields, (name,), date="date" if dated else None, roll_call=call)


def record(name: str, said: Any, records: Mapping[str, Any]) -> Record:
    """Reads a record."""
    if "roll_call" in said:
        return roll_call(name, said["roll_call"], records)
    fields = {
        column: cells.field(column, what, said.get("missing", []), key=column == said.get("key"))
        for column, what in said["fields"].items()
    }
    titles = said.get("title", [])
    titles = list(titles.values()) if isinstance(titles, dict) else [titles] if titles else []
    lifespan = said.get("lifespan", {})
    return Record(
        name=name,
        fields=fields,
        names=(name, *said.get("headers", []), *titles),
        key=said.get("key"),
        date=said.get("date"),
        parent=said.get("parent"),
        belongs_to=said.get("belongs_to"),
        unique=tuple(tuple(together) for together in said.get("unique", [])),
        start=lifespan.get("from"),
        end=lifespan.get("until"),
    )


def rule(said: Any) -> Rule:
    """Reads a rule."""
    (form, says), force = next(iter(said["require"].items())), said.get("in_force", {})
    wanted = said.get("requires", {})
    if not isinstance(wanted, dict):
        wanted = dict.fromkeys(listed(wanted), "satisfied")
    made = Rule(
        id=said["id"],
        subject=said["for"],
        form=form,
        says=says,
        severity=said.get("severity", "major"),
        since=date.fromisoformat(force["from"]) if "from" in force else None,
        until=date.fromisoformat(force["until"]) if "until" in force else None,
        at_end=said.get("parameters") == "end",
        requires=wanted,
    )
    if form != "all":
        return made
    parts = tuple(replace(made, form=form, says=says) for each in said["require"]["all"] for form, says in each.items())
    return replace(made, says={key: parts[0].says[key] for key in ("per", "partial") if key in parts[0].says}, parts=parts)


def indicator(said: Any) -> Rule:
    """Reads an indicator: a rule that is always in force, whose form is what it measures."""
    ((form, measure),) = said["measure"].items()
    says = {"value": measure} if form == "value" else dict(measure)
    return Rule(said["id"], said["for"], form, says | ({"per": said["per"]} if "per" in said else {}))


def values(said: Any) -> Values:
    """Reads the values of a parameter."""
    said = said if isinstance(said, list) else [{"value": said}]
    found = []
    for each in said:
        text = unicodedata.normalize("NFC", each["value"]).strip()
        as_number = number(text)
        found.append((date.fromisoformat(each["from"]) if "from" in each else None, text if as_number is None else as_number))
    return tuple(found)


def load(path: Path) -> Book:
    """Reads a rulebook."""
    said = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (makes only text)
    calendar = said.get("calendar", {})
    return Book(
        records={name: record(name, what, said["records"]) for name, what in said["records"].items()},
        terms={
            name: (what["of"], syntax.parse(what["where"]) if "where" in what else None)
            for name, what in said.get("terms", {}).items()
        },
        rules=tuple(rule(each) for each in said.get("rules", [])),
        indicators=tuple(indicator(each) for each in said.get("indicators", [])),
        parameters={name: values(what) for name, what in said.get("parameters", {}).items()},
        exceptions=tuple(
            Exemption(each["id"], syntax.parse(each["when"]["subject"]), tuple(listed(each["displaces"])), each.get("by"))
            for each in said.get("exceptions", [])
        ),
        standings=tuple(said.get("standings", [])),
        body=said.get("body"),
        year_starts=int(said.get("year_starts", "01-01")[:2]),
        calendar=days.Calendar(
            frozenset(days.WEEK.index(day) for day in calendar.get("weekend", ["sat", "sun"])),
            frozenset(date.fromisoformat(day) for day in calendar.get("holidays", [])),
        ),
    )
