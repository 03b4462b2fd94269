"""The text of integers and dates is read without a pattern wherever it can be: what is accepted is what the pattern says."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.engine.duckdb.database import Duck
from checker.model.blanks import BLANK
from checker.model.kinds import TEXT, Kind, Kinds
from checker.model.schema import Field, FieldType, Record
from checker.plan.compile import DIALECT
from checker.plan.logical.tables import typed
from checker.tables.schema import RunTable

RECORD = Record("things", (Field("day", FieldType.DATE), Field("whole", FieldType.INTEGER), Field("text")))
RAW = RunTable("raw_things", "A row.", (("_row", "BIGINT"), ("day", "VARCHAR"), ("whole", "VARCHAR"), ("text", "VARCHAR")))
NEAR = st.text(alphabet="0123456789-+ .:/_eET\x0b\x0c\u00a0\u0661\uff11", max_size=14)
DAYS = st.dates().map(date.isoformat)
SPOILT = st.tuples(DAYS, st.integers(0, 10), st.sampled_from(["", " ", "-", "0", "\x0b", "\u0661", "+"])).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :]
)
WRITTEN = st.from_regex(
    r"-?[0-9]{1,21}|[0-9]{4}-[0-9]{2}-[0-9]{2}|-?0+[0-9]*|[0-9]e[0-9]|[0-9]_[0-9]|-?[0-9]{1,20}[.]0{1,3}", fullmatch=True
)
AROUND = st.text(alphabet=BLANK + "a\u0301\u0110~!\x7f", max_size=4)
CELLS = st.one_of(NEAR, DAYS, SPOILT, WRITTEN, st.tuples(AROUND, NEAR, AROUND).map("".join), st.text(max_size=6))
SURROGATE = re.compile("[\ud800-\udfff\0]")


def day(text: str) -> date | None:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def whole(text: str) -> int | None:
    found = re.fullmatch("(-?[0-9]+)([.]00?)?", text)
    return int(found[1]) if found and -(2**63) <= int(found[1]) < 2**63 else None


@pytest.fixture(scope="module")
def engine() -> Duck:
    return Duck()


@settings(deadline=None, max_examples=40)
@given(st.lists(CELLS.filter(lambda text: not SURROGATE.search(text) and "\ufffd" not in text), min_size=40, max_size=200))
def test_what_is_accepted(engine: Duck, cells: list[str]) -> None:
    engine.empty(RAW)
    engine.insert(RAW, [(number, *[cell] * 3) for number, cell in enumerate(cells)])
    trimmed = [unicodedata.normalize("NFC", cell).strip(BLANK) for cell in cells]
    for kind in (None, Kind.REPEATED):
        kinds = TEXT if kind is None else Kinds("raw", dict.fromkeys(("day", "whole", "text"), kind))
        engine.run("DROP TABLE IF EXISTS t_things")
        engine.run(typed(RECORD, DIALECT).made(kinds))
        assert engine.rows("SELECT day, whole, text FROM t_things ORDER BY _row") == [
            (day(text), whole(text), text or None) for text in trimmed
        ]
