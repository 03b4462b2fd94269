"""The expression language: what is accepted and how it prints, what is rejected and how that is said."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sqlglot

from checker.errors import Problem
from checker.model.schema import Field, FieldType, Record
from checker.rules.bounds import Duration, Months, check_bound, check_duration
from checker.rules.predicates import NUMERIC, PREDICATE, PredicateError, Scope, check, path_of
from checker.rules.rulebook import DatedValue, Parameter
from checker.words.catalogue import FALLBACK
from checker.words.message import Words

ORGANISATIONS = Record(
    "organisations",
    (
        Field("id", required=True),
        Field("parent", ref="organisations"),
        Field("level", enum=(("district", ()), ("cell", ("chi bộ",)))),
        Field("members", FieldType.INTEGER),
        Field("founded", FieldType.DATE),
        Field("dispersed", FieldType.BOOLEAN),
        Field("from"),
    ),
    key="id",
    parent="parent",
)
MEETINGS = Record(
    "meetings",
    (
        Field("organisation", ref="organisations"),
        Field("status", enum=(("held", ("đã họp",)), ("cancelled", ()))),
        Field("other_status", enum=(("held", ()), ("planned", ()))),
        Field("date", FieldType.DATE),
        Field("attendance", FieldType.INTEGER),
        Field("eligible", FieldType.INTEGER),
        Field("fee", FieldType.NUMBER),
        Field("note"),
        Field("online", FieldType.BOOLEAN),
    ),
)


def parameter(name: str, *values: Fraction | str) -> Parameter:
    return Parameter(name, tuple(DatedValue(None, value, str(value)) for value in values))


PARAMETERS = {
    each.name: each
    for each in (
        parameter("quorum", Fraction(17, 20)),
        parameter("two_thirds", Fraction(2, 3)),
        parameter("least", Fraction(3), Fraction(5)),
        parameter("nothing", Fraction(0)),
        parameter("state", "held"),
        parameter("mode", "remote"),
    )
}
CALENDAR = (
    "with a date one can only calculate: date - date, date + days, date - days (whole days), date + 4 years, date - 1 month"
)
SCOPE = Scope(MEETINGS, {"meetings": MEETINGS, "organisations": ORGANISATIONS}, PARAMETERS)


def printed(text: str) -> str:
    return check(text, SCOPE, wants=PREDICATE).tree.sql("duckdb").replace('"', "")


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("online", "online"),
        ("not online", "NOT online"),
        ("online = true", "online = TRUE"),
        ("status = 'held'", "status = 'held'"),
        ("status <> 'held' AND online", "status <> 'held' AND online"),
        ("status in ('held', 'cancelled')", "status IN ('held', 'cancelled')"),
        ("status not in ('held')", "NOT status IN ('held')"),
        ("status = other_status", "status = other_status"),
        ("status = :state", "status = $state"),
        ("coalesce(status, 'held') = 'cancelled'", "COALESCE(status, 'held') = 'cancelled'"),
        ("note = 'it''s'", "note = 'it''s'"),
        ("note like 'A%' or note not like 'B_'", "note LIKE 'A%' OR NOT note LIKE 'B_'"),
        ("lower(note) = upper('a')", "LOWER(note) = UPPER('a')"),
        ("length(note) > 3", "LENGTH(note) > 3"),
        ("note is null", "note IS NULL"),
        ("note is not null", "NOT note IS NULL"),
        ("organisation.level = 'cell'", "organisation.level = 'cell'"),
        ("organisation.parent.parent.level = 'cell'", "organisation.parent.parent.level = 'cell'"),
        ("organisation.parent.parent.parent.members > 1", "organisation.parent.parent.parent.members > 1"),
        ("organisation.from = 'x'", "organisation.from = 'x'"),
        ("date >= date '2019-01-01'", "date >= CAST('2019-01-01' AS DATE)"),
        ("date between :period_start and :period_end", "date BETWEEN $period_start AND $period_end"),
        (":as_of - date > 365", "DATE_DIFF('DAY', date, $as_of) > 365"),
        ("date + 30 >= organisation.founded", "date + TRY_CAST(30 AS INT) >= organisation.founded"),
        ("date - attendance < :as_of", "date - TRY_CAST(attendance AS INT) < $as_of"),
        ("date + 4 years >= organisation.founded", "date + INTERVAL '4' YEAR >= organisation.founded"),
        ("date - 1 month < :as_of", "date - INTERVAL '1' MONTH < $as_of"),
        ("year(date) = 2019 and month(date) in (1, 2) and day(date) = 1",
         "YEAR(date) = 2019 AND MONTH(date) IN (1, 2) AND DAY(date) = 1"),
        ("attendance * 100 >= eligible * 85", "attendance * 100 >= eligible * 85"),
        ("attendance >= eligible * 85%", "attendance >= eligible * 0.85"),
        ("fee <= 12.5% and fee > 0.0001% and fee < 100%", "fee <= 0.125 AND fee > 0.000001 AND fee < 1"),
        ("attendance + fee - 1.5 < -2", "attendance + fee - 1.5 < -2"),
        ("abs(fee) = 1", "ABS(fee) = 1"),
        ("attendance between 1 and 5", "attendance BETWEEN 1 AND 5"),
        ("(online or status = 'held') and not (online)", "(online OR status = 'held') AND NOT (online)"),
        ("attendance >= :least", "attendance >= $least"),
        # division: the other side is multiplied
        ("eligible / 3 <= attendance", "eligible <= attendance * 3"),
        ("eligible / 2 = attendance / 3", "eligible * 3 = attendance * 2"),
        ("eligible / 4 < attendance / 6", "eligible * 3 < attendance * 2"),
        ("attendance >= eligible / 1.5", "attendance * 3 >= eligible * 2"),
        ("attendance / 2 + eligible / 3 > 1", "attendance * 3 + eligible * 2 > 1 * 6"),
        ("(attendance + eligible) / 2 > fee - 1", "(attendance + eligible) > (fee - 1) * 2"),
        ("eligible / :least <= attendance", "eligible <= attendance * $least"),
        ("eligible / :least / 2 <= attendance / :least", "eligible <= attendance * 2"),
        ("attendance / 2 between 1 and eligible / 3", "attendance * 3 BETWEEN 1 * 6 AND eligible * 2"),
        ("attendance / 2 in (1, 2)", "attendance IN (1 * 2, 2 * 2)"),
        ("attendance * (eligible / 3) > 1", "attendance * (eligible) > 1 * 3"),
        ("coalesce(attendance / 2, 1) > 1", "COALESCE(attendance, 1 * 2) > 1 * 2"),
        ("-(attendance / 2) < 1", "-(attendance) < 1 * 2"),
    ],
)  # fmt: skip
def test_accepted(text: str, sql: str) -> None:
    assert printed(text) == sql


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("attendence > 1", "'attendence' is not a field of meetings; did you mean 'attendance'?"),
        ("organisation.levle = 'cell'", "'levle' is not a field of organisations; did you mean 'level'?"),
        ("note.level = 'x'", "'note' of meetings is not a reference, so it has no 'level'"),
        ("meetings.note = 'x'", "'meetings' is the record itself"),
        ("status = held", "text stands in single quotes, and 'held' does not"),
        ("status = 'hold'", "'status' cannot be 'hold'; did you mean 'held'?"),
        ("'hold' = status", "'status' cannot be 'hold'; did you mean 'held'?"),
        ("status in ('held', 'planned')", "'status' cannot be 'planned'"),
        ("status = ('hold')", "'status' cannot be 'hold'; did you mean 'held'?"),
        ("(status) in ('hold')", "the part in brackets cannot be 'hold'; did you mean 'held'?"),
        ("status = 'Held'", "'Held' is another word for the value 'held' of 'status'; did you mean 'held'?"),
        ("status = 'đã họp'", "'đã họp' is another word for the value 'held' of 'status'; did you mean 'held'?"),
        ("status = :mode", "'status' cannot be 'remote' (a value of ':mode')"),
        ("status = organisation.level", "'status' and 'organisation.level' have no value in common"),
        ("coalesce(status, 'x') = 'held'", "'status' cannot be 'x'"),
        ("status < 'held'", "the values of 'status' have no order"),
        ("online > true", "the values of 'online' have no order"),
        ("note = 12", "'note' is text, and 12 is an integer: they cannot be compared"),
        ("date >= '2019-01-01'", "'date' is a date, and '2019-01-01' is text: they cannot be compared"),
        ("date = 2019", "'date' is a date, and 2019 is an integer: they cannot be compared"),
        ("attendance = :state", "'attendance' is an integer, and ':state' is text: they cannot be compared"),
        ("date >= date '2019-02-30'", "'2019-02-30' is not a day"),
        ("note = null", "nothing is equal to null"),
        ("attendance + 1 is null", "'is null' asks whether a field is empty, and this is not a field"),
        ("attendance = :lest", "':lest' is not a parameter of this rulebook; did you mean ':least'?"),
        ("attendance > :two_thirds", "':two_thirds' has the value 2/3, which no decimal with 6 places is equal to"),
        ("attendance", "this is an integer, and a predicate (true or false) is needed"),
        ("not attendance", "'attendance' is an integer, and a predicate (true or false) is needed here"),
        ("attendance and online", "'attendance' is an integer, and a predicate (true or false) is needed here"),
        ("note + 1 > 2", "'note' is text: it cannot be added or subtracted"),
        ("note * 2 > 2", "'note' is text, and a number is needed here"),
        ("length(attendance) > 2", "'attendance' is an integer, and text is needed here"),
        ("year(note) > 2", "'note' is text, and a date is needed here"),
        ("date + date = date", CALENDAR),
        ("date + 1.5 = date", CALENDAR),
        ("4 years + date = date", "the expression here is a span of time, which is added to a day or taken from it"),
        ("attendance > 4 years", "the expression here is a span of time, which is added to a day or taken from it"),
        ("attendance + 4 years > 1", "'attendance' is an integer, and a date is needed here"),
        ("date + 101 years > date", "'101 years' is not between 1 month and 100 years"),
        ("date + 1.5 months > date", "'1.5 months' is not between 1 month and 100 years"),
        ("attendance / eligible > 1", "a division is only possible by a number or a parameter"),
        ("attendance / 0 > 1", "division by 0"),
        ("attendance / :nothing > 1", "':nothing' is not always above 0"),
        ("attendance / 2", "this is a number, and a predicate (true or false) is needed"),
        ("note like note", "after 'like' comes a pattern"),
        ("concat(note) = 'x'", "'concat' is not a function of the rule language; did you mean 'count'?"),
        ("lowr(note) = 'x'", "'lowr' is not a function of the rule language; did you mean 'lower'?"),
        ("lower(note, note) = 'x'", "'lower' takes one value, not 2"),
        ("count(*) > 1", "'*' alone is not part of the rule language"),
        ("note in (select note from x)", "'select' is not part of the rule language"),
        ("exists (select 1)", "'exists' is not a function of the rule language"),
        ("case when online then 1 end = 1", "'case' is not part of the rule language"),
        ("cast(note as int) = 1", "'cast' is not a function of the rule language"),
        ("note::int = 1", "the cast '::' is not part of the rule language"),
        ("note || 'x' = 'y'", "'||' is not part of the rule language"),
        ("online -- really", "a comment is not part of the rule language"),
        ("online /* really */", "a comment is not part of the rule language"),
        ("online; drop", "';' is not part of the rule language"),
        ("`note` = 'x'", "a backtick is not part of the rule language"),
        ('"note" = \'x\'', "a double quotation mark is not part of the rule language"),
        ("“note = 'x'”", "the typographic quotation mark '“' is not part of the rule language"),
        ("note = ‘x’", "the typographic quotation mark '‘' is not part of the rule language; did you mean '''?"),
        ("attendance – 1 = 1", "the dash '–' is not part of the rule language; did you mean '-'?"),
        ("note\u200b = 'x'", "an invisible character is not part of the rule language"),
        ("attendance ≤ 1", "'≤' is not part of the rule language; did you mean '<='?"),
        ("online && online", "'&' is not part of the rule language"),
        ("!online", "'!' is not part of the rule language"),
        ("note != 'x'", "'!=' is not part of the rule language; did you mean '<>'?"),
        ("attendance == 1", "'==' is not part of the rule language; did you mean '='?"),
        ("attendance = 5%2", "'%' is not part of the rule language"),
        ("attendance = 5 %", "'%' is not part of the rule language"),
        ("attendance = 1.23456%", "'1.23456%' has too many digits"),
        ("attendance % 2 = 1", "'%' is not part of the rule language"),
        ("attendance // 2 = 1", "'//' is not part of the rule language"),
        ("attendance ** 2 = 1", "'**' is not part of the rule language"),
        ("note[1] = 'x'", "'[' is not part of the rule language"),
        ("note = :", "':' without a name is not part of the rule language"),
        ("*", "'*' alone is not part of the rule language"),
        ("@attendance = 1", "'@' is not part of the rule language"),
        ("đã = 1", "'đ' is not part of the rule language"),
        ("attendance = 1e5", "'1e5' is not a number"),
        ("attendance = 1.2345678", "'1.2345678' has too many digits"),
        ("note = 'x", "the text that begins here with ' is never closed"),
        ("note ilike 'x'", "'ilike' is not part of the rule language"),
        ("online and", "a field, a number or a text is missing before the end"),
        ("and online", "a field, a number or a text is missing before 'and'"),
        ("(online", "a ')' is missing before the end"),
        ("online)", "this ')' closes nothing"),
        ("online note", "an operator such as 'and', 'or', '=' is missing before 'note'"),
        ("1 < attendance < 5", "comparisons cannot be chained"),
        ("note is 'x'", "after 'is' comes 'null' or 'not null', and here stands ''x''"),
        ("note not 'x'", "after 'not' comes 'in', 'like' or 'between', and here stands ''x''"),
        ("status in 'held'", "'in' is followed by a list in brackets, and here stands ''held''"),
        ("status in ()", "a field, a number or a text is missing before ')'"),
        ("attendance between 1 or 2", "'between … and …' needs 'and' before 'or'"),
        ("", "a field, a number or a text is missing before the end"),
        ("(" * 50 + "online" + ")" * 50, "brackets are nested more than 40 deep"),
        (" and ".join(["online"] * 300), "the expression has more than 400 parts"),
        ("online" * 1000, "the expression is longer than 4,000 signs"),
    ],
)  # fmt: skip
def test_rejected(text: str, what: str) -> None:
    with pytest.raises(PredicateError) as raised:
        check(text, SCOPE, wants=PREDICATE)
    error = raised.value
    assert Problem(error.code, error.message, error.fix, instead=error.instead).message_in(Words(FALLBACK)) == what
    assert error.fix


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("online and attendence > 1", 11),
        ("organisation.levle = 'cell'", 13),
        ("status = 'hold'", 9),
        ("online -- x", 7),
        ("note = :lest", 7),
        ("(online", 7),
    ],
)
def test_an_error_points_into_the_text(text: str, offset: int) -> None:
    with pytest.raises(PredicateError) as raised:
        check(text, SCOPE, wants=PREDICATE)
    assert raised.value.offset == offset


def test_a_checked_expression_tells_what_it_reads() -> None:
    checked = check("organisation.level = 'cell' and attendance > :least and date < :as_of", SCOPE, wants=PREDICATE)
    assert checked.columns == (("organisation", "level"), ("attendance",), ("date",))
    assert checked.parameters == ("least",)
    assert {path_of(column) for column in checked.tree.find_all(sqlglot.exp.Column)} == set(checked.columns)
    assert checked.field is None
    assert check("attendance", SCOPE, wants=NUMERIC).field == MEETINGS.field("attendance")


def test_a_value_of_its_own_is_not_divided() -> None:
    with pytest.raises(PredicateError, match="only inside a comparison"):
        check("attendance / 3", SCOPE, wants=NUMERIC)


@pytest.mark.parametrize(
    "text",
    [
        "online",
        "attendance * 3 - 1 >= eligible",
        "not (online or online)",
        "not online and online or online",
        "status not in ('held') and attendance between 1 and 2",
        "-attendance + 2 * 3 < 1",
        "note is not null or note like 'a'",
        "attendance - (eligible - 1) = 0",
        "attendance / 2 > (eligible - 1) / 3",
    ],
)
def test_the_tree_is_what_sqlglot_reads_from_its_print(text: str) -> None:
    tree = check(text, SCOPE, wants=PREDICATE).tree
    assert sqlglot.parse_one(tree.sql("duckdb"), dialect="duckdb") == tree


@pytest.mark.parametrize(
    ("text", "value", "percent"),
    [
        ("2", Fraction(2), False),
        ("1.5", Fraction(3, 2), False),
        ("85%", Fraction(17, 20), True),
        ("66.7 %", Fraction(667, 1000), True),
        ("2/3", Fraction(2, 3), False),
        ("-1", Fraction(-1), False),
    ],
)
def test_bounds_are_exact(text: str, value: Fraction, *, percent: bool) -> None:
    bound = check_bound(text, None, PARAMETERS)
    assert (bound.value, bound.percent, bound.tree, bound.parameter) == (value, percent, None, None)


def test_a_bound_may_be_a_parameter_or_an_expression() -> None:
    assert check_bound(":two_thirds", None, PARAMETERS).parameter == "two_thirds"
    bound = check_bound("members / 3", Scope(ORGANISATIONS, SCOPE.records, PARAMETERS), PARAMETERS)
    assert bound.tree is not None
    assert (bound.tree.sql(), bound.divisor, bound.columns) == ('"members"', Fraction(3), (("members",),))


@pytest.mark.parametrize("text", ["members / 3", "1/0", ":state", ":as_of", ":none", "85 percent", "", "1e3"])
def test_a_bound_without_scope_is_a_number_or_parameter(text: str) -> None:
    with pytest.raises(PredicateError):
        check_bound(text, None, PARAMETERS)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("365d", Duration(365, "day")),
        ("30 days", Duration(30, "day")),
        ("12 months", Duration(12, "month")),
        ("1 year", Duration(1, "year")),
        ("9 months end to end", Duration(9, "month", Months.END_TO_END)),
        ("1 year or the next day", Duration(1, "year", Months.NEXT_DAY)),
    ],
)
def test_durations(text: str, duration: Duration) -> None:
    assert check_duration(text) == duration


@pytest.mark.parametrize("text", ["365", "0d", "1 fortnight", "-1d", "99999d", "1.5 years", "101 years", "3 days end to end"])
def test_no_durations(text: str) -> None:
    with pytest.raises(PredicateError):
        check_duration(text)
