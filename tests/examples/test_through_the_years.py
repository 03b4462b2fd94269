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
    "cell-meeting-attended",
    "cell-attendance",
    "committee-attendance",
    "city-cell-attendance",
    "city-committee-attendance",
    "city-cell-attendance-mean",
    "city-committee-attendance-mean",
    "no-four-excuses-running",
}
"""The rules that rest on Guidance 12-HD/BTCTW of 6 July 2018, which Guidance 42-HD/BTCTW replaced on 28 October 2025."""

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


def test_from_2019_to_2022_no_duty_that_these_records_show_has_changed(judged: Callable[[int], Report]) -> None:
    assert differing(judged(2019), judged(2022)) == FROM_A_FIXED_DAY


def test_in_2026_what_the_guidance_of_2018_asked_for_is_asked_no_more(judged: Callable[[int], Report]) -> None:
    assert differing(judged(2022), judged(2026)) == GUIDANCE_12
    for rule in judged(2026).rules:
        if rule.id in GUIDANCE_12:
            assert {verdict for verdict in Verdict if rule.count(verdict)} == {Verdict.NOT_APPLICABLE}
            assert dict(rule.reasons).get(Reason.NOT_IN_FORCE), rule.id
