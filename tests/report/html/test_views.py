"""What the page is made of, part by part, as plain values."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from checker.errors import Place, Problem
from checker.model.earlier import Earlier, Violation
from checker.model.measures import MeasureKind
from checker.model.period import Period, Unit
from checker.model.report import Account, Area, Finding, Measured, Report
from checker.model.words import Category, Severity, Verdict
from checker.report import Presentation
from checker.report.html.charts import scaled
from checker.report.html.heat import heat_maps_of
from checker.report.html.listing import listing_of
from checker.report.html.page import Edition, languages_of, page_of
from checker.report.say.wording import Wording
from tests.report import fixture
from tests.said import just

V, U, P, S, N = Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.SATISFIED, Verdict.NOT_APPLICABLE

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def edition(report: Report, language: str = "en", most: int = 5000) -> Edition:
    (found,) = [each for each in page_of(report, Presentation(), most).editions if each.language == language]
    return found


def of_cell(verdict: Verdict, window: Period, windows: int = 1, rule: str = "cell-monthly") -> Finding:
    return fixture.finding(rule, fixture.cell, verdict, window=window)._replace(windows=windows)


def test_the_languages_are_the_rulebook_s_and_the_report_s_comes_first() -> None:
    assert languages_of(fixture.report("en")) == ("en", "vi")
    assert languages_of(fixture.report("vi")) == ("vi", "en")
    assert languages_of(fixture.report("fr")) == ("fr", "vi", "en")


def test_slips_of_the_file_are_apart_from_breaches() -> None:
    page = edition(fixture.report("en"))
    (fault,) = page.corrections.faults
    assert (fault.column, fault.count) == ("Meetings: Date (column 'Ngày họp (*)')", 1)
    assert [entry.kind for entry in fault.entries] == ["to-correct"]
    breached = {entry.rule for body in page.breaches for entry in body.entries}
    assert breached == {
        "plenary-twice-a-year",
        "cell-monthly",
        "attendance",
        "hamlet-has-a-cell",
        "committee-of-nine",
        "members-add-up",
    }


def test_cells_in_which_the_same_stands_are_one_entry() -> None:
    report = fixture.report("en")
    slip = next(each for each in report.findings if each.rule == "records/meetings/date/allowed")
    again = [
        slip._replace(
            subject=slip.subject._replace(id=f"M{line}", name=f"M{line}", row=line),
            evidence=(slip.evidence[0]._replace(line=line),),
        )
        for line in (93, 94)
    ]
    (fault,) = edition(report._replace(findings=(slip, *again))).corrections.faults
    (entry,) = fault.entries
    assert (entry.message, entry.subject) == ("3 cells say '31/02/2019'", "")
    assert dict(entry.facts)["Row"] == "book.xlsx!Cuộc họp!D92, D93, D94"
    assert len(set(entry.ids)) == 3


def test_a_table_that_is_missing_is_one_line_with_the_rules_it_leaves_open() -> None:
    report = fixture.report("en")._replace(accounts=(Account("fees", "not-submitted"),))
    assert edition(report).corrections.missing == (
        "The table 'fees' was not submitted; this leaves open: “Party fees are collected in full”",
    )


def test_breaches_stand_by_body_along_the_tree_the_gravest_first() -> None:
    bodies = edition(fixture.report("en")).breaches
    assert [(body.name, body.above, body.depth) for body in bodies] == [
        ("Đảng bộ xã Khánh An (W01)", "Huyện ủy An Phú", 1),
        ("Chi bộ ấp Tắc Trúc (C07)", "Huyện ủy An Phú › Đảng bộ xã Khánh An", 2),
    ]
    ranks = [[Severity(entry.severity).rank for entry in body.entries] for body in bodies]
    assert ranks == [sorted(each, reverse=True) for each in ranks]


def test_months_that_are_alike_are_one_entry_with_an_address_for_each() -> None:
    bodies = edition(fixture.report("en")).breaches
    (entry,) = [entry for body in bodies for entry in body.entries if entry.rule == "cell-monthly"]
    assert entry.ids == tuple(f"cell-monthly/C07/2019-{month:02}" for month in (3, 5, 6, 7))
    assert "March 2019, May 2019 to July 2019" in entry.message


def test_an_address_is_safe_in_a_page_and_given_once() -> None:
    report = fixture.report("en")
    odd = fixture.cell._replace(id='a b"&=#/ạ')
    twice = tuple(fixture.finding("attendance", odd, V, measured=fixture.count(0)) for _ in range(2))
    other = fixture.finding("attendance", odd._replace(id="x"), V, measured=fixture.count(0))
    page = edition(report._replace(findings=(*twice, other)))
    ids = [address for body in page.breaches for entry in body.entries for address in entry.ids]
    assert ids == ["attendance/a%20b%22%26%3D%23/%E1%BA%A1", "attendance/a%20b%22%26%3D%23/%E1%BA%A1~2", "attendance/x"]


def test_why_says_the_rule_its_steps_and_how_to_ask() -> None:
    report = fixture.report("en")
    findings = tuple(each._replace(steps=fixture.STEPS if each.rule == "cell-monthly" else ()) for each in report.findings)
    bodies = edition(report._replace(findings=findings)).breaches
    entries = {entry.rule: entry for body in bodies for entry in body.entries}
    why = entries["cell-monthly"].why
    assert why is not None
    (steps,) = why.reasoning
    assert [(step.name, step.given, step.then) for step in steps.steps] == [
        (
            "an outcome is read as it is where nothing took effect",
            ("the outcome of this rule is: breached",),
            ("this rule is then: violated",),
        )
    ]
    assert why.ask == f"checker explain cell-monthly organisations:C07 --in {report.run.submission}"
    untraced = entries["attendance"].why
    assert untraced is not None
    assert untraced.reasoning == ()


def test_where_the_engine_did_other_things_in_other_windows_these_are_named() -> None:
    report = fixture.report("en")
    months = [each for each in report.findings if each.rule == "cell-monthly" and each.verdict is V]
    other = fixture.STEPS[0]._replace(rule="the strongest claim takes effect")
    changed = (months[0]._replace(steps=(other,)), *(each._replace(steps=fixture.STEPS) for each in months[1:]))
    (entry,) = edition(report._replace(findings=changed)).breaches[0].entries
    assert entry.why is not None
    assert [steps.windows for steps in entry.why.reasoning] == ["March 2019", "May 2019 to July 2019"]


def test_a_clause_is_named_by_the_title_of_what_it_is_in() -> None:
    (entry,) = edition(fixture.report("en")).breaches[0].entries[-1:]
    assert entry.clause.startswith("Party Charter, art. 2")


def test_of_cells_to_correct_the_cell_says_why() -> None:
    (fault,) = edition(fixture.report("en")).corrections.faults
    assert [entry.why for entry in fault.entries] == [None]


def test_areas_stand_along_their_tree_those_with_most_breaches_first() -> None:
    report = fixture.report("en")
    areas = (
        Area("hamlets", ("hamlets/W1",), "W1", "Ward 1", 1, 0, 2),
        Area("hamlets", ("hamlets/W1", "hamlets/H 5"), "H 5", "", 0, 0, 2),
        Area("hamlets", ("hamlets/W2",), "W2", "Ward 2", 3, 1, 0),
    )
    lies = {("hamlets", 6): ("hamlets/W1", "hamlets/H 5")}
    page = edition(report._replace(areas=areas, lies=lies))
    (tree,) = page.areas
    assert [(area.name, area.counts) for area in tree.areas] == [
        ("Ward 2 (W2)", (("violated", 3), ("to-correct", 1))),
        ("Ward 1 (W1)", (("violated", 1), ("undetermined", 2))),
    ]
    assert [(area.key, area.name) for area in tree.areas[1].below] == [("hamlets/H%205", "H 5")]
    assert dict(tree.elsewhere)["violated"] == sum(rule.count(V) for rule in report.rules if rule.own) - 4
    assert page.choices.areas == (("hamlets/W1", "Ward 1 (W1)"), ("hamlets/H%205", "– H 5"))
    (entry,) = [entry for body in page.breaches for entry in body.entries if entry.areas]
    assert (entry.rule, entry.areas) == ("hamlet-has-a-cell", ("hamlets/W1", "hamlets/H%205"))


def test_the_heat_map_has_a_cell_for_each_month_of_a_body_with_the_gravest_verdict() -> None:
    findings = (
        of_cell(S, Period(date(2019, 1, 1), date(2019, 12, 31), "2019-01..2019-12"), windows=10),
        of_cell(V, fixture.MONTHS[2]),
        of_cell(U, fixture.MONTHS[8]),
        of_cell(V, fixture.MONTHS[8], rule="quarterly-instead"),
    )
    (heat,) = heat_maps_of(fixture.report("en")._replace(findings=findings), Wording("en"))
    assert heat.columns == tuple(f"{name} 2019" for name in MONTHS)
    (row,) = heat.rows
    expected = [S] * 12
    expected[2] = expected[8] = V
    assert [cell.verdict for cell in row.cells] == expected
    assert row.cells[8].said == "September 2019: violated (quarterly-instead)"


def test_of_two_spans_that_overlap_the_heat_map_claims_nothing() -> None:
    year = Period(date(2019, 1, 1), date(2019, 12, 31), "2019-01..2019-12")
    findings = (of_cell(V, fixture.MONTHS[2]), of_cell(S, year, windows=6), of_cell(N, year, windows=5))
    (heat,) = heat_maps_of(fixture.report("en")._replace(findings=findings), Wording("en"))
    (row,) = heat.rows
    assert [cell.verdict for cell in row.cells] == [V]


def test_quarters_have_a_map_of_their_own_and_those_who_kept_them_are_counted() -> None:
    quarters = fixture.YEAR.windows(Unit.QUARTER, fixture.YEAR.last)
    kept = of_cell(S, fixture.YEAR, windows=4)._replace(subject=fixture.ward)
    findings = (of_cell(V, quarters[1]), *(of_cell(S, quarters[each]) for each in (0, 2, 3)), kept)
    (heat,) = heat_maps_of(fixture.report("en")._replace(findings=findings), Wording("en"))
    assert (heat.unit, len(heat.columns), len(heat.rows), heat.kept) == ("quarter", 4, 1, 1)


def test_a_rate_is_drawn_as_far_as_it_is_certain_and_as_far_as_it_may_be() -> None:
    report = fixture.report("en")
    unsure = fixture.finding(
        "attendance", fixture.ward, U, measured=Measured(MeasureKind.RATIO, 60, 90, 100, 100), required=fixture.OVER85
    )
    (rate,) = edition(report._replace(findings=(*report.findings, unsure))).rates
    assert rate.bound == "required: more than 85%"
    assert [(bar.verdict, bar.low, bar.high, bar.bounds) for bar in rate.bars[:2]] == [
        (V, "85.00", "85.00", ("85.00",)),
        (U, "60.00", "90.00", ("85.00",)),
    ]
    assert rate.bars[2].name == "Huyện ủy An Phú (D01)"
    assert rate.others == ("others measured: 11, from 86% to 96%",)


@pytest.mark.parametrize(("share", "written"), [(Fraction(1, 3), "33.33"), (Fraction(7, 5), "100.00"), (Fraction(-1), "0.00")])
def test_a_length_stays_inside_its_bar(share: Fraction, written: str) -> None:
    assert scaled(share) == written


def test_rows_that_could_decide_most_come_first() -> None:
    page = edition(fixture.report("en"))
    assert [(row.place, row.keeps, row.settles) for row in page.settling.deciding] == [
        ("2 rows (meetings.csv:41, 57)", 2, 2),
        ("The table 'fees' was not submitted", 1, 1),
        ("documents.csv:3", 1, 1),
        ("organisations.csv:9", 1, 1),
    ]
    assert page.settling.deciding[2].cells == "reviewed is empty"


def test_what_is_due_within_60_days_is_apart_from_what_is_due_later() -> None:
    report = fixture.report("en")
    assert report.run.as_of == date(2019, 12, 15)
    stretches = edition(report).due
    assert [(each.title, [due.day for due in each.due]) for each in stretches] == [
        ("Within 60 days, until 13 February 2020", ["31 December 2019"]),
        ("Later", ["1 June 2020"]),
    ]
    assert stretches[0].due[0].entries[0].body == "Chi bộ ấp Tắc Trúc (C07)"


def test_of_many_findings_the_gravest_are_listed_and_the_others_counted() -> None:
    report = fixture.report("en")
    listing = listing_of(report, 3)
    assert {(each.verdict, each.severity) for each in listing.findings} == {(V, Severity.CRITICAL)}
    assert dict(listing.left_out)[U] == report.count(U)
    page = edition(report, most=3)
    assert page.left_out.startswith("This page lists the 3 gravest findings.")
    assert "-f json=FILE" in page.left_out
    assert not edition(report._replace(findings=(), rules=())).left_out


def test_what_is_gone_since_the_earlier_report_is_named() -> None:
    report = fixture.report("en")
    gone = Violation("cell-monthly", "C99", "2019-03", fixture.YEAR)
    earlier = Earlier("last.json", "1", fixture.YEAR, (gone,))
    rest = edition(report._replace(baseline=earlier, gone=(gone,))).background
    assert rest.gone == (("A Party cell meets once every month", "cell-monthly", "C99", "March 2019"),)
    assert "1 gone (2019, last.json)" in rest.changes[0]
    assert not edition(report).background.changes


def test_the_key_figures_are_those_of_the_regulation_apart_from_what_is_to_correct() -> None:
    report = fixture.report("en")
    figures = {figure.kind: figure.count for figure in edition(report).head.figures}
    assert figures["violated"] + figures["to-correct"] == report.count(V)
    assert figures["to-correct"] == 1
    assert all(figures[verdict.value] == report.count(verdict, Category.REGULATION) for verdict in (U, P, S, N))


def test_a_clause_that_was_not_checked_says_so() -> None:
    rules = {rule.id: rule for rule in edition(fixture.report("en")).background.rules}
    assert rules["attendance"].clause == "Guidance 12, 2018 § 5 (not checked against the text)"
    assert rules["cell-monthly"].clause == "Party Charter, art. 24; Guidance 12, 2018 § 3"


def test_problems_are_named_by_the_file_as_seen_from_the_submission() -> None:
    report = fixture.report("en")
    place = Place(f"{report.run.submission}/meetings.csv", 3)
    problem = Problem("not-a-row", just("this line is no row"), just("Write one."), place)
    page = edition(report._replace(problems=(problem,)))
    (said,) = page.corrections.problems
    assert (said.place, said.message, said.code, said.fix) == ("meetings.csv:3", "this line is no row", "not-a-row", "Write one.")


def test_a_report_of_nothing_is_a_page_that_says_so() -> None:
    empty = fixture.report("en")._replace(findings=(), rules=(), standings=(), accounts=(), problems=(), notices=())
    page = edition(empty)
    assert page.contents == ("figures", "correct", "breaches", "open", "due", "measured", "rules", "not-judged")
    assert not page.corrections.any
    assert page.standings is None


def test_rules_about_the_file_that_find_all_in_order_are_counted() -> None:
    rest = edition(fixture.report("en")).background
    assert [rule.id for rule in rest.of_file] == ["records/meetings/date/allowed"]
    assert rest.of_file_in_order == 1


def test_a_language_without_words_of_its_own_is_named_by_its_code() -> None:
    names = [each.language_name for each in page_of(fixture.report("fr"), Presentation()).editions]
    assert names == ["fr", "Tiếng Việt", "English"]
