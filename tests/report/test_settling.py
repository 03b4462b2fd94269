"""What would settle most: compared with counting row by row; and how it is said in every format."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from time import process_time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.integrity import IntegrityKind
from checker.model.report import Account, Columns, Evidence, Finding, Report, RuleSummary, Subject, Unlisted
from checker.model.words import Reason, Severity, Text, Verdict
from checker.report import Narrowing, Presentation
from checker.report.formats import CHECK, UNMET, Writer
from checker.report.say.places import Places
from checker.report.say.settling import group_text, settling_note
from checker.report.say.wording import Wording
from checker.report.settling import Settling, settling_of
from tests.report import fixture

U, V = Verdict.UNDETERMINED, Verdict.VIOLATED
RULES = tuple(
    RuleSummary(name, Text.of(name), (), Severity.MAJOR, Text(), "frequency", counts=((U, 1),), tables=("bodies", "rows"))
    for name in ("one", "two")
)
SUBJECT = Subject("bodies", "A", "A", 1, (("A", "A"),))


def row(number: int, role: str = "could-decide", **cells: str | None) -> Evidence:
    values = tuple(cells.items()) or (("day", None),)
    return Evidence("rows", "rows.csv", role, None, number + 1, None, values, row=number)


def finding(*evidence: Evidence, unlisted: Unlisted = Unlisted(), rule: str = "one", reason: Reason | None = None) -> Finding:  # noqa: B008 -- it is frozen
    left_out = len(unlisted)
    return Finding(
        rule,
        SUBJECT,
        U,
        Severity.MAJOR,
        evidence=evidence,
        evidence_left_out=left_out,
        could_decide_unlisted=unlisted,
        reason=reason,
    )


def report(*findings: Finding, rules: tuple[RuleSummary, ...] = RULES, accounts: tuple[Account, ...] = ()) -> Report:
    return fixture.report()._replace(findings=findings, rules=rules, accounts=accounts, left_out=())


def lines(settling: Settling, language: str = "en") -> list[str]:
    places = Places("sub", Wording(language))
    return [group_text(group, places) for group in settling.groups]


def test_each_row_says_how_many_findings_it_keeps_open_and_how_many_it_can_settle() -> None:
    both = [finding(row(120, organisation=None, day="2019-01-01"), row(7)) for _ in range(11)]
    alone = finding(row(120, organisation=None), rule="two")
    found = settling_of(report(*both, alone))
    assert lines(found) == [
        "rows.csv:121: organisation is empty (keeps 12 findings open, can settle 1)",
        "rows.csv:8: day is empty (keeps 11 findings open, can settle none alone)",
    ]
    assert found.groups[0].rules == ("one", "two")
    assert (found.undetermined, found.listed, found.others) == (2, 12, 0)


def test_rows_on_which_the_same_findings_depend_are_one_group() -> None:
    found = settling_of(report(*(finding(row(1), row(2), row(3), row(4)) for _ in range(3))))
    assert lines(found) == ["4 rows (rows.csv:2, 3, 4, and 1 more): day is empty (keeps 3 findings open, can settle 3)"]
    assert lines(found, "vi")[0].startswith("4 dòng (rows.csv:2, 3, 4")


def test_rows_that_are_known_by_number_alone_are_counted() -> None:
    shared = frozenset(range(100, 200))
    first = finding(row(1), unlisted=Unlisted(frozenset({2}), shared, frozenset({150})))
    second = finding(row(150), row(1), unlisted=Unlisted(shared=shared, but=frozenset({150})))
    found = settling_of(report(first, second))
    assert [(group.keeps, group.settles, group.count, len(group.rows)) for group in found.groups] == [
        (2, 0, 100, 1),
        (1, 0, 1, 1),
    ]
    assert lines(found)[0].startswith("100 rows (rows.csv:2, and 99 more): day is empty (keeps 2 findings open, can settle none")


def test_where_nothing_related_could_decide_it_is_the_subject_s_own_row() -> None:
    own = row(3, "subject", size=None)
    assert lines(settling_of(report(finding(own)))) == ["rows.csv:4: size is empty (keeps 1 finding open, can settle 1)"]


def test_what_is_wrong_in_a_row_is_said_before_what_it_says() -> None:
    columns = Columns(IntegrityKind.ALLOWED, "rows", ("kind",))
    rule = RuleSummary("records/rows/kind/allowed", Text.of("k"), (), Severity.MAJOR, Text(), "integrity", columns=columns)
    slip = Finding(rule.id, Subject("rows", "R", "R", 5, ()), V, Severity.MAJOR, evidence=(row(5, "subject", kind="x"),))
    told = settling_of(report(finding(row(5, kind="x", day="2019-01-01")), slip, rules=(*RULES, rule)))
    expected = "rows.csv:6: kind says 'x', which cannot be read or is not allowed (keeps 1 finding open, can settle 1)"
    assert lines(told) == [expected]
    untold = settling_of(report(finding(row(5, kind="x", day="2019-01-01"))))
    assert lines(untold) == ["rows.csv:6: kind is 'x', day is '2019-01-01' (keeps 1 finding open, can settle 1)"]


def test_a_missing_table_counts_all_it_keeps_open_and_a_missing_column_what_is_listed() -> None:
    fees = RULES[0]._replace(reasons=((Reason.NOT_SUBMITTED, 40),), counts=((U, 40),), tables=("bodies", "fees"))
    several = RULES[1]._replace(id="both", reasons=((Reason.NOT_SUBMITTED, 3),), counts=((U, 3),), tables=("fees", "lists"))
    rules = (fees, several, RULES[1])
    accounts = (Account("fees", "not-submitted"), Account("lists", "unreadable"), Account("rows", "read", missing=("size",)))
    missed = [finding(rule="one", reason=Reason.NOT_SUBMITTED), finding(rule="both", reason=Reason.NOT_SUBMITTED)]
    columns = [finding(row(1, "counted", size=""), rule="two"), finding(row(2, "could-decide", size=""), rule="two")]
    found = settling_of(report(*missed, *columns, rules=rules, accounts=accounts))
    assert lines(found) == [
        "The table 'fees' was not submitted (keeps 43 findings open, can settle 40)",
        "The table 'lists' could not be read (keeps 3 findings open, can settle none alone)",
        "'rows' has no column 'size' (keeps 2 findings open, can settle 1)",
        "rows.csv:3: the column size was not submitted (keeps 1 finding open, can settle 1)",
    ]
    assert found.others == 0


def test_what_is_counted_is_said() -> None:
    rules = (RULES[0]._replace(counts=((U, 500),)), RULES[1])
    found = settling_of(report(finding(row(1)), finding(), rules=rules))
    note = settling_note(found, Wording("en"))
    assert note.startswith("Counted are the 2 undetermined findings that are listed, of 501; --max-findings all lists them.")
    assert note.endswith("1 more depends on no cell of its own: on an exception, or on another rule.")
    assert settling_note(settling_of(report(finding(row(1)), finding(row(1), rule="two"))), Wording("en")) == ""


def test_what_is_of_one_body_is_counted_alone() -> None:
    other = finding(row(1))._replace(subject=SUBJECT._replace(path=(("B", "B"),)))
    found = settling_of(report(finding(row(1)), other), Narrowing(body="B"))
    assert [(group.keeps, group.settles) for group in found.groups] == [(1, 1)]
    assert (found.undetermined, found.listed) == (1, 1)


@st.composite
def some(draw: st.DrawFn) -> list[Finding]:
    """Findings with rows of which some are listed, some known by number, and some shared but for a few."""
    common = [frozenset(draw(st.sets(st.integers(0, 7), min_size=1))) for _ in range(2)]
    made = []
    for _ in range(draw(st.integers(1, 6))):
        listed = draw(st.sets(st.integers(0, 9), min_size=1, max_size=4))
        shared = draw(st.sampled_from([frozenset(), *common]))
        but = shared & (listed | draw(st.sets(st.integers(0, 9), max_size=2)))
        own = draw(st.sets(st.integers(0, 9), max_size=3)) - listed - shared
        made.append(finding(*map(row, sorted(listed)), unlisted=Unlisted(frozenset(own), shared, but)))
    return made


@given(some())
def test_it_is_what_counting_row_by_row_gives(findings: list[Finding]) -> None:
    behind = []
    for each in findings:
        unlisted = each.could_decide_unlisted
        behind.append({line.row or 0 for line in each.evidence} | set(unlisted.own) | set(unlisted.shared - unlisted.but))
    kept: Mapping[int, frozenset[int]] = {
        number: frozenset(place for place, rows in enumerate(behind) if number in rows) for number in chain.from_iterable(behind)
    }
    groups: dict[frozenset[int], set[int]] = defaultdict(set)
    for number, places in kept.items():
        groups[places].add(number)
    listed = {line.row or 0 for each in findings for line in each.evidence}
    expected = sorted(
        (len(places), sum(rows <= members for rows in behind), len(members), sorted(members & listed))
        for places, members in groups.items()
        if members & listed
    )
    found = settling_of(report(*findings)).groups
    told = sorted((each.keeps, each.settles, each.count, [line.row for line in each.rows]) for each in found)
    assert told == expected
    assert [each.keeps for each in found] == sorted((each.keeps for each in found), reverse=True)


def test_it_is_cheap_however_many_findings_share_their_rows() -> None:
    shared = frozenset(range(1000, 51000))
    findings = [finding(row(n % 500), unlisted=Unlisted(frozenset({60000 + n}), shared)) for n in range(5000)]
    made = report(*findings)
    begun = process_time()
    (first, *_) = settling_of(made).groups
    # Looking at each pair of a finding and a row would be some two hundred million steps.
    assert process_time() - begun < 10
    assert (first.keeps, first.count) == (10, 1)


@pytest.mark.parametrize("formats", [CHECK, UNMET], ids=["check", "unmet"])
def test_every_format_says_it(formats: Mapping[str, Writer[Report]]) -> None:
    made = report(finding(row(120, organisation=None)), finding(row(120, organisation=None)))
    line = "rows.csv:121: organisation is empty (keeps 2 findings open, can settle 2)"
    texts = {}
    for name in ("text", "markdown", "json", "html"):
        stream = io.StringIO()
        formats[name](made, stream, Presentation(width=100))
        texts[name] = stream.getvalue()
    assert f"- {line}" in texts["text"]
    assert f"- {line}" in texts["markdown"]
    found = json.loads(texts["json"])
    assert [(each["message"], each["keeps"], each["settles"], each["rows"]) for each in found["settling"]] == [(line, 2, 2, 1)]
    assert found["settling_of"] == {"undetermined": 2, "listed": 2, "others": 0, "left_out": 0}
    assert '<th scope="row">rows.csv:121</th>' in texts["html"]
    book = io.BytesIO()
    formats["xlsx"](made, book, Presentation())
    head, *cells = openpyxl.load_workbook(book)["What would settle most"].iter_rows(values_only=True)
    assert dict(zip(head, cells[0], strict=True)) == {
        "Where": "rows.csv:121",
        "What is open there": "organisation is empty",
        "Findings kept open": 2,
        "Findings settled by it alone": 2,
        "Rows": 1,
        "Rule id": "one",
    }
