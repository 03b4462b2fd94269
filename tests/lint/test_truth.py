"""What a predicate can be: what is claimed to be impossible, and that nothing is claimed without certainty."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from checker.lint.truth import EVERY, possible
from checker.model.schema import Field, FieldType, Record
from checker.rules.grammar import parse
from checker.rules.rulebook import DatedValue, Parameter
from checker.rules.scope import Scope

CLUBS = Record(
    "clubs",
    (
        Field("id"),
        Field("level", enum=(("local", ()), ("national", ("top",)))),
        Field("status", enum=(("active", ()), ("idle", ())), default="active"),
        Field("members", FieldType.INTEGER, min=Decimal(0), max=Decimal(1000)),
        Field("fee", FieldType.NUMBER, min=Decimal(0)),
        Field("open", FieldType.BOOLEAN),
        Field("founded", FieldType.DATE),
        Field("parent", ref="clubs"),
    ),
    key="id",
)
FEWEST = Parameter("fewest", (DatedValue(None, Fraction(5), "5"), DatedValue(None, Fraction(8), "8")))
SCOPE = Scope(CLUBS, {"clubs": CLUBS}, {"fewest": FEWEST})


def can(text: str, *given: str) -> set[bool | None]:
    return set(possible(parse(text), [parse(each) for each in given], SCOPE))


@pytest.mark.parametrize(
    "text",
    [
        "level = 'local' and level = 'national'",
        "not (level = 'local' or level = 'national')",
        "level not in ('local', 'national')",
        "members < 0",
        "members > 1000",
        "members between 10 and 5",
        "members > 3 and members < 4",
        "members = 1.5",
        "members > 10 and not members >= 10",
        "fee < 0",
        "founded > date '2020-01-01' and founded < date '2020-01-02'",
        "open and not open",
        "members <> members",
        "members > members",
        "members + 1 < 1",
        "members * 2 > 2000",
        "month(founded) = 13",
        "lower(id) = 'A'",
        "length(id) < 0",
        "status is null",
        "id = 'a' and id = 'b'",
        "members < :fewest - 8",
        "level like 'regional%'",
        "parent.members < 0",
        "(members > 5 or open) and members < 3 and not open",
        "false",
    ],
)
def test_never_true(text: str) -> None:
    assert True not in can(text)


@pytest.mark.parametrize(
    "text",
    [
        "level = 'local' or level = 'national'",
        "level in ('local', 'national')",
        "members >= 0",
        "members <= 1000 or open",
        "members = members",
        "status is not null",
        "id is null or id is not null",
        "members < 5 or members > 4",
        "abs(members) >= 0",
        "level like '%al'",
        "true",
    ],
)
def test_never_false(text: str) -> None:
    assert False not in can(text)


@pytest.mark.parametrize(
    "text",
    [
        "level = 'local'",
        "level is null",
        "members > 3 and members < 5",
        "fee > 3 and fee < 4",
        "members > 999",
        "members = 0",
        "founded > date '2020-01-01' and founded < date '2020-01-03'",
        "founded >= :period_start and founded <= :period_end",
        "id like 'a%' and id like 'b%'",
        "id > 'a' and id < 'b'",
        "id > 'a' and id is not null",
        "id = 'a' or id <> 'b'",
        "lower(id) = 'a'",
        "parent.status is null",
        "parent.level = 'local' and level = 'national'",
        "members >= :fewest",
        "fee > members",
        "open",
        "coalesce(members, 0) > 5",
        "-members < -5",
        "founded is null",
        "founded is not null",
        "parent.members is null",
        "founded is null or founded <= date '2020-01-01'",
        "upper(id) = 'STRAẞE'",
        "members - 5 > 0",
    ],
)
def test_no_claim_without_certainty(text: str) -> None:
    assert can(text) >= {True, False}


@pytest.mark.parametrize(
    ("text", "given", "truths"),
    [
        ("level = 'national'", ["level = 'local'"], {False, None}),
        ("level = 'local'", ["level = 'local'"], {True, None}),
        ("level is null", ["level = 'local'"], {True, False, None}),
        ("members > 5", ["members > 10"], {True, None}),
        ("members > 5", ["members > 3"], {True, False, None}),
        ("open", ["level = 'local'"], {True, False, None}),
        ("level = 'local'", ["parent.level = 'local'"], {True, False, None}),
    ],
)
def test_of_selected_rows(text: str, given: list[str], truths: set[bool | None]) -> None:
    assert can(text, *given) == truths


def test_too_many_combinations_are_no_claim() -> None:
    many = " and ".join(f"fee * {number} > members" for number in range(1, 20))
    assert possible(parse(f"({many}) and members < 0"), [], SCOPE) == EVERY
