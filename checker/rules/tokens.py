"""Words and signs of the expression language, what errors in it carry, and names for what is no part of it."""

from __future__ import annotations

import re
from typing import NamedTuple

RESERVED = frozenset({"and", "or", "not", "in", "between", "like", "is", "null", "true", "false"})
"""Words that cannot be names of fields."""

LANGUAGE = "See 'Predicates and expressions' in the description of the rule language for what may be written."


_MAX_LENGTH = 4000
_DECIMALS = re.compile(r"[0-9]{1,18}(\.[0-9]{1,6})?")
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)(?![\w.])
      | (?P<string>'(?:[^']|'')*')
      | (?P<parameter>:[a-z][a-z0-9_]*)(?![\w.])
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
      | (?P<sign><>|<=|>=|(?<![!=<>])=(?!=)|<|>|\+|-(?!-)|\*(?!\*)|/(?![/*])|\(|\)|,)""",
    re.VERBOSE,
)
_STRAIGHT = "Write straight quotes: \"…\" around a whole value, and '…' around text in it."
_FOREIGN = (
    *((sign, f"the typographic quotation mark '{sign}'", _STRAIGHT) for sign in "“”„‟«»‘’‚‛‹›′″´"),
    *((sign, f"the dash '{sign}'", "Write a minus sign as '-'.") for sign in "–—−‐‑"),
    *(
        (sign, "an invisible character", "Remove it: it stands here, before what can be seen.")
        for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad"
    ),
    ("≤", "'≤'", "Write '<='."),
    ("≥", "'≥'", "Write '>='."),
    ("≠", "'≠'", "Write '<>'."),
    ("×", "'×'", "Write '*'."),
    ("÷", "'÷'", "Write '/'."),
    ("&", "'&'", "Write 'and'."),
    ("!=", "'!='", "Write '<>'."),
    ("!", "'!'", "Write 'not'."),
    ("||", "'||'", "Compare the parts one by one, joined with 'and' or 'or'."),
    ("|", "'|'", "Write 'or'."),
    ("`", "a backtick", "Write names without quotes, and text in single quotes: 'text'."),
    ("--", "a comment", "Write the explanation in the rule's 'note'."),
    ("/*", "a comment", "Write the explanation in the rule's 'note'."),
    ("//", "'//'", "Divide with a single '/'."),
    ("**", "'**'", "Write the product out with '*'."),
    ("::", "the cast '::'", "Give the field the right type under 'records:'."),
    ("==", "'=='", "Write '='."),
    (";", "';'", "Write one expression; join predicates with 'and' or 'or'."),
    ('"', "a double quotation mark", "Write names without quotes, and text in single quotes: 'text'."),
    ("%", "'%'", "Write a percentage as a decimal here: 0.85."),
    (":", "':' without a name", "Write a parameter as ':name', in small letters."),
)
_INSTEAD = {"!=": "<>", "==": "=", "≤": "<=", "≥": ">=", "≠": "<>", "×": "*", "÷": "/"}
_INSTEAD |= dict.fromkeys("‘’‚‛‹›′´", "'") | dict.fromkeys("–—−‐‑", "-")


class PredicateError(ValueError):
    """A predicate or expression is wrong: `what`, how to `fix` it, the 0-based `offset`, and what was meant there."""

    def __init__(self, code: str, message: str, fix: str, offset: int = 0, instead: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.fix, self.offset, self.instead = code, message, fix, offset, instead


class Token(NamedTuple):
    """One word or sign: number, string, parameter, name, word (a reserved one), sign or end."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """Cuts a text into words and signs, the last one an `end`. Raises PredicateError."""
    if len(text) > _MAX_LENGTH:
        fix = "Divide it among several terms or rules."
        raise PredicateError("too-long", f"the expression is longer than {_MAX_LENGTH} signs", fix)
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _foreign(text, at)
        kind = match.lastgroup or ""
        if kind == "number" and not _DECIMALS.fullmatch(match[0]):
            fix = "Write at most 18 digits before and 6 after the point."
            raise PredicateError("bad-number", f"'{match[0]}' has too many digits", fix, at)
        if kind == "name" and match[0].lower() in RESERVED:
            kind = "word"
        if kind != "space":
            found.append(Token(kind, match[0].lower() if kind == "word" else match[0], at))
        at = match.end()
    return [*found, Token("end", "", len(text))]


def _foreign(text: str, at: int) -> PredicateError:
    rest = text[at:]
    if rest.startswith("'"):
        fix = "Close it. An apostrophe inside '…' is written twice: ''."
        return PredicateError("unclosed-text", "the text that begins here with ' is never closed", fix, at)
    if rest[:1].isdecimal():
        number = re.match(r"[\w.]+", rest)
        fix = "Write a number as 12 or 1.5; a name cannot begin with a digit."
        return PredicateError("bad-number", f"'{number[0] if number else rest[0]}' is not a number", fix, at)
    for sign, name, fix in _FOREIGN:
        if rest.startswith(sign):
            message = f"{name} is not part of the rule language"
            return PredicateError("not-allowed", message, fix, at, _INSTEAD.get(sign))
    return PredicateError("not-allowed", f"'{rest[0]}' is not part of the rule language", LANGUAGE, at)
