"""The whole of a report in one sentence, as the head of an office would say it."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.report import Report
from checker.model.words import Category, Verdict
from checker.report.exit import nothing_judged
from checker.report.say.wording import Wording


def conclusion_text(report: Report, wording: Wording) -> str:
    """How often the regulation is breached, in how many bodies, what is to be corrected in the file, and what stays open."""
    said = "; ".join(_parts(report, wording))
    return f"{said[:1].upper()}{said[1:]}."


def _parts(report: Report, wording: Wording) -> Iterator[str]:
    if report.problems:
        yield wording("conclusion-unread")
    if nothing_judged(report):
        yield wording("conclusion-nothing")
    else:
        breaches = report.count(Verdict.VIOLATED, Category.REGULATION)
        where = _where(report, wording) if breaches else ""
        known = wording("conclusion-known", n=report.known) if report.known else ""
        yield wording("conclusion-breaches", n=breaches) + where + known if breaches else wording("conclusion-no-breach")
    if corrections := report.count(Verdict.VIOLATED, Category.DATA):
        yield wording("conclusion-correct", n=corrections)
    if undetermined := report.count(Verdict.UNDETERMINED):
        yield wording("conclusion-undetermined", n=undetermined)


def _where(report: Report, wording: Wording) -> str:
    """In how many of the bodies; nothing where there are none, or not all are listed."""
    if not report.standings or report.standings_left_out:
        return ""
    breaching = sum(standing.breached > 0 for standing in report.standings)
    return wording("conclusion-bodies", n=breaching, all=len(report.standings)) if breaching else ""
