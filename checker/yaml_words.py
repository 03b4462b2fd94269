"""What the YAML parser's complaints mean to somebody who does not know YAML."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from checker.words.message import Message, message


class Wording(NamedTuple):
    """A problem in plain words, and where to point: the fault, or where its construct, the last value or the line begins."""

    code: str
    message: Message
    fix: Message
    at: Literal["fault", "construct", "value", "line"] = "fault"


MISSING_KEY = Wording("bad-key", message("yaml-missing-key"), message("yaml-missing-key-fix"))
TAB = Wording("tab", message("yaml-tab"), message("yaml-tab-fix"))

_AFTER_QUOTE = Wording(
    "text-after-quote",
    message("yaml-text-after-quote"),
    message("yaml-quote-all-fix"),
)
_PATTERNS = (
    (
        "quoted scalar.*unexpected end",
        Wording(
            "unclosed-quote",
            message("yaml-unclosed-quote"),
            message("yaml-unclosed-quote-fix"),
            at="construct",
        ),
    ),
    (
        "unknown escape",
        Wording(
            "bad-escape",
            message("yaml-bad-escape"),
            message("yaml-bad-escape-fix"),
        ),
    ),
    (
        "mapping values are not allowed",
        Wording(
            "stray-colon",
            message("yaml-stray-colon"),
            message("yaml-stray-colon-fix"),
        ),
    ),
    (
        "entries are not allowed|mapping keys are not allowed",
        Wording(
            "stray-dash",
            message("yaml-stray-dash"),
            message("yaml-stray-dash-fix"),
        ),
    ),
    (
        "expected ',' or",
        Wording(
            "unclosed-bracket",
            message("yaml-unclosed-bracket"),
            message("yaml-unclosed-bracket-fix"),
            at="construct",
        ),
    ),
    (
        "could not find expected ':'",
        Wording(
            "missing-colon",
            message("yaml-no-colon"),
            message("yaml-no-colon-fix"),
            at="construct",
        ),
    ),
    (
        "found unexpected ':'",
        Wording(
            "stray-colon",
            message("yaml-colon-in-brackets"),
            message("yaml-colon-in-brackets-fix"),
        ),
    ),
    ("tab character", TAB),
    (
        "block (mapping|collection|sequence).*(did not find expected|expected <block end>)",
        Wording(
            "bad-indent",
            message("yaml-bad-indent"),
            message("yaml-bad-indent-fix"),
        ),
    ),
    (
        "alphabetic or numeric",
        Wording(
            "bad-alias",
            message("yaml-bad-alias"),
            message("yaml-quote-fix"),
        ),
    ),
    (
        "node content|tag handle|scanning a tag",
        Wording(
            "stray-sign",
            message("yaml-stray-sign"),
            message("yaml-stray-sign-fix"),
        ),
    ),
    (
        "block scalar",
        Wording(
            "bad-block",
            message("yaml-bad-block"),
            message("yaml-bad-block-fix"),
        ),
    ),
)


_TOO_DEEP = Wording(
    "bad-indent",
    message("yaml-indented-too-deep"),
    message("yaml-bad-indent-fix"),
    at="line",
)
_NO_COMMA = Wording(
    "unclosed-bracket",
    message("yaml-no-comma"),
    message("yaml-no-comma-fix"),
)


def in_plain_words(said: str, before: str, sign: str, quoted_from: int | None, line: int, opened: int) -> Wording:
    """The wording of what the parser said at a sign, with the line's text before it.

    `quoted_from` is the line in which the last value begins, if it ends right before, in this `line`; `opened` is that
    in which the construct begins.
    """
    if "cannot start any token" in said:
        fix = message("yaml-percent-fix") if sign == "%" else message("yaml-quote-fix")
        return TAB if sign == "\t" else Wording("stray-sign", message("yaml-stray-sign-named", sign=sign), fix)
    if sign == ":" and not before.strip():
        return MISSING_KEY
    if "expected" in said and before.rstrip().endswith(("'", '"')) and (quoted := _quoted(said, quoted_from, line)):
        return quoted
    if "expected ',' or" in said and opened == line and sign:
        return _NO_COMMA
    if "mapping values are not allowed" in said and ": " not in before:
        return _TOO_DEEP
    found = (wording for pattern, wording in _PATTERNS if re.search(pattern, said))
    other = Wording("syntax", message("yaml-syntax", said=said.strip(": ")), message("yaml-syntax-fix"))
    return next(found, other)


def _quoted(said: str, quoted_from: int | None, line: int) -> Wording | None:
    """The wording where the fault follows a closing quotation mark, if that is to blame."""
    if quoted_from is not None and quoted_from != line:
        wrong = message("yaml-closed-later", line=line)
        return Wording("unclosed-quote", wrong, message("yaml-closed-later-fix"), at="value")
    return _AFTER_QUOTE if "block mapping" in said else None
