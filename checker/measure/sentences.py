"""The rule restated in plain words, from its form: what an author checks against the provision."""

from __future__ import annotations

from checker.forms.base import Bounded, Related, Windowed
from checker.model.period import Per, Trailing
from checker.model.words import Text
from checker.rules.rulebook import Rule, Rulebook

_BOUNDS = {
    "at_least": {"en": "at least {0}", "vi": "ít nhất {0}"},
    "more_than": {"en": "more than {0}", "vi": "hơn {0}"},
    "at_most": {"en": "at most {0}", "vi": "nhiều nhất {0}"},
    "less_than": {"en": "less than {0}", "vi": "dưới {0}"},
    "exactly": {"en": "exactly {0}", "vi": "đúng {0}"},
}
_UNITS = {
    "month": {"en": "in every month", "vi": "trong mỗi tháng"},
    "quarter": {"en": "in every quarter", "vi": "trong mỗi quý"},
    "half": {"en": "in every half-year", "vi": "trong mỗi nửa năm"},
    "year": {"en": "in every year", "vi": "trong mỗi năm"},
    "period": {"en": "in the reporting period", "vi": "trong kỳ báo cáo"},
}
_TRAILING = {"en": "in the last {0} days", "vi": "trong {0} ngày gần nhất"}
_FORMS = {
    "frequency": {"en": "{who}: {bounds} of {what} {per}", "vi": "{who}: {bounds} {what} {per}"},
    "coverage": {"en": "{who}: has {bounds} of {what}", "vi": "{who}: có {bounds} {what}"},
    "rate": {
        "en": "{who}: {part} over {whole} of {what} is {bounds} {per}",
        "vi": "{who}: {part} trên {whole} của {what} là {bounds} {per}",
    },
    "share": {
        "en": "{who}: {bounds} of {what} satisfy ({that}) {per}",
        "vi": "{who}: {bounds} số {what} thỏa mãn ({that}) {per}",
    },
    "total": {
        "en": "{who}: {declared} equals {counted} of {what}{tolerance}",
        "vi": "{who}: {declared} bằng {counted} của {what}{tolerance}",
    },
    "condition": {"en": "{who}: ({that}) holds", "vi": "{who}: thỏa mãn ({that})"},
    "freshness": {
        "en": "{who}: the latest {what} is not older than {within}",
        "vi": "{who}: {what} gần nhất không cũ hơn {within}",
    },
}
_AND = {"en": " and ", "vi": " và "}
_COUNT = {"en": "the number", "vi": "số lượng"}
_SUM = {"en": "the sum of {0}", "vi": "tổng {0}"}
_TOLERANCE = {"en": ", give or take {0}", "vi": ", sai số {0}"}


def restate(book: Rulebook, rule: Rule) -> Text:
    """One sentence per language of the product that the rulebook has."""
    languages = [language for language in book.languages if language in _AND] or ["en"]
    return Text.of({language: _sentence(book, rule, language) for language in languages})


def _sentence(book: Rulebook, rule: Rule, language: str) -> str:
    form = rule.require
    texts = {key: str(value) for key, value in form.model_dump(exclude_none=True).items()}
    what = form.of if isinstance(form, Related) and form.of is not None else rule.subject
    texts |= {
        "who": _name(book, rule.subject, language),
        "what": _name(book, what, language),
        "bounds": "",
        "per": "",
        "counted": _COUNT[language] if "sum" not in texts else _SUM[language].format(texts["sum"]),
        "tolerance": "" if texts.get("tolerance", "0") == "0" else _TOLERANCE[language].format(texts["tolerance"]),
    }
    if isinstance(form, Bounded):
        texts["bounds"] = _AND[language].join(_BOUNDS[key][language].format(text) for key, text in form.bounds())
    if isinstance(form, Windowed) and form.per is not None:
        texts["per"] = _windows(form.per, language)
    return " ".join(_FORMS[rule.form][language].format(**texts).split()) + "."


def _windows(per: Per, language: str) -> str:
    if isinstance(per, Trailing):
        return _TRAILING[language].format(per.days)
    return _UNITS[per.value][language]


def _name(book: Rulebook, name: str, language: str) -> str:
    title = book.records[name].title if name in book.records else book.terms[name].title
    return title.in_(language) or name
