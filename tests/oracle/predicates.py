"""Random predicates and expressions over the records of a random rulebook."""

from __future__ import annotations

from random import Random
from typing import Any

Records = dict[str, Any]
DAYS = ("2018-06-30", "2018-12-31", "2019-01-01", "2019-03-31", "2019-04-01", "2019-05-20", "2019-06-30", "2019-12-31")


def kind_of(spec: dict[str, Any]) -> str:
    """What can be asked of a field."""
    return "list" if "list" in spec else "enum" if "enum" in spec else "ref" if "ref" in spec else str(spec.get("type", "text"))


def fields(records: Records, record: str, *kinds: str) -> list[str]:
    """The fields of these kinds."""
    return [name for name, spec in records[record]["fields"].items() if kind_of(spec) in kinds]


def maybe(random: Random, chance: float, **keys: Any) -> dict[str, Any]:
    """These keys, or none."""
    return keys if random.random() < chance else {}


def predicate(random: Random, records: Records, record: str, depth: int = 2) -> str:
    """A predicate over a record: one comparison, or some joined."""
    if depth and random.random() < 0.4:
        left = predicate(random, records, record, depth - 1)
        right = predicate(random, records, record, depth - 1)
        return random.choice([f"({left} or {right})", f"({left}) and ({right})", f"not ({left})"])
    path, at = "", record
    references = fields(records, record, "ref")
    if references and random.random() < 0.2:
        name = random.choice(references)
        path, at = f"{name}.", records[record]["fields"][name]["ref"]
    return comparison(random, records, at, path)


def comparison(  # noqa: PLR0911 - one for each kind of field
    random: Random, records: Records, record: str, path: str = ""
) -> str:
    """One comparison; `path` leads to the record."""
    name = random.choice(list(records[record]["fields"]))
    spec, full = records[record]["fields"][name], path + name
    if random.random() < 0.12:
        return f"{full} {random.choice(['is null', 'is not null'])}"
    sign = random.choice(["=", "<>", "<", "<=", ">", ">="])
    match kind_of(spec):
        case "list":
            return of_list(random, spec, full, sign)
        case "enum":
            values = [f"'{value}'" for value in random.sample(list(spec["enum"]), random.randint(1, 2))]
            return f"{full} in ({', '.join(values)})" if len(values) > 1 else f"{full} {random.choice(['=', '<>'])} {values[0]}"
        case "boolean":
            return str(random.choice([full, f"not {full}", f"{full} = true"]))
        case "date":
            return of_date(random, full, sign)
        case "integer" | "number":
            return of_number(random, numbers(records, record, path), full, sign)
    key = f"'{random.choice('ABC')}'"
    return random.choice([f"{full} = {key}", f"{full} <> {key}", f"{full} in ({key}, 'D')", f"lower({full}) like '_%'"])


BOUNDLESS = {"tally": {"type": "integer", "title": "Tally"}, "worth": {"type": "number", "title": "Worth"}}
"""Fields of numbers so large that not all can be computed with; ratios do not ask for them."""


def numbers(records: Records, record: str, path: str = "", *, bounded: bool = False) -> list[str]:
    """The numeric fields of a record; those only that are `bounded`."""
    found = fields(records, record, "integer", "number")
    return [path + name for name in found if not (bounded and name in BOUNDLESS)]


def of_list(random: Random, spec: dict[str, Any], field: str, sign: str) -> str:
    """What may be asked of a list."""
    element = random.choice(list(spec["enum"])) if "enum" in spec else random.choice("AABBC")
    return random.choice(
        [f"contains({field}, '{element}')"] * 3
        + [f"not contains({field}, '{element}')", f"count({field}) {sign} {random.randint(0, 3)}"]
    )


def of_date(random: Random, field: str, sign: str) -> str:
    """A comparison of a date."""
    day = f"date '{random.choice(DAYS)}'"
    return random.choice(
        [
            f"{field} {sign} {day}",
            f"{field} {sign} {random.choice([':as_of', ':period_start', ':period_end'])}",
            f"{field} between date '2019-01-01' and {day}",
            f"year({field}) = 2019",
            f"month({field}) {sign} {random.randint(1, 6)}",
            f":as_of - {field} {sign} {random.choice([0, 30, 181, 365])}",
            f"{field} + 30 {sign} :period_end",
        ]
    )


def of_number(random: Random, others: list[str], field: str, sign: str) -> str:
    """A comparison of a number."""
    other = random.choice(others)
    return random.choice(
        [
            f"{field} {sign} {random.randint(0, 6)}",
            f"{field} * 62.5% {sign} {random.randint(0, 6)}",
            f"{field} {sign} {other}",
            f"{field} / 3 {sign} {random.randint(0, 2)}",
            f"{field} between 1 and {random.randint(1, 5)}",
            f"coalesce({field}, 0) {sign} 1",
            f"abs({field} - 3) {sign} 1",
            f"{field} {sign} :few",
            f"2 * {field} - {other} {sign} 1.5",
        ]
    )


def amount(random: Random, records: Records, record: str, *, bounded: bool = False) -> str:
    """A numeric expression; most often a bare field, for which limits are declared."""
    names = numbers(records, record, bounded=bounded) or ["1"]
    name, other = random.choice(names), random.choice(names)
    return random.choice([name, name, name, f"{name} + {other}", f"{name} * 2", f"coalesce({name}, 1)"])
