"""What is printed when a random case fails: all that is needed to see why, and to run it alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from tests.oracle.cells import Table
from tests.oracle.submissions import Filing

CONTEXT = ("parameters", "records", "terms", "indicators", "exceptions", "standings")


def explained(book: Mapping[str, Any], filings: Sequence[Filing], lines: Sequence[str], which: str) -> str:
    """The rulebook, as far as the lines are about it, the submissions, and the lines."""
    about = [rule for rule in book["rules"] if any(rule["id"] in line for line in lines)] or book["rules"]
    shown = {key: book[key] for key in CONTEXT if book.get(key)} | {"rules": about}
    parts = ["", yaml.safe_dump(shown, sort_keys=False, default_flow_style=None, width=120, allow_unicode=True)]
    for filed in filings:
        parts += [
            f"period {filed.period.label}, as of {filed.as_of}, set {filed.overrides}, waivers {filed.waivers}",
            drawn(filed.tables),
        ]
    return "\n".join([*parts, f"{which}:", *lines])


def drawn(tables: Mapping[str, Table]) -> str:
    """Tables, a line each row."""
    lines = []
    for name, table in tables.items():
        lines.append(f"  {name}: {', '.join(table.columns)}")
        lines += [f"    {json.dumps(list(row.values()), ensure_ascii=False)}" for row in table.rows]
    return "\n".join(lines)
