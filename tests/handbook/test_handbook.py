"""The handbook of a rulebook: what those who are bound by it read, in each language, on paper and in a browser."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser
from syrupy.assertion import SnapshotAssertion

from checker.cli.main import program
from checker.handbook.book import Handbook, make_handbook
from checker.handbook.edition import edition
from checker.report import Presentation
from checker.report.formats import HANDBOOK

RULEBOOK = "vn-party-grassroots"


def written(book: Handbook, name: str) -> str:
    stream = io.StringIO()
    HANDBOOK[name](book, stream, Presentation())
    return stream.getvalue()


@pytest.fixture(scope="module")
def shipped() -> Handbook:
    return make_handbook(RULEBOOK)


@pytest.fixture(scope="module")
def address(shipped: Handbook, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("handbook") / "handbook.html"
    path.write_text(written(shipped, "html"), encoding="utf-8")
    return path.as_uri()


def test_the_handbook_of_a_new_rulebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(program, ["new", "club"]).exit_code == 0
    said = runner.invoke(program, ["handbook", "club"], catch_exceptions=False)
    assert said.exit_code == 0
    assert said.output == snapshot


def test_every_rule_is_there_once_with_its_examples(shipped: Handbook) -> None:
    entries = [entry for chapter in shipped.chapters for entry in chapter.entries]
    assert len(entries) == len({entry.rule.summary.id for entry in entries}) > 90
    assert all(entry.complies and entry.breaches for entry in entries)


def test_indicators_stand_apart_from_the_rules(shipped: Handbook) -> None:
    said = edition(shipped, "vi")
    assert [each.id for each in said.figures] == [each.id for each in shipped.indicators]
    assert not {each.id for each in said.figures} & said.rules.keys()
    page = written(shipped, "markdown")
    assert page.index("Số liệu được tính mà không phải là yêu cầu") > page.index(list(said.rules.values())[-1].title)
    assert all(f"### {each.title}" in page and each.sentence in page for each in said.figures)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_regulations_columns_and_words_go_by_what_people_call_them(language: str, shipped: Handbook) -> None:
    book = replace(shipped, languages=(language,))
    text = written(book, "markdown")
    assert not [source.name for source in book.sources if source.name in text]
    machine = {field.name for record in book.records.values() for field in record.fields if "_" in field.name}
    assert not machine & {*re.findall(r"[a-z_]+", text.replace("\\_", "_"))}
    assert ("Căn cứ" in text, "Clause" in text) == (language == "vi", language == "en")


def test_what_does_not_exist_is_refused() -> None:
    done = CliRunner().invoke(program, ["handbook", "nowhere"])
    assert (done.exit_code, done.exception and type(done.exception)) == (2, SystemExit)
    assert "nowhere" in done.output


def test_a_browser_shows_one_language_and_links_lead_to_the_other(address: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(address)
    shown = "main:not([hidden])"
    assert page.locator(shown).get_attribute("lang") == "vi"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="English").click()
    assert page.locator(shown).get_attribute("lang") == page.locator("html").get_attribute("lang") == "en"
    page.goto(f"{address}#en-cell-monthly")
    assert page.locator("#en-cell-monthly").is_visible()
    page.get_by_role("button", name="Tiếng Việt").click()
    assert page.locator("#vi-cell-monthly").is_visible()
    assert not page.locator("#en-cell-monthly").is_visible()
    page.close()


def test_without_a_script_every_language_can_be_read(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}#en-cell-monthly")
    assert page.locator("#vi-cell-monthly").is_visible()
    assert page.locator("#en-cell-monthly").is_visible()
    context.close()


def test_it_is_accessible(shipped: Handbook, tmp_path: Path, browser: Browser) -> None:
    path = tmp_path / "some.html"
    # What is objected to is found in two chapters as in all, a minute sooner.
    path.write_text(written(replace(shipped, chapters=shipped.chapters[:2]), "html"), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
