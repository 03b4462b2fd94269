"""The part of the text report about waivers: who granted what, until when, and which of them waive nothing."""

from __future__ import annotations

from checker.errors import Place
from checker.model.report import Report
from checker.model.waivers import Waiver, WaiverState, WaiverUse
from checker.report.page import Page
from checker.report.say.places import Places
from checker.report.say.wording import Wording

_LISTED = 30


def waiver_text(waiver: Waiver, places: Places) -> str:
    """Who waived it until when, why, and where that is written."""
    said = {"who": waiver.approved_by, "first": waiver.first, "last": waiver.last, "reason": waiver.reason}
    return places.wording("waived-by", **said, place=written(waiver.place, places))


def write_waivers(report: Report, page: Page, wording: Wording) -> None:
    """Writes how many waivers were read and how many findings they waive, and which of them waive nothing or overlap."""
    if not report.waivers:
        return
    page.section(wording("waivers"))
    used = [use for use in report.waivers if use.state is WaiverState.USED]
    page.line(wording("waivers-used", n=len(report.waivers), used=len(used), waived=sum(use.waived for use in used)))
    told = [use for use in report.waivers if use.state is not WaiverState.USED or use.overlaps]
    places = Places(report.run.submission, wording)
    for use in told[:_LISTED]:
        page.line(_said(use, places), indent=2, hang=2, style="yellow")
    if len(told) > _LISTED:
        page.line(wording("more-waivers", n=len(told) - _LISTED), indent=2, hang=2)


def _said(use: WaiverUse, places: Places) -> str:
    waiver = use.waiver
    return f"{written(waiver.place, places)}: {waiver.rule}, {waiver.subject}: {use_text(use, places)}"


def use_text(use: WaiverUse, places: Places) -> str:
    """What became of a waiver, and with which others it overlaps."""
    waiver, wording = use.waiver, places.wording
    about = {"first": waiver.first, "last": waiver.last, "window": waiver.window}
    parts = [wording(f"waiver-{use.state.value}", n=use.waived, **about)]
    if use.overlaps:
        others = ", ".join(written(place, places) for place in use.overlaps)
        parts.append(wording("waiver-overlaps", others=others))
    return "; ".join(parts)


def written(place: Place, places: Places) -> str:
    """Where a waiver is written."""
    return f"{places.file(place.file)}:{place.line}"
