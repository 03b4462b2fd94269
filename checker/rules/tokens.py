"""Words and signs of the expression language, what errors in it carry, and names for what is no part of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.words.message import Message, message

RESERVED = frozenset({"and", "or", "not", "in", "between", "like", "is", "null", "true", "false"})
"""Words that cannot be names of fields."""

LANGUAGE = message("expr-language-fix")


_MAX_LENGTH = 4000
_DECIMALS = re.compile(r"[0-9]{1,18}(\.[0-9]{1,6})?|[0-9]{1,18}(\.[0-9]{1,4})?%")
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?%?)(?![\w.])
      | (?P<string>'(?:[^']|'')*')
      | (?P<parameter>:[a-z][a-z0-9_]*)(?![\w.])
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
      | (?P<sign><>|<=|>=|(?<![!=<>])=(?!=)|<|>|\+|-(?!-)|\*(?!\*)|/(?![/*])|\(|\)|,)""",
    re.VERBOSE,
)
_STRAIGHT = message("expr-straight-quotes")
_FOREIGN = (
    *((sign, message("expr-typographic", sign=sign), _STRAIGHT) for sign in "“”„‟«»‘’‚‛‹›′″´"),
    *((sign, message("expr-dash", sign=sign), message("expr-minus-fix")) for sign in "–—−‐‑"),
    *((sign, message("expr-invisible"), message("expr-invisible-fix")) for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    ("≤", "'≤'", message("expr-write-sign", sign="<=")),
    ("≥", "'≥'", message("expr-write-sign", sign=">=")),
    ("≠", "'≠'", message("expr-write-sign", sign="<>")),
    ("×", "'×'", message("expr-write-sign", sign="*")),
    ("÷", "'÷'", message("expr-write-sign", sign="/")),
    ("&", "'&'", message("expr-write-sign", sign="and")),
    ("!=", "'!='", message("expr-write-sign", sign="<>")),
    ("!", "'!'", message("expr-write-sign", sign="not")),
    ("||", "'||'", message("expr-parts-fix")),
    ("|", "'|'", message("expr-write-sign", sign="or")),
    ("`", message("expr-backtick"), message("expr-names-fix")),
    ("--", message("expr-comment"), message("expr-comment-fix")),
    ("/*", message("expr-comment"), message("expr-comment-fix")),
    ("//", "'//'", message("expr-slash-fix")),
    ("**", "'**'", message("expr-power-fix")),
    ("::", message("expr-cast"), message("expr-cast-fix")),
    ("==", "'=='", message("expr-write-sign", sign="=")),
    (";", "';'", message("expr-one-fix")),
    ('"', message("expr-double-quote"), message("expr-names-fix")),
    ("%", "'%'", message("expr-percent-fix")),
    (":", message("expr-colon"), message("expr-colon-fix")),
)
_INSTEAD = {"!=": "<>", "==": "=", "≤": "<=", "≥": ">=", "≠": "<>", "×": "*", "÷": "/"}
_INSTEAD |= dict.fromkeys("‘’‚‛‹›′´", "'") | dict.fromkeys("–—−‐‑", "-")


class PredicateError(ValueError):
    """A predicate or expression is wrong: `what`, how to `fix` it, the 0-based `offset`, and what was meant there."""

    def __init__(self, code: str, wrong: Message, fix: Message, offset: int = 0, instead: str | None = None) -> None:
        super().__init__(wrong)
        self.code, self.message, self.fix, self.offset, self.instead = code, wrong, fix, offset, instead


class Token(NamedTuple):
    """One word or sign: number (with `%`, of percent), string, parameter, name, word (a reserved one), sign or end."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """Cuts a text into words and signs, the last one an `end`. Raises PredicateError."""
    if len(text) > _MAX_LENGTH:
        fix = message("expr-too-long-fix")
        raise PredicateError("too-long", message("expr-too-long", most=_MAX_LENGTH), fix)
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _foreign(text, at)
        kind = match.lastgroup or ""
        if kind == "number" and not _DECIMALS.fullmatch(match[0]):
            fix = message("expr-digits-fix")
            raise PredicateError("bad-number", message("expr-digits", number=match[0]), fix, at)
        if kind == "name" and match[0].lower() in RESERVED:
            kind = "word"
        if kind != "space":
            found.append(Token(kind, match[0].lower() if kind == "word" else match[0], at))
        at = match.end()
    return [*found, Token("end", "", len(text))]


def _foreign(text: str, at: int) -> PredicateError:
    rest = text[at:]
    if rest.startswith("'"):
        fix = message("expr-unclosed-fix")
        return PredicateError("unclosed-text", message("expr-unclosed"), fix, at)
    if rest[:1].isdecimal():
        number = re.match(r"[\w.]+", rest)
        fix = message("expr-no-number-fix")
        return PredicateError("bad-number", message("expr-no-number", text=number[0] if number else rest[0]), fix, at)
    for sign, name, fix in _FOREIGN:
        if rest.startswith(sign):
            wrong = message("expr-not-part", name=name)
            return PredicateError("not-allowed", wrong, fix, at, _INSTEAD.get(sign))
    return PredicateError("not-allowed", message("expr-not-allowed", sign=rest[0]), LANGUAGE, at)
