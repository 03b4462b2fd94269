"""Markdown, read by a parser: what was submitted is text, and no markup."""

from __future__ import annotations

import io

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from checker.errors import Problem
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import Narrowing, Presentation
from checker.report.formats import CHECK, UNMET
from checker.report.markdown.document import escaped
from tests.report.fixture import both, report
from tests.said import just

HOSTILE = [
    "=1+1",
    "+ list",
    "- list",
    "-",
    "---",
    "1. one",
    "12) twelve",
    "@everyone and a@b.org",
    "# heading #12",
    "a | b \\| c",
    "`code` ``",
    "<script>alert(1)</script>",
    "<!-- gone -->",
    "&lt;b&gt; &amp;",
    "*em* __strong__ ~~no~~ $x$",
    "[link](http://x) ![i](y) [ref]: z",
    "see https://evil.example and www.evil.example, mailto:a@b.c",
    "back\\slash\\",
    "  \t two   words\n# next line",
    "2019-10-03 3.5% 1:2 a_b_c",
]


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def read(tokens: list[Token]) -> str:
    """What a reader sees, without the sign that is not seen."""
    children = [child for token in tokens for child in token.children or ()]
    return "".join(child.content for child in children if child.type == "text").replace("\u2060", "")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "- {}", "- **label**: {}", "### {}", "| a | b |\n|---|---|\n| {} | x |"])
def test_a_text_is_read_as_it_is(text: str, around: str) -> None:
    plain, tokens = parsed(around.format("word")), parsed(around.format(escaped(text)))
    assert [token.type for token in tokens] == [token.type for token in plain]
    assert read(tokens) == read(plain).replace("word", " ".join(text.split()))


@pytest.mark.parametrize("text", ["@everyone", "see #12", "https://evil.example", "www.evil.example", "mailto:a@b.c"])
def test_nothing_calls_anybody_or_leads_anywhere(text: str) -> None:
    """Sites look for such texts once the markup was read, so that a backslash alone does not help against all of them."""
    assert text not in escaped(text)


def evil(text: str) -> Report:
    first, *others = report().findings
    subject = first.subject._replace(id=text, name=text, path=((text, text), ("x", text)))
    rules = tuple(rule._replace(title=both(text, text), remedy=both(text, text)) for rule in report().rules)
    return report()._replace(
        run=report().run._replace(submission=text, submitted_by=text),
        findings=(first._replace(subject=subject), *others),
        rules=rules,
        problems=(Problem("odd", just(text), just(text)),),
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("formats", [CHECK, UNMET], ids=["check", "unmet"])
def test_a_hostile_report_has_the_structure_of_an_ordinary_one(text: str, formats: dict[str, object]) -> None:
    def tokens(what: Report) -> list[str]:
        stream = io.StringIO()
        (CHECK if formats is CHECK else UNMET)["markdown"](what, stream, Presentation())
        found = parsed(stream.getvalue())
        return [token.type for token in found] + [child.type for token in found for child in token.children or ()]

    assert sorted(set(tokens(evil(text)))) == sorted(set(tokens(evil("word"))))
    assert len([kind for kind in tokens(evil(text)) if kind.endswith("_open")]) == len(
        [kind for kind in tokens(evil("word")) if kind.endswith("_open")]
    )


def test_breaches_and_corrections_stand_apart() -> None:
    stream = io.StringIO()
    CHECK["markdown"](report(), stream, Presentation())
    parts = dict(part.split("\n", 1) for part in stream.getvalue().split("\n## ")[1:])
    assert "31/02/2019" in parts["To correct in the file"]
    assert "31/02/2019" not in parts["Breaches"]
    assert "not checked against the text" in parts["Breaches"]
    assert [
        name for name in parts if name in {"Breaches", "To correct in the file", "Undetermined", "Still due", "Due soon"}
    ] == [
        "To correct in the file",
        "Breaches",
        "Undetermined",
        "Still due",
        "Due soon",
    ]


def test_a_narrowed_list_says_so_and_has_nothing_else() -> None:
    stream = io.StringIO()
    UNMET["markdown"](report(), stream, Presentation(narrowing=Narrowing(body="C07")))
    text = stream.getvalue()
    assert "Only of Chi bộ ấp Tắc Trúc (C07), and of what is below it" in text
    assert "### Chi bộ ấp Tắc Trúc (C07)" in text
    assert text.count("\n### ") == 1
    assert "31/02/2019" not in text


def test_the_summary_alone() -> None:
    stream = io.StringIO()
    CHECK["markdown"](report(), stream, Presentation(brief=True))
    assert f"| violated | {sum(rule.count(Verdict.VIOLATED) for rule in report().rules if rule.own)} | 1 |" in stream.getvalue()
    assert "## Breaches\n" not in stream.getvalue()
