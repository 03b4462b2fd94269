"""The page in a real Chromium: search, filter, sort, languages, addresses, paper, and texts that would like to be more."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from checker import api
from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.formats import CHECK, UNMET, Writer
from checker.report.letters.folder import write_letters
from tests.report import fixture

ROOT = Path(__file__).parents[3]
HOSTILE = "</article><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
MANY = 5000
ENTRIES = ".entry:not([hidden], [hidden] *)"

# What a hand does to a field, at once.
CHANGED = """([name, value]) => {
  const field = document.querySelector(`.edition:not([hidden]) form [name=${name}]`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def stored(report: Report, path: Path, writers: Mapping[str, Writer[Report]] = CHECK) -> str:
    stream = io.StringIO()
    writers["html"](report, stream, Presentation())
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> str:
    report = api.check(ROOT / "examples/rach-gia-2019-faulty", trace=True, areas=True)
    return stored(report, tmp_path_factory.mktemp("page") / "faulty.html")


@pytest.fixture(scope="module")
def unmet(tmp_path_factory: pytest.TempPathFactory) -> str:
    report = api.check(ROOT / "examples/rach-gia-2019-faulty")
    return stored(report, tmp_path_factory.mktemp("page") / "unmet.html", UNMET)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    return stored(fixture.report("vi"), tmp_path_factory.mktemp("page") / "small.html")


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> str:
    return stored(fixture.report("vi"), tmp_path_factory.mktemp("page") / "little.html", UNMET)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of 6,000 violations, of which it lists 5,000."""
    report = fixture.report("en")
    violated = next(each for each in report.findings if each.rule == "cell-monthly" and each.verdict is Verdict.VIOLATED)
    findings = tuple(_of_cell(violated, number) for number in range(MANY + 1000))
    counts = tuple(
        rule._replace(counts=((Verdict.VIOLATED, len(findings)),) if rule.id == violated.rule else ()) for rule in report.rules
    )
    return stored(report._replace(findings=findings, rules=counts), tmp_path_factory.mktemp("page") / "large.html")


def _of_cell(finding: Finding, number: int) -> Finding:
    ward = (f"W{number // 50:03}", f"Đảng bộ xã số {number // 50}")
    cell = (f"C{number:05}", f"Chi bộ ấp số {number}")
    return finding._replace(subject=fixture.body(fixture.DISTRICT, ward, cell))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else faults.append(request.url))
    yield page
    page.close()
    assert not faults


def shown(page: Page) -> int:
    return page.locator(ENTRIES).count()


def data(page: Page, name: str) -> list[str]:
    """What the shown entries have under that name."""
    found: list[str] = page.eval_on_selector_all(ENTRIES, f"entries => entries.map((entry) => entry.dataset.{name})")
    return found


def field(page: Page, name: str) -> Locator:
    return page.locator(f".edition:not([hidden]) form [name={name}]")


def test_search_finds_words_with_and_without_their_marks(page: Page, faulty: str) -> None:
    page.goto(faulty)
    everything = shown(page)
    field(page, "q").fill("Vĩnh Quang")
    found = shown(page)
    assert 0 < found < everything
    assert all("vĩnh quang" in text.lower() for text in page.locator(".body:not([hidden], [hidden] *)").all_text_contents())
    field(page, "q").fill("vinh quang")
    assert shown(page) == found
    field(page, "q").fill("no such words anywhere")
    assert shown(page) == 0
    assert page.locator(".edition:not([hidden]) .no-match").is_visible()
    page.locator(".edition:not([hidden]) button[type=reset]").click()
    page.wait_for_function(f"document.querySelectorAll({ENTRIES!r}).length === {everything}")


@pytest.mark.parametrize(("name", "value"), [("verdict", "undetermined"), ("severity", "critical"), ("rule", "cell-monthly")])
def test_a_filter_leaves_what_it_names(page: Page, faulty: str, name: str, value: str) -> None:
    page.goto(faulty)
    everything = shown(page)
    field(page, name).select_option(value)
    assert 0 < shown(page) < everything
    assert set(data(page, name)) == {value}
    page.reload()
    assert set(data(page, name)) == {value}
    assert field(page, name).input_value() == value


def test_a_body_is_shown_with_those_below_it(page: Page, faulty: str) -> None:
    page.goto(faulty)
    field(page, "body").select_option("VQ")
    bodies = data(page, "body")
    assert any(each.endswith(" VQ") for each in bodies)
    assert any(" VQ " in each for each in bodies)
    assert all("VQ" in each.split() for each in bodies)


def test_a_territory_is_shown_with_what_lies_below_it(page: Page, faulty: str) -> None:
    page.goto(faulty)
    ward = page.locator("#vi-areas ~ .areas [data-area='territories/DB-VB']")
    said = ward.locator("xpath=..").inner_text()
    assert [each for each in said.split() if each.isdecimal()] == ["3", "1", "4"]
    ward.click()
    kinds = data(page, "verdict")
    assert {kind: kinds.count(kind) for kind in kinds} == {"violated": 3, "to-correct": 1, "undetermined": 4}
    assert all("territories/DB-VB" in area.split() for area in data(page, "area"))
    assert any("territories/DB-VB-1" in area.split() for area in data(page, "area"))
    assert field(page, "area").input_value() == "territories/DB-VB"
    page.reload()
    assert shown(page) == len(kinds)


def test_why_is_folded_and_not_searched(page: Page, faulty: str) -> None:
    page.goto(f"{faulty}#lang=en&at=cell-monthly/VQ-TH2/2019-05")
    why = page.locator(".edition:not([hidden]) .entry.at .why")
    assert not why.locator("ol").is_visible()
    why.locator("summary").click()
    assert "so: this rule is then: violated" in why.inner_text()
    assert "checker explain cell-monthly organisations:VQ-TH2 --in" in why.inner_text()
    field(page, "q").fill("so: this rule is then")
    assert shown(page) == 0


def test_a_table_is_sorted_by_numbers_as_numbers_and_says_so(page: Page, faulty: str) -> None:
    page.goto(faulty)
    table = page.locator(".edition:not([hidden]) table.rules").first
    head = table.locator("thead th").nth(7)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    numbers = [int(text.replace(".", "")) for text in table.locator("tbody td:nth-child(8)").all_inner_texts()]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 1000


def test_languages_are_switched_and_kept_in_the_address(page: Page, faulty: str) -> None:
    page.goto(faulty)
    assert page.locator("html").get_attribute("lang") == "vi"
    field(page, "verdict").select_option("undetermined")
    count = shown(page)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", level=1).inner_text() == "Grassroots Party organisations"
    assert page.title().startswith("Compliance report")
    assert shown(page) == count
    assert "lang=en" in page.url
    page.reload()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".edition[lang=vi]").is_hidden()


def test_the_address_of_a_finding_leads_to_it_in_either_language(page: Page, faulty: str) -> None:
    address = "at=cell-monthly/VQ-TH2/2019-05"
    for language, month in (("", "tháng 5/2019"), ("lang=en&", "May 2019")):
        page.goto("about:blank")
        page.goto(f"{faulty}#{language}{address}")
        entry = page.locator(".edition:not([hidden]) .entry.at")
        assert entry.get_attribute("data-rule") == "cell-monthly"
        assert month in entry.inner_text()
        box = entry.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 900
        assert page.evaluate("document.activeElement.classList.contains('entry')")


def test_the_address_of_what_is_folded_unfolds_it(page: Page, small: str) -> None:
    page.goto(f"{small}#at=cell-monthly/C07/2019-12")
    entry = page.locator(".edition:not([hidden]) .entry.at")
    assert entry.is_visible()
    assert "Chi bộ ấp Tắc Trúc (C07)" in entry.inner_text()


def test_the_link_of_an_entry_keeps_the_filter(page: Page, faulty: str) -> None:
    page.goto(f"{faulty}#verdict=violated")
    page.locator(f"{ENTRIES} .tags a").nth(3).click()
    assert "verdict=violated&at=" in page.url
    assert page.locator(".edition:not([hidden]) .entry.at").count() == 1


def test_what_is_submitted_stays_text(page: Page, tmp_path: Path) -> None:
    report = fixture.report("en")
    findings = tuple(
        each._replace(subject=each.subject._replace(name=HOSTILE, path=tuple((key, HOSTILE) for key, _ in each.subject.path)))
        for each in report.findings
    )
    page.goto(stored(report._replace(findings=findings), tmp_path / "hostile.html"))
    assert page.title().startswith("Compliance report")
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    heading = page.locator(".edition:not([hidden]) .body h3").last
    assert HOSTILE in (heading.text_content() or "")
    assert heading.locator("*:not(.standing)").count() == 0


def test_on_paper_all_is_unfolded_and_the_tools_are_gone(page: Page, small: str, tmp_path: Path) -> None:
    page.goto(small)
    page.emulate_media(media="print")
    assert not page.locator(".edition:not([hidden]) search").is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".edition:not([hidden]) details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".edition:not([hidden]) details:not([open])").count() > 0
    printed = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    # 210 by 297 millimetres are 595 by 842 points.
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed or b"/MediaBox [0 0 595" in printed


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, faulty: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(faulty)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_to_object_to(page: Page, small: str, scheme: str, language: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{small}#lang={language}")
    assert objections(page) == []


def test_axe_finds_nothing_to_object_to_in_a_whole_report_on_a_phone(page: Page, faulty: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(faulty)
    assert objections(page) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_nothing_to_object_to_in_what_is_unmet(page: Page, little: str, language: str) -> None:
    page.emulate_media(color_scheme="dark" if language == "vi" else "light")
    page.goto(f"{little}#lang={language}")
    assert objections(page) == []


def test_axe_finds_nothing_to_object_to_in_letters_and_their_list(page: Page, tmp_path: Path) -> None:
    write_letters(fixture.report("vi"), [fixture.report("vi")], tmp_path, ("html",), Presentation())
    letters = sorted(tmp_path.iterdir())
    assert len(letters) > 3
    for letter in letters:
        page.goto(letter.as_uri())
        assert objections(page) == []


def test_the_overview_of_what_is_unmet_leads_to_the_duties_of_a_body(page: Page, unmet: str) -> None:
    page.goto(unmet)
    everything = shown(page)
    page.locator("#vi-by-body ~ .scroll a[data-body=AB]").click()
    assert 0 < shown(page) < everything
    assert all("AB" in bodies.split() for bodies in data(page, "body"))


def objections(page: Page) -> list[str]:
    """What axe-core objects to, with every fold open; something must have passed, or nothing was looked at."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found = Axe().run(
        page,
        options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            "resultTypes": ["violations"],
        },
    )
    assert found.response["passes"]
    return [found.generate_report()] if found.response["violations"] else []


def test_of_6000_violations_5000_are_listed_and_filtered(page: Page, large: str) -> None:
    page.goto(large)
    assert shown(page) == MANY
    assert "violated 1000" in page.locator(".edition:not([hidden]) .warning").inner_text()
    for change in [("q", "ap so 49"), ("q", ""), ("body", "W007"), ("body", ""), ("q", "xa so 9"), ("q", "")]:
        before = shown(page)
        page.evaluate(CHANGED, change)
        assert shown(page) != before
    assert shown(page) == MANY
