"""The whole of a report in one sentence."""

from __future__ import annotations

import pytest

from checker.errors import Problem
from checker.model.report import Report, RuleSummary
from checker.model.words import Verdict
from checker.report.say.conclusion import conclusion_text
from checker.report.say.wording import Wording
from tests.report import fixture
from tests.said import just


def counted(**counts: int) -> Report:
    """A report of one rule of the regulation with so many verdicts, and one about the file with so many cells to correct."""
    report, to_correct = fixture.report("en"), counts.pop("to_correct", 0)
    own, of_file = (next(rule for rule in report.rules if rule.own is of_regulation) for of_regulation in (True, False))

    def with_counts(rule: RuleSummary, **counts: int) -> RuleSummary:
        return rule._replace(known=0, counts=tuple((Verdict(verdict), n) for verdict, n in counts.items()))

    rules = (with_counts(own, **counts), with_counts(of_file, violated=to_correct))
    return report._replace(rules=rules, standings=(), problems=())


@pytest.mark.parametrize(
    ("counts", "english", "vietnamese"),
    [
        ({"satisfied": 4}, "No breach of the regulation was found.", "Không phát hiện vi phạm quy định."),
        ({"violated": 1, "to_correct": 1}, "1 breach of the regulation; 1 thing to correct in the file.", None),
        ({"violated": 1200, "to_correct": 3}, "1,200 breaches of the regulation; 3 things to correct in the file.", None),
        ({"violated": 1200, "to_correct": 3}, None, "1.200 vi phạm quy định; 3 chỗ cần sửa trong bản nộp."),
        ({}, "Nothing was judged: no rule found anything to judge in this period.", None),
    ],
)
def test_it_counts_breaches_and_what_is_to_be_corrected(
    counts: dict[str, int], english: str | None, vietnamese: str | None
) -> None:
    for language, said in (("en", english), ("vi", vietnamese)):
        assert said is None or conclusion_text(counted(**counts), Wording(language)) == said


def test_it_says_in_how_many_of_the_bodies() -> None:
    report = fixture.report("en")
    breaching = sum(each.breached > 0 for each in report.standings)
    assert breaching
    said = conclusion_text(report._replace(standings_left_out=()), Wording("en"))
    assert f" of the regulation in {breaching} of {len(report.standings)} bodies" in said
    assert "bodies" not in conclusion_text(report._replace(standings_left_out=(("poor", 1),)), Wording("en"))


def test_what_could_not_be_read_or_decided_or_is_known_is_said() -> None:
    report = counted(violated=2, undetermined=3)._replace(problems=(Problem("unreadable", just("x"), just("y")),))
    report = report._replace(rules=(report.rules[0]._replace(known=1), *report.rules[1:]))
    assert conclusion_text(report, Wording("en")) == (
        "Part of the submission could not be read, so this report is not complete; 2 breaches of the regulation "
        "(known already: 1); 3 verdicts are open because data are missing or in doubt."
    )
