"""The part of an explanation about subjects: why each is judged, every window with its rows, and the rule engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.display_width import text_width
from checker.model.explanation import Condition, Exemption, ExplainedValue, Explanation, Judgement, SubjectAccount
from checker.model.law import Firing, Truth
from checker.model.report import Evidence, Finding
from checker.model.words import ABSENT_TABLE, Verdict
from checker.report.grouping import deciding_rows, is_submission, rows, subject_text
from checker.report.page import Page
from checker.report.say.bounds import shortfall
from checker.report.say.cells import cell_text, row_text
from checker.report.say.clauses import provisions
from checker.report.say.fields import titled
from checker.report.say.indicators import named_text, value_text
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.say.reasoning import facts_text
from checker.report.say.windows import window_names
from checker.report.say.wording import Wording
from checker.report.styles import STYLES

_PLACE = 30
"""So wide is the column of places at most."""


def write_subjects(explanation: Explanation, page: Page, places: Places) -> None:
    """Writes how the rule came to its verdicts on each subject."""
    wording = places.wording
    for account in explanation.subjects:
        page.section(wording("submission-itself") if is_submission(account.subject) else subject_text(account.subject))
        above = account.subject.path
        if len(above) > 1:
            page.line(wording("under", bodies=" > ".join(name for _, name in above[:-1])), style="dim")
        _conditions(account, page, wording)
        for exemption in explanation.rule.exemptions:
            page.line(_exemption(exemption, account, wording), hang=2)
        for judgement in account.judgements:
            _judgement(judgement, explanation, page, places)
        for each in account.values:
            _value(each, explanation, page, places)
        _not_due(account, page, wording)
        _engine(account.judgements, page, wording)


def _conditions(account: SubjectAccount, page: Page, wording: Wording) -> None:
    if not account.conditions:
        return
    selected = all(condition.holds is not False for condition in account.conditions)
    page.line(wording("because-it" if selected else "because-not") + ":")
    for condition in account.conditions:
        if selected or condition.holds is not True:
            page.line(_condition(account.subject.record, condition, wording), indent=2, hang=2)


def _condition(record: str, condition: Condition, wording: Wording) -> str:
    key = {True: "condition-yes", False: "condition-no", None: "condition-unknown"}[condition.holds]
    said = wording(key, predicate=condition.said.in_(wording.language) or condition.predicate)
    cells = _cells(record, condition.cells, wording)
    return wording("with-cells", said=said, cells=cells) if cells else said


def _cells(record: str, cells: Iterable[tuple[str, str | None]], wording: Wording) -> str:
    return ", ".join(cell_text(record, field, value, wording) for field, value in cells)


def _exemption(exemption: Exemption, account: SubjectAccount, wording: Wording) -> str:
    found = next((each for each in account.exemptions if each.id == exemption.id), None)
    if found is None:
        return wording("exception-no", id=titled(exemption.id, wording))
    said = wording(
        f"exception-{found.truth.value}",
        id=titled(exemption.id, wording),
        cells=_cells(account.subject.record, found.cells, wording),
    )
    if found.truth is not Truth.YES:
        return said
    return wording("exception-clause", said=said, cites=provisions(exemption.cites, wording))


def _judgement(judgement: Judgement, explanation: Explanation, page: Page, places: Places) -> None:
    """One window: the verdict, what was measured against what is required, and the rows."""
    finding, wording = judgement.finding, places.wording
    page.blank()
    head = wording(finding.verdict.value).upper()
    if finding.window is not None:
        head = f"{wording.window(finding.window)}: {head}"
    page.line(head, style=f"{STYLES[finding.verdict]} bold")
    page.line(describe_windows([finding], explanation.rule.summary, wording), indent=2, hang=2)
    for label, said in _facts(finding, wording):
        page.line(f"{label}: {said}", indent=2, hang=2)
    _rows(finding, explanation.rows, page, places)


def _value(each: ExplainedValue, explanation: Explanation, page: Page, places: Places) -> None:
    """One window of an indicator: the value, and the rows."""
    if explanation.indicator is None:
        return
    wording, window = places.wording, each.value.window
    said = value_text(explanation.indicator.kind, each.value, wording)
    if each.value.ratio:
        part, whole = (wording.interval(*ends) for ends in each.value.ratio)
        said = wording("value-of-ratio", value=said, part=part, whole=whole)
    page.blank()
    page.line(said if window is None else wording("indicator-in-window", window=wording.window(window), value=said), style="bold")
    if each.behind.named:
        page.line(named_text(each.behind, wording), indent=2, hang=2)
    _rows(each.behind, explanation.rows, page, places)


def _facts(finding: Finding, wording: Wording) -> Iterable[tuple[str, str]]:
    short = shortfall(finding) if finding.verdict is not Verdict.NOT_APPLICABLE else None
    if short is not None:
        key = ("over" if short.excess else "short") + ("" if short.whole is None else "-of")
        yield wording("shortfall"), wording(key, n=short.n, whole=short.whole)
    if finding.due is not None and finding.verdict is Verdict.PENDING:
        yield wording("due-on"), wording.day(finding.due)


def _rows(finding: Finding, most: int | None, page: Page, places: Places) -> None:
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return
    wording = places.wording
    deciding = deciding_rows([finding]) or rows([finding], "could-decide")
    counted = [row for row in rows([finding], "counted") if row not in deciding]
    own = rows([finding], "subject")
    for key, some in (("rows-subject", own), ("rows-counted-n", counted), ("rows-decide", deciding)):
        if some:
            page.line(wording(key, n=len(some)) + ":", indent=2)
            _listed(some[:most], len(some) - len(some[:most]), page, places)
    if not (own or counted or deciding) and finding.reason not in ABSENT_TABLE:
        page.line(f"{wording('rows-counted')}: {wording('rows-none')}", indent=2)


def _listed(some: Sequence[Evidence], more: int, page: Page, places: Places) -> None:
    at = [places.one(row) for row in some]
    column = min(max(map(text_width, at), default=0), _PLACE) + 2
    for place, row in zip(at, some, strict=True):
        page.labelled(place, row_text(row, places.wording), indent=4, column=column, style="dim")
    if more:
        page.line(places.wording("rows-more", n=more), indent=4, style="dim")


def _not_due(account: SubjectAccount, page: Page, wording: Wording) -> None:
    for reason in dict.fromkeys(reason for _, reason in account.not_due):
        windows = window_names((window for window, why in account.not_due if why is reason), wording)
        page.blank()
        page.line(wording("not-due", windows=windows, reason=wording(reason.value)), hang=2, style="dim")


def _engine(judgements: Sequence[Judgement], page: Page, wording: Wording) -> None:
    """What the rule engine did, said once for all windows of which it did the same."""
    groups: dict[tuple[Firing, ...], list[Finding]] = {}
    for judgement in judgements:
        if judgement.firings:
            groups.setdefault(judgement.firings, []).append(judgement.finding)
    if not groups:
        return
    page.blank()
    page.line(wording("engine"), style="bold")
    several, first = len(groups) > 1, next(iter(groups))
    common = [firing for firing in first if several and all(firing in firings for firings in groups)]
    for firing in common:
        _firing(firing, page, wording)
    for firings, findings in groups.items():
        windows = window_names((finding.window for finding in findings if finding.window is not None), wording)
        if windows:
            page.line(f"{windows}:", indent=2, hang=2)
        for firing in firings:
            if firing not in common:
                _firing(firing, page, wording)


def _firing(firing: Firing, page: Page, wording: Wording) -> None:
    page.line(f"- {wording(firing.rule)}", indent=2, hang=2)
    for fact in facts_text(firing.given, wording):
        page.line(fact, indent=6, hang=2, style="dim")
    for fact in facts_text(firing.then, wording):
        page.line(wording("so", fact=fact), indent=6, hang=2)
