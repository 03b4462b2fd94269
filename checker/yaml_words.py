"""What the YAML parser's complaints mean to somebody who does not know YAML."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple


class Wording(NamedTuple):
    """A problem in plain words, and where to point: the fault, or where its construct, the last value or the line begins."""

    code: str
    message: str
    fix: str
    at: Literal["fault", "construct", "value", "line"] = "fault"


MISSING_KEY = Wording("bad-key", "a key is missing before ':'", "Write a name before the colon.")
TAB = Wording("tab", "a tab is used to indent the line", "Replace the tab with spaces.")

_AFTER_QUOTE = Wording(
    "text-after-quote",
    "text follows the closing quotation mark",
    "Put the whole value in quotes. An apostrophe inside '…' is written twice: ''.",
)
_OTHER = Wording("syntax", "this is not YAML ({said})", "Compare the line with its neighbours: indent, colons, quotes.")
_PATTERNS = (
    (
        "quoted scalar.*unexpected end",
        Wording(
            "unclosed-quote",
            "the quotation mark that opens here is never closed",
            "Close it. An apostrophe inside '…' is written twice: ''.",
            at="construct",
        ),
    ),
    (
        "unknown escape",
        Wording(
            "bad-escape",
            "inside double quotes a backslash begins a code, and this one is not known",
            "Use single quotes, or write the backslash twice.",
        ),
    ),
    (
        "mapping values are not allowed",
        Wording(
            "stray-colon",
            "the line has more colons than it can mean",
            "Put the whole value in quotes if the colon belongs to it; else begin a new line before its key.",
        ),
    ),
    (
        "entries are not allowed|mapping keys are not allowed",
        Wording(
            "stray-dash",
            "a list or key cannot begin in the middle of a line",
            "Begin it on a line of its own, or put the value in quotes.",
        ),
    ),
    (
        "expected ',' or",
        Wording(
            "unclosed-bracket",
            "the bracket that opens here is not closed",
            "Close the bracket; put a comma between the parts; quote values that contain ,[]{}: signs.",
            at="construct",
        ),
    ),
    (
        "could not find expected ':'",
        Wording(
            "missing-colon",
            "this line should be 'key: value', and has no colon followed by a space",
            "Write 'key: value', or '- value' in a list.",
            at="construct",
        ),
    ),
    (
        "found unexpected ':'",
        Wording(
            "stray-colon",
            "inside brackets this colon is followed neither by a space nor by a value",
            "Write a space and a value after it; put a value that contains a colon in quotes.",
        ),
    ),
    ("tab character", TAB),
    (
        "block (mapping|collection|sequence).*(did not find expected|expected <block end>)",
        Wording(
            "bad-indent",
            "the line does not line up with the lines above it",
            "Indent it with spaces exactly like its neighbours.",
        ),
    ),
    (
        "alphabetic or numeric",
        Wording(
            "bad-alias",
            "'*' and '&' have a meaning of their own at the beginning of a value",
            "Put the value in quotes.",
        ),
    ),
    (
        "node content|tag handle|scanning a tag",
        Wording(
            "stray-sign",
            "a value cannot begin with this sign",
            "Put the value in quotes if the sign belongs to it; else remove it.",
        ),
    ),
    (
        "block scalar",
        Wording(
            "bad-block",
            "text cannot follow '|' or '>' on the same line",
            "Begin the text on the next line, indented; or put the value in quotes.",
        ),
    ),
)


_TOO_DEEP = Wording(
    "bad-indent",
    "the line is indented deeper than the line above allows",
    "Indent it with spaces exactly like its neighbours.",
    at="line",
)
_NO_COMMA = Wording(
    "unclosed-bracket",
    "a comma is missing before this, or the bracket before it is not closed",
    "Put a comma between the parts, and close each bracket; quote values that contain ,[]{}: signs.",
)


def in_plain_words(said: str, before: str, sign: str, quoted_from: int | None, line: int, opened: int) -> Wording:
    """The wording of what the parser said at a sign, with the line's text before it.

    `quoted_from` is the line in which the last value begins, if it ends right before, in this `line`; `opened` is that
    in which the construct begins.
    """
    if "cannot start any token" in said:
        fix = "Write the percent sign after the number: 50%." if sign == "%" else "Put the value in quotes."
        return TAB if sign == "\t" else Wording("stray-sign", f"a value cannot begin with '{sign}'", fix)
    if sign == ":" and not before.strip():
        return MISSING_KEY
    if "expected" in said and before.rstrip().endswith(("'", '"')) and (quoted := _quoted(said, quoted_from, line)):
        return quoted
    if "expected ',' or" in said and opened == line and sign:
        return _NO_COMMA
    if "mapping values are not allowed" in said and ": " not in before:
        return _TOO_DEEP
    found = (wording for pattern, wording in _PATTERNS if re.search(pattern, said))
    return next(found, _OTHER._replace(message=_OTHER.message.format(said=said.strip(": "))))


def _quoted(said: str, quoted_from: int | None, line: int) -> Wording | None:
    """The wording where the fault follows a closing quotation mark, if that is to blame."""
    if quoted_from is not None and quoted_from != line:
        message = f"the quotation mark that opens here is closed only in line {line}"
        return Wording("unclosed-quote", message, "Close it where the value ends.", at="value")
    return _AFTER_QUOTE if "block mapping" in said else None
