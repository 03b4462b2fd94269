"""Random requirements that ask on which day something is."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.predicates import Records, amount, fields, maybe

WORKING = ("1 working day", "10 working days", "25 working days")
SPANS = ("30d", "90 days", "3 months", "6 months end to end", "1 year or the next day", "12 months", "365d")


def own_day(random: Random, records: Records, subject: str) -> dict[str, Any]:
    """A requirement of a date of the subject itself."""
    never = maybe(random, 0.4, never="breached")
    on = random.choice(fields(records, subject, "date"))
    if random.random() < 0.4:
        then = {"first": a_date(random, records, subject), "then": a_date(random, records, subject)}
        return {"sequence": then | a_gap(random)}
    if random.random() < 0.5:
        return {"freshness": {"on": on, "within": random.choice(SPANS), **never}}
    return {"deadline": {"on": on, **a_limit(random, records, subject), **never}}


def day_of_rows(
    random: Random, records: Records, subject: str, related: str, require: dict[str, Any], *, windows: bool
) -> dict[str, Any]:
    """A requirement of the dates of related rows, which `require` finds."""
    if random.random() < 0.4:
        return {"freshness": require | {"within": random.choice(SPANS)}}
    if windows and random.random() < 0.3:
        return {"deadline": require | in_windows(random, records, related) | a_roll(random)}
    if random.random() < 0.4:
        span = {"from": a_date(random, records, subject), "until": a_date(random, records, subject)}
        key, limit = (
            random.choice(["at_least", "at_most", "less_than", "exactly"]),
            random.choice(["50%", "2/3", ":most", "120%"]),
        )
        bound: dict[str, Any] = maybe(random, 0.7, **{key: limit})
        done: dict[str, Any] = random.choice([{"count": True}, {"sum": amount(random, records, related)}])
        return {"target": require | done | {"target": amount(random, records, subject), **span, **bound}}
    if random.random() < 0.4:
        return {"sequence": require | {random.choice(["before", "after"]): a_date(random, records, subject)} | a_gap(random)}
    return {"deadline": require | a_limit(random, records, subject)}


def in_windows(random: Random, records: Records, related: str) -> dict[str, Any]:
    """By when something happens in each window, or after it."""
    about = maybe(random, 0.4, about=random.choice(fields(records, related, "date")))
    if random.random() < 0.4:
        return {"until": random.choice(("03-01", "06-30", "12-31", "next 03-01")), "per": "year"} | about
    spans = ("10d", "1 month", "1 month end to end", "2 months or the next day")
    return {
        "within": random.choice(spans),
        "per": random.choice(("week", "month", "quarter", "half", "period", "4 months")),
    } | about


def a_roll(random: Random) -> dict[str, Any]:
    """Where the last day goes that is no working day."""
    return maybe(random, 0.4, roll=random.choice(["next working day", "previous working day"]))


def a_calendar(random: Random) -> dict[str, Any]:
    """Which days are worked."""
    listed = ["2018-01-01", "2018-09-02", "2019-01-01", "2019-03-01", "2019-04-15", "2020-01-01"]
    return maybe(random, 0.3, weekend=random.choice([["sun"], ["fri", "sat"], []])) | maybe(random, 0.4, holidays=listed)


def a_gap(random: Random) -> dict[str, Any]:
    """How long lies between two events."""
    short, long = (
        random.choice(["7d", "1 month", *WORKING[:2]]),
        random.choice(["60d", "3 months", "2 months end to end", WORKING[2]]),
    )
    return maybe(random, 0.5, at_least=short) | maybe(random, 0.6, at_most=long)


def a_limit(random: Random, records: Records, subject: str) -> dict[str, Any]:
    """By when, and since when, something happens."""
    own = "date" in records[subject]
    after = {"after": a_date(random, records, subject)} if not own or random.random() < 0.5 else {}
    early = maybe(random, 0.3, early="counts")
    if random.random() < 0.6:
        within = random.choice([*SPANS, *WORKING])
        return {"within": within, **after, **early} | ({} if within in WORKING else a_roll(random))
    return {"until": a_date(random, records, subject)} | (after and early and {**after, **early}) | a_roll(random)


def a_date(random: Random, records: Records, subject: str) -> str:
    """A date expression over a record."""
    name = random.choice(fields(records, subject, "date"))
    others = [f"{name} + 30", f"{name} + 1 month", f"{name} - 2 years", f"coalesce({name}, date '2019-04-01')", "2019-03-31"]
    return random.choice([name, name, name, *others])
