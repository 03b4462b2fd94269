"""What is to be corrected in the file, as groups: by what is missing, and by column and cause."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from decimal import Decimal

import openpyxl
import pytest

from checker.model.integrity import IntegrityKind
from checker.model.report import Account, Columns, Evidence, Finding, Report, RuleSummary, Subject
from checker.model.schema import Field, FieldType
from checker.model.words import Reason, Severity, Text, Verdict
from checker.report import Narrowing, Presentation
from checker.report.corrections import Corrections, Fault, corrections_of
from checker.report.formats import CHECK, UNMET
from checker.report.say.faults import cause_text, fault_lines, missing_text
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from tests.report import fixture

V, U, W = Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.WAIVED
KIND = Field("kind", enum=(("children", ()), ("adults", ())))


def about(kind: str = "allowed", counts: int = 0, fields: tuple[str, ...] = ("kind",), read: Field | None = None) -> RuleSummary:
    name = f"records/meetings/{'+'.join(fields)}/{kind}"
    columns = Columns(IntegrityKind(kind), "meetings", fields, read, "halls" if kind == "reference" else None)
    tables = ("meetings", *(("halls",) if kind == "reference" else ()))
    form, made = "integrity", Text.of("Meetings: Kind")
    return RuleSummary(name, made, (), Severity.MAJOR, Text(), form, counts=((V, counts),), columns=columns, tables=tables)


def slip(rule: RuleSummary, line: int, *values: str | None, near: tuple[str, ...] = (), known: bool = False) -> Finding:
    fields = () if rule.columns is None else rule.columns.fields
    cells = Evidence("meetings", "book.xlsx", "subject", "Members", line, 4, tuple(zip(fields, values, strict=True)), row=line)
    subject = Subject("meetings", f"M{line}", f"M{line}", line, (fixture.DISTRICT, fixture.WARD))
    return Finding(rule.id, subject, V, Severity.MAJOR, evidence=(cells,), near=near, known=known)


def report(rules: Iterable[RuleSummary], findings: Iterable[Finding], accounts: Iterable[Account] = ()) -> Report:
    own = tuple(rule for rule in fixture.RULES if rule.own)
    return fixture.report()._replace(rules=(*own, *rules), findings=tuple(findings), accounts=tuple(accounts))


def said(found: Corrections) -> list[list[str]]:
    places = Places("sub", Wording("en"))
    return [[line for _, line in fault_lines(fault, places)] for fault in found.faults]


def test_cells_in_which_the_same_stands_are_one_cause_and_the_commonest_comes_first() -> None:
    rule = about(counts=64, read=KIND)
    findings = [slip(rule, line, "CHILDREN - BOYS", near=("children",)) for line in range(7, 69)]
    odd = [slip(rule, line, value) for line, value in ((2, "x"), (3, "y"))]
    (fault,) = corrections_of(report([rule], [*odd, *reversed(findings)])).faults
    assert (fault.count, fault.left_out, [len(cause.findings) for cause in fault.causes]) == (64, 0, [62, 1, 1])
    assert said(corrections_of(report([rule], [*odd, *findings]))) == [
        [
            "64 cells cannot be read, or are not allowed:",
            "62 cells say 'CHILDREN - BOYS', first at book.xlsx!Members!D7, D8, D9, D10, D11; did you mean 'children'?",
            "1 cell says 'x', at book.xlsx!Members!D2",
            "1 cell says 'y', at book.xlsx!Members!D3",
            "accepted: one of 'children', 'adults'",
        ]
    ]


def test_what_is_not_listed_is_counted() -> None:
    rule = about(counts=500)
    found = corrections_of(report([rule], [slip(rule, line, "x") for line in range(2, 102)]))
    assert (found.faults[0].count, found.faults[0].left_out) == (500, 400)
    assert said(found)[0][-1] == "400 more are not listed"


def test_a_body_s_own_are_counted_by_what_is_listed() -> None:
    rule = about(counts=500)
    elsewhere = slip(rule, 3, "x")._replace(subject=Subject("meetings", "M3", "M3", 3, (fixture.DISTRICT,)))
    found = corrections_of(report([rule], [slip(rule, 2, "x"), elsewhere]), Narrowing(body="W01"))
    assert [(fault.count, fault.left_out, len(fault.causes[0].findings)) for fault in found.faults] == [(1, 0, 1)]


@pytest.mark.parametrize(
    ("kind", "fields", "values", "line"),
    [
        ("required", ("kind",), (None,), "1 cell is empty, at book.xlsx!Members!D2"),
        ("reference", ("kind",), ("H9",), "1 cell refers to 'H9', which was not submitted, at book.xlsx!Members!D2"),
        ("unique", ("kind", "day"), ("a", None), "1 row says 'a', empty again, at book.xlsx!Members!D2"),
        ("acyclic", ("kind",), ("A",), "1 cell says 'A', which leads back to the row itself, at book.xlsx!Members!D2"),
        ("lifespan", ("ends", "begins"), ("2018", "2019"), "1 row ends on '2018', and begins on '2019', at book.xlsx!Members!D2"),
    ],
)
def test_each_kind_of_fault_says_what_is_wrong(kind: str, fields: tuple[str, ...], values: tuple[str | None], line: str) -> None:
    rule = about(kind, 1, fields)
    assert said(corrections_of(report([rule], [slip(rule, 2, *values)])))[0][0] == line


def test_what_can_stand_there_is_said_once() -> None:
    number = Field("kind", FieldType.INTEGER, min=Decimal(1), max=Decimal(400))
    read, refers = about(counts=1, read=number), about("reference", 1)
    found = corrections_of(report([read, refers], [slip(read, 2, "1.000"), slip(refers, 3, "H9")]))
    first, second = said(found)
    assert first[0].startswith("1 cell says '1.000', at book.xlsx!Members!D2: write it without separators between thousands")
    assert first[1:] == ["accepted: a whole number in figures, between 1 and 400"]
    assert second[-1] == "accepted: the id of a row of 'halls'"


def test_faults_of_one_column_stand_together() -> None:
    rules = [about("required", 1), about("allowed", 1, ("day",)), about("unique", 1)]
    found = corrections_of(report(rules, [slip(rule, 2, "x") for rule in rules]))
    assert [(fault.columns.fields, fault.columns.kind) for fault in found.faults] == [
        (("kind",), "required"),
        (("kind",), "unique"),
        (("day",), "allowed"),
    ]


def test_what_the_baseline_knows_is_another_cause() -> None:
    rule = about(counts=2)
    (fault,) = corrections_of(report([rule], [slip(rule, 2, "x"), slip(rule, 3, "x", known=True)])).faults
    texts = [cause_text(cause, fault, Places("sub", Wording("en"))) for cause in fault.causes]
    assert texts == [
        "1 cell says 'x', at book.xlsx!Members!D2",
        "1 cell says 'x', at book.xlsx!Members!D3. known to the baseline",
    ]


def test_what_is_waived_is_listed_but_not_counted() -> None:
    rule = about(counts=1)._replace(counts=((V, 1), (W, 1)))
    waived = slip(rule, 3, "x")._replace(verdict=W)
    (fault,) = corrections_of(report([rule], [waived, slip(rule, 2, "x")])).faults
    assert (fault.count, fault.left_out, [cause.waived for cause in fault.causes]) == (1, 0, [False, True])


FEES = next(rule for rule in fixture.RULES if rule.id == "fees-collected")._replace(tables=("organisations", "fees"))


def test_a_missing_table_is_one_line_with_the_rules_it_leaves_open() -> None:
    reference = about("reference")._replace(counts=((U, 1),), reasons=((Reason.NOT_SUBMITTED, 1),))
    reference = reference._replace(tables=("meetings", "fees"))
    own = about()._replace(reasons=((Reason.NOT_SUBMITTED, 1),), tables=("fees",))
    own = own._replace(columns=Columns(IntegrityKind.ALLOWED, "fees", ("paid",)))
    accounts = (Account("fees", "not-submitted"), Account("books", "not-submitted"), Account("lists", "unreadable"))
    found = corrections_of(report([reference, own], (), accounts)._replace(rules=(FEES, reference, own)))
    assert [missing_text(each, Wording("en")) for each in found.missing] == [
        "The table 'fees' was not submitted; this leaves open: “Party fees are collected in full”, 1 rule about the file",
        "The table 'lists' could not be read; this leaves no rule open",
    ]
    assert not found.faults


def test_a_missing_column_is_told_where_it_is_demanded_or_leaves_a_rule_open() -> None:
    demanded = about("required", 1)
    whole = Finding(demanded.id, Subject("submission", "submission", "submission"), V, Severity.MAJOR)
    cells = Evidence("meetings", "meetings.csv", "could-decide", None, 2, None, (("day", ""), ("note", None)), row=1)
    open_ = fixture.finding("attendance", fixture.ward, U)._replace(evidence=(cells,))
    account = Account("meetings", "read", rows=3, missing=("kind", "day", "note"))
    found = corrections_of(report([demanded], [whole, open_], [account]))
    assert [(each.column, each.demanded, [rule.id for rule in each.rules]) for each in found.missing] == [
        ("kind", True, []),
        ("day", False, ["attendance"]),
    ]
    assert not found.faults


@pytest.mark.parametrize("formats", [CHECK, UNMET], ids=["check", "unmet"])
def test_every_format_says_the_same_of_a_cause(formats: dict[str, object]) -> None:
    rule = about(counts=3)
    made = report([rule], [slip(rule, line, "CHILDREN", near=("children",)) for line in (7, 8, 9)])
    line = "3 cells say 'CHILDREN', at book.xlsx!Members!D7, D8, D9; did you mean 'children'?"
    for name in ("text", "markdown", "json"):
        stream = io.StringIO()
        (CHECK if formats is CHECK else UNMET)[name](made, stream, Presentation(width=100))
        if name == "json":
            (fault,) = json.loads(stream.getvalue())["corrections"]
            assert [cause["message"] for cause in fault["causes"]] == [line]
            assert [place["line"] for place in fault["causes"][0]["places"]] == [7, 8, 9]
        else:
            assert line in stream.getvalue().replace("\\", "")


def test_the_workbook_has_every_cell() -> None:
    rule = about(counts=30)
    made = report([rule], [slip(rule, line, "x") for line in range(2, 32)])
    stream = io.BytesIO()
    CHECK["xlsx"](made, stream, Presentation())
    sheet = openpyxl.load_workbook(stream)["To correct in the file"]
    head, *cells = sheet.iter_rows(values_only=True)
    where, alike = head.index("Where"), head.index("Cells that say the same")
    told = [row for row in cells if row[head.index("Code")] == rule.id]
    assert [row[where] for row in told] == [f"book.xlsx!Members!D{line}" for line in range(2, 32)]
    assert {row[alike] for row in told} == {30}


def test_the_page_has_an_entry_for_each_cause() -> None:
    rule = about(counts=3)
    made = report([rule], [slip(rule, 2, "x"), slip(rule, 3, "x"), slip(rule, 4, "y")])
    stream = io.StringIO()
    CHECK["html"](made, stream, Presentation())
    page = stream.getvalue()
    assert "2 cells say &#39;x&#39;" in page
    assert page.count('class="entry to-correct"') == 2 * 2  # in both languages


def test_findings_about_the_file_are_no_violations_in_words() -> None:
    rule = about(counts=1)
    stream = io.StringIO()
    CHECK["text"](report([rule], [slip(rule, 2, "x")]), stream, Presentation())
    body = stream.getvalue().partition("To correct in the file")[2]
    assert "VIOLATED" not in body
    assert rule.id not in body


def test_a_fault_of_which_nothing_is_listed_is_told_all_the_same() -> None:
    found = corrections_of(report([about(counts=7)], ()))
    assert [(fault.count, fault.left_out, fault.causes) for fault in found.faults] == [(7, 7, ())]
    assert said(found) == [["7 cells cannot be read, or are not allowed:", "7 more are not listed"]]
    assert isinstance(found.faults[0], Fault)
