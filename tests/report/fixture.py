"""A report with something of everything, in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from checker.errors import Place, Problem
from checker.model.integrity import IntegrityKind
from checker.model.law import Firing, Source, Stated
from checker.model.measures import MeasureKind
from checker.model.names import Names
from checker.model.period import Period, Unit
from checker.model.report import (
    Account,
    Columns,
    Conflict,
    Evidence,
    Finding,
    Measured,
    Report,
    Required,
    RuleSummary,
    Run,
    Standing,
    Subject,
)
from checker.model.schema import Field, Record
from checker.model.words import Outcome, Reason, Severity, Text, Verdict
from tests.said import just

YEAR = Period.parse("2019")
MONTHS = YEAR.windows(Unit.MONTH, YEAR.last)
DISTRICT = ("D01", "Huyện ủy An Phú")
WARD = ("W01", "Đảng bộ xã Khánh An")
CELL = ("C07", "Chi bộ ấp Tắc Trúc")


def both(vi: str, en: str) -> Text:
    return Text.of({"vi": vi, "en": en})


def body(*path: tuple[str, str]) -> Subject:
    return Subject("organisations", path[-1][0], path[-1][1], 3, path)


district, ward, cell = body(DISTRICT), body(DISTRICT, WARD), body(DISTRICT, WARD, CELL)
hamlet = Subject("hamlets", "H05", "Ấp Khánh Hòa", 6, (DISTRICT, WARD))


def count(low: int, high: int | None = None) -> Measured:
    return Measured(MeasureKind.COUNT, low, low if high is None else high)


def at_least(n: int) -> tuple[Required, ...]:
    return (Required(">=", n, str(n)),)


CITES = ("charter-2011 art. 22",)

SOURCES = (
    Source("charter-2011", both("Điều lệ Đảng", "Party Charter"), date(2011, 1, 19)),
    Source(
        "hd-12",
        both("Hướng dẫn số 12", "Guidance 12"),
        note=both("Được thay bằng Hướng dẫn số 42.", "Replaced by Guidance 42."),
    ),
)

V, U, P, S, N = (
    Verdict.VIOLATED,
    Verdict.UNDETERMINED,
    Verdict.PENDING,
    Verdict.SATISFIED,
    Verdict.NOT_APPLICABLE,
)

RULES = (
    RuleSummary(
        "plenary-twice-a-year",
        both("Đảng bộ cơ sở họp thường lệ mỗi năm 2 lần", "A grassroots Party organisation meets in plenary twice a year"),
        CITES,
        Severity.MAJOR,
        both("Họp hội nghị toàn thể còn thiếu và ghi vào sổ.", "Call the missing plenary and record it."),
        "frequency",
        both("Đại hội và hội nghị toàn thể đã họp", "Held plenaries"),
        counts=((V, 1), (S, 11), (N, 4)),
        reasons=((Reason.NOT_SELECTED, 3), (Reason.DISPLACED, 1)),
    ),
    RuleSummary(
        "cell-monthly",
        both("Chi bộ họp thường lệ mỗi tháng một lần", "A Party cell meets once every month"),
        ("charter-2011 art. 24", "hd-12 2018 § 3"),
        Severity.CRITICAL,
        both(
            "Họp chi bộ trong tháng; tháng nào không họp phải báo cáo lý do với đảng ủy cấp trên trực tiếp.",
            "Hold the cell meeting within the month; report to the committee above why a month was missed.",
        ),
        "frequency",
        both("Cuộc họp chi bộ đã họp", "Held cell meetings"),
        counts=((V, 4), (U, 2), (P, 1), (S, 137)),
    ),
    RuleSummary(
        "attendance",
        both("Tỷ lệ đảng viên dự họp trên 85%", "Attendance at cell meetings is above 85 %"),
        ("hd-12 2018 § 5",),
        Severity.MINOR,
        Text(),
        "rate",
        both("Cuộc họp chi bộ đã họp", "Held cell meetings"),
        verified=False,
        note=both("Đúng 85% chưa phải là trên 85%.", "Exactly 85 % is not above 85 %."),
        counts=((V, 1), (S, 12)),
    ),
    RuleSummary(
        "hamlet-has-a-cell",
        both("Mỗi ấp có một chi bộ", "Every hamlet has a Party cell"),
        CITES,
        Severity.MAJOR,
        both("Thành lập chi bộ ấp.", "Found a cell for the hamlet."),
        "coverage",
        both("Chi bộ", "Party cells"),
        counts=((V, 1), (S, 20)),
    ),
    RuleSummary(
        "committee-of-nine",
        both("Chi bộ có từ 9 đảng viên chính thức bầu chi ủy", "A cell of nine full members or more elects a committee"),
        CITES,
        Severity.MAJOR,
        Text(),
        "condition",
        counts=((V, 1), (U, 1), (S, 10)),
    ),
    RuleSummary(
        "members-add-up",
        both("Số đảng viên khai báo bằng tổng các chi bộ", "The declared members equal the sum over the cells"),
        CITES,
        Severity.MAJOR,
        Text(),
        "total",
        both("Đảng viên các chi bộ", "Members of the cells"),
        counts=((V, 1),),
    ),
    RuleSummary(
        "regulations-reviewed",
        both("Quy chế làm việc được rà soát hằng năm", "Working regulations are reviewed every year"),
        CITES,
        Severity.MAJOR,
        Text(),
        "freshness",
        both("Quy chế làm việc", "Working regulations"),
        counts=((U, 1), (P, 1)),
    ),
    RuleSummary(
        "fees-collected",
        both("Đảng phí được thu đủ", "Party fees are collected in full"),
        CITES,
        Severity.MAJOR,
        Text(),
        "rate",
        both("Bản kê đảng phí", "Fee sheets"),
        counts=((U, 1),),
        reasons=((Reason.NOT_SUBMITTED, 1),),
        tables=("organisations", "fees"),
    ),
    RuleSummary(
        "quarterly-instead",
        both("Chi bộ ở địa bàn phân tán họp mỗi quý", "A dispersed cell meets every quarter"),
        CITES,
        Severity.MAJOR,
        Text(),
        "frequency",
        both("Cuộc họp chi bộ đã họp", "Held cell meetings"),
        counts=((N, 12),),
        reasons=((Reason.NO_EXCEPTION, 12),),
        why_none="no cell is dispersed",
    ),
    RuleSummary(
        "records/meetings/date/allowed",
        both("Ngày họp đọc được", "The dates of meetings can be read"),
        (),
        Severity.MAJOR,
        Text(),
        "integrity",
        counts=((V, 1),),
        columns=Columns(IntegrityKind.ALLOWED, "meetings", ("date",)),
    ),
    RuleSummary(
        "records/meetings/id/unique",
        both("Không cuộc họp nào ghi hai lần", "No meeting is listed twice"),
        (),
        Severity.MAJOR,
        Text(),
        "integrity",
        counts=((S, 312),),
        columns=Columns(IntegrityKind.UNIQUE, "meetings", ("id",)),
    ),
)
OUTCOMES = {V: Outcome.BREACHED, U: Outcome.UNKNOWN, P: Outcome.OPEN, S: Outcome.MET, N: Outcome.NONE}
SUMMARIES = {rule.id: rule for rule in RULES}


def row(line: int, role: str = "counted", table: str = "meetings", **values: str | None) -> Evidence:
    return Evidence(table, f"{table}.csv", role, None, line, None, tuple(values.items()))


STEPS = (
    Firing(
        "an outcome is read as it is where nothing took effect",
        (Stated("outcome", (("covered", "0"), ("outcome", "breached"), ("rule", "cell-monthly"))),),
        (Stated("reading", (("covered", "0"), ("rule", "cell-monthly"), ("verdict", "violated"))),),
    ),
)
OVER85 = (Required(">", Fraction(85, 100), ":cell_attendance"),)


def finding(
    identity: str,
    subject: Subject,
    verdict: Verdict,
    *,
    window: Period | None = None,
    measured: Measured | None = None,
    required: tuple[Required, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    left_out: int = 0,
    reason: Reason | None = None,
    due: date | None = None,
) -> Finding:
    return Finding(
        identity,
        subject,
        verdict,
        SUMMARIES[identity].severity,
        window=window,
        outcome=OUTCOMES[verdict],
        measured=measured,
        required=required,
        reason=reason,
        due=due,
        evidence=evidence,
        evidence_left_out=left_out,
        at=Place(f"{subject.record}.csv", subject.row + 1) if subject.row else None,
        steps=STEPS if verdict is V else (),
    )


def findings() -> Iterator[Finding]:
    yield finding("plenary-twice-a-year", ward, V, window=YEAR, measured=count(1), required=at_least(2), evidence=(row(14),))
    for month in (2, 4, 5, 6):
        yield finding("cell-monthly", cell, V, window=MONTHS[month], measured=count(0), required=at_least(1))
    for month in (8, 9):
        yield finding(
            "cell-monthly",
            cell,
            U,
            window=MONTHS[month],
            measured=count(0, 2),
            required=at_least(1),
            evidence=(
                row(41, "could-decide", type="cell", status=None, date="2019-09-02"),
                row(57, "could-decide", type="cell", status="held", date=None),
            ),
        )
    yield finding(
        "cell-monthly",
        cell,
        P,
        window=MONTHS[11],
        measured=count(0),
        required=at_least(1),
        due=date(2019, 12, 31),
    )
    yield finding(
        "attendance",
        cell,
        V,
        measured=Measured(MeasureKind.RATIO, 849999, 849999, 1000000, 1000000),
        required=OVER85,
        evidence=tuple(row(line) for line in range(30, 45)),
        left_out=12,
    )
    yield finding("attendance", district, S, measured=Measured(MeasureKind.RATIO, 1912, 1912, 2100, 2100), required=OVER85)
    for number in range(11):
        other = body(DISTRICT, (f"W{number + 2:02}", f"Đảng bộ xã số {number + 2}"))
        yield finding(
            "attendance", other, S, measured=Measured(MeasureKind.RATIO, 86 + number, 86 + number, 100, 100), required=OVER85
        )
    yield finding(
        "hamlet-has-a-cell",
        hamlet,
        V,
        measured=count(0),
        required=at_least(1),
        evidence=(row(6, "subject", "hamlets", id="H05"),),
    )
    yield finding(
        "committee-of-nine",
        cell,
        V,
        measured=Measured(MeasureKind.TRUTH),
        required=(Required("that", None, "full_members < 9 or committee"),),
        evidence=(row(8, "subject", "organisations", full_members="12", committee="không"),),
    )
    yield finding(
        "committee-of-nine",
        body(DISTRICT, WARD, ("C08", "Chi bộ Trường Tiểu học Nguyễn Thị Minh Khai và Trạm Y tế xã Khánh An")),
        U,
        measured=Measured(MeasureKind.TRUTH),
        evidence=(row(9, "subject", "organisations", full_members=None, committee="không"),),
    )
    yield finding(
        "members-add-up",
        ward,
        V,
        measured=Measured(MeasureKind.SUM, Decimal(50), Decimal(50)),
        required=(Required("=", Decimal(52), "declared_members"),),
    )
    yield finding(
        "regulations-reviewed",
        ward,
        U,
        measured=Measured(MeasureKind.DATE, date(2017, 3, 1), None),
        required=(Required("within", date(2018, 12, 31), "12 months"),),
        evidence=(row(3, "could-decide", "documents", reviewed=None),),
    )
    yield finding(
        "regulations-reviewed",
        cell,
        P,
        measured=Measured(MeasureKind.DATE, None, None),
        required=(Required("within", date(2018, 12, 31), "12 months"),),
        due=date(2020, 6, 1),
    )
    yield finding("fees-collected", Subject("submission", "submission", "submission"), U, reason=Reason.NOT_SUBMITTED)
    yield finding(
        "records/meetings/date/allowed",
        Subject("meetings", "M91", "M91", 91, (DISTRICT, WARD)),
        V,
        evidence=(Evidence("meetings", "book.xlsx", "subject", "Cuộc họp", 92, 4, (("date", "31/02/2019"),)),),
    )


NAMES = Names(
    {
        "meetings": Record(
            "meetings",
            (Field("id", title=both("Mã", "Id")), Field("date", title=both("Ngày họp", "Date")), Field("type"), Field("status")),
            both("Cuộc họp", "Meetings"),
        )
    },
    headers={("meetings", "date"): "Ngày họp (*)"},
    sources={source.name: source for source in SOURCES},
)


def report(language: str = "en") -> Report:
    return Report(
        names=NAMES,
        run=Run(
            checker="0.1.0",
            engine="duckdb 1.4.2",
            adjudicator="durable-rules 2.0.28",
            rulebook="vn-party-grassroots",
            rulebook_title=both("Tổ chức cơ sở đảng", "Grassroots Party organisations"),
            rulebook_version="2019.1",
            submission="examples/an-phu-2019",
            submitted_by="Ban Tổ chức Huyện ủy An Phú",
            period=YEAR,
            as_of=date(2019, 12, 15),
            as_of_source="submission",
            language=language,
            selected=(),
            overrides=(("cell_attendance", "85%"),),
        ),
        findings=tuple(findings()),
        rules=RULES,
        standings=(
            Standing(district, "satisfactory", both("Hoàn thành nhiệm vụ", "Satisfactory"), 0, 0),
            Standing(ward, "undetermined", Text(), 4, 1),
            Standing(cell, "unsatisfactory", both("Không hoàn thành nhiệm vụ", "Unsatisfactory"), 6, 2),
        ),
        accounts=(
            Account("organisations", "read", "organisations.csv", None, 34, 34),
            Account("meetings", "read", "book.xlsx", "Cuộc họp", 312, 309, 3, 1, ("Ghi chú", "Người ghi"), ("eligible",)),
            Account("documents", "empty", "documents.csv"),
            Account("fees", "not-submitted"),
        ),
        conflicts=(Conflict(cell, "cell-monthly", ("dispersed-cell", "cell-at-sea")),),
        notices=(
            Problem(
                "unknown-column",
                just("column 'Ghi chú' is not declared"),
                just("Declare it or leave it out."),
                Place("book.xlsx", 1, 9, "Cuộc họp"),
            ),
        ),
        sources=SOURCES,
        left_out=((S, 489),),
    )
