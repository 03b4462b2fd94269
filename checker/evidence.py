"""The rows behind findings: those that count, and those that could decide what is undetermined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from checker.errors import Place
from checker.measure.lookup import Lookup
from checker.measure.run import Rule
from checker.model.plan import RulePlan
from checker.model.report import Evidence
from checker.model.words import Verdict

_Pairs = list[tuple[int, str]]
"""Rows by number, and what part each has in a finding."""


class Saying(NamedTuple):
    """What the engine says in the same words of some subjects, as `checker.measure.results.LISTED` gives it."""

    rule: int
    no: int
    verdict: str
    outcome: str
    why: str | None
    because: str | None
    waiver: int | None
    since: int | None
    known: bool
    low: Decimal | None
    high: Decimal | None
    scale: Decimal | None
    whole_low: Decimal | None
    whole_high: Decimal | None
    day_low: date | None
    day_high: date | None
    bound_1: Decimal | None
    bound_2: Decimal | None
    allowed_from: date | None
    allowed_until: date | None
    due: date | None
    lacking: list[str | None] | None
    windows: int
    last_no: int
    subjects: list[int]


class Rows(NamedTuple):
    """The rows behind a finding that are listed, how many are not, and of these the numbers of those that could decide it."""

    listed: tuple[Evidence, ...] = ()
    left_out: int = 0
    unlisted: tuple[int, ...] = ()


NOTHING = Rows()


class Behind:
    """Finds the rows behind what the engine says."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def own_row(self, record: str, row: int, fields: Sequence[str]) -> Evidence:
        """The row of a subject, with those cells."""
        at = self._lookup.places(record, [row], fields[0] if len(fields) == 1 else None)[row]
        return _shown(record, row, at, "subject", fields, self._lookup.cells(record, [row], fields)[row])

    def of(self, sayings: Iterable[Saying], most: int | None) -> dict[tuple[int, int, int], Rows]:
        """The rows behind those findings, by (rule, subject, window); so many at most of each.

        Of what is undetermined those that could decide it come first: the rows that only may count, then those that count
        and have an empty cell. Of all else those that count come first.
        """
        wanted: dict[int, list[tuple[int, int]]] = defaultdict(list)
        found: dict[tuple[int, int, int], Rows] = {}
        doubtful: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for said in sayings:
            if 0 in said.subjects and said.why is None:
                found[said.rule, 0, said.no] = Rows((self._column(self._rule(said.rule)),))
            pairs = [(row, said.no) for row in said.subjects if row]
            wanted[said.rule] += pairs
            if said.verdict == Verdict.UNDETERMINED:
                doubtful[said.rule].update(pairs)
        self._lookup.draw_near(wanted)
        behind = {number: self._rows_behind(number, pairs) for number, pairs in wanted.items()}
        deciding = {number: self._in_order(number, rows, doubtful[number]) for number, rows in behind.items()}
        shown = self._cells(behind, most)
        for number, rows in behind.items():
            record, fields = self._shown_of(self._rule(number))
            some = [row for pair in rows.values() for row, _ in pair[:most]]
            places = self._lookup.places(record, some, fields[0] if len(fields) == 1 else None)
            cells, (open_rows, contradicting) = shown[record], deciding[number]
            reached = self._reached(record, some, fields)
            for (subject, no), pair in rows.items():
                listed = [
                    replace(
                        _shown(record, row, places[row], role, fields, [cells[row].get(name) for name in fields]),
                        contradicts=row in contradicting,
                        reached=tuple((name, at[row]) for name, at in reached if row in at and cells[row].get(name) is None),
                    )
                    for row, role in pair[:most]
                ]
                left_out = pair[len(listed) :]
                unlisted = tuple(row for row, role in left_out if role == "could-decide" or row in open_rows)
                found[number, subject, no] = Rows(tuple(listed), len(left_out), unlisted)
        return found

    def _reached(self, record: str, rows: Sequence[int], fields: Sequence[str]) -> list[tuple[str, dict[int, Place]]]:
        """Where the cells are that rows read by references, by the dotted name and the row that reads them."""
        found = []
        for name in (name for name in fields if "." in name):
            other, reached = self._lookup.reached(record, rows, name)
            places = self._lookup.places(other, reached.values(), name.rpartition(".")[2]) if reached else {}
            found.append((name, {row: places[at] for row, at in reached.items()}))
        return found

    def _in_order(
        self, number: int, rows: Mapping[tuple[int, int], _Pairs], doubtful: set[tuple[int, int]]
    ) -> tuple[set[int], set[int]]:
        """Puts the rows behind each finding in order.

        Gives those that count, and have a cell that could decide; and of these those that contradict themselves.
        """
        rule = self._rule(number)
        record, fields = self._shown_of(rule)
        counted = {row for key in doubtful for row, role in rows.get(key, ()) if role != "could-decide"}
        empty = self._lookup.empty(record, counted, fields) if counted and fields else set()
        contradicting: set[int] = set()
        if counted and isinstance(rule, RulePlan) and rule.ratio is not None:
            contradicting = self._lookup.contradicting(record, counted, *rule.ratio)
        empty |= contradicting
        for key, pair in rows.items():
            if key in doubtful:
                pair.sort(key=lambda of: (of[1] != "could-decide", of[0] not in empty, of[0]))
            else:
                pair.sort(key=lambda of: (of[1] == "could-decide", of[0]))
        return empty, contradicting

    def _rule(self, number: int) -> Rule:
        return self._lookup.run.rules[number]

    def _column(self, rule: Rule) -> Evidence:
        """The table that has no column of what the rule asks for."""
        record, fields = self._shown_of(rule)
        table = self._lookup.run.tables[record]
        return Evidence(record, table.file, "subject", table.sheet, values=tuple((field, None) for field in fields))

    def _rows_behind(self, number: int, pairs: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], _Pairs]:
        """The rows behind findings of a rule, and what part they have in them, by (subject, window)."""
        rule = self._rule(number)
        if not isinstance(rule, RulePlan) or rule.related is None:
            return {(subject, no): [(subject, "subject")] for subject, no in pairs}
        rows: dict[tuple[int, int], _Pairs] = defaultdict(list)
        for subject, no, related, sure in self._lookup.evidence(number, pairs):
            rows[subject, no].append((related, "counted" if sure else "could-decide"))
        return rows

    def _cells(
        self, behind: Mapping[int, Mapping[tuple[int, int], _Pairs]], most: int | None
    ) -> Mapping[str, Mapping[int, Mapping[str, str | None]]]:
        """The cells of all rows that are shown, by record, row and field: looked for once in each table."""
        rows: dict[str, set[int]] = defaultdict(set)
        fields: dict[str, dict[str, None]] = defaultdict(dict)
        for number, found in behind.items():
            record, names = self._shown_of(self._rule(number))
            rows[record] |= {row for pair in found.values() for row, _ in pair[:most]}
            fields[record] |= dict.fromkeys(names)
        shown: dict[str, dict[int, dict[str, str | None]]] = {}
        for record, wanted in rows.items():
            cells = self._lookup.cells(record, wanted, tuple(fields[record]))
            shown[record] = {row: dict(zip(fields[record], of_row, strict=True)) for row, of_row in cells.items()}
        return shown

    def _shown_of(self, rule: Rule) -> tuple[str, Sequence[str]]:
        """The record of the rows that are shown, and the fields."""
        if isinstance(rule, RulePlan):
            return rule.related or rule.record, rule.cells
        return rule.record, rule.fields


def _shown(record: str, row: int, at: Place, role: str, fields: Sequence[str], cells: Sequence[str | None]) -> Evidence:
    return Evidence(
        table=record,
        file=at.file,
        role=role,
        sheet=at.sheet,
        line=at.line,
        column=at.column,
        row=row,
        values=tuple(zip(fields, (None if cell is None else cell.lstrip("\ufffd\x01") for cell in cells), strict=False)),
    )
