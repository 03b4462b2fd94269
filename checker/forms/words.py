"""The words in which a form restates a rule: the form gives the sentence in each language, and `Words` what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "vi"]

LANGUAGES: tuple[Language, ...] = ("en", "vi")
"""The languages in which every form can restate a rule."""

_BOUNDS: Mapping[str, Mapping[Language, str]] = {
    "at_least": {"en": "at least {0}", "vi": "ít nhất {0}"},
    "more_than": {"en": "more than {0}", "vi": "trên {0}"},
    "at_most": {"en": "at most {0}", "vi": "nhiều nhất {0}"},
    "less_than": {"en": "less than {0}", "vi": "dưới {0}"},
    "exactly": {"en": "exactly {0}", "vi": "đúng {0}"},
}
_ROUNDED: Mapping[str, Mapping[Language, str]] = {
    "up": {"en": "rounded up", "vi": "làm tròn lên"},
    "down": {"en": "rounded down", "vi": "làm tròn xuống"},
    "nearest": {"en": "rounded to the nearest whole number", "vi": "làm tròn đến số nguyên gần nhất"},
}
_AND: Mapping[Language, str] = {"en": " and ", "vi": " và "}
_SPAN = re.compile(r"\s*([0-9]+)\s*(d|w|m|y)[a-z\s]*")
_UNITS: Mapping[str, Mapping[Language, str]] = {
    "d": {"en": "day", "vi": "ngày"},
    "w": {"en": "working day", "vi": "ngày làm việc"},
    "m": {"en": "month", "vi": "tháng"},
    "y": {"en": "year", "vi": "năm"},
}
_FIELD = re.compile(r"[a-z][a-z0-9_.]*")


@dataclass(frozen=True, slots=True)
class Words:
    """What a form's sentence is about, in one language.

    `what` names the related rows, with what narrows them; of the subject's own row it names the subject. `said` says an
    expression over the subject, or over the related row, in ordinary words. `title` gives the title of a field, or of a path
    of references, of either; the path itself where it has none.
    """

    language: Language
    what: str
    said: Callable[[str, bool], str]
    title: Callable[[str, bool], str]

    def say(self, *, en: str, vi: str, **parts: str) -> str:
        """The sentence of this language, its placeholders filled: parts that are given, and `{what}`."""
        texts: Mapping[Language, str] = {"en": en, "vi": vi}
        return texts[self.language].format(what=self.what, **parts)

    def bounds(self, bounds: Iterable[tuple[str, str]], rounding: str | None = None) -> str:
        """Bounds (key, text) in words, and how they are rounded: at least 2 and at most 5."""
        said = [_BOUNDS[key][self.language].format(self.expression(text)) for key, text in bounds]
        rounded = "" if rounding is None else f" ({_ROUNDED[rounding][self.language]})"
        return _AND[self.language].join(said) + rounded

    def expression(self, text: str, *, related: bool = False) -> str:
        """A predicate or an expression over the subject, or over the related row, in ordinary words."""
        return self.said(text, related)

    def quantity(self, text: str, *, related: bool) -> str:
        """An expression over the subject or the related row: of a bare field the title, any other in parentheses."""
        if not _FIELD.fullmatch(text):
            return f"({self.expression(text, related=related)})"
        title = self.title(text, related)
        return title if title == text else f"“{title}”"

    def span(self, written: str) -> str:
        """A length of time, as a rulebook writes it (`365d`, `12 months`), in words."""
        match = _SPAN.fullmatch(written)
        if match is None:
            return written
        unit = _UNITS[match[2]][self.language]
        return f"{match[1]} {unit}{'s' if self.language == 'en' and match[1] != '1' else ''}"
