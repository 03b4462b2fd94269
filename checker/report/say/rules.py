"""Says what a rule is about: the days on which it is in force, and the rows that it speaks of."""

from __future__ import annotations

from checker.model.explanation import Selection
from checker.model.schema import Span
from checker.report.say.wording import Wording


def in_force_text(span: Span, wording: Wording) -> str:
    """From which day to which a rule is in force."""
    first, last = span.first, span.last
    if first and last:
        return wording("span-days", first=first, last=last)
    if first:
        return wording("from-day", day=first)
    return wording("until-day", day=last) if last else wording("always")


def selection_text(selection: Selection, wording: Wording) -> str:
    """The rows of a record that a rule judges or counts, and what is asked of them."""
    language = wording.language
    record = selection.record.in_(language)
    if not selection.predicates:
        return wording("selection-all", record=record)
    written = zip(selection.predicates, selection.said, strict=False)
    predicates = wording("and").join(
        f"({text})" if " or " in each else text for each, said in written if (text := said.in_(language))
    )
    return wording("selection", title=selection.title.in_(language), record=record, predicates=predicates)
