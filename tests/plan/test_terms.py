"""Windows that are terms of office, each of which is one window, however many rules share it."""

from __future__ import annotations

from pathlib import Path

from tests.oracle.agreement import differences, of_oracle
from tests.oracle.evaluate import consult
from tests.oracle.product import Program
from tests.oracle.scenarios import PERIODS, a_rule, rulebook, table
from tests.oracle.submissions import Filing


def test_rules_about_subjects_of_different_records_share_their_terms(tmp_path: Path) -> None:
    of = {"of": "meetings", "per": "term of mandates", "at_least": 1}
    book = rulebook({"require": {"frequency": of}})
    book["records"]["zones"] = {"key": "id", "fields": {"id": {}}}
    book["records"]["meetings"]["fields"]["zone"] = {"ref": "zones"}
    book["records"]["mandates"] = {
        "lifespan": {"from": "begins", "until": "ends"},
        "fields": {"holder": {"ref": "organisations"}, "begins": {"type": "date"}, "ends": {"type": "date"}},
    }
    book["rules"].append(a_rule("of-zones", {"frequency": of}) | {"for": "zones"})
    book["standings"] = [
        {"id": "dissolved", "title": "Dissolved", "when": {"violated": {}, "at_least": 2}},
        {"id": "warned", "title": "Warned", "when": {"violated": {}}},
        {"id": "good", "title": "Good"},
    ]
    tables = {
        "organisations": ["id", "A"],
        "zones": ["id", "Z"],
        "mandates": ["holder,begins,ends", "A,2019-03-01,2019-06-30"],
        "meetings": ["id,organisation,zone,date"],
    }
    filed = Filing({name: table(lines) for name, lines in tables.items()}, PERIODS["2019"], PERIODS["2019"].last, {})
    oracle = of_oracle(consult(book, filed.tables, filed.period, filed.as_of))
    program = Program(tmp_path, book).account(filed)
    assert not differences(oracle, program)
    assert program.said["r", "A", "2019-03-01..2019-06-30", "violated", None] == 1
    assert program.said["of-zones", "Z", "2019-03-01..2019-06-30", "violated", None] == 1
    assert program.standings == frozenset({("A", "warned")})
