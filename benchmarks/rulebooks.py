"""Makes rulebooks over the benchmark's tables: of any number of rules, of outcomes that no two bodies share, and a strict one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import yaml

BENCHMARK = Path(__file__).resolve().parent / "rules" / "benchmark"

Rule = dict[str, Any]  # as it is written in YAML

# Every tenth rule is about the meetings themselves, as is one of the benchmark's own; the others are about the organisations.
_VARIANTS: tuple[Callable[[int], Rule], ...] = (
    lambda k: _of_bodies("frequency", of="meetings", where=f"kind = 'plenary' and present >= {k}", per="year", at_least=1),
    lambda k: _of_bodies("rate", of="meetings", per="quarter", part="present", whole="entitled", at_least=f"{60 + k % 30}%"),
    lambda k: _of_bodies("frequency", of="committee-meeting", where=f"entitled > {k % 20}", per="quarter", at_least=1 + k % 3),
    lambda k: _of_bodies("freshness", of="working-regulations", within=f"{100 + k}d"),
    lambda k: _of_bodies("share", of="meetings", that=f"3 * present >= entitled + {k}", per="year", at_least=f"{50 + k % 45}%"),
    lambda k: _of_bodies("coverage", of="meetings", where=f"present > {k % 40}", at_least=1 + k % 12),
    lambda k: _of_bodies("rate", of="plenary", per="year", part="present", whole="entitled", at_least=f"{60 + k % 35}%"),
    lambda k: _of_bodies("frequency", of="meetings", where=f"kind = 'branch' and present > {k}", per="month", at_least=1),
    lambda k: _of_bodies("total", declared=f"{k}", of="meetings", where="kind = 'plenary'", count=True, tolerance=k + 2),
    lambda k: {"for": "meetings", "require": {"rate": {"part": "present", "whole": "entitled", "at_least": f"{30 + k % 30}%"}}},
)
_LIMITS = 5  # of each variant; with ever stricter ones twice the rules would have four times the violations
_THRESHOLDS = (80, 84, 88, 92)


def with_rules(number: int) -> str:
    """The benchmark's rulebook with so many rules: its own, and variants of them with other conditions and limits."""
    book = _benchmark()
    book["rules"] = [*book["rules"], *islice(_variants(), max(0, number - len(book["rules"])))][:number]
    return _written(book, f"benchmark-{number}")


def with_distinct_cases(*, standings: bool = True) -> str:
    """A hundred rules that judge nearly every body differently: attendance in each month at each of four thresholds.

    The standings ask for each of the rules by name: so that no two bodies which violate different rules are one case.
    """
    book = _benchmark()
    asked = [
        _of_bodies(
            "rate", of=of, where=f"month(held_on) = {month}", per="year", part="present", whole="entitled", at_least=f"{least}%"
        )
        for of in ("committee-meeting", "meetings")
        for month in range(1, 13)
        for least in _THRESHOLDS
    ]
    kept = [rule for rule in book["rules"] if rule["id"] not in {"committee-monthly", "quorum"}]
    book["rules"] = [*kept, *(_named(rule, number) for number, rule in enumerate(asked))]
    named = [{"violated": {"rule": rule["id"]}} for rule in book["rules"]]
    if standings:
        book["standings"] = [
            {"id": "in-default", "title": "In default", "when": {"any": named}},
            {"id": "in-order", "title": "In order"},
        ]
    else:
        del book["standings"]
    return _written(book, "benchmark-distinct")


def with_forms() -> str:
    """Rules over the benchmark's tables whose measures are no sums, one for each kind, an exception, and a rule upon a rule."""
    book = _benchmark()
    book["records"]["mandates"] = {
        "title": "Mandates",
        "lifespan": {"from": "begins", "until": "ends"},
        "fields": {"organisation": {"ref": "organisations"}, "begins": {"type": "date"}, "ends": {"type": "date"}},
    }
    short = "3 * present < 2 * entitled"
    asked = {
        "gaps": _of_bodies("spacing", of="meetings", at_most="45d", ends="open"),
        "runs": _of_bodies("streak", of="committee-meeting", that=short, at_most=1),
        "terms-of-office": _of_bodies("frequency", of="plenary", per="term of mandates", at_least=1),
        "in-office": _of_bodies("occupancy", of="mandates", exactly=1),
        "paths": _of_bodies("coverage", of="branches", by="hamlet.organisation"),
        "each": _of_bodies("frequency", of="meetings", where="kind <> 'plenary'", each="kind", per="quarter", at_least=3),
        "days": _of_bodies("deadline", of="working-regulations", on="reviewed_on", until="2025-06-30"),
        "upon-another": _of_bodies("share", of="meetings", that=short, per="year", at_most="5%") | {"requires": "each"},
        "yearly": _of_bodies("frequency", of="meetings", per="year", at_least=20),
        "yearly-instead": _of_bodies("frequency", of="meetings", per="year", at_least=10),
    }
    book["rules"] = [rule | {"id": name, "title": name, "cites": "statutes art. 9"} for name, rule in asked.items()]
    excepted = {"id": "of-seven", "cites": "statutes art. 9", "when": {"subject": "name like '%7'"}}
    book["exceptions"] = [excepted | {"displaces": ["yearly"], "by": "yearly-instead"}]
    return _written(book, "benchmark-forms")


def with_many_violations() -> str:
    """The benchmark's rulebook with a quorum of 80 %, which four of ten meetings do not reach."""
    book = _benchmark()
    for rule in book["rules"]:
        if rule["id"] == "quorum":
            rule["require"]["rate"]["at_least"] = "80%"
    return _written(book, "benchmark-strict")


def _benchmark() -> dict[str, Any]:
    book: dict[str, Any] = yaml.load((BENCHMARK / "rulebook.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return book


def _variants() -> Iterator[Rule]:
    for number in count():
        variant = _VARIANTS[number % len(_VARIANTS)]
        yield _named(variant(number // len(_VARIANTS) % _LIMITS), number)


def _of_bodies(form: str, **keys: str | int) -> Rule:
    return {"for": "organisations", "require": {form: keys}}


def _named(rule: Rule, number: int) -> Rule:
    severity = ("minor", "major")[number % 2]
    return {"id": f"variant-{number}", "title": f"Variant {number}", "cites": "statutes art. 9", "severity": severity} | rule


def _written(book: dict[str, Any], name: str) -> str:
    return yaml.safe_dump(book | {"rulebook": name}, sort_keys=False, allow_unicode=True, width=200)
