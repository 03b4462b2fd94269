"""Which modules hold SQL that only DuckDB reads, outside the rooms that are for it.

`python -m tests.engine.written_for_one` lists them, each with what there is in it. Texts that `template` makes trees of do not
count: they are printed by `checker.plan.emit`, which accounts for each kind of node.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import sqlglot
from sqlglot import TokenType
from sqlglot.errors import SqlglotError

CHECKER = Path(__file__).parents[2] / "checker"
AT_HOME = ("engine/", "plan/emit/")
TREES = ("forms/", "plan/logical/integrity.py", "plan/logical/runs.py", "plan/logical/spans.py")
"""Where every text becomes a tree, also those that are handed on before."""

OTHER_DATABASES = ("records/readers/",)
"""What is asked of PostgreSQL and SQLite is written as these have it."""

FUNCTIONS = frozenset(
    {
        *("ANY_VALUE", "ARG_MAX", "ARG_MIN", "BARE", "BLANKS", "BIT_COUNT", "CELL_STATE", "CONTAINS", "COUNT_IF", "EPOCH_US"),
        *("ERROR", "FROM_JSON", "HASH", "IF", "LIST", "LIST_CONCAT", "LIST_CONTAINS", "LIST_DISTINCT", "LIST_FILTER"),
        *("LIST_REDUCE", "LIST_SORT", "LIST_SUM", "LIST_TRANSFORM", "LIST_VALUE", "MAP", "NFC_NORMALIZE", "PARQUET_METADATA"),
        *("PARQUET_SCHEMA", "RANGE", "READ_CSV", "READ_PARQUET", "REGEXP_EXTRACT", "REGEXP_FULL_MATCH", "REGEXP_MATCHES"),
        *("STRING_SPLIT", "STRIP_ACCENTS", "STRLEN", "STRPTIME", "STRUCT_PACK", "TO_DAYS", "TO_MONTHS", "TRY", "TRY_CAST"),
        "TRY_STRPTIME",
    }
)
"""Functions that PostgreSQL does not have, or which do something else there."""

TYPES = frozenset({"HUGEINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT"})

CONSTRUCTS = {
    "GROUP or ORDER BY ALL": r"\b(?:GROUP|ORDER) BY ALL\b",
    "CREATE OR REPLACE TABLE": r"\bCREATE OR REPLACE TABLE\b",
    "MACRO": r"\bMACRO\b",
    "EXCLUDE or REPLACE": r"\* (?:EXCLUDE|REPLACE) ?\(",
    "ANTI, SEMI or ASOF JOIN": r"\b(?:ANTI|SEMI|ASOF) JOIN\b",
    "QUALIFY": r"\bQUALIFY\b",
    "BY NAME": r"\bBY NAME\b",
    "LAMBDA": r"\bLAMBDA\b|\b[a-z]\w* -> ",
    "FROM without SELECT": r"(?:^|\(|\bAS )FROM\b",
    "DESCRIBE": r"^DESCRIBE\b",
    "a list in brackets": r"(?:[(,=] ?|\bIN )\[",
    "a row in braces": r"\{'",
    "//": r" // ",
    "FILTER without WHERE": r"\bFILTER \((?!WHERE\b)",
}
_LOOKS_LIKE_SQL = re.compile(
    r"\b(?:SELECT|FROM|WHERE|JOIN|INSERT INTO|CREATE|DROP|DELETE|CASE WHEN|COALESCE|GROUP BY|ORDER BY|IS NULL|UNION)\b"
    r"|\b[A-Z][A-Z_]{2,}\("
)
_BEGINS = re.compile(r"\s*(?:SELECT|WITH|INSERT|CREATE|DELETE|UPDATE|FROM)\b")
_FIELD = re.compile(r"\{\w*\}")


def texts(module: Path) -> Iterator[str]:
    """The texts of a module that look like SQL, with a name in place of each part that is put in."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    left_out = set(_left_out(tree))
    for node in ast.walk(tree):
        text = None
        if node in left_out:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = _FIELD.sub("x", node.value)
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(each.value) if isinstance(each, ast.Constant) else "x" for each in node.values)
        if text is not None and _LOOKS_LIKE_SQL.search(text):
            yield text


def _left_out(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, parts of texts, and what trees are made of."""
    templates = [
        node.args[0] for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) == "template" and node.args
    ]
    named = {node.id for node in templates if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield from node.values
        if isinstance(node, ast.Assign) and named & {target.id for target in node.targets if isinstance(target, ast.Name)}:
            yield from ast.walk(node.value)
    for node in templates:
        yield from ast.walk(node)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def only_duckdb(text: str) -> set[str]:
    """What there is in a text that only DuckDB reads."""
    found = {name for name, pattern in CONSTRUCTS.items() if re.search(pattern, text)}
    try:
        tokens = sqlglot.tokenize(text, dialect="duckdb")
    except SqlglotError:
        return found
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        word = token.text.upper()
        if following is not None and following.token_type is TokenType.L_PAREN and word in FUNCTIONS:
            found.add(word)
        if word in TYPES:
            found.add(word)
    if _BEGINS.match(text) and _reads(text, "duckdb") and not _reads(text, "postgres"):
        found.add("its grammar")
    return found


def _reads(text: str, dialect: str) -> bool:
    try:
        sqlglot.parse(text, dialect=dialect)
    except SqlglotError:
        return False
    return True


def written_for_one() -> dict[str, set[str]]:
    """The modules, each with what only DuckDB reads."""
    found: dict[str, set[str]] = {}
    for module in sorted(CHECKER.rglob("*.py")):
        name = module.relative_to(CHECKER).as_posix()
        if name.startswith((*AT_HOME, *TREES, *OTHER_DATABASES)):
            continue
        for text in texts(module):
            if marks := only_duckdb(text):
                found.setdefault(name, set()).update(marks)
    return found


if __name__ == "__main__":
    for name, marks in written_for_one().items():
        sys.stdout.write(f"{name}: {', '.join(sorted(marks))}\n")
