"""Predicates and expressions in ordinary words, in each language of the rulebook and in no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.plan.stating.in_words import in_one_language, in_words, spoken
from checker.rules.loading import load
from checker.rules.rulebook import Rulebook

BOOK = """\
rulebook: clubs
languages: [{languages}]
title: Clubs
sources: {{s: {{title: S}}}}
parameters:
  one: [{{value: 1250, cites: s art. 1}}]
  half: [{{from: 2010-01-01, value: 50%, cites: s art. 1}}, {{from: 2020-01-02, value: 62.5%, cites: s art. 1}}]
records:
  clubs:
    key: id
    fields:
      id: {{}}
      name: {{title: {{en: Name, vi: Tên}}}}
      kind:
        title: {{en: Kind, vi: Loại}}
        enum: [chess, go, other]
        words: {{chess: {{en: chess, vi: cờ vua}}, go: {{en: go, vi: cờ vây}}}}
      members: {{title: {{en: Members, vi: Số hội viên}}, type: integer}}
      paying: {{title: {{en: Paying members, vi: Đóng phí}}, type: integer}}
      share: {{title: {{en: Share, vi: Tỷ lệ}}, type: number}}
      open: {{title: {{en: Open to all, vi: Mở}}, type: boolean}}
      founded: {{title: {{en: Founded, vi: Thành lập}}, type: date}}
      year: {{title: {{en: Year, vi: Năm}}, type: integer}}
      under: {{title: {{en: Parent club, vi: Cấp trên}}, ref: clubs}}
"""


def book(folder: Path, languages: str = "en, vi") -> Rulebook:
    text = BOOK.format(languages=languages)
    if languages == "en":
        text = text.replace(", vi: ", ", xx: ")
        for said in ("Tên", "Loại", "cờ vua", "cờ vây", "Số hội viên", "Đóng phí", "Tỷ lệ", "Mở", "Thành lập", "Cấp trên", "Năm"):
            text = text.replace(f", xx: {said}", "")
    (folder / "rulebook.yaml").write_text(text, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("text", "english", "vietnamese"),
    [
        ("members >= :one", "Members is at least 1,250", "Số hội viên ít nhất là 1.250"),
        ("share >= 0.85", "Share is at least 85%", "Tỷ lệ ít nhất là 85%"),
        ("share > 1.5", "Share is more than 1.5", "Tỷ lệ trên 1,5"),
        (
            "share < :half",
            "Share is less than (50% from 1 January 2010; 62.5% from 2 January 2020)",
            "Tỷ lệ dưới (50% từ 01/01/2010; 62,5% từ 02/01/2020)",
        ),
        ("kind = 'chess'", "Kind is chess", "Loại là cờ vua"),
        ("'go' <> kind", "Kind is not go", "Loại khác cờ vây"),
        ("kind in ('chess', 'go', 'other')", "Kind is chess, go or 'other'", "Loại là cờ vua, cờ vây hoặc 'other'"),
        ("kind not in ('chess', 'go')", "Kind is none of chess or go", "Loại không phải là cờ vua hoặc cờ vây"),
        ("name is not null and not open", "Name is filled in and Open to all: no", "Tên có ghi và Mở: không"),
        ("open = true or open", "Open to all: yes or Open to all: yes", "Mở: có hoặc Mở: có"),
        (
            "members < 9 or (open and under.kind = 'go')",
            "Members is less than 9 or (Open to all: yes and Kind (Parent club) is go)",
            "Số hội viên dưới 9 hoặc (Mở: có và Loại (Cấp trên) là cờ vây)",
        ),
        ("founded <= date '2019-12-31'", "Founded is not after 31 December 2019", "Thành lập không sau 31/12/2019"),
        ("founded > :as_of", "Founded is after the reference date", "Thành lập sau ngày chốt"),
        (
            "members + paying * 2 = 100",
            "“Members” + “Paying members” × 2 is 100",
            "“Số hội viên” + “Đóng phí” × 2 là 100",
        ),
        (
            "members <= paying * 12.5%",
            "Members is at most “Paying members” × 12.5%",
            "Số hội viên không quá “Đóng phí” × 12,5%",
        ),
        ("members = paying", "Members equals Paying members", "Số hội viên bằng Đóng phí"),
        ("not members = 3", "Members is not 3", "Số hội viên khác 3"),
        ("not (members < 3)", "Members is at least 3", "Số hội viên ít nhất là 3"),
        ("members between 2 and 5", "Members is between 2 and 5", "Số hội viên từ 2 đến 5"),
        ("name like 'A%'", "Name begins with 'A'", "Tên bắt đầu bằng 'A'"),
        ("name not like '%b%'", "it is not so that Name contains 'b'", "không phải là Tên có chứa 'b'"),
        ("year(founded) = 2019", "the year of “Founded” is 2019", "năm của “Thành lập” là 2019"),
        ("year = 2019", "Year is 2019", "Năm là 2019"),
        ("coalesce(paying, members) > 3", "Paying members (where empty: Members) is more than 3", None),
        ("members / 3", "“Members” / 3", "“Số hội viên” / 3"),
        ("founded", "Founded", "Thành lập"),
        ("85%", "85%", "85%"),
        ("1250.5", "1,250.5", "1.250,5"),
        ("12 months", "12 months", "12 tháng"),
    ],
)
def test_what_is_said(tmp_path: Path, text: str, english: str, vietnamese: str | None) -> None:
    made = book(tmp_path)
    assert in_one_language(made, text, made.records["clubs"], "en") == english
    if vietnamese is not None:
        assert in_one_language(made, text, made.records["clubs"], "vi") == vietnamese


def test_a_rulebook_in_one_language_is_not_restated_in_another(tmp_path: Path) -> None:
    made = book(tmp_path, "en")
    assert spoken(made) == ("en",)
    said = in_words(made, "members >= 3", made.records["clubs"])
    assert said.in_("vi") == said.in_("en") == "Members is at least 3"


def test_the_words_for_a_value_can_stand_in_a_cell(tmp_path: Path) -> None:
    kind = book(tmp_path).records["clubs"].field("kind")
    assert kind is not None
    assert "cờ vua" in dict(kind.enum)["chess"]
