"""Rates on the page, and in the text report, where each subject has a bound of its own."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from checker import api
from checker.model.report import Report
from checker.report import Presentation
from checker.report.formats import CHECK

BOOK = """\
rulebook: unions
title: Unions
sources: {charter: {title: Charter}}
records:
  unions: {key: id, fields: {id: {}, quota: {title: Quota, type: integer}}}
  members: {key: id, fields: {id: {}, union: {ref: unions}, woman: {type: boolean}}}
rules:
  - {id: quota, cites: charter art. 1, for: unions, require: {share: {of: members, that: woman, at_least: quota / 100}}}
"""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    (tmp_path / "rules.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "unions.csv").write_text("id,quota\nA,60\nB,30\n", encoding="utf-8")
    (tmp_path / "in" / "members.csv").write_text("id,union,woman\n1,A,yes\n2,A,no\n3,B,yes\n4,B,no\n", encoding="utf-8")
    return api.check(tmp_path / "in", tmp_path / "rules.yaml", period="2019")


def test_each_bar_says_its_own_bound(report: Report) -> None:
    stream = io.StringIO()
    CHECK["html"](report, stream, Presentation())
    assert "50%, 1 of 2; required: at least 60% [“Quota” / 100]" in stream.getvalue()
    assert "50%, 1 of 2; required: at least 30% [“Quota” / 100]" in stream.getvalue()


def test_each_line_of_the_text_says_its_own_bound(report: Report) -> None:
    stream = io.StringIO()
    CHECK["text"](report, stream, Presentation())
    assert "at least 60% [“Quota” / 100]" in " ".join(stream.getvalue().split())
