"""What was decided about bodies and breaches: the standings, and the waivers with what became of each."""

from __future__ import annotations

from checker.model.report import Report
from checker.model.waivers import WaiverUse
from checker.report.check.text_standings import standing_title
from checker.report.check.text_waivers import use_text, written
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table, above, body_name


def standings_table(report: Report, wording: Wording) -> Table:
    """The standing of each body, in the order of the tree."""
    columns = ("column-body", "column-under", "column-standing", "violated", "undetermined", "column-body-id")
    bodies = sorted(report.standings, key=lambda each: [body for body, _ in each.subject.path])
    rows = (
        (
            *(body_name(each.subject, wording), above(each.subject), standing_title(each, wording)),
            *(each.violated, each.undetermined, each.subject.id),
        )
        for each in bodies
    )
    return Table("standings", columns, rows, 1)


def waivers_table(report: Report, places: Places) -> Table:
    """Every waiver that was read."""
    columns = (
        *("column-rule", "column-subject", "column-window", "column-from", "column-until", "column-reason"),
        *("column-approved-by", "column-state", "waived", "where", "column-rule-id"),
    )
    titles = {rule.id: rule.title.in_(places.wording.language) for rule in report.rules}
    return Table("waivers", columns, (_waiver(use, titles.get(use.waiver.rule, ""), places) for use in report.waivers), 2)


def _waiver(use: WaiverUse, title: str, places: Places) -> tuple[Cell, ...]:
    waiver = use.waiver
    return (
        *(title or waiver.rule, waiver.subject, places.wording.window(waiver.window) if waiver.window else ""),
        *(waiver.first, waiver.last, waiver.reason, waiver.approved_by, use_text(use, places), use.waived),
        *(written(waiver.place, places), waiver.rule),
    )
