"""Texts that are code to somebody: the values, keys and literals of a random rulebook, and of submissions to it, rewritten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from tests.oracle.cells import Table
from tests.oracle.predicates import kind_of

Words = Mapping[str, str]
"""Which plain words are written otherwise."""

PLAIN = (*"ABCDEFZ", "region", "province", "cell", "plenary", "committee", "held", "cancelled")
PLAIN += ("good", "fair", "poor", "plan", "report", "there", "excused")
CODE = (
    "it's @",
    '"@"',
    '"s".@',
    '@"s".y',
    '"r".@',
    "$@",
    "$ref @",
    "@$strays",
    't_@ "t_zzz"',
    "{}@",
    "{0}{@}",
    "-- @",
    "@; SELECT 1",
    "'@'",
    "@''",
    "%@",
    "_@",
    "\\@\\n",
    "/*@*/",
    ":few @",
    "@?",
    "NULL @",
    "@,@",
    "=@()",
)
UNICODE = (
    "e\u0301@",
    "@\u00e9",
    "Đặng @",
    "@\u200bx",
    "\u0661@",
    "\uff11@",
    "\U0001d49c@",
    "\U0001f469\u200d\U0001f467@",
    "@ß",
    "Ǆ@",
    "\u05d0@\u05d1",
    "@\u00a0x",
    "@\tx",
    "@\nx",
)
LITERAL = re.compile(r"'({})'".format("|".join(PLAIN)))


def vocabulary(name: str) -> Words:
    """The odd words of the rulebook of that name; of two in five it has some."""
    random = Random(f"words {name}")  # noqa: S311
    if random.random() >= 0.4:
        return {}
    odd = random.choice([CODE, UNICODE, CODE + UNICODE])
    return {word: random.choice(odd).replace("@", word) for word in PLAIN if random.random() < 0.6}


def rewritten(book: Any, words: Words, under: str = "") -> Any:
    """A part of a rulebook in these words: values of enums, which stand under these keys, and literals everywhere."""
    if isinstance(book, str):
        if under in {"enum", "default"}:
            return words.get(book, book)
        return LITERAL.sub(lambda match: "'" + words.get(match[1], match[1]).replace("'", "''") + "'", book)
    if isinstance(book, list):
        return [rewritten(each, words, under) for each in book]
    if isinstance(book, dict):
        named = {words.get(key, key) if under == "enum" else key: value for key, value in book.items()}
        return {key: rewritten(value, words, under if under == "enum" else key_of(key, under)) for key, value in named.items()}
    return book


def key_of(key: str, under: str) -> str:
    """What stands under a key; the values that `each` names are those of an enum."""
    return "enum" if under == "each" else key


def refiled(tables: Mapping[str, Table], records: Mapping[str, Any], words: Words) -> dict[str, Table]:
    """Tables in these words: their keys, references and texts; their enumerated values are in them already."""
    found = {}
    for name, table in tables.items():
        fields = records[name]["fields"]
        texts = {column for column in table.columns if kind_of(fields.get(column, {})) in {"text", "ref"}}
        lists = {column for column in table.columns if "list" in (fields.get(column) or {}) and "enum" not in fields[column]}

        def told(column: str, cell: str | None, texts: set[str] = texts, lists: set[str] = lists) -> str | None:
            if column in lists:
                return cell and re.sub(r"[^|~]+", lambda part: words.get(part[0], part[0]), cell)
            return words.get(cell or "", cell) if column in texts else cell

        rows = tuple({column: told(column, cell) for column, cell in row.items()} for row in table.rows)
        found[name] = replace(table, rows=rows)
    return found
