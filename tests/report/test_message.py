"""The one sentence that a body is told about a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from checker.model.integrity import IntegrityKind
from checker.model.measures import MeasureKind
from checker.model.period import Period, Unit
from checker.model.report import Columns, Evidence, Finding, Measured, Required, RuleSummary, Subject
from checker.model.words import Reason, Severity, Text, Verdict
from checker.report.say.message import describe
from checker.report.say.windows import window_names
from checker.report.say.wording import Wording
from checker.words.amounts import Amount

V, U, P, S, N = (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.SATISFIED, Verdict.NOT_APPLICABLE)
YEAR = Period.parse("2019")
DECIDE = Evidence("meetings", "meetings.csv", "could-decide", None, 7, None, (("date", None),))


def rule(form: str = "frequency") -> RuleSummary:
    noun = Text.of({"en": "Plenaries", "vi": "Hội nghị"})
    return RuleSummary("r", Text.of("Rule"), (), Severity.MAJOR, Text(), form, noun)


def finding(verdict: Verdict, measured: Measured | None, *required: Required) -> Finding:
    return Finding("r", Subject("o", "A", "A", 1), verdict, Severity.MAJOR, measured=measured, required=required)


def count(low: int, high: int | None) -> Measured:
    return Measured(MeasureKind.COUNT, low, high)


def ratio(part: int, whole: int) -> Measured:
    return Measured(MeasureKind.RATIO, part, part, whole, whole)


def bound(sign: str, value: Amount | None, text: str = "1") -> Required:
    return Required(sign, value, text)


LEAST2, OVER85 = bound(">=", 2), bound(">", Fraction(85, 100), "85%")
FRESH = bound("within", date(2018, 12, 31), "12 months")

LEAST1 = bound(">=", 1)


def values(low: int, high: int, *missing: str) -> Measured:
    return Measured(MeasureKind.VALUES, low, high, 3, 3, missing)


AT_MOST_120 = bound("<=", None, "120d")
GAP = Period.parse("2019-02-01..2019-06-29")

MESSAGES = [
    (finding(V, count(1, 1), LEAST2), "Plenaries: 1 (at least 2 required)", "Hội nghị: 1 (yêu cầu ít nhất 2)"),
    (
        finding(V, count(0, 0), LEAST2),
        "Plenaries: none (at least 2 required)",
        "Hội nghị: không có (yêu cầu ít nhất 2)",
    ),
    (
        finding(V, values(1, 2, "review"), LEAST1),
        "Plenaries: as required for between 1 and 2 of 3 values, not for review (at least 1 of each required)",
        "Hội nghị: đạt từ 1 đến 2 trên 3 giá trị, không đạt: review (yêu cầu ít nhất 1 cho mỗi giá trị)",
    ),
    (
        finding(U, values(1, 3, "review", "closing"), LEAST1),
        "Plenaries: as required for between 1 and 3 of 3 values, not certain for review, closing (at least 1 of each required)",
        "Hội nghị: đạt từ 1 đến 3 trên 3 giá trị, chưa chắc đạt: review, closing (yêu cầu ít nhất 1 cho mỗi giá trị)",
    ),
    (
        finding(P, values(2, 3, "review"), LEAST1),
        "Plenaries: as required for 2 of 3 values so far, not yet for review (at least 1 of each required)",
        "Hội nghị: đến nay đạt 2 trên 3 giá trị, chưa đạt: review (yêu cầu ít nhất 1 cho mỗi giá trị)",
    ),
    (
        finding(S, values(3, 3), LEAST1),
        "Plenaries: as required for 3 of 3 values (at least 1 of each required)",
        "Hội nghị: đạt 3 trên 3 giá trị (yêu cầu ít nhất 1 cho mỗi giá trị)",
    ),
    (
        finding(V, count(1, 1), LEAST2)._replace(window=YEAR),
        "Plenaries in 2019: 1 (at least 2 required)",
        "Hội nghị trong năm 2019: 1 (yêu cầu ít nhất 2)",
    ),
    (
        finding(U, count(1, 3), LEAST2)._replace(evidence=(DECIDE, DECIDE._replace(line=8))),
        "Plenaries: between 1 and 3 (at least 2 required); 2 rows could decide it",
        "Hội nghị: từ 1 đến 3 (yêu cầu ít nhất 2); còn phụ thuộc 2 dòng chưa rõ",
    ),
    (
        finding(U, count(1, 1), LEAST2)._replace(reason=Reason.PERHAPS),
        "Plenaries: 1 (at least 2 required); it is not certain that the rule applies",
        "Hội nghị: 1 (yêu cầu ít nhất 2); chưa chắc quy định này áp dụng",
    ),
    (finding(U, count(0, None), LEAST2), "Plenaries: not known (at least 2 required)", None),
    (finding(U, count(3, None), bound("<=", 4)), "Plenaries: 3 or more (at most 4 required)", None),
    (
        finding(P, count(1, 1), LEAST2)._replace(due=date(2019, 12, 31)),
        "Plenaries: 1 so far (at least 2 required by 31 December 2019)",
        "Hội nghị: đến nay 1 (yêu cầu ít nhất 2, hạn 31/12/2019)",
    ),
    (
        finding(V, count(3, 3), bound(">=", Fraction(10, 3), "members / 3")),
        "Plenaries: 3 (at least 4 [members / 3] required)",
        None,
    ),
    (
        finding(V, count(4, 4), bound("<", Fraction(10, 3), ":limit")),
        "Plenaries: 4 (at most 3 required)",
        None,
    ),
    (finding(V, count(4, 4), bound("=", 3)), "Plenaries: 4 (exactly 3 required)", None),
    (finding(V, count(5, 5), bound(">=", 2), bound("<=", 4)), "Plenaries: 5 (at least 2 and at most 4 required)", None),
    (
        finding(U, count(5, 5), bound(">=", None, "members / 3")),
        "Plenaries: 5 (at least members / 3, whose value is not known required)",
        None,
    ),
    (
        finding(V, ratio(1699, 2000), OVER85),
        "Plenaries: 84.95%, 1,699 of 2,000 (more than 85% required)",
        "Hội nghị: 84,95%, 1.699 trên tổng số 2.000 (yêu cầu trên 85%)",
    ),
    (
        finding(S, ratio(2, 3), bound(">=", Fraction(2, 3), "2/3")),
        "Plenaries: 2/3, 2 of 3 (at least 2/3 required)",
        None,
    ),
    (
        finding(U, Measured(MeasureKind.RATIO, 80, 90, 100, 100), OVER85),
        "Plenaries: between 80% and 90%, between 80 and 90 of 100 (more than 85% required)",
        None,
    ),
    (
        finding(U, Measured(MeasureKind.RATIO, 80, 90, 95, 100), OVER85),
        "Plenaries: between 80 and 90 of between 95 and 100 (more than 85% required)",
        None,
    ),
    (
        finding(V, Measured(MeasureKind.MEAN, Fraction(254, 100), Fraction(254, 100), 3, 3), OVER85),
        "Plenaries: 84.67%, the mean of 3 rows (more than 85% required)",
        "Hội nghị: 84,67%, trung bình của 3 dòng (yêu cầu trên 85%)",
    ),
    (
        finding(V, Measured(MeasureKind.MEAN, Fraction(254999999, 10**8), Fraction(254999999, 10**8), 3, 3), OVER85),
        "Plenaries: 84.9999997%, the mean of 3 rows (more than 85% required)",
        None,
    ),
    (
        finding(U, Measured(MeasureKind.MEAN, 1, 2, 2, 2), OVER85),
        "Plenaries: between 50% and 100%, the mean of 2 rows (more than 85% required)",
        None,
    ),
    (
        finding(V, Measured(MeasureKind.MEAN, Fraction(1, 3), Fraction(2, 3), 1, 2), OVER85),
        "Plenaries: the mean of between 1 and 2 rows, not known exactly (more than 85% required)",
        "Hội nghị: trung bình của từ 1 đến 2 dòng, chưa rõ chính xác (yêu cầu trên 85%)",
    ),
    (finding(P, Measured(MeasureKind.MEAN, 0, 0, 0, 0), OVER85), "Plenaries: none so far (more than 85% required)", None),
    (finding(U, Measured(MeasureKind.MEAN, 0, None, 0, None), OVER85), "Plenaries: not known (more than 85% required)", None),
    (finding(P, Measured(MeasureKind.RATIO, 0, 0, 0, 0), OVER85), "Plenaries: none so far (more than 85% required)", None),
    (finding(U, Measured(MeasureKind.RATIO, 0, None, 0, None), OVER85), "Plenaries: not known (more than 85% required)", None),
    (
        finding(V, Measured(MeasureKind.SUM, 50, 50), bound("=", Decimal("52.5"), "declared")),
        "Plenaries: 50 found, 52.5 declared (difference 2.5)",
        "Hội nghị: tính được 50, khai báo 52,5 (chênh lệch 2,5)",
    ),
    (
        finding(U, Measured(MeasureKind.SUM, 50, None), bound("=", None, "declared")),
        "Plenaries: 50 or more found, not known declared",
        None,
    ),
    (
        finding(V, Measured(MeasureKind.DATE, date(2017, 3, 1), date(2017, 3, 1)), FRESH),
        "Plenaries: latest on 1 March 2017 (required within 12 months, on 31 December 2018 or later)",
        "Hội nghị: gần nhất ngày 01/03/2017 (yêu cầu trong vòng 12 tháng, từ ngày 31/12/2018)",
    ),
    (
        finding(V, Measured(MeasureKind.DATE), bound("within", None, "365d")),
        "Plenaries: none on record (required within 365 days)",
        None,
    ),
    (
        finding(U, Measured(MeasureKind.DATE), bound("within", None, "1 year")),
        "Plenaries: not known (required within 1 year)",
        None,
    ),
    (
        finding(U, Measured(MeasureKind.DATE, None, date(2019, 5, 1)), FRESH),
        "Plenaries: none is certain, the latest may be on 1 May 2019 (required within 12 months, on 31 December 2018 or later)",
        None,
    ),
    (
        finding(P, Measured(MeasureKind.DATE), FRESH)._replace(due=date(2020, 6, 1)),
        "Plenaries: none on record so far (required within 12 months, by 1 June 2020)",
        None,
    ),
    (
        finding(V, Measured(MeasureKind.DAYS, 148, 148), AT_MOST_120)._replace(window=GAP),
        "Plenaries: 148 days from 1 February 2019 to 29 June 2019 (at most 120 days required)",
        "Hội nghị: 148 ngày từ 01/02/2019 đến 29/06/2019 (yêu cầu không quá 120 ngày)",
    ),
    (
        finding(P, Measured(MeasureKind.DAYS, 20, 20), AT_MOST_120)._replace(window=GAP, due=date(2019, 6, 1)),
        "Plenaries: 20 days from 1 February 2019 to 29 June 2019 so far (at most 120 days required by 1 June 2019)",
        None,
    ),
    (
        finding(S, Measured(MeasureKind.DAYS, 30, 99), AT_MOST_120)._replace(window=GAP, windows=3),
        "Plenaries: 3 gaps of between 30 and 99 days (at most 120 days required)",
        "Hội nghị: 3 khoảng, mỗi khoảng từ 30 đến 99 ngày (yêu cầu không quá 120 ngày)",
    ),
    (
        finding(V, Measured(MeasureKind.SUM, 9, 9, 10, 10), bound("=", 12, "closing")),
        "Plenaries: 10 at the start, -1 since: 9 found, 12 declared (difference 3)",
        "Hội nghị: đầu kỳ 10, biến động -1: tính được 9, khai báo 12 (chênh lệch 3)",
    ),
    (
        finding(V, count(1, 1), bound(">=", 11, "members / 3")._replace(rounded="up")),
        "Plenaries: 1 (at least 11 [members / 3, rounded up] required)",
        "Hội nghị: 1 (yêu cầu ít nhất 11 [members / 3, làm tròn lên])",
    ),
    (
        finding(U, None)._replace(reason=Reason.NOT_SUBMITTED),
        "Plenaries: not known, because a table that is needed was not submitted",
        "Hội nghị: không rõ, vì chưa nộp một bảng cần dùng",
    ),
    (
        finding(N, None)._replace(reason=Reason.DISPLACED, because="dispersed-cell"),
        "displaced by dispersed-cell",
        "được thay thế theo dispersed-cell",
    ),
    (finding(N, None)._replace(reason=Reason.NOT_IN_FORCE), "the rule is not in force", "quy định không có hiệu lực"),
    (
        finding(S, count(1, 1), LEAST2)._replace(windows=10, window=replace(YEAR, label="2019-01..2019-12")),
        "Plenaries in 10 periods of 2019: as required (at least 2 required in each)",
        None,
    ),
]


@pytest.mark.parametrize(("made", "english", "vietnamese"), MESSAGES, ids=[english for _, english, _ in MESSAGES])
def test_message(made: Finding, english: str, vietnamese: str | None) -> None:
    assert describe(made, rule(), Wording("en")) == english
    if vietnamese is not None:
        assert describe(made, rule(), Wording("vi")) == vietnamese


@pytest.mark.parametrize(
    ("verdict", "message"),
    [
        (V, "Not as required: committee is empty, members is '12' (required: members < 9)"),
        (S, "As required: committee is empty, members is '12' (required: members < 9)"),
        (U, "Cannot be decided: committee is empty, members is '12' (required: members < 9)"),
    ],
)
def test_condition(verdict: Verdict, message: str) -> None:
    own = Evidence("o", "o.csv", "subject", None, 2, None, (("members", "12"), ("committee", None)))
    made = finding(verdict, Measured(MeasureKind.TRUTH), bound("that", None, "members < 9"))
    assert describe(made._replace(evidence=(own,)), rule("condition"), Wording("en")) == message
    assert describe(made, rule("condition"), Wording("en")).endswith(": members < 9")


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("required", None, "date is missing"),
        ("allowed", "31/02/2019", "date: '31/02/2019' cannot be read, or is not allowed"),
        ("reference", "X9", "date refers to 'X9', which was not submitted"),
        ("unique", "M1", "date 'M1' was used before"),
        ("acyclic", "A", "date 'A' leads back to the row itself"),
    ],
)
def test_integrity(kind: str, value: str | None, message: str) -> None:
    cell = Evidence("meetings", "meetings.csv", "subject", None, 2, 4, (("date", value),))
    made = finding(V, None)._replace(rule=f"records/meetings/date/{kind}", evidence=(cell,))
    about = rule("integrity")._replace(columns=Columns(IntegrityKind(kind), "meetings", ("date",)))
    assert describe(made, about, Wording("en")) == message


def test_windows_are_merged_by_name() -> None:
    months = YEAR.windows(Unit.MONTH, YEAR.last)
    missed = [months[2], months[6], months[4], months[5], months[9], months[10]]
    assert window_names(missed, Wording("en")) == "March 2019, May 2019 to July 2019, October 2019, November 2019"
