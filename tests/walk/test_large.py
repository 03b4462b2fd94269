"""A large submission is judged as a small one is, whatever stands in the texts by which rows are gathered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest

from checker import api
from checker.model.report import Report
from checker.model.words import Verdict
from checker.run.session import Session
from tests.ways import LARGE

RULEBOOK = """\
rulebook: club
title: Club
version: "1"
body: clubs
sources: {statutes: {title: Statutes}}
records:
  clubs:
    key: id
    fields: {id: {}}
  meetings:
    date: held_on
    fields: {club: {ref: clubs}, held_on: {type: date}, present: {type: integer, min: 0}, entitled: {type: integer, min: 0}}
rules:
  - id: monthly
    title: A meeting a month
    cites: statutes art. 1
    severity: minor
    for: clubs
    require: {frequency: {of: meetings, per: month, at_least: 1}}
  - id: attended
    title: Most attend
    cites: statutes art. 1
    severity: minor
    for: clubs
    require: {rate: {of: meetings, per: period, part: present, whole: entitled, at_least: 50%}}
  - id: quorum
    title: Quorum
    cites: statutes art. 1
    severity: minor
    for: meetings
    require: {condition: {that: present >= 2}}
standings:
  - {id: bad, title: Bad, when: {violated: {severity: minor}, at_least: 2}}
"""
PLAIN = [("A", f"2019-0{month}-03", "4", "5") for month in range(1, 7)] + [("B", "2019-02-01", "1", "4"), ("C", "", "2", "2")]
ODD = {
    "nothing odd": [],
    "space after": [("A ", "2019-07-01", "4", "5")],
    "space before": [("\u00a0B", "2019-07-01", "4", "5")],
    "another form of a letter": [("E\u0301", "2019-07-01", "4", "5")],
    "blank": [("  ", "2019-07-01", "4", "5")],
    "nobody": [("Z", "2019-07-01", "4", "5"), ("", "2019-08-01", "1", "5")],
    "very many": [("A", "2019-09-09", "4", "5")] * 1_500,
    "values written in other ways": [
        ("A", "2019-07-01", "+4", "05"),
        ("A", " 2019-07-02 ", "4 ", "5"),
        ("B", "20190703", "4.0", "1e1"),
        ("B", "2019-7-4", "-0", "99999999999999999999"),
    ],
    "days that are none": [("A", "2019-13-01", "4", "5"), ("A", "infinity", "4", "5"), ("B", "12019-07-01", "4", "5")],
    "a contradiction": [("B", "2019-09-09", "9", "5"), ("B", "2019-10-09", "x", "5")],
}


def filed(folder: Path, meetings: Sequence[tuple[str, ...]], *, parquet: bool) -> Path:
    clubs: list[tuple[str, ...]] = [("id",), ("A",), ("B",), ("C",), ("\u00c9",)]
    tables = {"clubs": clubs, "meetings": [("club", "held_on", "present", "entitled"), *meetings]}
    return written(folder, tables, parquet=parquet)


def written(folder: Path, tables: Mapping[str, Sequence[tuple[str, ...]]], *, parquet: bool) -> Path:
    """A submission of these tables, the first row of each its header."""
    folder.mkdir()
    (folder / "submission.yaml").write_text("period: 2019\nas_of: 2019-12-31\n", encoding="utf-8")
    for name, rows in tables.items():
        lines = "".join(",".join(row) + "\n" for row in rows)
        (folder / f"{name}.csv").write_text(lines, encoding="utf-8")
        if parquet:
            source = f"read_csv('{folder / name}.csv', all_varchar = true, header = true)"
            duckdb.execute(f"COPY (FROM {source}) TO '{folder / name}.parquet' (FORMAT parquet)")
            (folder / f"{name}.csv").unlink()
    return folder


def told(report: Report) -> dict[str, object]:
    """What both kinds of report tell: how often, of whom that is not satisfied, and the standings."""
    graver = {Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING}
    return {
        "counts": {rule.id: rule.counts for rule in report.rules},
        "findings": [
            (each.rule, each.subject.id, each.window, each.verdict, each.measured, [row.values for row in each.evidence])
            for each in report.findings
            if each.verdict in graver
        ],
        "standings": [(each.subject.id, each.standing, each.violated, each.undetermined) for each in report.standings],
    }


@pytest.mark.parametrize(("parquet", "first"), [(False, 10_000), (False, 1), (True, 1)], ids=["csv", "csv odd late", "parquet"])
@pytest.mark.parametrize("odd", ODD)
def test_a_large_submission_is_judged_as_a_small_one(
    odd: str, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, parquet: bool
) -> None:
    rulebook = tmp_path / "club.yaml"
    rulebook.write_text(RULEBOOK, encoding="utf-8")
    submission = filed(tmp_path / "filed", PLAIN + ODD[odd], parquet=parquet)
    small = told(api.check(submission, rulebook))
    begun: list[Session] = []
    distrust = Session.distrust

    def begin_anew(measurement: Session) -> None:
        begun.append(measurement)
        distrust(measurement)

    monkeypatch.setattr(Session, "distrust", begin_anew)
    assert told(api.check(submission, rulebook, tuning=LARGE._replace(sampled_rows=first))) == small
    # What is seen in the first rows is not trusted at all.
    distrusted = odd in {"space after", "space before", "another form of a letter", "blank"}
    assert bool(begun) == (distrusted and first <= len(PLAIN))


OTHER = """\
rulebook: guild
title: Guild
version: "1"
body: guilds
sources: {statutes: {title: Statutes}}
records:
  guilds: {key: id, fields: {id: {}, a_b: {ref: halls}}}
  halls: {key: code, fields: {code: {}}}
  guilds_a: {key: b, fields: {b: {}}}
  seats: {key: guild, fields: {guild: {ref: guilds}, fee: {type: integer}}}
  visits: {fields: {guild: {ref: guilds}, fee: {type: integer}}}
rules:
  - id: of-halls
    title: Each hall is visited
    cites: statutes art. 1
    severity: minor
    for: halls
    require: {coverage: {of: visits, by: {guild: code}}}
  - id: of-guilds
    title: Each guild has a seat
    cites: statutes art. 1
    severity: minor
    for: guilds
    require: {coverage: {of: seats}}
  - id: by-hall
    title: What visits its hall visits it
    cites: statutes art. 1
    severity: minor
    for: guilds
    require: {coverage: {of: visits, by: {guild: a_b}, at_least: 2}}
  - id: alike
    title: Each is visited
    cites: statutes art. 1
    severity: minor
    for: guilds_a
    require: {coverage: {of: visits, by: {guild: b}, at_least: 2}}
standings:
  - {id: bad, title: Bad, when: {violated: {severity: minor}, at_least: 1}}
"""
GUILDS: dict[str, list[tuple[str, ...]]] = {
    "guilds": [("id", "a_b"), ("A", "H"), ("B", "A")],
    "halls": [("code",), ("A",), ("H",)],
    "guilds_a": [("b",), ("A",), ("K",)],
    "seats": [("guild", "fee"), ("A", "1")],
    "visits": [("guild", "fee"), ("A", "1"), ("H", "2"), ("A", "3"), ("B", "4"), ("B", "5"), ("K", "6")],
}
CHANGES: dict[str, dict[str, list[tuple[str, ...]]]] = {
    "a reference that is another record's key": {},
    "a key that is a reference, twice": {"seats": [("A", "2")]},
    "a key that is a reference, twice once it is trimmed": {"seats": [("A ", "2"), ("B\u00a0", "1")]},
    "a subject twice": {"guilds": [("A", "H"), ("B", "Q")], "halls": [("H",)]},
    "a subject without a key": {"guilds": [("", "A")], "halls": [(" ",)]},
}


@pytest.mark.parametrize("parquet", [False, True], ids=["csv", "parquet"])
@pytest.mark.parametrize("change", [*CHANGES, "tables without rows"])
def test_keys_and_references_of_a_large_submission(change: str, tmp_path: Path, *, parquet: bool) -> None:
    rulebook = tmp_path / "guild.yaml"
    rulebook.write_text(OTHER, encoding="utf-8")
    tables = {name: rows + CHANGES[change].get(name, []) if change in CHANGES else rows[:1] for name, rows in GUILDS.items()}
    submission = written(tmp_path / "filed", tables, parquet=parquet)
    small = told(api.check(submission, rulebook))
    assert told(api.check(submission, rulebook, tuning=LARGE)) == small
