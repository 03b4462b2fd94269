"""Nothing is lost: of each table it is reported how many rows were judged, set aside or refused, and lie outside the dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from checker import api
from checker.model.period import Period

BOOK = """\
rulebook: clubs
title: Clubs
sources: {s: {title: Statutes}}
records:
  clubs: {key: id, fields: {id: {}, name: {}}}
  meetings: {key: id, date: held_on, fields: {id: {}, club: {ref: clubs}, held_on: {type: date}}}
rules:
  - {id: named, title: Named, cites: s 1, severity: major, for: clubs, require: {condition: {that: "name = 'x'"}}}
"""


def test_rows_are_judged_set_aside_or_refused(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text(BOOK)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "clubs.csv").write_text("id,name\nA,x\nB,x,more\nC,x\nC,y\n\nD,x\n")
    (folder / "meetings.csv").write_text(
        "id,club,held_on\n1,A,2018-12-31\n2,A,2019-01-01\n3,A,2019-06-30\n4,A,2019-07-01\n5,A,no day\n6,A,\n"
    )
    report = api.check(folder, tmp_path / "book.yaml", period=Period.parse("2019"), as_of=date(2019, 6, 30))
    clubs, meetings = report.accounts
    assert (clubs.rows, clubs.judged, clubs.rejected, clubs.refused, clubs.outside) == (5, 2, 2, 1, 0)
    assert (meetings.rows, meetings.judged, meetings.rejected, meetings.refused, meetings.outside) == (6, 6, 0, 0, 2)
