"""The rule restated in plain words, from its form: what an author checks against the provision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from checker.forms.base import Partial, Related, Windowed
from checker.forms.words import LANGUAGES, Language, Words
from checker.measure.in_words import in_one_language, in_words, spoken
from checker.measure.texts import resolve_terms
from checker.model.period import Per, Term, Trailing, Unit
from checker.model.schema import Record
from checker.model.words import Text
from checker.rules.rulebook import Rule, Rulebook

WINDOWS: Mapping[Unit, Mapping[Language, str]] = {
    Unit.MONTH: {"en": "in every month of the period", "vi": "trong mỗi tháng của kỳ"},
    Unit.QUARTER: {"en": "in every quarter of the period", "vi": "trong mỗi quý của kỳ"},
    Unit.HALF: {"en": "in every half-year of the period", "vi": "trong mỗi nửa năm của kỳ"},
    Unit.YEAR: {"en": "in every year of the period", "vi": "trong mỗi năm của kỳ"},
    Unit.PERIOD: {"en": "in the whole reporting period", "vi": "trong cả kỳ báo cáo"},
}
"""How the windows of each unit are named."""
_TRAILING: Mapping[Language, str] = {
    "en": "in the {0} days that end on the reference date",
    "vi": "trong {0} ngày tính đến ngày chốt",
}
_TERM: Mapping[Language, str] = {
    "en": "in every term of the {0} that is running in the period",
    "vi": "trong mỗi nhiệm kỳ ({0}) trong kỳ báo cáo",
}
_SHIFTED: Mapping[Language, str] = {
    "en": ", years beginning with month {0}",
    "vi": ", năm bắt đầu từ tháng {0}",
}
_PARTIAL: Mapping[str, Mapping[Language, str]] = {
    "require": {"en": ", also where only a part of it is due", "vi": ", kể cả khi chỉ phải thực hiện trong một phần"},
    "prorate": {"en": ", of a part of it in proportion to its days", "vi": ", nếu chỉ một phần thì tính theo tỷ lệ số ngày"},
}
_ON: Mapping[Language, str] = {"en": "{0} dated by “{1}”", "vi": "{0} theo “{1}”"}
_AT_END: Mapping[Language, str] = {
    "en": "by the parameters of the last day of the window",
    "vi": "theo tham số của ngày cuối kỳ tính",
}
_WHO: Mapping[Language, str] = {"en": "for each of the {who}", "vi": "với mỗi {who}"}
_VIA: Mapping[str, Mapping[Language, str]] = {
    "children": {"en": "{0} directly below it", "vi": "{0} trực tiếp bên dưới"},
    "descendants": {"en": "{0} anywhere below it", "vi": "{0} ở mọi cấp bên dưới"},
}


def restate(book: Rulebook, rule: Rule) -> Text:
    """One sentence in each language of the rulebook that the forms speak."""
    languages = [language for language in LANGUAGES if language in spoken(book)]
    return Text.of({language: _sentence(book, rule, language) for language in languages or LANGUAGES[:1]})


def narrowing(book: Rulebook, rule: Rule) -> Text:
    """By what the form's `where` narrows the rows that it speaks of, in ordinary words."""
    form = rule.require
    if not isinstance(form, Related) or form.of is None or form.where is None:
        return Text()
    return in_words(book, form.where, resolve_terms(book, form.of)[0])


def _sentence(book: Rulebook, rule: Rule, language: Language) -> str:
    form = rule.require
    words = Words(
        language, _what(book, rule, language), partial(_said, book, rule, language), partial(_title, book, rule, language)
    )
    demand = form.sentence(words)
    parts = [_WHO[language].format(who=_name(book, rule.subject, language)), demand]
    if isinstance(form, Windowed) and form.per is not None:
        cut = _PARTIAL[form.partial][language] if isinstance(form, Partial) and form.partial else ""
        parts.insert(0, _windows(book, form.per, language) + cut)
    if rule.parameters_at_end:
        parts.append(_AT_END[language])
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _what(book: Rulebook, rule: Rule, language: Language) -> str:
    """The related rows: those of a term or record, narrowed by `where`, and where in the tree they are."""
    form = rule.require
    if not isinstance(form, Related) or form.of is None:
        return _name(book, rule.subject, language)
    said = _name(book, form.of, language)
    if form.where is not None:
        said += f" ({in_one_language(book, form.where, resolve_terms(book, form.of)[0], language)})"
    on = getattr(form, "on", None)
    if on is not None:
        said = _ON[language].format(said, _title(book, rule, language, on, related=True))
    return said if form.via is None else _VIA[form.via][language].format(said)


def _said(book: Rulebook, rule: Rule, language: Language, text: str, related: bool) -> str:  # noqa: FBT001 -- of Words
    """An expression over the subject, or over the related row, in ordinary words."""
    return in_one_language(book, text, _record(book, rule, related=related), language)


def _record(book: Rulebook, rule: Rule, *, related: bool) -> Record:
    of = rule.require.of if related and isinstance(rule.require, Related) else None
    return resolve_terms(book, of or rule.subject)[0]


def _title(book: Rulebook, rule: Rule, language: Language, path: str, related: bool) -> str:  # noqa: FBT001 -- of Words
    """The title of the field at the end of a path, seen from the subject or from the related row."""
    record = _record(book, rule, related=related)
    *references, last = path.split(".")
    for name in references:
        reference = record.field(name)
        if reference is None or reference.ref is None:
            return path
        record = book.records[reference.ref]
    field = record.field(last)
    return path if field is None else field.title.in_(language) or path


def _windows(book: Rulebook, per: Per, language: Language) -> str:
    if isinstance(per, Term):
        return _TERM[language].format(_name(book, per.of, language) if per.of in {*book.records, *book.terms} else per.of)
    if isinstance(per, Trailing):
        return _TRAILING[language].format(per.days)
    said = WINDOWS[per][language]
    shifted = book.year_starts != 1 and per in {Unit.QUARTER, Unit.HALF, Unit.YEAR}
    return said + _SHIFTED[language].format(book.year_starts) if shifted else said


def _name(book: Rulebook, name: str, language: str) -> str:
    title = book.records[name].title if name in book.records else book.terms[name].title
    return title.in_(language) or name
