"""The rows behind findings: those that count, and those that could decide what is undetermined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import Any, NamedTuple

from checker.errors import Place
from checker.model.plan import RulePlan
from checker.model.report import Evidence, Unlisted
from checker.model.words import VERDICTS, Outcome, Verdict
from checker.provenance.lookup import Behind as Related
from checker.provenance.lookup import Lookup
from checker.records.values import OPEN, UNSPLIT
from checker.run.session import Rule

_MARKS = UNSPLIT + OPEN
"""The signs that cells begin with which cannot be read, or were not submitted."""

_ROLES = ("could-decide", "counted", "subject")
"""The parts that rows have in findings, the most telling first."""

_Open = tuple[AbstractSet[int], AbstractSet[int]]
"""Rows that count, and have a cell that could decide; and of these those that contradict themselves."""


class Saying(NamedTuple):
    """What the engine says in the same words of some subjects, as `checker.run.results.LISTED` gives it."""

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
    missing: list[str | None] | None
    parts: list[dict[str, Any]] | None
    windows: int
    last_no: int
    subjects: list[int]

    def of_parts(self, lookup: Lookup) -> Iterator[Saying]:
        """What is said of each of several requirements, as of a rule by itself."""
        for said in self.parts or ():
            kept = {key: value for key, value in said.items() if key not in {"part", "reason"}}
            number, verdict = lookup.part(self.rule, said["part"]), VERDICTS[Outcome(said["outcome"])]
            yield self._replace(rule=number, verdict=verdict, why=said["reason"], because=None, parts=None, **kept)


class Rows(NamedTuple):
    """The rows behind a finding that are listed, how many are not, and of these the numbers of those that could decide it.

    `beside` says how many more are there that the form's `where` alone keeps from counting.
    """

    listed: tuple[Evidence, ...] = ()
    left_out: int = 0
    unlisted: Unlisted = Unlisted()
    beside: int = 0


NOTHING = Rows()


class _Chosen(NamedTuple):
    """The rows of a finding that are listed, by number, with what part each has in it; how many are not, and which decide."""

    listed: list[tuple[int, str]]
    left_out: int
    unlisted: Unlisted


class Behind:
    """Finds the rows behind what the engine says."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def own_row(self, record: str, row: int, fields: Sequence[str]) -> Evidence:
        """The row of a subject, with those cells."""
        at = self._lookup.places(record, [row], fields[0] if len(fields) == 1 else None)[row]
        cells = self._lookup.cells(record, [row], fields)[row]
        return _shown(record, row, at, "subject", list(zip(fields, cells, strict=False)))

    def of(self, sayings: Sequence[Saying], most: int | None) -> dict[tuple[int, int, int], Rows]:
        """The rows behind those findings, by (rule, subject, window); so many at most of each.

        Of what is undetermined those that could decide it come first: the rows that only may count, then those that count
        and have an empty cell. Of all else those that count come first.
        """
        whole = [said for said in sayings if said.parts is not None]
        sayings = [each for said in sayings for each in (said.of_parts(self._lookup) if said.parts is not None else (said,))]
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
        self._lookup.set_aside(self._looked_at(behind, most))
        deciding = {number: self._open(number, rows, doubtful[number]) for number, rows in behind.items()}
        chosen: dict[int, dict[tuple[int, int], _Chosen]] = {}
        for number, rows in behind.items():
            sure = "counted" if self._relates(number) else "subject"
            chosen[number] = {
                key: _choose(related, deciding[number][0], sure, most, doubtful=key in doubtful[number])
                for key, related in rows.items()
            }
        shown = self._cells(chosen)
        for number, of_rule in chosen.items():
            record, fields = self._shown_of(self._rule(number))
            some = [row for each in of_rule.values() for row, _ in each.listed]
            places = self._lookup.places(record, some, fields[0] if len(fields) == 1 else None)
            cells, (_, contradicting) = shown[record], deciding[number]
            reached, naming = self._reached(record, some, fields), self._naming(record)
            for (subject, no), each in of_rule.items():
                listed = []
                for row, role in each.listed:
                    told = [(name, cells[row].get(name)) for name in fields]
                    others = tuple((name, at[row]) for name, at in reached if row in at and cells[row].get(name) is None)
                    evidence = _shown(record, row, places[row], role, told, others, contradicts=row in contradicting)
                    # Whose own row it is, is said of the finding.
                    called = None if naming is None or role == "subject" or evidence.key is not None else cells[row][naming]
                    listed.append(evidence._replace(called=called.lstrip(_MARKS) or None) if called else evidence)
                found[number, subject, no] = Rows(tuple(listed), each.left_out, each.unlisted)
        found |= {key: found.get(key, NOTHING)._replace(beside=more) for key, more in self._beside(sayings)}
        for said in whole:
            numbers = [self._lookup.part(said.rule, each["part"]) for each in said.parts or ()]
            for row in said.subjects:
                found[said.rule, row, said.no] = _together([found.get((number, row, said.no), NOTHING) for number in numbers])
        return found

    def _beside(self, sayings: Iterable[Saying]) -> Iterator[tuple[tuple[int, int, int], int]]:
        """Of what is not satisfied, how many rows the form's `where` alone keeps from counting, if any."""
        unmet: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for said in sayings:
            if said.verdict != Verdict.SATISFIED:
                unmet[said.rule] += [(row, said.no) for row in said.subjects if row]
        for number, pairs in unmet.items():
            for (subject, no), more in self._lookup.beside(number, pairs).items():
                yield (number, subject, no), more

    def _reached(self, record: str, rows: Sequence[int], fields: Sequence[str]) -> list[tuple[str, dict[int, Place]]]:
        """Where the cells are that rows read by references, by the dotted name and the row that reads them."""
        found = []
        for name in (name for name in fields if "." in name):
            other, reached = self._lookup.reached(record, rows, name)
            places = self._lookup.places(other, reached.values(), name.rpartition(".")[2]) if reached else {}
            found.append((name, {row: places[at] for row, at in reached.items()}))
        return found

    def _open(self, number: int, rows: Mapping[tuple[int, int], Related], doubtful: set[tuple[int, int]]) -> _Open:
        """The rows behind doubtful findings of a rule that count, but could decide all the same."""
        rule = self._rule(number)
        record, fields = self._shown_of(rule)
        counted = {row for key in doubtful if key in rows for row, sure in rows[key].own if sure}
        empty = self._lookup.empty(record, counted, fields) if counted and fields else set()
        contradicting: set[int] = set()
        if counted and isinstance(rule, RulePlan) and rule.ratio is not None:
            contradicting = self._lookup.contradicting(record, counted, *rule.ratio)
        return empty | contradicting, contradicting

    def _rule(self, number: int) -> Rule:
        return self._lookup.rule(number)

    def _column(self, rule: Rule) -> Evidence:
        """The table that has no column of what the rule asks for."""
        record, fields = self._shown_of(rule)
        table = self._lookup.run.tables[record]
        return Evidence(record, table.file, "subject", table.sheet, values=tuple((field, None) for field in fields))

    def _rows_behind(self, number: int, pairs: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], Related]:
        """The rows behind findings of a rule, by (subject, window)."""
        if not self._relates(number):
            return {(subject, no): Related([(subject, True)]) for subject, no in pairs}
        return self._lookup.behind(number, pairs)

    def _looked_at(
        self, behind: Mapping[int, Mapping[tuple[int, int], Related]], most: int | None
    ) -> Mapping[str, AbstractSet[int]]:
        """The rows of which cells may be looked at, by record."""
        rows: dict[str, set[int]] = defaultdict(set)
        for number, found in behind.items():
            record, _ = self._shown_of(self._rule(number))
            for related in found.values():
                rows[record].update(row for row, _ in related.own)
                rows[record].update(_others(related, most))
        return rows

    def _relates(self, number: int) -> bool:
        """Whether a rule is about other rows than its subject's own."""
        rule = self._rule(number)
        return isinstance(rule, RulePlan) and rule.related is not None

    def _cells(
        self, chosen: Mapping[int, Mapping[tuple[int, int], _Chosen]]
    ) -> Mapping[str, Mapping[int, Mapping[str, str | None]]]:
        """The cells of all rows that are shown, by record, row and field: looked for once in each table."""
        rows: dict[str, set[int]] = defaultdict(set)
        fields: dict[str, dict[str, None]] = defaultdict(dict)
        for number, found in chosen.items():
            record, names = self._shown_of(self._rule(number))
            rows[record] |= {row for each in found.values() for row, _ in each.listed}
            fields[record] |= dict.fromkeys(filter(None, (*names, self._naming(record))))
        shown: dict[str, dict[int, dict[str, str | None]]] = {}
        for record, wanted in rows.items():
            cells = self._lookup.cells(record, wanted, tuple(fields[record]))
            shown[record] = {row: dict(zip(fields[record], of_row, strict=True)) for row, of_row in cells.items()}
        return shown

    def _naming(self, record: str) -> str | None:
        """The field by which rows of a record are called: its key, or else its label."""
        declared = self._lookup.run.plan.record(record).record
        return declared.key or declared.label

    def _shown_of(self, rule: Rule) -> tuple[str, Sequence[str]]:
        """The record of the rows that are shown, and the fields."""
        if isinstance(rule, RulePlan):
            return rule.related or rule.record, rule.cells
        return rule.record, rule.fields


def _together(parts: Sequence[Rows]) -> Rows:
    """The rows behind several requirements, each once.

    Rows that are not listed have numbers of one table only: those of the first requirement that has such.
    """
    listed: dict[tuple[str, int | None], Evidence] = {}
    for each in chain.from_iterable(part.listed for part in parts):
        known = listed.setdefault((each.table, each.row), each)
        listed[each.table, each.row] = known._replace(
            role=min(known.role, each.role, key=_ROLES.index),
            values=tuple(dict.fromkeys((*known.values, *each.values))),
            contradicts=known.contradicts or each.contradicts,
        )
    unlisted = next((part.unlisted for part in parts if len(part.unlisted)), Unlisted())
    return Rows(tuple(listed.values()), sum(part.left_out for part in parts), unlisted)


def _others(related: Related, most: int | None) -> list[int]:
    """The rows that may be anybody's, and are not the finding's own, that may be listed.

    There may be very many of them, for very many findings: no more are looked at than are listed.
    """
    if not related.anybodys:
        return []
    own = {row for row, _ in related.own}
    return list(islice((row for row in related.anybodys if row not in own), most))


def _choose(related: Related, empty: AbstractSet[int], sure: str, most: int | None, *, doubtful: bool) -> _Chosen:
    """The rows behind a finding that are listed, those of them first that tell most; rows that count are in the role `sure`."""
    own = {row for row, _ in related.own}
    others = _others(related, most)
    perhaps = [(row, "could-decide") for row in sorted([*others, *(row for row, counts in related.own if not counts)])]
    counted = [(row, sure) for row, counts in related.own if counts]
    if doubtful:
        counted.sort(key=lambda of: (of[0] not in empty, of[0]))
    listed = ([*perhaps, *counted] if doubtful else [*counted, *perhaps])[:most]
    shown, among = {row for row, _ in listed}, own & related.shared
    deciding = frozenset(row for row, counts in related.own if row not in shown and (not counts or row in empty))
    but = among | (shown & related.shared)
    unlisted = Unlisted(deciding, related.shared, frozenset(but)) if len(but) < len(related.shared) else Unlisted(deciding)
    return _Chosen(listed, len(own) + len(related.shared) - len(among) - len(listed), unlisted)


def _shown(
    record: str,
    row: int,
    at: Place,
    role: str,
    cells: Sequence[tuple[str, str | None]],
    reached: tuple[tuple[str, Place], ...] = (),
    *,
    contradicts: bool = False,
) -> Evidence:
    return Evidence(
        table=record,
        file=at.file,
        role=role,
        sheet=at.sheet,
        line=at.line,
        column=at.column,
        row=row,
        in_line=at.row,
        numbered=at.numbered,
        values=tuple((name, None if cell is None else cell.lstrip(_MARKS)) for name, cell in cells),
        unsplit=any(cell is not None and cell.startswith(UNSPLIT) for _, cell in cells),
        contradicts=contradicts,
        reached=reached,
        key=at.key,
    )
