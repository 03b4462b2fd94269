"""What would settle most: the cells on which undetermined findings depend, with how many each keeps open and could decide.

Rows on which the same findings depend are one group. A finding lists some of the rows that could decide it, and knows the
others by number: both are counted, in time that grows with what the report holds, however many findings share their rows.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from checker.model.report import Evidence, Finding, Report, RuleSummary
from checker.model.words import Category, Reason, Verdict
from checker.report import ALL, Narrowing
from checker.report.corrections import Missing, missing_of
from checker.report.grouping import could_decide, place_of
from checker.report.narrowing import concerns

Row = tuple[str, object]
"""A row of a table: its number, or where it stands if it has none."""

_BITS = 128
_ROWS = 20
"""The rows of a group that it names."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows on which the same findings depend; or a table or column that is `missing`.

    `count` is of all these rows; the first that are listed are in `rows`, with the cells that any rule read, each with what
    is wrong in it by the rules about the file (`faults`). They keep `keeps` findings open, under the `rules`, and could, all
    of them together and nothing else, settle `settles` of these.
    """

    keeps: int
    settles: int
    rules: tuple[str, ...]
    count: int = 0
    rows: tuple[Evidence, ...] = ()
    faults: tuple[tuple[RuleSummary, ...], ...] = ()
    missing: Missing | None = None


class Settling(NamedTuple):
    """The groups, those with most effect first. `listed` of all `undetermined` findings are listed, and counted in rows.

    `others` of them depend on no cell: on whether an exception holds, or on another rule.
    """

    groups: tuple[Group, ...]
    undetermined: int
    listed: int
    others: int


def settling_of(report: Report, narrowing: Narrowing = ALL, missing: Sequence[Missing] | None = None) -> Settling:
    """What would settle most of the undetermined findings under the rulebook's own rules. What is `missing` may be known."""
    rules = {rule.id: rule for rule in report.rules if rule.own}
    findings = [
        finding
        for finding in report.findings
        if finding.verdict is Verdict.UNDETERMINED and finding.rule in rules and concerns(finding.subject, narrowing)
    ]
    rows = [_deciding(finding) for finding in findings]
    absent = list(_missing(report, missing_of(report) if missing is None else missing, findings, rows))
    groups = [*_groups(findings, rows, report), *(group for group, _ in absent)]
    groups.sort(key=_effect)
    explained = {number for _, numbers in absent for number in numbers}
    others = sum(not own and number not in explained for number, own in enumerate(rows))
    listed = len(findings)
    undetermined = report.count(Verdict.UNDETERMINED, Category.REGULATION) if narrowing.body is None else listed
    return Settling(tuple(groups), undetermined, listed, others)


def _effect(group: Group) -> tuple[object, ...]:
    where = place_of(group.rows[0]) if group.rows else ()
    name = (group.missing.table, group.missing.column or "") if group.missing is not None else ()
    return -group.keeps, -group.settles, group.missing is None, name, where


def _deciding(finding: Finding) -> list[Evidence]:
    """The listed rows that could decide a finding: related ones, or else the subject's own, if a cell of it is empty."""
    found = {_row(row): row for row in finding.evidence if could_decide(row)}
    if not found and not finding.could_decide_unlisted:
        found = {
            _row(row): row for row in finding.evidence if row.role == "subject" and any(not value for _, value in row.values)
        }
    return list(found.values())


def _row(row: Evidence) -> Row:
    return row.table, row.row if row.row is not None else (row.file, row.sheet, row.line, row.in_line)


def _groups(findings: Sequence[Finding], deciding: Sequence[Sequence[Evidence]], report: Report) -> Iterator[Group]:
    """The groups of rows. Which findings depend on a row is known by a sum of a great random number for each.

    That two different sets of findings have one sum happens by chance less often than a machine errs.
    """
    chance = Random(0)  # noqa: S311 -- always the same numbers, and no secret
    marks = [chance.getrandbits(_BITS) for _ in findings]
    sums: Counter[Row] = Counter()
    keeps: Counter[Row] = Counter()

    def count(row: Row, mark: int, times: int = 1) -> None:
        sums[row] += mark * times
        keeps[row] += times

    shared: dict[tuple[str, frozenset[int]], list[int]] = defaultdict(list)
    shown: dict[Row, Evidence] = {}
    cells: dict[Row, dict[str, str | None]] = defaultdict(dict)
    for number, (finding, rows) in enumerate(zip(findings, deciding, strict=True)):
        for row in rows:
            shown.setdefault(_row(row), row)
            cells[_row(row)].update(row.values)
            count(_row(row), marks[number])
        unlisted = finding.could_decide_unlisted
        if not unlisted or not rows:
            continue
        table = rows[0].table
        for row_number in unlisted.own - unlisted.shared:
            count((table, row_number), marks[number])
        for row_number in unlisted.but & unlisted.shared - unlisted.own:
            count((table, row_number), marks[number], -1)
        if unlisted.shared:
            shared[table, unlisted.shared].append(number)
    for (table, numbers), of in shared.items():
        mark, times = sum(marks[number] for number in of), len(of)
        for row_number in numbers:
            sums[table, row_number] += mark
            keeps[table, row_number] += times
    alike = {row: (row[0], sums[row]) for row in sums if keeps[row]}
    sizes = Counter(alike.values())
    yield from _described(findings, deciding, _Counted(alike, keeps, sizes, shown, cells), report)


class _Counted(NamedTuple):
    """Each row's group, how many findings it keeps open; how many rows each group has; the rows that are listed, their cells."""

    alike: Mapping[Row, tuple[str, int]]
    keeps: Mapping[Row, int]
    sizes: Mapping[tuple[str, int], int]
    shown: Mapping[Row, Evidence]
    cells: Mapping[Row, Mapping[str, str | None]]

    def row(self, row: Row) -> Evidence:
        """A row with all its cells that were read."""
        return self.shown[row]._replace(values=tuple(self.cells[row].items()))


def _described(
    findings: Sequence[Finding], deciding: Sequence[Sequence[Evidence]], counted: _Counted, report: Report
) -> Iterator[Group]:
    settles: Counter[tuple[str, int]] = Counter()
    rules: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for finding, rows in zip(findings, deciding, strict=True):
        groups = dict.fromkeys(counted.alike[_row(row)] for row in rows)
        for group in groups:
            rules[group][finding.rule] = None
        # All rows of a group are behind a finding or none is: those of one are all there are, if they are as many.
        first = next(iter(groups), None)
        if first is not None and counted.sizes[first] == len(rows) + len(finding.could_decide_unlisted):
            settles[first] += 1
    members: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in counted.shown:
        members[counted.alike[row]].append(row)
    faults = faults_of(report)
    for group, own in members.items():
        in_place = sorted(own, key=lambda row: place_of(counted.shown[row]))
        listed = tuple(map(counted.row, in_place[:_ROWS]))
        yield Group(
            keeps=counted.keeps[own[0]],
            settles=settles[group],
            rules=tuple(rules[group]),
            count=counted.sizes[group],
            rows=listed,
            faults=tuple(faults(row) for row in listed),
        )


Faults = Callable[[Evidence], tuple[RuleSummary, ...]]


def faults_of(report: Report) -> Faults:
    """Finds what is wrong in a row by the rules about the file."""
    rules = {rule.id: rule for rule in report.rules if rule.columns is not None}
    found: dict[tuple[str, int | None], list[RuleSummary]] = defaultdict(list)
    for finding in report.findings:
        if finding.verdict is Verdict.VIOLATED and finding.rule in rules and finding.subject.row is not None:
            found[finding.subject.record, finding.subject.row].append(rules[finding.rule])
    return lambda row: tuple(found.get((row.table, row.row), ()))


def _missing(
    report: Report, all_missing: Sequence[Missing], findings: Sequence[Finding], deciding: Sequence[Sequence[Evidence]]
) -> Iterator[tuple[Group, Iterable[int]]]:
    """The tables and columns that are missing and keep findings open, and which of the listed findings these are."""
    tables = {each.table for each in all_missing if each.column is None}
    rules = {rule.id: rule for rule in report.rules if rule.own}
    untold = [number for number, finding in enumerate(findings) if finding.reason is Reason.NOT_SUBMITTED]
    for each in all_missing:
        own = [rule for rule in each.rules if rule.own]
        names = tuple(rule.id for rule in own)
        if each.column is None:
            kept = sum(dict(rule.reasons).get(Reason.NOT_SUBMITTED, 0) for rule in own)
            alone = sum(dict(rule.reasons)[Reason.NOT_SUBMITTED] for rule in own if tables & {*rule.tables} == {each.table})
            of = [number for number in untold if each.table in rules[findings[number].rule].tables]
        else:
            of = [number for number, finding in enumerate(findings) if finding.rule in names and _asks(finding, each)]
            kept, alone = len(of), sum(not deciding[number] for number in of)
        if kept:
            yield Group(kept, alone, names, missing=each), of


def _asks(finding: Finding, missing: Missing) -> bool:
    """Whether a row behind the finding has nothing in that column, since it is not there."""
    return any(row.table == missing.table and (missing.column, "") in row.values for row in finding.evidence)
