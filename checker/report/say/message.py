"""The message of a finding: in one sentence, what was measured against what is required."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.measures import MeasureKind
from checker.model.report import Finding, Measured, RuleSummary
from checker.model.words import ABSENT_TABLE, Reason, Verdict
from checker.report.grouping import deciding_left_out, deciding_rows
from checker.report.say.bounds import any_time_text, bounds_text, ratio_bounds, written
from checker.report.say.cells import cells_text
from checker.report.say.days import allowed_text, day_text
from checker.report.say.fields import titled
from checker.report.say.gaps import gaps_text, lengths_text
from checker.report.say.indicators import named_text
from checker.report.say.integrity import integrity_text
from checker.report.say.windows import window_names
from checker.report.say.wording import Wording
from checker.words.amounts import as_fraction


def describe(finding: Finding, rule: RuleSummary, wording: Wording) -> str:
    """The message of a finding."""
    measured = finding.measured
    if not rule.own or finding.verdict is not Verdict.SATISFIED or measured is None or measured.kind in _OF_ROWS:
        return describe_windows([finding], rule, wording)
    # Of thousands that meet a rule little is said that is not said of others: neither who they are, nor which rows they have.
    about = (rule.noun, rule.narrowing, finding.window, finding.windows, finding.due)
    alike = (*about, measured, finding.required, finding.named, finding.beside, finding.because, finding.reason)
    said = wording.said.get(alike)
    if said is None:
        said = wording.said[alike] = describe_windows([finding], rule, wording)
    return said


_OF_ROWS = {MeasureKind.TRUTH, MeasureKind.PARTS}
"""Where more is said than what was measured: cells, or what each requirement comes to."""


def describe_windows(findings: Sequence[Finding], rule: RuleSummary, wording: Wording) -> str:
    """One message for findings of a rule and subject that differ in nothing but the window."""
    finding = findings[0]
    if finding.verdict is Verdict.NOT_APPLICABLE or (finding.measured is None and finding.reason in _ABSENT):
        return _reason(finding, wording)
    noun = _noun(rule, wording)
    if finding.reason in ABSENT_TABLE and finding.measured is None:
        said = "table-missing" if finding.reason is Reason.NOT_SUBMITTED else "table-withheld"
        return wording(said, noun=_head(noun, "", wording)) if noun else wording(f"{said}-any")
    if not rule.own:
        return integrity_text(finding, rule, wording)
    if finding.measured is not None and finding.measured.kind is MeasureKind.PARTS:
        return _parts(findings, rule, wording) + _why(finding, wording)
    if finding.measured is None or finding.measured.kind is MeasureKind.TRUTH:
        return _condition(finding, wording) + _named(finding, wording) + _doubts(finding, wording)
    each = len(findings) > 1 or finding.windows > 1
    # Of several windows in one finding the report knows that each was kept, not what was measured in each.
    said = wording("kept") if finding.windows > 1 else _measured(finding, finding.measured, wording)
    if finding.measured.kind is MeasureKind.DAYS:
        said, head = _gaps(findings, wording), _head(noun, "", wording)
    elif finding.measured.kind is MeasureKind.OCCUPANCY and len(findings) == 1 and finding.window is not None:
        head = f"{_head(noun, '', wording)} {wording('gap', first=finding.window.first, last=finding.window.last)}"
    else:
        head = _head(noun, _when(findings, wording), wording)
    bound = _required(finding, wording, each=each)
    more = _named(finding, wording) + _beside(findings, rule, wording)
    return (f"{head}: " if head else "") + said + (f" ({bound})" if bound else "") + more + _doubts(finding, wording)


def _parts(findings: Sequence[Finding], rule: RuleSummary, wording: Wording) -> str:
    """What each of several requirements comes to; nothing is said of them where a table is missing on which one rests."""
    if not findings[0].parts:
        return wording("table-withheld-any")
    said = (
        wording(
            "requirement-said",
            n=place + 1,
            verdict=wording(part.verdict.value),
            said=describe_windows([finding.parts[place] for finding in findings], rule.parts[place], wording),
        )
        for place, part in enumerate(findings[0].parts)
    )
    return "; ".join(said)


_OPEN = {Reason.PERHAPS, Reason.PERHAPS_WAIVED, Reason.CONFLICT}

_ABSENT = {
    Reason.DISPLACED,
    Reason.REQUIREMENT,
    Reason.NO_EXCEPTION,
    Reason.NOT_IN_FORCE,
    Reason.NOT_IN_EXISTENCE,
    Reason.NO_WINDOW,
}


def _noun(rule: RuleSummary, wording: Wording) -> str:
    """What is measured, with what narrows it: `Audit committees (Dedicated: yes)`."""
    noun, narrowing = rule.noun.in_(wording.language), rule.narrowing.in_(wording.language)
    return f"{noun} ({narrowing})" if noun and narrowing else noun


def _when(findings: Sequence[Finding], wording: Wording) -> str:
    windows = [finding.window for finding in findings if finding.window is not None]
    names = window_names(windows, wording)
    return wording("several", n=findings[0].windows, span=names) if findings[0].windows > 1 else names


def _head(noun: str, when: str, wording: Wording) -> str:
    noun = noun[:1].upper() + noun[1:]
    if not when:
        return noun
    return wording("in", noun=noun, when=when) if noun else wording("when", when=when)


def _measured(finding: Finding, measured: Measured, wording: Wording) -> str:
    match measured.kind:
        case MeasureKind.RATIO | MeasureKind.MEAN:
            said = ratio_text(finding, wording)
        case MeasureKind.DATE:
            said = day_text(finding, measured, wording)
        case MeasureKind.SUM:
            said = total_text(finding, measured, wording)
        case MeasureKind.VALUES | MeasureKind.SHARES:
            return values_text(finding, measured, wording)
        case MeasureKind.RUN:
            said = wording("in-a-row", n=_count(measured, wording))
        case _:
            said = _count(measured, wording)
    return wording("so-far", value=said) if finding.verdict is Verdict.PENDING else said


def _gaps(findings: Sequence[Finding], wording: Wording) -> str:
    said = gaps_text(findings, wording)
    return wording("so-far", value=said) if findings[0].verdict is Verdict.PENDING else said


def _count(measured: Measured, wording: Wording) -> str:
    if measured.low == 0 and measured.high == 0:
        return wording("none")
    # A count of 0 or more says nothing.
    return wording.interval(measured.low or (None if measured.high is None else 0), measured.high)


def ratio_text(finding: Finding, wording: Wording) -> str:
    """A ratio as a percentage with its part and whole, a mean with the number of rows; no percentage of an uncertain whole.

    Part and whole are then not independent, so that the ratio of their ends may lie beyond any that is possible.
    """
    measured = finding.measured
    if measured is None:
        return wording("unknown")
    low, high, whole = (as_fraction(end) for end in (measured.low, measured.high, measured.whole_low))
    if not low and not whole and measured.whole_high is None:
        return wording("unknown")
    if measured.whole_high == 0:
        return wording("none")
    certain = bool(whole) and measured.whole_low == measured.whole_high
    counts = _of_what(measured, wording, certain=certain)
    if low is None or high is None or not whole or not certain:
        return counts
    bounds = ratio_bounds(finding.required)
    ends = [wording.percent(low / whole, bounds), wording.percent(high / whole, bounds)]
    shown = ends[0] if low == high else wording("range", low=ends[0], high=ends[1])
    return f"{shown}, {counts}"


def _of_what(measured: Measured, wording: Wording, *, certain: bool) -> str:
    whole = wording.interval(measured.whole_low, measured.whole_high)
    if measured.kind is MeasureKind.RATIO:
        return wording("of", part=wording.interval(measured.low, measured.high), whole=whole)
    if not certain:
        return wording("mean-uncertain", n=whole)
    return wording("mean-single") if measured.whole_low == 1 else wording("mean", n=whole)


def values_text(finding: Finding, measured: Measured, wording: Wording) -> str:
    """Of how many values of a field it holds, and of which it does not, or may not."""
    pending = finding.verdict is Verdict.PENDING
    values = wording.interval(measured.low, measured.low if pending else measured.high)
    said = wording(
        "values-so-far" if pending else "values", n=values, whole=wording.interval(measured.whole_low, measured.whole_high)
    )
    if not measured.missing:
        return said
    key = "values-not-yet" if pending else "values-not" if measured.high != measured.whole_high else "values-unsure"
    return said + wording(key, values=", ".join(measured.missing))


def total_text(finding: Finding, measured: Measured, wording: Wording) -> str:
    """What was found, from what opening if there is one, and what was declared."""
    value = finding.required[0].value if finding.required else None
    declared = wording("unknown") if value is None else wording.number(value)
    said = wording.interval(measured.low, measured.high)
    opening = as_fraction(measured.whole_low)
    if opening is None:
        return wording("declared", measured=said, declared=declared)
    ends = [None if end is None else end - opening for end in map(as_fraction, (measured.low, measured.high))]
    change = wording.change(*ends)
    return wording("declared-since", opening=wording.number(opening), change=change, measured=said, declared=declared)


def _required(finding: Finding, wording: Wording, *, each: bool) -> str:
    if not finding.required or finding.measured is None:
        return ""
    if finding.measured.kind is MeasureKind.SUM:
        return _difference(finding, finding.measured, wording)
    due = finding.due if finding.verdict is Verdict.PENDING and not each else None
    if finding.measured.kind is MeasureKind.DATE:
        return allowed_text(finding, wording, due=due)
    if finding.measured.kind is MeasureKind.OCCUPANCY and due is None:
        return any_time_text(finding.required, wording)
    if finding.measured.kind is MeasureKind.DAYS:
        bounds, each = lengths_text(finding.required, wording), False
    else:
        shares = finding.measured.kind is MeasureKind.SHARES
        bounds = bounds_text(finding.required, MeasureKind.RATIO if shares else finding.measured.kind, wording)
        if shares or finding.measured.kind is MeasureKind.VALUES:
            bounds = wording("of-each", bounds=bounds)
    if due is not None:
        return wording("required-by", bounds=bounds, due=due)
    return wording("required-each" if each else "required", bounds=bounds)


def _difference(finding: Finding, measured: Measured, wording: Wording) -> str:
    declared = as_fraction(finding.required[0].value)
    low, high = as_fraction(measured.low), as_fraction(measured.high)
    if declared is None or low is None or high is None:
        return ""
    ends = sorted((abs(declared - low), abs(declared - high)))
    difference = wording.interval(0 if low < declared < high else ends[0], ends[1])
    tolerance = next((as_fraction(bound.value) for bound in finding.required[1:]), None)
    if not tolerance:
        return wording("difference", difference=difference)
    return wording("tolerance", difference=difference, tolerance=wording.number(tolerance))


def _condition(finding: Finding, wording: Wording) -> str:
    own = next((row for row in finding.evidence if row.role == "subject"), None)
    cells = cells_text(own, wording, None) if own is not None else ""
    predicate = " ".join(written(bound, wording) for bound in finding.required)
    if cells and predicate:
        cells += f" ({wording('that', predicate=predicate)})"
    cells = cells or predicate
    match finding.verdict:
        case Verdict.SATISFIED:
            return wording("holds", cells=cells)
        case Verdict.VIOLATED | Verdict.WAIVED:
            return wording("fails", cells=cells)
        case Verdict.PENDING:
            return wording("so-far", value=cells)
        case _:
            return wording("cannot-tell", cells=cells)


def _named(finding: Finding, wording: Wording) -> str:
    """What the indicators are that the rule names."""
    said = named_text(finding, wording)
    return wording("indicators-are", said=said) if said else ""


def _beside(findings: Sequence[Finding], rule: RuleSummary, wording: Wording) -> str:
    """How many rows are there besides, and which condition they do not meet."""
    more = sum(finding.beside for finding in findings)
    return wording.several("beside", more, condition=rule.narrowing.in_(wording.language)) if more else ""


def _doubts(finding: Finding, wording: Wording) -> str:
    said = ""
    if finding.verdict is Verdict.UNDETERMINED:
        rows = len(deciding_rows([finding])) + deciding_left_out([finding])
        if rows:
            said += wording.several("decide", rows)
    return said + _why(finding, wording)


def _why(finding: Finding, wording: Wording) -> str:
    """What else than rows bears on the verdict."""
    if finding.verdict is Verdict.UNDETERMINED:
        return wording(finding.reason.value) if finding.reason in _OPEN and finding.reason is not None else ""
    return wording("instead", exception=titled(finding.because, wording)) if finding.because else ""


def _reason(finding: Finding, wording: Wording) -> str:
    if finding.reason is None:
        return wording("not-applicable")
    if finding.reason is Reason.DISPLACED and finding.because:
        return wording("displaced-by", exception=titled(finding.because, wording))
    if finding.reason is Reason.REQUIREMENT and finding.because:
        return wording("requirement-of", rule=titled(finding.because, wording))
    return wording(finding.reason.value)
