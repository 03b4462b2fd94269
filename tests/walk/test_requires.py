"""Rules that require others, when only some rules are selected."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import api
from checker.errors import UsageError
from checker.model.words import Reason, Verdict
from checker.report import Presentation
from checker.report.formats import CHECK

RULES = """\
rulebook: tiny
title: Tiny
sources: {law: {title: Law}}
records: {organisations: {key: id, fields: {id: {}, members: {type: integer}}}}
rules:
  - {id: few, title: Few, cites: law art. 1, for: organisations, requires: many, require: {condition: {that: members < 9}}}
  - {id: many, title: Many, cites: law art. 2, for: organisations, require: {condition: {that: members > 3}}}
  - {id: other, title: Other, cites: law art. 3, for: organisations, require: {condition: {that: members > 0}}}
"""


@pytest.fixture
def home(home: Path) -> Path:
    """A folder with a submission."""
    Path("rules.yaml").write_text(RULES, encoding="utf-8")
    Path("submission").mkdir()
    Path("submission/submission.yaml").write_text("period: 2019\nas_of: 2019-12-31\n", encoding="utf-8")
    Path("submission/organisations.csv").write_text("id,members\nA,2\nB,5\nC,12\n", encoding="utf-8")
    return home


@pytest.mark.usefixtures("home")
def test_what_a_selected_rule_requires_is_judged_too() -> None:
    report = api.check("submission", "rules.yaml", select=["few"])
    assert [rule.id for rule in report.rules] == ["few", "many"]
    found = {(each.rule, each.subject.id): (each.verdict, each.reason, each.because) for each in report.findings}
    assert found["few", "A"] == (Verdict.NOT_APPLICABLE, Reason.REQUIREMENT, "many")
    assert found["few", "C"] == (Verdict.VIOLATED, None, None)
    assert found["many", "A"] == (Verdict.VIOLATED, None, None)


@pytest.mark.usefixtures("home")
def test_what_is_required_cannot_be_ignored() -> None:
    with pytest.raises(UsageError, match="'many' cannot be ignored, since 'few' requires it"):
        api.check("submission", "rules.yaml", ignore=["many"])
    report = api.check("submission", "rules.yaml", ignore=["many", "few", "records/"])
    assert [rule.id for rule in report.rules] == ["other"]


@pytest.mark.parametrize(
    ("language", "says"), [("en", "a rule that it depends on has another verdict (few: 1)"), ("vi", "(few: 1)")]
)
def test_the_report_says_where_it_was_not_judged(home: Path, language: str, says: str) -> None:
    report = api.check("submission", "rules.yaml", language=language)
    with (home / "report.txt").open("w+", encoding="utf-8") as stream:
        CHECK["text"](report, stream, Presentation())
        stream.seek(0)
        assert says in stream.read()
