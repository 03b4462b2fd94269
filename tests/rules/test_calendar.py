"""Which days a rulebook's calendar has as days off, and for which years."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from checker.errors import RulesError
from checker.rules.loading import load
from checker.rules.rulebook import Calendar

from .book import BOOK

TET_2019 = [date(2019, 2, day) for day in (4, 5, 6, 7, 8)]


def calendar(folder: Path, written: str) -> Calendar:
    file = folder / "clubs.yaml"
    file.write_text(f"calendar: {written}\n{BOOK}", encoding="utf-8")
    return load(file).calendar


def test_a_country_has_its_public_holidays(tmp_path: Path) -> None:
    found = calendar(tmp_path, "{weekend: [sun], holidays: [2019-03-08], country: VN}")
    assert found.weekend == (7,)
    assert {*TET_2019, date(2019, 3, 8)} <= set(found.holidays)
    assert (found.first, found.last) == (date(1950, 1, 1), date(2099, 12, 31))


def test_a_list_tells_the_years_it_names(tmp_path: Path) -> None:
    found = calendar(tmp_path, "{holidays: [2020-01-01, 2019-05-01]}")
    assert found == Calendar((6, 7), (date(2019, 5, 1), date(2020, 1, 1)), date(2019, 1, 1), date(2020, 12, 31))


def test_without_the_library_a_country_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(RulesError) as raised:
        calendar(tmp_path, "{country: VN}")
    [problem] = raised.value.problems
    assert problem.code == "no-library"
    assert "pip install 'regulation-checker[holidays]'" in str(problem.fix)
    assert problem.place is not None
