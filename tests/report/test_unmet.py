"""What is unmet, and by how much."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from checker.errors import UsageError
from checker.model.measures import MeasureKind
from checker.model.report import Finding, Measured, Required, Subject
from checker.model.words import Severity, Verdict
from checker.report import Narrowing
from checker.report.narrowing import refuse_unknown_body
from checker.report.say.bounds import Shortfall, shortfall
from checker.report.unmet.requirements import unmet
from tests.report.fixture import report

V, U, P = Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING
OVER85 = Required(">", Fraction(85, 100), "85%")


@pytest.mark.parametrize(
    ("verdict", "measured", "required", "missing"),
    [
        (V, Measured(MeasureKind.COUNT, 1, 1), Required(">=", 2, "2"), Shortfall(1)),
        (V, Measured(MeasureKind.COUNT, 0, 1), Required(">=", 3, "3"), Shortfall(2)),
        (V, Measured(MeasureKind.COUNT, 2, 2), Required(">", 2, "2"), Shortfall(1)),
        (V, Measured(MeasureKind.COUNT, 3, 3), Required(">=", Fraction(10, 3), "members / 3"), Shortfall(1)),
        (V, Measured(MeasureKind.COUNT, 5, 6), Required("<=", 3, "3"), Shortfall(2, excess=True)),
        (V, Measured(MeasureKind.COUNT, 5, 5), Required("<", 5, "5"), Shortfall(1, excess=True)),
        (V, Measured(MeasureKind.COUNT, 5, 5), Required("=", 3, "3"), Shortfall(2, excess=True)),
        (V, Measured(MeasureKind.COUNT, 2, 2), Required("=", 3, "3"), Shortfall(1)),
        (P, Measured(MeasureKind.COUNT, 0, 1), Required(">=", 2, "2"), Shortfall(2)),
        (U, Measured(MeasureKind.COUNT, 0, 3), Required(">=", 2, "2"), None),
        (V, Measured(MeasureKind.RATIO, 849999, 849999, 10**6, 10**6), OVER85, Shortfall(2, whole=10**6)),
        (V, Measured(MeasureKind.RATIO, 17, 17, 20, 20), OVER85, Shortfall(1, whole=20)),
        (
            V,
            Measured(MeasureKind.RATIO, 5, 5, 20, 20),
            Required("<=", Fraction(1, 5), "20%"),
            Shortfall(1, excess=True, whole=20),
        ),
        (V, Measured(MeasureKind.RATIO, 5, 6, 20, 22), OVER85, None),
        (V, Measured(MeasureKind.SUM, 50, 50), Required("=", 52, "declared"), None),
        (V, Measured(MeasureKind.COUNT, 1, 1), Required(">=", None, "members / 3"), None),
        (V, None, Required(">=", 2, "2"), None),
    ],
)
def test_shortfall(verdict: Verdict, measured: Measured | None, required: Required, missing: Shortfall | None) -> None:
    made = Finding("r", Subject("o", "A", "A", 1), verdict, Severity.MAJOR, measured=measured, required=(required,))
    assert shortfall(made) == missing


def test_violations_come_first_then_what_cannot_be_told_then_what_is_due() -> None:
    for _, duties in unmet(report()):
        order = [(V, U, P).index(duty.verdict) for duty in duties]
        assert order == sorted(order)
        due = [duty.due for duty in duties if duty.verdict is P]
        assert due == sorted(day for day in due if day is not None)


def test_every_unmet_finding_of_the_regulation_is_in_one_duty() -> None:
    findings = [item for item in report().findings if item.verdict in {V, U, P} and not item.rule.startswith("records/")]
    told = [item for _, duties in unmet(report()) for duty in duties for gap in duty.gaps for item in gap.findings]
    assert len(told) == len(findings)
    assert set(told) == set(findings)


def test_a_missed_duty_names_the_windows_still_open() -> None:
    duty = next(duty for _, duties in unmet(report()) for duty in duties if duty.rule.id == "cell-monthly")
    assert [window.label for window in duty.windows] == ["2019-03", "2019-05", "2019-06", "2019-07"]
    assert [(day, window.label) for day, window in duty.open] == [(date(2019, 12, 31), "2019-12")]


def test_a_missing_table_is_to_be_handed_in() -> None:
    (body, duties), *_ = unmet(report())
    assert body == ()
    assert duties[0].tables_missing == ("fees",)


def test_an_own_row_with_an_empty_cell_is_to_be_handed_in() -> None:
    own = report()._replace(findings=tuple(item for item in report().findings if item.rule == "committee-of-nine"))
    *_, (_, (duty,)) = unmet(own)
    assert duty.verdict is U
    assert [row.line for row in duty.hand_in] == [9]


def rules_of(narrowing: Narrowing) -> set[tuple[str, str, Verdict]]:
    return {
        (body[-1][0] if body else "", duty.rule.id, duty.verdict)
        for body, duties in unmet(report(), narrowing)
        for duty in duties
    }


def test_a_body_is_asked_for_with_all_below_it() -> None:
    everything = rules_of(Narrowing())
    assert rules_of(Narrowing(body="D01")) == {item for item in everything if item[0]}
    assert {body for body, _, _ in rules_of(Narrowing(body="W01"))} == {"W01", "C07", "C08"}
    assert {body for body, _, _ in rules_of(Narrowing(body="C07"))} == {"C07"}
    assert rules_of(Narrowing(body="C")) == set()


def test_a_day_narrows_what_is_still_to_do_and_nothing_else() -> None:
    everything = rules_of(Narrowing())
    early = rules_of(Narrowing(due_by=date(2019, 12, 30)))
    assert early == {item for item in everything if item[2] is not P}
    by_the_end_of_the_year = rules_of(Narrowing(due_by=date(2019, 12, 31)))
    assert by_the_end_of_the_year - early == {("C07", "cell-monthly", P)}


def test_of_a_very_deep_tree_what_may_belong_to_a_body_is_its() -> None:
    first, *others = report().findings
    deep = first._replace(subject=first.subject._replace(cut=True))
    found = unmet(report()._replace(findings=(deep, *others)), Narrowing(body="far above"))
    assert [duty.rule.id for _, duties in found for duty in duties] == [first.rule]


def test_a_body_that_nothing_tells_of_is_refused_where_all_is_told() -> None:
    whole = report()._replace(left_out=())
    for key in ("D01", "W01", "C08"):
        refuse_unknown_body(whole, key)
    with pytest.raises(UsageError, match="no body that was judged has that id") as caught:
        refuse_unknown_body(whole, "c0")
    assert str(caught.value.problems[0].fix).startswith("Did you mean 'C0")
    refuse_unknown_body(report(), "perhaps all satisfied, and not listed")
