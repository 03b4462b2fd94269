"""An explanation for a reader: the clause, the rule in words, and how it came to its verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from checker.model.explanation import Exemption, Explanation, Limit, RuleAccount, Selection, Verdicts
from checker.model.law import Source
from checker.model.schema import Span
from checker.model.words import Text, Verdict
from checker.report import Presentation
from checker.report.explain_subjects import write_subjects
from checker.report.explain_words import WORDS
from checker.report.grouping import subject_text
from checker.report.page import Page
from checker.report.places import Places
from checker.report.reasoning import reason_text
from checker.report.styles import STYLES
from checker.report.text import write_run
from checker.report.text_coverage import write_problem_list
from checker.report.wording import Wording


def write(explanation: Explanation, stream: TextIO, presentation: Presentation) -> None:
    """Writes the explanation as text."""
    wording = Wording(explanation.language, WORDS)
    page = Page(stream, presentation.width, colour=presentation.colour)
    rule = explanation.rule
    page.title(rule.summary.id)
    page.line(rule.summary.title.in_(wording.language), style="bold")
    page.blank()
    _facts(list(_rule(rule, explanation, wording)), page)
    run = explanation.run
    if run is None:
        _examples(rule, page, wording)
        return
    page.section(wording("submission"))
    write_run(run, page, wording)
    write_problem_list(wording("problems"), explanation.problems, page, "red")
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


def _facts(facts: Sequence[tuple[str, str]], page: Page) -> None:
    column = max(len(label) for label, _ in facts) + 2
    before = None
    for label, said in facts:
        page.labelled("" if label == before else label, said, column=column)
        before = label


# -- the rule ---------------------------------------------------------------------------------------------------------


def _rule(rule: RuleAccount, explanation: Explanation, wording: Wording) -> Iterator[tuple[str, str]]:
    """What is told of a rule: labels and texts; the same label again goes on with what was said."""
    summary, language = rule.summary, wording.language
    if explanation.run is None:
        yield wording("rulebook"), explanation.rulebook.in_(language)
    yield from ((wording("clause"), said) for said in _clauses(rule, language, wording))
    yield wording("severity"), wording(summary.severity.value)
    yield wording("in-force"), _in_force(summary.in_force, wording)
    for said in _in_words(summary.restated, explanation):
        yield wording("in-words"), said
    if rule.judged is not None:
        yield wording("judged"), _selection(rule.judged, language, wording)
    yield from ((wording("counts"), said) for said in _counted(rule, language, wording))
    if rule.reads:
        yield wording("cannot-decide"), wording("cannot-decide-cells", fields=", ".join(rule.reads))
    for limit in rule.limits:
        yield wording("parameters"), _limit(limit, wording)
    for exemption in rule.exemptions:
        yield from ((wording("exceptions"), said) for said in _exemption(exemption, wording))
    for label, text in (("note-label", rule.note), ("remedy", summary.remedy)):
        if text:
            yield wording(label), text.in_(language)


def _clauses(rule: RuleAccount, language: str, wording: Wording) -> Iterator[str]:
    for clause in rule.clauses:
        yield clause.cites
        yield _source(clause.source, language, wording)
        if clause.source.url:
            yield clause.source.url
    if not rule.clauses:
        yield wording("clause-none")
    if not rule.verified:
        yield wording("clause-unverified")


def _source(source: Source, language: str, wording: Wording) -> str:
    title = source.title.in_(language) or source.name
    return title if source.issued is None else f"{title}, {wording('issued-on', day=source.issued.isoformat())}"


def _in_force(span: Span, wording: Wording) -> str:
    first, last = (None if day is None else day.isoformat() for day in (span.first, span.last))
    if first and last:
        return wording("span-days", first=first, last=last)
    if first:
        return wording("from-day", day=first)
    return wording("until-day", day=last) if last else wording("always")


def _in_words(restated: Text, explanation: Explanation) -> Iterator[str]:
    """The rule restated: in the reader's language first, then in the rulebook's others."""
    said = dict(restated.variants)
    first = explanation.language if explanation.language in said else next(iter(said), "")
    for language in dict.fromkeys((first, *(each for each in explanation.languages if each in said))):
        yield said.get(language, "") if language == first else f"[{language}] {said[language]}"


def _selection(selection: Selection, language: str, wording: Wording) -> str:
    record = selection.record.in_(language)
    if not selection.predicates:
        return wording("selection-all", record=record)
    predicates = wording("and").join(f"({each})" if " or " in each else each for each in selection.predicates)
    return wording("selection", title=selection.title.in_(language), record=record, predicates=predicates)


def _counted(rule: RuleAccount, language: str, wording: Wording) -> Iterator[str]:
    counted = rule.counted
    if counted is None:
        yield wording("own-row")
        return
    yield _selection(counted, language, wording)
    key = "found-by" if counted.below is None else f"found-below-{counted.below}"
    yield wording(key, field=counted.found_by)
    if counted.dated_by is not None:
        yield wording("dated-by", field=counted.dated_by)


def _limit(limit: Limit, wording: Wording) -> str:
    values = []
    for value in limit.values:
        said = value.text if value.first is None else wording("worth-from", value=value.text, day=value.first.isoformat())
        values.append(said + (wording("by-clause", cites=value.cites) if value.cites else ""))
    return wording("parameter", name=limit.name, values=", ".join(values))


def _exemption(exemption: Exemption, wording: Wording) -> Iterator[str]:
    about = {"id": exemption.id, "cites": "; ".join(exemption.cites), "when": exemption.when}
    if exemption.brings_in:
        yield wording("brings-in", displaced=", ".join(exemption.displaces), **about)
    else:
        yield wording("displaces" if exemption.by is None else "displaces-by", by=exemption.by, **about)
    title = exemption.title.in_(wording.language)
    if title != exemption.id:
        yield title


def _examples(rule: RuleAccount, page: Page, wording: Wording) -> None:
    if not rule.examples:
        return
    page.section(wording("examples"))
    for example in rule.examples:
        verdicts = ", ".join(wording(verdict.value) for verdict in example.expects)
        page.line(f"- {wording('example', name=example.name, verdicts=verdicts)}", hang=2)
        page.line(str(example.place), indent=2, hang=2, style="dim")


# -- all subjects together --------------------------------------------------------------------------------------------


def _overview(explanation: Explanation, page: Page, wording: Wording) -> None:
    """How often the rule gave each verdict, why, and on whom."""
    page.section(wording("decided"))
    if not explanation.verdicts:
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
