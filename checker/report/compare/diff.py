"""The comparison of two reports as a paper: counts, then what is new, changed, resolved and the same, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.model.words import Category, Verdict
from checker.report import Presentation
from checker.report.compare.comparing import Change, Comparison, State
from checker.report.compare.written import Told, Written
from checker.report.exit import Exit
from checker.report.json_values import period_json, problem_json, text_json
from checker.report.papers import Paper
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table

if TYPE_CHECKING:
    from checker.report.compare.json_shape import ChangeOfFindingJson, ComparedJson, DiffJson, ToldJson

_COLUMNS = ("column-rule", "column-severity", "column-body", "column-subject", "column-window", "column-before", "column-after")


def diff_paper(found: Comparison, presentation: Presentation, wording: Wording) -> Paper:
    """The paper."""
    code = found.exit_code(presentation.fail_on, presentation.allow_undetermined, presentation.fail_on_data)
    title = found.new.title.in_(wording.language) or found.new.rulebook
    facts = [(wording("rulebook"), f"{title} ({found.new.rulebook})")]
    facts += [
        (wording(key), report_text(report, wording)) for key, report in (("diff-before", found.old), ("diff-after", found.new))
    ]
    facts += [(wording("kind-notice"), f"{each.message_in(wording)}. {each.fix_in(wording)}") for each in found.notices]
    tables = [_counts(found, wording)] + [_table(found, state, wording) for state in State if found.of(state)]
    return Paper(
        wording=wording,
        title=wording("diff-title"),
        facts=facts,
        tables=tables,
        said=[_code_text(found, code, wording)],
        data=_json(found, code, wording),
        made=found.new.as_of,
    )


def report_text(report: Written, wording: Wording) -> str:
    """What a report is about, and where it is."""
    return wording("report-of", period=wording.window(report.period), day=wording.day(report.as_of), file=report.file)


def _code_text(found: Comparison, code: Exit, wording: Wording) -> str:
    several = sum(change.newly_violated for change in found.changes)
    return wording(f"diff-exit-{code.value}", n=several)


def _counts(found: Comparison, wording: Wording) -> Table:
    """How many changes there are of each state, and of these how many are violations."""
    rows: list[tuple[Cell, ...]] = []
    for state in State:
        changes = found.of(state)
        violated = sum(any(each.verdict is Verdict.VIOLATED for each in change.after or change.before) for change in changes)
        rows.append((wording(f"state-{state.value}"), len(changes), violated))
    return Table("diff-counts", ("column-state", "column-count", "violated"), rows)


def _table(found: Comparison, state: State, wording: Wording) -> Table:
    """The changes of a state, rule by rule."""
    rules = found.rules
    rows: list[tuple[Cell, ...]] = []
    for change in found.of(state):
        rule, told = rules[change.rule], change.told
        subject = "" if told.name == told.body else told.name
        before, after = (_sides(side, wording) for side in (change.before, change.after))
        gone = wording("diff-untold") if state is State.CHANGED and not change.after else wording("diff-gone")
        labels = dict.fromkeys(each.window for side in (change.before, change.after) for each in side if each.window)
        windows = ", ".join(map(wording.window, labels))
        named = rule.title.in_(wording.language) or rule.id
        rows.append((named, rule.severity, told.body, subject, windows, before or "", after or gone))
    # Of what is the same, or new, one side says all.
    if state in {State.PERSISTING, State.NEW}:
        return Table(f"state-{state.value}", _COLUMNS[:5] + _COLUMNS[6:], [(*row[:5], row[6]) for row in rows])
    return Table(f"state-{state.value}", _COLUMNS, rows)


def _sides(told: Sequence[Told], wording: Wording) -> str:
    """What a report says, once of what it says in the same words."""
    return "; ".join(dict.fromkeys(f"{wording(each.verdict.value)}: {each.message}" for each in told))


def compared_json(report: Written) -> ComparedJson:
    """A report that is compared."""
    counts = {verdict: report.count(verdict) for verdict in Verdict}
    return {
        "file": report.file,
        "rulebook_version": report.version,
        "submission": report.submission,
        "period": period_json(report.period),
        "as_of": report.as_of.isoformat(),
        "counts": {verdict.value: n for verdict, n in counts.items() if n},
    }


def _json(found: Comparison, code: Exit, wording: Wording) -> DiffJson:
    rules = found.rules
    return {
        "format": "checker-diff",
        "version": 1,
        "rulebook": found.new.rulebook,
        "rulebook_title": text_json(found.new.title),
        "exit_code": int(code),
        "old": compared_json(found.old),
        "new": compared_json(found.new),
        "counts": {state: len(found.of(state)) for state in State},
        "changes": [_change(change, rules[change.rule].category) for change in found.changes],
        "notices": [problem_json(each, wording) for each in found.notices],
    }


def _change(change: Change, category: Category) -> ChangeOfFindingJson:
    told = change.told
    digest = told.identity.startswith("#")
    return {
        "state": change.state,
        "rule": change.rule,
        "category": category,
        "subject": {
            "id": None if digest else told.identity[1:],
            "digest": told.identity[1:] if digest else None,
            "name": told.name,
            "body": told.body,
        },
        "before": [_told(each) for each in change.before],
        "after": [_told(each) for each in change.after],
    }


def _told(told: Told) -> ToldJson:
    return {"window": told.window, "verdict": told.verdict, "severity": told.severity, "message": told.message}
