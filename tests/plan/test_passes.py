"""The passes: what each makes of a plan, stored before and after it, and on which facts it depends."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from checker.model.facts import Facts, TableFacts
from checker.model.plan import Plan, RulePlan
from checker.model.sql import Given, Part, Rows, Sql
from checker.plan import PASSES, optimised
from checker.plan.compile import DIALECT, compile_rulebook
from checker.rules.loading import load

BOOK = Path(__file__).with_name("passes.yaml")
TABLE = TableFacts(rows=3, first=3, doubtful=0, adrift={})
CLEAN = Facts(
    submitted=frozenset({"organisations", "meetings"}), tables={"organisations": TABLE, "meetings": TABLE}, counts_met=True
)
"""A large submission of which everything is known."""

CHANGED = {
    "one_key": {"below"},
    "known_rows": {"below", "spaced"},
    "own_evidence": {"below", "spaced", "often"},
    "shared_scans": {"often"},
    "unsettled_rows": {"members"},
}
"""The rules that each pass makes something else of where everything is known."""

PREVENTED = {
    "one_key": CLEAN._replace(several=frozenset({("meetings", "organisation")})),
    "known_rows": CLEAN._replace(tables={**CLEAN.tables, "meetings": TABLE._replace(adrift={"organisation": 1})}),
    "own_evidence": CLEAN._replace(tables={"organisations": TABLE}),
    "shared_scans": CLEAN._replace(submitted=frozenset({"organisations"})),
    "unsettled_rows": CLEAN._replace(excepted=frozenset({"organisations"})),
}
"""The same submission, but for what keeps each pass from doing anything."""


class Stored(SingleFileSnapshotExtension):
    """A file for each pass."""

    _write_mode = WriteMode.TEXT
    file_extension = "diff"


@cache
def plan() -> Plan:
    return compile_rulebook(load(BOOK), DIALECT)


def shown(sql: Sql | None) -> str:
    """A statement with its slots: $value, the table that is read, {part}."""
    if sql is None:
        return "none"
    return "".join(
        piece if isinstance(piece, str) else f"${piece.name}" if isinstance(piece, Given) else _slot(piece)
        for piece in sql.pieces
    )


def _slot(slot: Rows | Part | Given) -> str:
    return f"[{slot.table} {slot.alias}]" if isinstance(slot, Rows) else f"{{{slot.name}}}"


def lines_of(rule: RulePlan) -> Iterator[str]:
    """What passes can change of a rule."""
    yield f"-- {rule.id}"
    parts = {"measure": shown(rule.measure.whole), "evidence": shown(rule.behind)}
    if rule.shared is not None:
        parts |= {"shared scan, exact": shown(rule.shared.sure.whole), "shared scan, mixed": shown(rule.shared.mixed.whole)}
    for name, text in parts.items():
        yield f"-- {name}"
        yield from textwrap.wrap(text, 130, break_long_words=False, break_on_hyphens=False)
    yield f"-- unsettled rows set apart: {rule.apart}"


def differences(before: Plan, after: Plan) -> str:
    """What a pass changed, rule by rule."""
    pairs = ((old, new) for old, new in zip(before.rules, after.rules, strict=True) if old != new)
    changed = (unified_diff([*lines_of(old)], [*lines_of(new)], "before", "after", lineterm="", n=1) for old, new in pairs)
    return "\n".join(line for each in changed for line in each) + "\n"


def changed(before: Plan, after: Plan) -> set[str]:
    assert before._replace(rules=()) == after._replace(rules=())
    return {new.id for old, new in zip(before.rules, after.rules, strict=True) if old != new}


@pytest.mark.parametrize("name", PASSES)
def test_a_pass_makes_of_a_plan_what_is_stored(name: str, snapshot: SnapshotAssertion) -> None:
    before = optimised(plan(), CLEAN, [*PASSES][[*PASSES].index(name) :])
    after = PASSES[name](before, CLEAN)
    assert changed(before, after) == CHANGED[name]
    assert differences(before, after) == snapshot(extension_class=Stored)


@pytest.mark.parametrize("name", PASSES)
def test_a_pass_does_nothing_where_a_fact_is_missing(name: str) -> None:
    assert not changed(plan(), PASSES[name](plan(), PREVENTED[name]))


@pytest.mark.parametrize("name", PASSES)
def test_a_pass_that_is_left_out_changes_nothing(name: str) -> None:
    others = [other for other in PASSES if other != name]
    assert optimised(plan(), CLEAN, PASSES) == plan()
    assert changed(plan(), optimised(plan(), CLEAN, others)) == CHANGED[name]


@pytest.mark.parametrize(
    ("adrift", "strays"),
    [
        ({"meetings": {"organisation": 2}}, {"below": None, "spaced": 2, "often": 2}),
        ({"meetings": {"organisation": 2}, "organisations": {"id": 1}}, {"below": None, "spaced": None, "often": None}),
    ],
)
def test_as_many_rows_may_be_anybodys_as_say_it_but_below_nodes_of_a_tree_and_where_some_subject_has_no_key(
    adrift: dict[str, dict[str, int]], strays: dict[str, int | None]
) -> None:
    facts = CLEAN._replace(tables={name: table._replace(adrift=adrift.get(name, {})) for name, table in CLEAN.tables.items()})
    found = {rule.id: rule.strays for rule in PASSES["own_evidence"](plan(), facts).rules}
    assert {rule: found[rule] for rule in CHANGED["own_evidence"]} == strays


def test_nothing_is_proved_by_what_was_not_counted() -> None:
    nothing = Facts(submitted=frozenset(), tables={})
    assert changed(plan(), optimised(plan(), nothing, ["one_key"])) == set()
