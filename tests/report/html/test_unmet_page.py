"""The page of what is unmet: its parts as plain values, and as HTML."""

from __future__ import annotations

import io
from datetime import date

from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import ALL, Narrowing, Presentation
from checker.report.formats import UNMET
from checker.report.html.unmet_page import UnmetEdition, unmet_page_of
from tests.report import fixture
from tests.report.html.tree import Node, tree


def edition(report: Report, narrowing: Narrowing = ALL, language: str = "en", most: int = 100) -> UnmetEdition:
    page = unmet_page_of(report, Presentation(narrowing=narrowing), most)
    (found,) = [each for each in page.editions if each.language == language]
    return found


def written(report: Report, narrowing: Narrowing = ALL) -> Node:
    stream = io.StringIO()
    UNMET["html"](report, stream, Presentation(narrowing=narrowing))
    return tree(stream.getvalue())


def test_the_overview_says_of_each_body_what_it_has_and_adds_up_to_the_figures() -> None:
    page = edition(fixture.report("en"))
    assert [(body.name, body.above) for body in page.overview] == [
        ("The submission as a whole", ""),
        ("Đảng bộ xã Khánh An (W01)", "Huyện ủy An Phú"),
        ("Chi bộ ấp Tắc Trúc (C07)", "Huyện ủy An Phú › Đảng bộ xã Khánh An"),
        ("Chi bộ Trường Tiểu học Nguyễn Thị Minh Khai và Trạm Y tế xã Khánh An (C08)", "Huyện ủy An Phú › Đảng bộ xã Khánh An"),
    ]
    figures = {figure.kind: figure.count for figure in page.head.figures}
    assert tuple(figures) == ("violated", "undetermined", "pending", "to-correct")
    sums = [sum(counts) for counts in zip(*(body.counts for body in page.overview), strict=True)]
    assert sums == [sum(f.verdict is v for f in fixture.report("en").findings) - (v is Verdict.VIOLATED) for v in (V, U, P)] + [1]
    assert [body.due for body in page.overview if body.due] == ["31 December 2019"]


V, U, P = Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING


def test_every_entry_of_what_is_due_says_by_when() -> None:
    page = edition(fixture.report("en"))
    pending = [entry for body in page.bodies for entry in body.entries if entry.kind == "pending"]
    assert pending
    assert all(dict(entry.facts)["Due"] for entry in pending)
    assert [row[:3] for row in page.due] == [
        (("A Party cell meets once every month",) * 2, ("31 December 2019", "2019-12-31"), ("1", "1")),
        (("Working regulations are reviewed every year",) * 2, ("1 June 2020", "2020-06-01"), ("1", "1")),
    ]


def test_what_is_not_asked_for_is_not_there_and_that_is_said() -> None:
    report = fixture.report("en")
    page = edition(report, Narrowing("C07", date(2019, 12, 31)))
    assert {body.name for body in page.overview} == {"Chi bộ ấp Tắc Trúc (C07)"}
    assert page.narrowed.startswith("Only of Chi bộ ấp Tắc Trúc (C07), and of what is below it; the exit code is of the whole")
    assert page.narrowed.endswith("only what is due by 31 December 2019.")
    counts = {figure.kind: figure.count for figure in page.head.figures}
    assert counts == dict(zip(("violated", "undetermined", "pending", "to-correct"), page.overview[0].counts, strict=True))
    before = edition(report, Narrowing(due_by=date(2019, 1, 1)))
    assert not [entry for body in before.bodies for entry in body.entries if entry.kind == "pending"]
    assert before.due == ()


def test_of_many_findings_the_gravest_are_listed_and_the_others_said_to_be_left_out() -> None:
    report = fixture.report("en")._replace(left_out=((Verdict.PENDING, 7),))
    page = edition(report, most=3)
    assert sum(len(entry.ids) for body in page.bodies for entry in body.entries) == 3
    assert page.left_out.startswith("This page lists the 3 gravest findings.")
    assert f"pending {7 + sum(finding.verdict is P for finding in report.findings)}" in page.left_out


def test_the_page_is_whole_in_each_language_and_runs_no_script_but_its_own() -> None:
    page = written(fixture.report("vi"))
    editions = page.all("div", class_="edition")
    assert [each.attributes["lang"] for each in editions] == ["vi", "en"]
    assert "Những việc chưa đạt" in editions[0].text
    assert "What is unmet" in editions[1].text
    policy = next(meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    for each in editions:
        headings = {node.attributes["id"] for node in each.all("h2") if "id" in node.attributes}
        (contents,) = each.all("nav")
        assert {link.attributes["href"][1:] for link in contents.all("a")} <= headings


def test_hostile_texts_are_texts() -> None:
    report = fixture.report("en")
    hostile = "</h3><script>alert(1)</script>"
    findings = [each._replace(subject=each.subject._replace(path=(("x", hostile),))) for each in report.findings]
    page = written(report._replace(findings=tuple(findings)))
    assert len(page.all("script")) == 1
    assert hostile in page.text


def test_where_nothing_is_unmet_the_page_says_so() -> None:
    page = edition(fixture.report("en")._replace(findings=(), rules=()))
    assert (page.overview, page.bodies, page.due) == ((), (), ())
    assert "Nothing is unmet" in written(fixture.report("en")._replace(findings=(), rules=())).text
