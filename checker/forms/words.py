"""The words in which a form restates a rule: the catalogues have the sentences, and `Words` what they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checker.words import message

OPERATORS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "exactly": "="}
"""What each bound asks, which is also by what the catalogues have its words."""

_FIELD = re.compile(r"[a-z][a-z0-9_.]*")


@dataclass(frozen=True, slots=True)
class Words:
    """What a form's sentence is about, in one language.

    `what` names the related rows, with what narrows them; of the subject's own row it names the subject. `said` says an
    expression over the subject, or over the related row, in ordinary words. `title` gives the title of a field, or of a path
    of references, of either; the path itself where it has none.
    """

    language: str
    what: str
    said: Callable[[str, bool], str]
    title: Callable[[str, bool], str]

    def say(self, key: str, /, **parts: str) -> str:
        """The sentence of that key in this language, its placeholders filled: parts that are given, and `{what}`."""
        return message.Words(self.language)(key, what=self.what, **parts)

    def counted(self, summed: str | None) -> str:
        """The number of the related rows, or the sum of an expression over them."""
        if summed is None:
            return self.say("restated-count")
        return self.say("restated-sum", sum=self.quantity(summed, related=True))

    def bounds(self, bounds: Iterable[tuple[str, str]], rounding: str | None = None) -> str:
        """Bounds (key, text) in words, and how they are rounded: at least 2 and at most 5."""
        said = self.say("and").join(self.say(OPERATORS[key], value=self.expression(text)) for key, text in bounds)
        return said if rounding is None else self.say(f"restated-round-{rounding}", bounds=said)

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
        return message.Words(self.language).span(written)
