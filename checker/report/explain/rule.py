"""The part of an explanation about the rule itself: its clause, what it demands in words, what bears on it, examples."""

from __future__ import annotations

from collections.abc import Iterator

from checker.display_width import text_width
from checker.model.accepted import accepted_by
from checker.model.explanation import Exemption, Explanation, Limit, RuleAccount
from checker.model.law import Source
from checker.model.words import Text
from checker.report.page import Page
from checker.report.say.accepted_text import accepted_text
from checker.report.say.clauses import marked, provisions
from checker.report.say.fields import field_text, titled
from checker.report.say.origins import origin_text
from checker.report.say.rules import in_force_text, selection_text
from checker.report.say.wording import Wording


def write_rule(explanation: Explanation, page: Page, wording: Wording) -> None:
    """Writes what the rulebook says of the rule."""
    rule = explanation.rule
    page.title(rule.summary.id)
    page.line(rule.summary.title.in_(wording.language), style="bold")
    page.blank()
    told = (*_demanded(explanation, wording), *_measured(rule, wording, of_rule=explanation.indicator is None))
    said = [(wording(key), text) for key, text in told if text]
    column = max(text_width(label) for label, _ in said) + 2
    before = ""
    for label, text in said:
        # The same label again goes on with what was said.
        page.labelled("" if label == before else label, text, column=column)
        before = label
    if explanation.run is None:
        _examples(rule, page, wording)


def _demanded(explanation: Explanation, wording: Wording) -> Iterator[tuple[str, str]]:
    """Where the rule is from, and what it demands."""
    rule, language = explanation.rule, wording.language
    if explanation.run is None:
        yield "rulebook", explanation.rulebook.in_(language)
    yield "origin-label", origin_text(rule.summary.origin, explanation.name, wording)
    if rule.clauses or explanation.indicator is None:
        yield from (("clause", said) for said in _clauses(rule, language, wording))
    if explanation.indicator is None:
        yield "severity", wording(rule.summary.severity.value)
        yield "in-force", in_force_text(rule.summary.in_force, wording)
    yield from (("in-words", said) for said in _in_words(rule.summary.restated, explanation))
    for required, verdict in rule.summary.requires:
        yield "requires", wording("requires-that", rule=titled(required, wording), verdict=wording(verdict.value))


def _measured(rule: RuleAccount, wording: Wording, *, of_rule: bool) -> Iterator[tuple[str, str]]:
    """Who is judged by what, what bears on it, and what its author adds."""
    language = wording.language
    if rule.judged is not None:
        yield "judged" if of_rule else "measured-of", selection_text(rule.judged, wording)
    yield "accepted", accepted_text(demanded, wording) if (demanded := accepted_by(rule.summary)) else ""
    for number, part in enumerate(rule.parts or ([rule] if rule.summary.own else []), 1):
        for place, said in enumerate(_counted(part, wording)):
            # Of several requirements each begins with its number.
            yield "counts", f"({number}) {said}" if rule.parts and not place else said
        open_cells = "cannot-decide-cells" if of_rule else "cannot-tell-cells"
        yield "cannot-decide", wording(open_cells, fields=", ".join(_reads(part, wording))) if part.reads else ""
    yield from (("parameters", _limit(limit, wording)) for limit in rule.limits)
    for exemption in rule.exemptions:
        yield "exceptions", _exemption(exemption, wording)
    yield "note-label", rule.summary.note.in_(language)
    yield "remedy", rule.summary.remedy.in_(language)


def _clauses(rule: RuleAccount, language: str, wording: Wording) -> Iterator[str]:
    for clause in rule.clauses:
        yield marked(provisions((clause.cites,), wording), rule.summary, wording)
        yield _source(clause.source, language, wording)
        if clause.source.url:
            yield clause.source.url
        if note := clause.source.note.in_(language):
            yield note
    if not rule.clauses:
        yield wording("clause-none")


def _source(source: Source, language: str, wording: Wording) -> str:
    title = source.title.in_(language) or source.name
    return title if source.issued is None else f"{title}, {wording('issued-on', day=source.issued)}"


def _in_words(restated: Text, explanation: Explanation) -> Iterator[str]:
    """The rule restated: in the reader's language first, then in the rulebook's others."""
    said = dict(restated.variants)
    first = explanation.language if explanation.language in said else next(iter(said), "")
    for language in dict.fromkeys((first, *(each for each in explanation.languages if each in said))):
        yield said.get(language, "") if language == first else f"[{language}] {said[language]}"


def _counted(rule: RuleAccount, wording: Wording) -> Iterator[str]:
    counted = rule.counted
    if counted is None:
        yield wording("own-row")
        return
    yield selection_text(counted, wording)
    found_by = (counted.found_by or "").split(", ")
    if found_by == [""]:
        yield wording("found-all")
    elif len(found_by) > 1 or "(" in found_by[0]:
        yield wording("found-by-values", fields=", ".join(field_text(counted.of, each, wording) for each in found_by))
    else:
        key = "found-by" if counted.below is None else f"found-below-{counted.below}"
        yield wording(key, field=field_text(counted.of, found_by[0], wording))
    if counted.dated_by is not None:
        yield wording("dated-by", field=field_text(counted.of, counted.dated_by, wording))


def _reads(rule: RuleAccount, wording: Wording) -> Iterator[str]:
    """The fields whose cells a rule reads, of the rows that it counts, or of its subject."""
    of = rule.counted or rule.judged
    return (field_text("" if of is None else of.of, field, wording) for field in rule.reads)


def _limit(limit: Limit, wording: Wording) -> str:
    values = []
    for value in limit.values:
        said = value.text if value.first is None else wording("worth-from", value=value.text, day=value.first)
        values.append(said + (wording("by-clause", cites=provisions((value.cites,), wording)) if value.cites else ""))
    return wording("parameter", name=limit.name, values=", ".join(values))


def _exemption(exemption: Exemption, wording: Wording) -> str:
    when = exemption.said.in_(wording.language) or exemption.when
    about = {"id": titled(exemption.id, wording), "cites": provisions(exemption.cites, wording), "when": when}
    if exemption.brings_in:
        return wording("brings-in", displaced=", ".join(titled(each, wording) for each in exemption.displaces), **about)
    return wording("displaces" if exemption.by is None else "displaces-by", by=titled(exemption.by or "", wording), **about)


def _examples(rule: RuleAccount, page: Page, wording: Wording) -> None:
    if not rule.examples:
        return
    page.section(wording("examples"))
    for example in rule.examples:
        verdicts = ", ".join(wording(verdict.value) for verdict in example.expects)
        page.line(f"- {wording('example', name=example.name, verdicts=verdicts)}", hang=2)
        page.line(str(example.place), indent=2, hang=2, style="dim")
