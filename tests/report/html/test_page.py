"""The page: what it says of a report, in which order, in every language, and that nothing submitted becomes markup."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from checker.model.report import Report
from checker.model.words import Reason, Verdict
from checker.report import Presentation
from checker.report.formats import CHECK
from checker.report.say.conclusion import conclusion_text
from checker.report.say.wording import Wording
from tests.report import fixture
from tests.report.html.tree import Node, tree

ROOT = Path(__file__).parents[3]
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202egnp{{ 7*7 }}"


def written(report: Report) -> str:
    stream = io.StringIO()
    CHECK["html"](report, stream, Presentation())
    return stream.getvalue()


def edition(page: Node, language: str) -> Node:
    (found,) = [node for node in page.all("div", class_="edition") if node.attributes["lang"] == language]
    return found


def test_the_report_s_language_comes_first_and_alone_is_shown() -> None:
    page = tree(written(fixture.report("vi")))
    assert [(node.attributes["lang"], "hidden" in node.attributes) for node in page.all("div", class_="edition")] == [
        ("vi", False),
        ("en", True),
    ]
    assert page.all("html")[0].attributes["lang"] == "vi"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_breach_stands_in_the_page_with_its_rule_and_numbers(language: str) -> None:
    report = fixture.report("en")
    said = edition(tree(written(report)), language)
    own = {rule.id for rule in report.rules if rule.own}
    for finding in report.findings:
        if finding.verdict is Verdict.VIOLATED and finding.rule in own:
            entries = said.all("article", class_="entry", data_rule=finding.rule, data_verdict="violated")
            assert entries
            assert all(entry.all("p", class_="message")[0].text for entry in entries)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_head_says_the_whole_in_a_sentence_and_the_foot_the_exit_code(language: str) -> None:
    report = fixture.report(language)
    page = edition(tree(written(report)), language)
    (conclusion,), (foot,) = page.all("p", class_="conclusion"), page.all("p", class_="exit")
    assert conclusion.text == conclusion_text(report, Wording(language))
    assert foot.text.startswith({"en": "Exit code 1: ", "vi": "Mã thoát 1: "}[language])
    assert foot.text not in page.all("section", aria_labelledby=f"{language}-figures")[0].text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_rules_are_named_by_title_in_the_heat_map_and_among_what_was_not_judged(language: str) -> None:
    report = fixture.report("en")
    ids = {rule.id for rule in report.rules if rule.own}
    rules = tuple(rule._replace(reasons=((Reason.NO_WINDOW, 2),)) for rule in report.rules)
    report = report._replace(rules=rules, names=replace(report.names, titles={rule.id: rule.title for rule in rules}))
    page = edition(tree(written(report)), language)
    (in_part,) = [each.text for each in page.all("li") if each.text.strip().startswith(Wording(language)("no-window"))]
    told = [cell.attributes["title"] for cell in page.all("td") if "title" in cell.attributes]
    assert told
    assert not [name for name in ids for said in (in_part, *told) if name in said]
    judged = next(rule for rule in report.rules if rule.own and any(rule.counts))
    assert judged.title.in_(language) in in_part


def test_no_address_is_given_twice() -> None:
    page = tree(written(fixture.report("en")))
    ids = [node.attributes["id"] for node in page.within() if "id" in node.attributes]
    assert len(ids) == len(set(ids))


def test_what_is_submitted_is_text_and_nothing_else() -> None:
    report = fixture.report("en")
    findings = tuple(
        finding._replace(
            subject=finding.subject._replace(
                id=HOSTILE, name=HOSTILE, path=tuple((key + HOSTILE, HOSTILE) for key, _ in finding.subject.path)
            ),
        )
        for finding in report.findings
    )
    run = report.run._replace(submission=HOSTILE, submitted_by=HOSTILE)
    page = written(report._replace(run=run, findings=findings))
    root = tree(page)
    assert len(root.all("script")) == 1
    assert not root.all("img")
    assert "\u202e" not in page
    assert any("<img src=x onerror=alert(2)>" in node.text for node in root.all("dd"))


def test_the_page_loads_nothing_and_runs_its_own_script_alone() -> None:
    page = tree(written(fixture.report("en")))
    (policy,) = [node.attributes["content"] for node in page.all("meta") if "http-equiv" in node.attributes]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    for node in page.within():
        assert not {"src", "srcset", "style", "onclick"} & set(node.attributes)
        assert node.name != "link"
        assert node.attributes.get("href", "#").startswith("#")


def test_the_same_report_gives_the_same_bytes_under_any_locale_time_zone_and_hash_seed() -> None:
    program = (
        "import io, sys\n"
        "from checker.report import Presentation\n"
        "from checker.report.formats import CHECK\n"
        "from tests.report.fixture import report\n"
        "stream = io.StringIO()\n"
        "CHECK['html'](report('vi'), stream, Presentation())\n"
        "sys.stdout.buffer.write(stream.getvalue().encode())\n"
    )
    settings = (
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "vi_VN.UTF-8", "TZ": "Asia/Ho_Chi_Minh", "LANGUAGE": "vi"},
    )
    pages = [
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, **each}, capture_output=True, check=True
        ).stdout
        for each in settings
    ]
    assert pages[0] == pages[1] == written(fixture.report("vi")).encode()


def test_naming_the_format_does_not_load_the_templates() -> None:
    modules = "checker.cli.main, checker.report.check.text, checker.report.check.json_"
    program = f"import {modules}, sys; assert 'jinja2' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
