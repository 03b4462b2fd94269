"""Regulations are listed by their titles, in the language of the reader."""

from __future__ import annotations

from checker.model.law import Source
from checker.model.words import Text
from checker.report.say.clauses import source_title
from checker.report.say.wording import Wording

CHARTER = Source(
    "charter",
    Text((("vi", "Điều lệ của Hội"), ("en", "Statutes of the club"))),
    short=Text((("vi", "Điều lệ"), ("en", "Statutes"))),
)


def test_what_is_cited_is_listed_by_its_titles() -> None:
    assert source_title(CHARTER, Wording("en")) == "Statutes: Statutes of the club"
    assert source_title(CHARTER._replace(short=Text()), Wording("vi")) == "Điều lệ của Hội"
    assert source_title(Source("charter", Text()), Wording("en")) == "charter"
