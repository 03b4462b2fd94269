"""No rulebook that extends another takes a violation away, unless it says so: tried with random rulebooks and submissions."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from checker import api
from checker.engine.duckdb.database import Duck
from checker.errors import RulesError
from checker.model.plan import Plan
from checker.model.words import Verdict
from checker.records.opening import open_submission
from checker.request import CheckRequest
from tests.oracle.filed import filed
from tests.oracle.generate import rulebook
from tests.oracle.predicates import predicate
from tests.oracle.submissions import Filing, filing
from tests.oracle.world import as_date, expanded

RULEBOOKS, UPPER, FILINGS = 6, 8, 3
KEYS: dict[str, tuple[Any, ...]] = {
    "type": ("integer", "date", "text"),
    "title": ("Column",),
    "headers": (["Kolumne"],),
    "required": (True, False),
    "default": ("held", "A", "1", "2019-01-01", "true", "cell"),
    "enum": ({"held": ["x"]}, ["other", "cell"], {"A": ["B"]}),
    "min": (0, 1),
    "max": (3, 99),
    "formats": (["%d/%m/%Y"],),
    "ref": ("organisations", "groups"),
}
OF_RECORDS: dict[str, tuple[Any, ...]] = {
    "unique": ([["level"]], [["kind"]]),
    "date": ("recorded", "visited"),
    "lifespan": ({"from": "reviewed"}, {"until": "visited"}),
    "parent": ("parent",),
    "label": ("id",),
    "headers": (["Tabelle"],),
}
BOUNDS = ("at_least", "more_than", "at_most", "less_than", "exactly")


def extended(random: Random, base: dict[str, Any]) -> dict[str, Any]:
    """A rulebook that says some things of the base again, and some that are new; whether it may is another question."""
    book: dict[str, Any] = {
        "rulebook": "upper",
        "title": "Upper",
        "extends": "./base.yaml",
        "sources": {"decree": {"title": "D"}},
    }
    more = [upper_records, upper_rules, upper_rules, upper_parameters, upper_exceptions]
    for add in random.sample(more, random.choice([1, 1, 2])):
        add(random, base, book)
    return book


def upper_records(random: Random, base: dict[str, Any], book: dict[str, Any]) -> None:
    name = random.choice([name for name, record in base["records"].items() if "fields" in record])
    record = base["records"][name]
    if random.random() < 0.25:
        key = random.choice(list(OF_RECORDS))
        book["records"] = {name: {key: random.choice(OF_RECORDS[key])}}
        return
    field = random.choice([*record["fields"], "extra"])
    key = random.choice(list(KEYS))
    book["records"] = {name: {"fields": {field: {key: random.choice(KEYS[key])}}}}


def upper_rules(random: Random, base: dict[str, Any], book: dict[str, Any]) -> None:
    rule = random.choice(base["rules"])
    (name,) = rule["require"]
    again: dict[str, Any] = {"id": rule["id"]}
    match random.choice(["bound", "bound", "key", "force", "for", "severity"]):
        case "bound":
            key = random.choice(BOUNDS)
            percent = name in {"rate", "share", "target"}
            values = ["50%", "90%", "100%", ":most", 0] if percent else [0, 1, 2, 3, "2.5", "2.9", ":few", "20d", "2 months"]
            again["require"] = {name: {key: random.choice(values)}}
        case "key":
            values_of: dict[str, list[Any]] = {
                "within": ["30d", "6 months", "10 working days"],
                "tolerance": [0, 5],
                "never": ["breached"],
                "nothing": ["breached"],
                "round": ["up", "down"],
                "partial": ["require"],
                "where": ["true"],
            }
            key = random.choice(list(values_of))
            again["require"] = {name: {key: random.choice(values_of[key])}}
        case "force":
            span = rule.get("in_force", {})
            ends = {end: as_date(span[end]) for end in span}
            days = random.choice([0, 40, 400])
            again["in_force"] = {
                end: str(day - timedelta(days=days) if end == "from" else day + timedelta(days=days)) for end, day in ends.items()
            } or {"from": "2019-02-01"}
        case "for":
            again["for"] = base["terms"].get(rule["for"], {}).get("of", rule["for"])
        case "severity":
            again["severity"] = random.choice(["note", "major", "critical"])
    book["rules"] = [again]


def upper_parameters(random: Random, base: dict[str, Any], book: dict[str, Any]) -> None:
    del base
    values: dict[str, list[object]] = {"few": [0, 1, 4], "most": ["40%", "70%", "100%"], "three": [2, 3, 4]}
    name = random.choice(list(values))
    book["parameters"] = {name: [{"from": random.choice(["2018-01-01", "2019-04-01"]), "value": random.choice(values[name])}]}


def upper_exceptions(random: Random, base: dict[str, Any], book: dict[str, Any]) -> None:
    rule = random.choice(base["rules"])
    of = rule["for"]
    while of in base["terms"]:
        of = base["terms"][of]["of"]
    new = {"id": "new", "cites": "decree 1", "for": rule["for"], "require": {"condition": {"that": "false"}}}
    when = predicate(random, expanded(base), of, 0)
    by = random.choice(["new", *(each["id"] for each in base["rules"] if each["for"] == rule["for"] and each is not rule)])
    book["rules"] = [new]
    displaces = random.choice([[rule["id"]], ["new"]])
    book["exceptions"] = [{"id": "x", "cites": "law art. 2", "when": {"subject": when}, "displaces": displaces, "by": by}]


def violations(plan: Plan, folder: Path, filed_as: Filing, book: dict[str, Any]) -> Counter[tuple[str, str, str]]:
    """What is violated: rule, subject and window; runs and gaps without their days, which may be others."""
    engine = Duck()
    opened = open_submission(filed(folder, filed_as, book), engine.describe)
    request = CheckRequest(opened.shown, period=filed_as.period.label, as_of=filed_as.as_of)
    report = api.judge(request, plan, opened, engine=engine).assembly.report()
    kinds = {rule.id: rule.form for rule in report.rules}
    found: Counter[tuple[str, str, str]] = Counter()
    for each in report.findings:
        if each.verdict is Verdict.VIOLATED and not each.rule.endswith("/allowed"):
            window = "" if each.window is None or kinds[each.rule] in {"spacing", "streak", "occupancy"} else each.window.label
            found[each.rule, each.subject.id or str(each.subject.row), window] += 1
    return found


def tried(folder: Path, seed: int) -> tuple[int, list[str]]:
    """How many rulebooks that extend the one of that seed are accepted, and what they take away."""
    random = Random(f"extended {seed}")  # noqa: S311
    base = rulebook(seed)
    base.pop("standings", None)
    for record in base["records"].values():
        if "fields" in record:
            record["fields"] = {name: spec or None for name, spec in record["fields"].items()}
    (folder / "base.yaml").write_text(yaml.safe_dump(base, sort_keys=False, allow_unicode=True), encoding="utf-8")
    below = api.compile_rules(folder / "base.yaml")
    full = rulebook(seed)
    filings = [filing(seed * FILINGS + number, full) for number in range(FILINGS)]
    before = [violations(below, folder, each, full) for each in filings]
    accepted, weaker = 0, []
    for number in range(UPPER):
        upper = extended(random, full)
        (folder / "upper.yaml").write_text(yaml.safe_dump(upper, sort_keys=False, allow_unicode=True), encoding="utf-8")
        try:
            plan = api.compile_rules(folder / "upper.yaml")
        except RulesError:
            continue
        accepted += 1
        for each, was in zip(filings, before, strict=True):
            if was and (gone := was.keys() - violations(plan, folder, each, full).keys()):
                weaker.append(f"rulebook {seed}, {number}: {upper} takes away {gone} of {each}")
    return accepted, weaker


def test_nothing_is_taken_away(tmp_path: Path) -> None:
    found = [tried(tmp_path, seed) for seed in range(RULEBOOKS)]
    assert not [each for _, weaker in found for each in weaker]
    assert sum(accepted for accepted, _ in found) > RULEBOOKS
