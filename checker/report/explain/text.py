"""An explanation for a reader: the clause, the rule in words, and how it came to its verdicts."""

from __future__ import annotations

from typing import TextIO

from checker.model.explanation import Explanation, Verdicts
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.check.text import write_run
from checker.report.check.text_coverage import write_problem_list
from checker.report.check.text_indicators import write_values
from checker.report.explain.rule import write_rule
from checker.report.explain.subjects import write_subjects
from checker.report.grouping import subject_text
from checker.report.page import Page
from checker.report.say.places import Places
from checker.report.say.reasoning import reason_text
from checker.report.say.wording import Wording
from checker.report.styles import STYLES


def write(explanation: Explanation, stream: TextIO, presentation: Presentation) -> None:
    """Writes the explanation as text."""
    wording = Wording(explanation.language, explanation.names)
    page = Page(stream, presentation.width, colour=presentation.colour)
    write_rule(explanation, page, wording)
    run = explanation.run
    if run is None:
        return
    page.section(wording("submission"))
    write_run(run, page, wording)
    write_problem_list("problems", explanation.problems, page, wording, "red")
    if explanation.subjects:
        write_subjects(explanation, page, Places(run.submission, wording))
    else:
        _overview(explanation, page, wording)
    shown = [query for query in explanation.queries if query.role != "tables"]
    for query in shown:
        page.section(wording(f"query-{query.role}"))
        page.verbatim(query.sql)
    if shown:
        page.blank()
        page.line(wording("query-whole"), style="dim")


def _overview(explanation: Explanation, page: Page, wording: Wording) -> None:
    """How often the rule gave each verdict, why, and on whom; of an indicator its values."""
    page.section(wording("decided" if explanation.indicator is None else "indicator-values"))
    if explanation.indicator is not None:
        write_values(explanation.indicator, page, wording)
    elif not explanation.verdicts:
        page.line(wording("decided-nothing"))
    column = max((len(wording(each.verdict.value)) for each in explanation.verdicts), default=0) + 2
    for each in explanation.verdicts:
        label = f"{wording(each.verdict.value):<{column}}{each.findings:>7}"
        page.labelled(label, _why(each, wording), column=column + 9, style=STYLES[each.verdict])
        if each.subjects and not (each.verdict is Verdict.SATISFIED and each.more):
            named = "; ".join(subject_text(subject) for subject in each.subjects)
            page.line(named + (f"; {wording('and-more', n=each.more)}" if each.more else ""), indent=2, hang=2)
    run = explanation.run
    if run is not None:
        page.blank()
        page.line(wording("ask", rule=explanation.rule.summary.id, submission=run.submission), style="dim")


def _why(each: Verdicts, wording: Wording) -> str:
    number = len(each.subjects) + each.more
    said = [wording.several("decided-subjects", number)] if number else []
    if each.reason is not None:
        said.append(reason_text(each.reason, each.because, wording))
    return ", ".join(said)
