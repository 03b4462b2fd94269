"""Every table in which a run keeps what it finds: its columns, and what one row of it is. No other module declares any.

Those that are `made` are filled by one query and have its columns. Of a `<record>`, a `<group>` of rules that share a scan, or a
`<reference>` there is one each; how `t_<record>` is made is compiled (`checker.plan.logical.tables`).
"""

from __future__ import annotations

from typing import NamedTuple


class RunTable(NamedTuple):
    """A table of a run: what a row of it is, and its columns by type, where it is not made by a query."""

    name: str
    row: str
    columns: tuple[tuple[str, str], ...] = ()


def _of(**columns: str) -> tuple[tuple[str, str], ...]:
    return tuple(columns.items())


AMOUNT = "DECIMAL(38, 6)"

WINDOWS = RunTable(
    "windows",
    "A window of a kind (`unit`): its number over all of them, its place among its kind, the key by which rows find it.",
    _of(
        unit="VARCHAR",
        no="INTEGER",
        ix="INTEGER",
        key="BIGINT",
        first="DATE",
        last="DATE",
        label="VARCHAR",
        begun="BOOLEAN",
        over="BOOLEAN",
    ),
)
INDICATOR_VALUES = RunTable(
    "indicator_values",
    "What an indicator measures of a subject in a window, of a ratio its part and whole too; why it has no value, whether it "
    "perhaps has none, or is not over.",
    _of(
        indicator="VARCHAR",
        subject="BIGINT",
        no="INTEGER",
        reason="VARCHAR",
        doubtful="BOOLEAN",
        lacking="BOOLEAN",
        open="BOOLEAN",
        low=AMOUNT,
        high=AMOUNT,
        part_low=AMOUNT,
        part_high=AMOUNT,
        whole_low=AMOUNT,
        whole_high=AMOUNT,
    ),
)
RULES = RunTable(
    "rules",
    "A rule that is asked, by its number in the run.",
    _of(rule="INTEGER", id="VARCHAR", record="VARCHAR", kind="VARCHAR"),
)
PART = (
    ("part", "INTEGER"),
    ("outcome", "VARCHAR"),
    ("reason", "VARCHAR"),
    *((name, AMOUNT) for name in ("low", "high", "scale", "whole_low", "whole_high")),
    *((name, "DATE") for name in ("day_low", "day_high")),
    *((name, AMOUNT) for name in ("bound_1", "bound_2")),
    *((name, "DATE") for name in ("allowed_from", "allowed_until", "due")),
    ("missing", "VARCHAR[]"),
)
"""What is kept of each part of a rule with several requirements, as of a rule by itself."""

OUTCOMES = RunTable(
    "outcomes",
    "What a rule says of a subject (0: the submission itself) in a window, and what was measured; or how often it is met.",
    _of(
        rule="INTEGER",
        subject="BIGINT",
        no="INTEGER",
        outcome="VARCHAR",
        reason="VARCHAR",
        low=AMOUNT,
        high=AMOUNT,
        scale=AMOUNT,
        whole_low=AMOUNT,
        whole_high=AMOUNT,
        day_low="DATE",
        day_high="DATE",
        bound_1=AMOUNT,
        bound_2=AMOUNT,
        allowed_from="DATE",
        allowed_until="DATE",
        due="DATE",
        missing="VARCHAR[]",
        parts=f"STRUCT({', '.join(f'{name} {kind}' for name, kind in PART)})[]",
        times="BIGINT DEFAULT 1",
    ),
)
HELD = RunTable(
    "held",
    "A predicate of an exception or a standing that holds, or may hold, of a subject.",
    _of(record="VARCHAR", subject="BIGINT", key="INTEGER", truth="VARCHAR"),
)
WAIVERS = RunTable(
    "waivers",
    "A waiver, by its number: of which rule and subject, valid when, for which window.",
    _of(waiver="INTEGER", rule="VARCHAR", subject="VARCHAR", first="DATE", last="DATE", window_first="DATE", window_last="DATE"),
)
LEVELS = RunTable(
    "levels", "A rule with its level: above those of the rules that it requires.", _of(rule="INTEGER", level="INTEGER")
)
REQUIRES = RunTable("requires", "A rule and one that it requires.", _of(rule="INTEGER", required="INTEGER"))
COVERED = RunTable(
    "covered", "A breached outcome that a waiver covers.", _of(rule="INTEGER", subject="BIGINT", no="INTEGER", waiver="INTEGER")
)
REQUIRED = RunTable(
    "required",
    "An outcome whose rule requires others, and what became of these.",
    _of(rule="INTEGER", subject="BIGINT", no="INTEGER", found="VARCHAR"),
)
RULINGS = RunTable(
    "rulings",
    "What the rule engine says of a matter in a case: its verdict.",
    _of(
        case_no="INTEGER",
        rule="INTEGER",
        outcome="VARCHAR",
        covered="BOOLEAN",
        required="VARCHAR",
        verdict="VARCHAR",
        reason="VARCHAR",
        because="VARCHAR",
    ),
)
EARLIER = RunTable(
    "earlier",
    "A violation of an earlier report.",
    _of(
        report="VARCHAR",
        number="INTEGER",
        rule="VARCHAR",
        subject="VARCHAR",
        label="VARCHAR",
        since="INTEGER",
        anywhere="BOOLEAN",
        nth="INTEGER",
    ),
)
RECOGNISED = RunTable(
    "recognised",
    "A finding that is, or may be, a violation of which an earlier report tells too.",
    _of(report="VARCHAR", rule="INTEGER", subject="BIGINT", no="INTEGER", number="INTEGER", since="INTEGER"),
)
RESPONSIBLE_BODIES = RunTable(
    "responsible_bodies",
    "A row of a record and the body that answers for it.",
    _of(record="VARCHAR", subject="BIGINT", body="VARCHAR", body_row="BIGINT"),
)
BODY_TALLIES = RunTable(
    "body_tallies",
    "How often a body has a verdict that is not satisfied of rules that no standing tells apart.",
    _of(body="BIGINT", rule="INTEGER", verdict="VARCHAR", times="BIGINT", again="BIGINT", of_file="BIGINT"),
)
HANDED_IN = RunTable(
    "handed_in",
    "Rows of a record that were handed in without a table that others handed in (`lacks`), or beside such.",
    _of(missing="VARCHAR", record="VARCHAR", first="BIGINT", last="BIGINT", lacks="BOOLEAN"),
)
WITHOUT = RunTable(
    "without",
    "A row for which a table that others handed in is missing (`own`), or to which the references of such a row lead.",
    _of(missing="VARCHAR", record="VARCHAR", subject="BIGINT", own="BOOLEAN"),
)
NOWHERE = RunTable(
    "nowhere",
    "A reference that leads nowhere, in a row with which the table that it may lead to was not handed in: it is unknown.",
    _of(record="VARCHAR", field="VARCHAR", subject="BIGINT"),
)
STANDINGS = RunTable("standings", "A body and its standing.", _of(subject="BIGINT", standing="VARCHAR"))

SUBJECT_CASES = RunTable(
    "subject_cases",
    "A subject of which an exception holds, or may hold, and the number of its case.",
    _of(record="VARCHAR", subject="BIGINT", keys="VARCHAR", case_no="BIGINT"),
)

EMPTY_AT_FIRST = (WINDOWS, INDICATOR_VALUES, RULES, OUTCOMES, HELD, SUBJECT_CASES, RULINGS)
"""The tables that a run begins with."""

REQUIRING = (LEVELS, REQUIRES, REQUIRED)
"""The tables of a rulebook in which rules require others."""

EMPTY_ONCE_MEASURED = (WAIVERS, COVERED, EARLIER, RECOGNISED, RESPONSIBLE_BODIES, BODY_TALLIES, STANDINGS)
"""The tables that only a report needs, and no verdict: cases have none of them."""

RULE_CLASSES = RunTable(
    "rule_classes",
    "A rule with the `first` that no standing tells from it, whether any standing counts it, and whether it is about the file.",
    _of(rule="INTEGER", first="INTEGER", counts="BOOLEAN", of_file="BOOLEAN"),
)
PACKED = RunTable(
    "packed",
    "Where the counts of a rule and a verdict stand in the numbers of `packed_tallies`.",
    _of(rule="INTEGER", verdict="VARCHAR", word="INTEGER", shift="INTEGER"),
)
WANTED = RunTable("wanted", "A subject and window of which the evidence is looked for.", _of(subject="BIGINT", no="INTEGER"))
LYING = RunTable(
    "lying", "A subject and the row of a tree of places in which it lies.", _of(record="VARCHAR", subject="BIGINT", area="BIGINT")
)
TAKEN = RunTable(
    "taken",
    "A row of a body that is taken out, its own, or one that these refer to.",
    _of(record="VARCHAR", row="BIGINT", own="BOOLEAN"),
)
NAMED = RunTable(
    "named",
    "A subject with its key and label, for findings as data.",
    _of(record="VARCHAR", subject="BIGINT", key="VARCHAR", label="VARCHAR"),
)
SPOKEN = RunTable(
    "spoken",
    "A rule, with what is said of it in findings as data: a bound is fixed, or what the finding has over the scale.",
    _of(
        rule="INTEGER",
        file="VARCHAR",
        id="VARCHAR",
        severity="VARCHAR",
        measures="VARCHAR",
        required="VARCHAR",
        fixed_1=AMOUNT,
        scale_1=AMOUNT,
        fixed_2=AMOUNT,
        scale_2=AMOUNT,
    ),
)
SPOKEN_OF_INDICATORS = RunTable(
    "spoken_of_indicators",
    "An indicator, with what is said of it in values as data.",
    _of(
        number="INTEGER",
        id="VARCHAR",
        title="VARCHAR",
        measures="VARCHAR",
        record="VARCHAR",
        file="VARCHAR",
        windowed="BOOLEAN",
    ),
)


def case_standings(words: int) -> RunTable:
    """The table of the standings of cases whose counts are packed into so many numbers."""
    columns = {f"w{word}": "HUGEINT" for word in range(words)}
    row = "What the rule engine says of such a case: its standing."
    return RunTable("case_standings", row, _of(**columns, keys="VARCHAR", standing="VARCHAR"))


MADE = (
    RunTable("raw_<record>", "A row as submitted: a text for each declared field."),
    RunTable("filed_<record>", "The same, with the columns whose types are known as they stand in the file."),
    RunTable("parts_<record>", "A row of one of several files of a record, put together."),
    RunTable("t_<record>", "A row with its values, what is known of each, and whether it stands for its key."),
    RunTable("doubts_<record>", "A row that only may count, or of which fields are in dispute."),
    RunTable("lost_keys", "What a dangling reference has, and its form by which keys almost match."),
    RunTable("near.<record>.<reference>", "What a dangling reference has, and a key that it almost matches."),
    RunTable("near_<record>", "A row and the keys that its dangling references almost match."),
    RunTable("rows_<record>", "A row as related row, again for each key that a reference of it almost matches."),
    RunTable("subjects_<record>", "A row as subject, or as what references lead to: what is in dispute is unknown."),
    RunTable("nodes_<record>", "A node of a tree, and the one above it."),
    RunTable("cyclic_<record>", "A node that is above itself, or would be."),
    RunTable("pairs_<record>", "A node and one above it, or itself."),
    RunTable("astray_<record>", "A node that may be below any."),
    RunTable("below_any_<record>", "The same, by its key."),
    RunTable("within_<record>", "A node and one above it, by their keys; NULL: any."),
    RunTable("workdays", "A day of the calendar, and its number among the working days."),
    RunTable("folded_<group>", "What is told exactly of the related rows with one reference, summed."),
    RunTable("apart_<record>", "A row of a file that is none of its table: a title, a total, a note."),
    RunTable("inexact_<record>", "A row that does not tell everything exactly, or does not plainly meet a rule."),
    RunTable("astray_<group>", "A reference that leads nowhere, and how many rows have it."),
    RunTable("lost_<group>", "A row with such a reference."),
    RunTable("gathered_<group>", "A subject, with the sums of its related rows."),
    RunTable("nameless_<group>", "A subject of which it is unknown what refers to it."),
    RunTable("doubtful_<group>", "A related row that does not tell everything exactly."),
    RunTable("windowed_outcomes", "An outcome, with the days and the name of its window."),
    RunTable("case_facts", "An outcome with what else bears on its verdict: its case, waivers, what its rule requires."),
    RunTable("findings", "The same with its verdict."),
    RunTable("found", "What is read often of a finding."),
    RunTable("chosen", "A finding of a large submission that is listed."),
    RunTable("members", "A body: its key, the one above it, whether it exists."),
    RunTable("above", "A body and the one above it."),
    RunTable("bodies", "A body and its depth in the tree."),
    RunTable("kin", "A body and one below it, for the standings that ask for these."),
    RunTable("astray", "A body that may be below any."),
    RunTable("packed_tallies", "A body and its counts, packed into few numbers: alike bodies have the same."),
    RunTable("body_cases", "A body of the depth that is concluded, with what its standing is concluded from."),
    case_standings(0),
)
"""The tables that queries make on the way to verdicts and standings."""

REPORTED = (
    *(WANTED, LYING, TAKEN, NAMED, SPOKEN, SPOKEN_OF_INDICATORS),
    RunTable("near_<group>", "A related row of the subjects that are listed, set aside to be looked at."),
    RunTable("aside_<record>", "A row, as submitted, that is shown."),
    RunTable("taken_bodies", "A body whose rows are taken out."),
    RunTable("areas", "A row of a tree of places, and the one above it."),
    RunTable("homes", "A body and where it lies."),
    RunTable("batched", "A subject of a rule, and the part of a report that it is in."),
    RunTable("marked", "A finding, with the body that answers for it."),
    RunTable("filled", "A row whose blank cells may be meant to repeat those above."),
)
"""The tables that reports make, of what was concluded."""

FILLED = (*EMPTY_AT_FIRST, *REQUIRING, *EMPTY_ONCE_MEASURED, RULE_CLASSES, PACKED)
"""The tables of results that are made empty, and filled."""

TABLES = (*FILLED, HANDED_IN, NOWHERE, WITHOUT, *MADE, *REPORTED)
"""All of them."""
