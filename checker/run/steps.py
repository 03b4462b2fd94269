"""The steps of a run, in their order, and which tables each reads and writes (`checker.tables.schema`).

`checker.api` takes them one after the other. A step that reads a table which it writes too writes it first.
"""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """One step: the function that takes it, what it does, and the tables that it reads and writes."""

    name: str
    at: str
    does: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]


_TREE = ("nodes_<record>", "cyclic_<record>", "pairs_<record>", "astray_<record>", "below_any_<record>", "within_<record>")

_PLACED = ("outcomes", "rules", "windows")
"""What `windowed_outcomes` shows."""

STEPS = (
    Step(
        "load",
        "checker.run.session:Session.load",
        "Makes the typed tables of what was submitted, the trees and the windows, and the empty tables of results.",
        reads=(
            *("raw_<record>", "filed_<record>", "parts_<record>", "apart_<record>", "t_<record>", "nodes_<record>", *_PLACED),
            *("handed_in", "nowhere"),
        ),
        writes=(
            *("handed_in", "nowhere"),
            *("raw_<record>", "filed_<record>", "parts_<record>", "apart_<record>", "t_<record>", "nodes_<record>"),
            *("cyclic_<record>", "workdays", "windows", "indicator_values", "rules", "outcomes", "windowed_outcomes", "held"),
            *("subject_cases", "rulings"),
        ),
    ),
    Step(
        "measure",
        "checker.run.measuring:measure",
        "Counts rows and broken integrity rules, settles what is in doubt, measures every rule, notes whose the rows are.",
        reads=(
            *("raw_<record>", "filed_<record>", "t_<record>", "doubts_<record>", "rows_<record>", "subjects_<record>", *_TREE),
            *("lost_keys", "near.<record>.<reference>", "near_<record>", "workdays", "windows", "held", "subject_cases"),
            *("folded_<group>", "inexact_<record>", "astray_<group>", "lost_<group>", "gathered_<group>", "doubtful_<group>"),
            *("nameless_<group>", "handed_in", "nowhere", "without"),
            *("indicator_values", "outcomes", "rules", "responsible_bodies"),
        ),
        writes=(
            *("t_<record>", "doubts_<record>", "rows_<record>", "subjects_<record>", *_TREE),
            *("lost_keys", "near.<record>.<reference>", "near_<record>", "windows", "held", "subject_cases"),
            *("folded_<group>", "inexact_<record>", "astray_<group>", "lost_<group>", "gathered_<group>", "doubtful_<group>"),
            *("nameless_<group>", "without"),
            *("indicator_values", "outcomes", "windowed_outcomes", "responsible_bodies", "body_tallies", "standings"),
            *("waivers", "covered", "earlier", "recognised"),
        ),
    ),
    Step(
        "cover",
        "checker.run.waivers:cover",
        "Notes which breached outcomes waivers cover, and leaves open those that they may cover.",
        reads=("waivers", "windowed_outcomes", "outcomes", "rules", "windows", "t_<record>"),
        writes=("waivers", "covered", "outcomes"),
    ),
    Step(
        "settle",
        "checker.run.verdicts:settle",
        "Puts every distinct case before the rule engine, level by level, and joins its verdicts back.",
        reads=(
            *("outcomes", "rules", "windows", "windowed_outcomes", "levels", "requires", "required", "covered", "subject_cases"),
            *("case_facts", "rulings", "findings", "found"),
        ),
        writes=("levels", "requires", "required", "case_facts", "rulings", "findings", "found"),
    ),
    Step(
        "recognise",
        "checker.run.history:recognise",
        "Notes which findings earlier reports tell of too.",
        reads=("earlier", "found", "findings", "windowed_outcomes", "rules", "raw_<record>", "t_<record>"),
        writes=("earlier", "recognised"),
    ),
    Step(
        "conclude",
        "checker.run.standings:conclude",
        "Counts what bodies have, and puts every distinct case of a body before the rule engine for its standing.",
        reads=(
            *("found", "recognised", "responsible_bodies", "t_<record>", "subjects_<record>", *_TREE),
            *("rule_classes", "body_tallies", "packed", "packed_tallies", "members", "above", "bodies", "kin", "astray", "held"),
            *("body_cases", "case_standings", "standings"),
        ),
        writes=(
            *("rule_classes", "body_tallies", "packed", "packed_tallies", "members", "above", "bodies", "kin", "astray", "held"),
            *("pairs_<record>", "astray_<record>", "below_any_<record>", "within_<record>"),
            *("body_cases", "case_standings", "standings"),
        ),
    ),
    Step(
        "report",
        "checker.assembly:Assembly.report",
        "Lists findings, looks up the rows behind them and who they are about, and counts.",
        reads=(
            *("raw_<record>", "t_<record>", "rows_<record>", "subjects_<record>", "near_<record>", *_TREE),
            *("outcomes", "rules", "windows", "windowed_outcomes", "workdays", "levels", "required", "covered", "waivers"),
            *("subject_cases", "case_facts", "rulings", "findings", "found", "earlier", "recognised", "held"),
            *("indicator_values", "responsible_bodies", "body_tallies", "rule_classes", "bodies", "members", "standings"),
            *("wanted", "chosen", "aside_<record>", "near_<group>", "filled"),
        ),
        writes=("wanted", "chosen", "aside_<record>", "near_<group>", "filled"),
    ),
)
