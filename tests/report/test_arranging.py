"""Under what headings breaches stand; and reports on one body, with what is below it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from checker.display_width import text_width
from checker.errors import UsageError
from checker.model.words import Verdict
from checker.report import By, Narrowing, Presentation
from checker.report.arranging import arranged, named_in, sections
from checker.report.check.earlier import read_report
from checker.report.formats import CHECK
from checker.report.grouping import breaches_listed
from checker.report.html.page import page_of
from checker.report.narrowing import narrowed
from checker.report.say.wording import Wording
from tests.report import fixture
from tests.report.fixture import report

EN = Wording("en", fixture.NAMES)
BREACHES = breaches_listed(report(), Verdict.VIOLATED)
OF_CELL = Narrowing(body="C07")


def written(name: str, presentation: Presentation, language: str = "en") -> str:
    stream = io.StringIO()
    CHECK[name](report(language), stream, presentation)
    return stream.getvalue()


def headings(by: By) -> list[tuple[str, int]]:
    return [(section.title, len(section.findings)) for section in sections(BREACHES, report(), EN, by)]


def test_breaches_stand_by_body_by_rule_or_by_clause() -> None:
    assert headings(By.BODY) == [("Đảng bộ xã Khánh An (W01)", 3), ("Chi bộ ấp Tắc Trúc (C07)", 6)]
    assert headings(By.RULE) == [
        ("A grassroots Party organisation meets in plenary twice a year", 1),
        ("A Party cell meets once every month", 4),
        ("Attendance at cell meetings is above 85 %", 1),
        ("Every hamlet has a Party cell", 1),
        ("A cell of nine full members or more elects a committee", 1),
        ("The declared members equal the sum over the cells", 1),
    ]
    assert headings(By.CLAUSE) == [
        ("Party Charter, art. 22", 4),
        ("Party Charter, art. 24; Guidance 12, 2018 § 3", 4),
        ("Guidance 12, 2018 § 5 (not checked against the text)", 1),
    ]


@pytest.mark.parametrize("by", By)
def test_no_breach_is_lost_and_each_stands_under_one_heading(by: By) -> None:
    under = [finding for section in sections(BREACHES, report(), EN, by) for finding in section.findings]
    assert under == arranged(BREACHES, report(), by)
    assert sorted(map(repr, under)) == sorted(map(repr, BREACHES))


def test_under_a_rule_the_body_is_named() -> None:
    assert named_in(fixture.cell, EN, By.BODY) == ""
    assert named_in(fixture.cell, EN, By.RULE) == "Chi bộ ấp Tắc Trúc (C07)"
    assert named_in(fixture.hamlet, EN, By.BODY) == "Ấp Khánh Hòa (H05)"
    assert named_in(fixture.hamlet, EN, By.CLAUSE) == "Ấp Khánh Hòa (H05), Đảng bộ xã Khánh An (W01)"


def test_text_and_markdown_have_the_headings() -> None:
    text = written("text", Presentation(by=By.RULE))
    title = "Every hamlet has a Party cell"
    assert f"\n{title}\n{'-' * len(title)}\nParty Charter, art. 22\n" in text
    assert "  - Ấp Khánh Hòa (H05), Đảng bộ xã Khánh An (W01)\n    Party cells: none" in text
    assert "\n### Party Charter, art. 22\n" in written("markdown", Presentation(by=By.CLAUSE))


def test_the_page_and_the_workbook_are_sorted_so() -> None:
    edition = page_of(report(), Presentation(by=By.RULE)).editions[0]
    assert [view.name for view in edition.breaches] == [title for title, _ in headings(By.RULE)]
    assert [entry.subject for entry in edition.breaches[3].entries] == ["Ấp Khánh Hòa (H05), Đảng bộ xã Khánh An (W01)"]
    stream = io.BytesIO()
    CHECK["xlsx"](report(), stream, Presentation(by=By.CLAUSE))
    head, *rows = openpyxl.load_workbook(stream)["Breaches"].iter_rows(values_only=True)
    clauses = [row[head.index("Clause")] for row in rows]
    assert list(dict.fromkeys(clauses)) == [clause for clause, _ in headings(By.CLAUSE)]
    assert len(clauses) == len(BREACHES)


@pytest.mark.parametrize("name", [name for name, writer in CHECK.items() if not writer.binary])
def test_a_report_on_a_body_lists_what_is_its_own_and_says_so(name: str) -> None:
    text = written(name, Presentation(narrowing=OF_CELL))
    if name in {"text", "json", "html", "markdown"}:
        assert ('"narrowed": {"body": "C07"}' if name == "json" else "Only of Chi bộ ấp Tắc Trúc (C07)") in text
    body = text.partition('"findings"')[2].partition('"rules"')[0] if name == "json" else text
    assert "Ấp Khánh Hòa" not in body
    assert "C07" in body


def test_a_body_has_with_it_what_is_below() -> None:
    part = narrowed(report(), Narrowing(body="W01"))
    assert {finding.subject.path[-1][0] for finding in part.findings} == {"W01", "C07", "C08"}
    assert [standing.subject.id for standing in part.standings] == ["W01", "C07"]
    assert (part.rules, narrowed(report(), Narrowing())) == (report().rules, report())


def test_counts_and_exit_code_of_a_report_on_a_body_are_of_the_whole() -> None:
    text = written("text", Presentation(narrowing=OF_CELL))
    whole = written("text", Presentation())
    line = next(line for line in whole.splitlines() if line.startswith("Regulation"))
    assert text.count(line) == whole.count(line) == 2
    assert "\nListed here    violated 6, undetermined 2, pending 2, to correct 0\n" in text
    assert text.splitlines()[-1] == whole.splitlines()[-1]


def test_a_report_on_a_body_cannot_be_compared_with(tmp_path: Path) -> None:
    path = tmp_path / "part.json"
    path.write_text(written("json", Presentation(narrowing=OF_CELL)), encoding="utf-8")
    with pytest.raises(UsageError, match=r"without --body"):
        read_report(path, "vn-party-grassroots")
    path.write_text(written("json", Presentation()), encoding="utf-8")
    assert read_report(path, "vn-party-grassroots").violations
    odd = {**json.loads(path.read_text(encoding="utf-8")), "narrowed": "x"}
    path.write_text(json.dumps(odd), encoding="utf-8")
    assert read_report(path, "vn-party-grassroots").violations


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_overview_comes_first_and_fits_on_a_screen(language: str) -> None:
    wording = Wording(language)
    lines = written("text", Presentation(), language).splitlines()
    start, end = lines.index(wording("overview")), lines.index(wording("sheet-corrections"))
    assert end < 40
    said = "\n".join(lines[start:end])
    for key in ("total-regulation", "total-file", "standings", "total-most", "due-soon"):
        assert f"\n{wording(key)} " in said
    assert max(map(text_width, lines[:end])) <= 80
