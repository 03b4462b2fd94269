"""The same records, moved to other years, are judged by the law of these years: verdicts differ exactly where it changed."""

import csv
import re
from collections.abc import Callable
from functools import cache

import pytest

from checker import api
from checker.model.report import Report
from checker.model.words import Reason, Verdict
from tests.examples.seeded import EXAMPLES

GUIDANCE_12 = {
    "thematic-quarterly",
    "cell-committee-meets-first",
    "cell-meeting-attended",
    "nobody-absent-without-reason",
    "cell-attendance",
    "committee-attendance",
    "city-cell-attendance",
    "city-committee-attendance",
    "city-cell-attendance-mean",
    "city-committee-attendance-mean",
    "no-four-excuses-running",
}
"""The rules that rest on Guidance 12-HD/BTCTW of 6 July 2018 alone, which Guidance 42-HD/BTCTW replaced on 28 October 2025."""

GUIDANCE_42 = {"combined-meeting-long-enough", "papers-a-day-ahead"}
"""What Guidance 42-HD/BTCTW asks for anew: two hours where a cell meets for two purposes, papers a day ahead."""

KEPT = {"cell-meeting-long-enough"}
"""What both guidances ask for, ninety minutes."""

REGULATION_24 = {"congress-announced-in-time", "resolution-carried"}
"""The rules that rest on Regulation 24-QĐ/TW of 30 July 2021, which Regulation 232-QĐ/TW replaced on 20 January 2025."""

REGULATIONS_29_AND_24 = {"recognition-reviewed-in-time"}

REGULATION_232 = {f"{rule}-since-2025" for rule in REGULATION_24 | REGULATIONS_29_AND_24}
"""The same under Regulation 232-QĐ/TW, of which these sections could not be read: they are marked as not checked."""

ALL_THREE = {"admission-ceremony-in-time"}
"""What the three regulations that followed one another ask for alike."""

FROM_A_FIXED_DAY = {"total-disciplined", "total-struck-off"}
"""They count from the beginning of 2016, as the source does: of records that are moved, other rows."""


def moved(cell: str, years: int) -> str:
    """A cell with its days so many years later; of 29 February it is the 28th, where the year is no leap year."""
    later = re.sub(r"\b\d{4}(?=-\d\d-\d\d\b)", lambda year: str(int(year[0]) + years), cell)
    return later if years % 4 == 0 else later.replace("-02-29", "-02-28")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Report]:
    @cache
    def report(year: int) -> Report:
        folder, years = tmp_path_factory.mktemp(str(year)), year - 2019
        for file in (EXAMPLES / "rach-gia-2019").glob("*.csv"):
            with file.open(encoding="utf-8", newline="") as one, (folder / file.name).open("w", encoding="utf-8") as other:
                rows = csv.DictReader(one)
                writer = csv.DictWriter(other, rows.fieldnames or [])
                writer.writeheader()
                for row in rows:
                    cells = {name: moved(cell, years) for name, cell in row.items()}
                    writer.writerow(cells | ({"year": str(int(row["year"]) + years)} if "year" in row else {}))
        return api.check(folder, "vn-party-grassroots", period=str(year), as_of=f"{year}-12-31")

    return report


def verdicts(report: Report) -> dict[str, dict[Verdict, int]]:
    return {rule.id: {verdict: rule.count(verdict) for verdict in Verdict if rule.count(verdict)} for rule in report.rules}


def differing(one: Report, other: Report) -> set[str]:
    before, after = verdicts(one), verdicts(other)
    return {rule for rule in before if before[rule] != after[rule]}


def asked(report: Report) -> set[str]:
    """The rules that were in force on some day for which something was judged."""
    return {rule.id for rule in report.rules if not dict(rule.reasons).get(Reason.NOT_IN_FORCE)}


def test_from_2019_to_2022_the_regulation_of_2021_has_come(judged: Callable[[int], Report]) -> None:
    assert differing(judged(2019), judged(2022)) == FROM_A_FIXED_DAY | REGULATION_24
    assert verdicts(judged(2022))["resolution-carried"][Verdict.VIOLATED] == 1
    assert verdicts(judged(2022))["congress-announced-in-time"][Verdict.VIOLATED] == 1


def test_in_2026_the_guidance_and_the_regulation_of_2025_have_come(judged: Callable[[int], Report]) -> None:
    changed = GUIDANCE_12 | GUIDANCE_42 | REGULATION_24 | REGULATIONS_29_AND_24 | REGULATION_232
    assert differing(judged(2022), judged(2026)) == changed
    for rule in judged(2026).rules:
        if rule.id in GUIDANCE_12 | REGULATION_24 | REGULATIONS_29_AND_24:
            assert {verdict for verdict in Verdict if rule.count(verdict)} == {Verdict.NOT_APPLICABLE}
            assert dict(rule.reasons).get(Reason.NOT_IN_FORCE), rule.id
    for anew in GUIDANCE_42 | {"resolution-carried-since-2025", "congress-announced-in-time-since-2025"}:
        assert verdicts(judged(2026))[anew][Verdict.VIOLATED], anew


def test_each_year_is_asked_what_its_own_law_asks(judged: Callable[[int], Report]) -> None:
    of_2019 = GUIDANCE_12 | KEPT | REGULATIONS_29_AND_24 | ALL_THREE
    of_2022 = of_2019 | REGULATION_24
    of_2026 = GUIDANCE_42 | KEPT | REGULATION_232 | ALL_THREE
    dated = of_2019 | of_2022 | of_2026
    # What was required of a combined meeting was less before 2025, and not nothing.
    combined = {"combined-meeting-long-enough"}
    assert asked(judged(2019)) & dated == of_2019 | combined
    assert asked(judged(2022)) & dated == of_2022 | combined
    assert asked(judged(2026)) & dated == of_2026


def test_what_could_not_be_checked_is_marked(judged: Callable[[int], Report]) -> None:
    unchecked = {rule.id for rule in judged(2026).rules if not rule.verified}
    assert unchecked >= REGULATION_232
    assert not unchecked & (GUIDANCE_42 | KEPT | REGULATION_24 | ALL_THREE)
