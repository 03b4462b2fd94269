"""The rule restated in plain words, from its form: what an author checks against the provision."""

from __future__ import annotations

from functools import partial

from checker.forms.base import Partial, Related
from checker.forms.unique import Alike
from checker.forms.words import Words
from checker.model.period import Months, Per, Term, Trailing, Unit
from checker.model.schema import SUBMISSION, Record
from checker.model.words import Text
from checker.plan.logical.texts import resolve_terms
from checker.plan.stating.in_words import in_one_language, in_words, spoken
from checker.rules.rulebook import Rule, Rulebook
from checker.words import message
from checker.words.catalogue import languages


def restate(book: Rulebook, rule: Rule) -> Text:
    """One sentence in each language in which the rulebook is restated, those of the catalogues in their order."""
    return Text.of({language: _sentence(book, rule, language) for language in languages() if language in spoken(book)})


def narrowing(book: Rulebook, rule: Rule) -> Text:
    """By what the form's `where` narrows the rows that it speaks of, in ordinary words."""
    form = rule.require
    if not isinstance(form, Related) or form.of is None or form.where is None:
        return Text()
    return in_words(book, form.where, resolve_terms(book, form.of)[0])


def demanded(book: Rulebook, rule: Rule) -> Text:
    """What one of several requirements demands, as a sentence in each of these languages."""
    said = {language: _demand(book, rule, language) for language in languages() if language in spoken(book)}
    return Text.of({language: f"{demand[:1].upper()}{demand[1:]}." for language, demand in said.items()})


def _demand(book: Rulebook, rule: Rule, language: str) -> str:
    """What a rule demands; of several requirements each with its number."""
    if rule.parts != (rule,):
        return "; ".join(f"({number}) {_demand(book, part, language)}" for number, part in enumerate(rule.parts, 1))
    return rule.require.sentence(_words(book, rule, language))


def _words(book: Rulebook, rule: Rule, language: str) -> Words:
    return Words(
        language, _what(book, rule, language), partial(_said, book, rule, language), partial(_title, book, rule, language)
    )


def _sentence(book: Rulebook, rule: Rule, language: str) -> str:
    form, words, demand = rule.require, _words(book, rule, language), _demand(book, rule, language)
    whole = rule.subject == SUBMISSION
    who = words.say("restated-of-all") if whole else words.say("restated-for-each", who=_name(book, rule.subject, language))
    parts = [who, demand]
    per: Per | None = getattr(form, "per", None)
    if per is not None:
        windows = _windows(book, per, language)
        first = rule.parts[0].require
        cut = first.partial if isinstance(first, Partial) else None
        parts.insert(0, words.say(f"restated-partial-{cut}", windows=windows) if cut else windows)
    if rule.parameters_at_end:
        parts.append(words.say("restated-parameters-at-end"))
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _what(book: Rulebook, rule: Rule, language: str) -> str:
    """The related rows: those of a term or record, narrowed by `where`, and where in the tree they are."""
    form = rule.require
    if not isinstance(form, Related) or form.of is None or isinstance(form, Alike):
        return _name(book, rule.subject, language)
    said, words = _name(book, form.of, language), message.Words(language)
    if form.where is not None:
        said += f" ({in_one_language(book, form.where, resolve_terms(book, form.of)[0], language)})"
    on = getattr(form, "on", None)
    if on is not None:
        said = words("restated-dated-by", rows=said, day=_title(book, rule, language, on, related=True))
    if isinstance(form.by, dict) and (len(form.by) > 1 or any("." in path for pair in form.by.items() for path in pair)):
        titles = (
            (_title(book, rule, language, one, related=True), _title(book, rule, language, other, related=False))
            for one, other in form.by.items()
        )
        pairs = words("and").join(words("restated-pair", theirs=theirs, its=its) for theirs, its in titles)
        said = words("restated-paired", rows=said, pairs=pairs)
    return said if form.via is None else words(f"restated-via-{form.via}", rows=said)


def _said(book: Rulebook, rule: Rule, language: str, text: str, related: bool) -> str:  # noqa: FBT001 -- of Words
    """An expression over the subject, or over the related row, in ordinary words."""
    return in_one_language(book, text, _record(book, rule, related=related), language)


def _record(book: Rulebook, rule: Rule, *, related: bool) -> Record:
    of = rule.require.of if related and isinstance(rule.require, Related) else None
    return resolve_terms(book, of or rule.subject)[0]


def _title(book: Rulebook, rule: Rule, language: str, path: str, related: bool) -> str:  # noqa: FBT001 -- of Words
    """The title of the field at the end of a path, seen from the subject or from the related row."""
    record = _record(book, rule, related=related)
    *references, last = path.split(".")
    for name in references:
        reference = record.field(name)
        if reference is None or reference.ref is None:
            return path
        record = book.records[reference.ref]
    field = record.field(last)
    if field is None and not references:
        return next((each.title.in_(language) for each in book.indicators if each.name == last), path)
    return path if field is None else field.title.in_(language) or path


def _windows(book: Rulebook, per: Per, language: str) -> str:
    words = message.Words(language)
    if isinstance(per, Term):
        of = _name(book, per.of, language) if per.of in {*book.records, *book.terms} else per.of
        return words("restated-in-term", of=of)
    if isinstance(per, Trailing):
        return words("restated-in-days", days=per.days)
    if isinstance(per, Months):
        span = words.span(f"{per.months} months")
        if per.since is None:
            windows = words("restated-in-months", span=span)
            return windows if book.year_starts == 1 else words("restated-year-begins", windows=windows, month=book.year_starts)
        return words("restated-in-months-since", span=span, since=str(per).partition(" from ")[2])
    windows = words(f"restated-in-{per.value}")
    shifted = book.year_starts != 1 and per in {Unit.QUARTER, Unit.HALF, Unit.YEAR}
    return words("restated-year-begins", windows=windows, month=book.year_starts) if shifted else windows


def _name(book: Rulebook, name: str, language: str) -> str:
    """The title of a record or term as it stands inside a sentence."""
    title = book.records[name].title if name in book.records else book.terms[name].title
    return inside(title.in_(language) or name)


def inside(title: str) -> str:
    """A title that begins a sentence nowhere: it begins small, unless another of its letters is a capital, as in a name."""
    return title if any(sign.isupper() for sign in title[1:]) else f"{title[:1].lower()}{title[1:]}"
