"""What a report looks up once there are findings: what is said of whom, who they are, and where rows stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from checker.errors import Place
from checker.model.blanks import bare
from checker.model.lists import allowed, elements
from checker.model.plan import Evidence, IntegrityPlan, RulePlan, TablePlan
from checker.model.quoting import quoted
from checker.model.schema import Field
from checker.model.sql import Given, Rows, Sql
from checker.records.values import OPEN, UNREADABLE, ParquetSource
from checker.run import results
from checker.run.identity import digests, submitted
from checker.run.near_keys import near_values, of_elements
from checker.run.session import Rule, Session
from checker.tables.names import BETWEEN, related, related_rows, standing
from checker.tables.schema import WANTED

_FEW = 10_000
"""So many pairs of a finding and a row that may be anybody's are few."""


class Behind(NamedTuple):
    """The related rows behind a finding: its own, in order, with whether they count; and those that may be anybody's.

    These are the same for many findings. Some of the own ones may be among them.
    """

    own: list[tuple[int, bool]]
    anybodys: tuple[int, ...] = ()
    shared: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Lookup:
    """Questions to a finished run."""

    run: Session
    _near: set[str] = field(default_factory=set)
    _aside: dict[str, frozenset[int]] = field(default_factory=dict)
    _led: dict[tuple[str, str], dict[int, int | None]] = field(default_factory=dict)

    def rule(self, number: int) -> Rule:
        """The rule of that number in the run, or the part of one (see `part`)."""
        place, own = divmod(number, len(self.run.rules))
        rule = self.run.rules[own]
        return rule.parts[place - 1] if place and isinstance(rule, RulePlan) else rule

    def part(self, number: int, place: int) -> int:
        """The number by which the requirement at that place of a rule is looked up, as a rule by itself; from 0."""
        return number + (place + 1) * len(self.run.rules)

    def _own(self, number: int) -> int:
        """The number of a rule in the run, also of a part of it."""
        return number % len(self.run.rules)

    def listed(self, most: int | None) -> list[tuple[Any, ...]]:
        """The findings to be listed, as `results.LISTED` gives them: so many at most of each rule and verdict."""
        if self.run.folds and most is not None and most < results.MOST_FEW:
            self.run.engine.run(results.CHOSEN, most=most)
            return self.run.engine.rows(self.run.bearing.few())
        if most is None:
            return self.run.engine.rows(results.LISTED.format(listed=results.EVERY))
        return self.run.engine.rows(results.LISTED.format(listed=results.SOME), most=most)

    def each(self, rule: str, subjects: Iterable[int]) -> list[tuple[Any, ...]]:
        """What a rule says of some subjects, as `results.EACH` gives it."""
        return self.run.engine.rows(results.EACH, rule=self.run.number(rule), some=sorted(set(subjects)))

    def counts(self) -> list[tuple[int, str, str | None, int]]:
        """(rule, verdict, reason, how often)."""
        return self.run.engine.rows(results.COUNTS)

    def judged(self) -> dict[int, int]:
        """How many subjects each rule selected."""
        found = self.run.engine.rows(results.SUBJECTS, folded=sorted(self.run.selected))
        return dict(found) | self.run.selected

    def subjects_of(self, case_no: int) -> list[tuple[str, int]]:
        """The subjects (record, row) of a case."""
        return self.run.engine.rows(
            f"SELECT record, subject FROM subject_cases WHERE case_no = {case_no} ORDER BY record, subject"
        )

    def names(self, record: str, rows: Iterable[int]) -> list[tuple[int, str | None, str | None, str | None]]:
        """(row, key, label, body's key) of some rows of a record."""
        declared = self.run.plan.record(record).record
        key, label = (f't."{name}"' if name else "NULL" for name in (declared.key, declared.label))
        named = (
            f'SELECT t._row, {key}, {label}, owner.body FROM "t_{record}" AS t LEFT JOIN '
            f"(SELECT subject, body FROM responsible_bodies WHERE record = '{record}' AND subject IN (SELECT UNNEST($some))) "
            "AS owner ON owner.subject = t._row WHERE t._row IN (SELECT UNNEST($some))"
        )
        return self.run.engine.rows(named, some=list(rows))

    def empty(self, record: str, rows: Iterable[int], fields: Sequence[str]) -> set[int]:
        """Which of some rows have an empty cell in one of those fields."""
        if dotted := [name for name in fields if "." in name]:
            found_empty = {row for row, texts in self.cells(record, rows, dotted).items() if None in texts}
            return found_empty | self.empty(record, rows, [name for name in fields if "." not in name])
        if not fields:
            return set()
        table, among, numbers = self._submitted(record, rows)
        is_empty = " OR ".join(f"BARE(CAST({quoted(name)} AS VARCHAR)) IS NULL" for name in fields)
        # Of these rows only: cells of all rows would be looked at otherwise.
        found = f"SELECT _row FROM (SELECT * FROM {table} WHERE {among}) WHERE {is_empty}"
        return {row for (row,) in self.run.engine.rows(found, some=numbers)}

    def contradicting(self, record: str, rows: Iterable[int], part: str, whole: str) -> set[int]:
        """Which of some rows have a part that is more than the whole, or one that is negative."""
        condition = f'"{part}" > "{whole}" OR "{part}" < 0 OR "{whole}" < 0'
        table, among, numbers = f'"t_{record}"', "_row IN (SELECT UNNEST($some))", sorted(set(rows))
        if record in self.run.views:
            source, among, numbers = self._submitted(record, numbers)
            typed = self.run.plan.record(record).typed
            if isinstance(typed, TablePlan):
                table, among = f"({typed.unmarked(f'(SELECT * FROM {source} WHERE {among})')})", "TRUE"
        found = f"SELECT _row FROM {table} WHERE {among} AND ({condition})"
        return {row for (row,) in self.run.engine.rows(found, some=numbers)}

    def digests(self, record: str, rows: Iterable[int]) -> dict[int, str]:
        """What is in the cells of some rows, as a digest."""
        table, among, numbers = self._submitted(record, rows)
        found = digests(self.run.plan.record(record).record, table, among)
        return dict(self.run.engine.rows(found, some=numbers))

    def bodies(self, keys: Iterable[str]) -> list[tuple[str, str | None, str | None]]:
        """(key, label, parent's key) of some bodies."""
        body = self.run.plan.body
        if body is None:
            return []
        declared = self.run.plan.record(body).record
        label, parent = (f'"{name}"' if name else "NULL" for name in (declared.label, declared.parent))
        key = f'"{declared.key}"'
        named = f'SELECT {key}, {label}, {parent} FROM "t_{body}" WHERE _first AND {key} IN (SELECT UNNEST($some))'
        return self.run.engine.rows(named, some=list(keys))

    def set_aside(self, wanted: Mapping[str, AbstractSet[int]]) -> None:
        """Prepares to look at the cells of these rows, by record.

        Those of a large submission are read once, and set aside as `aside_<record>`.
        """
        self._aside.clear()
        for record, rows in wanted.items():
            if self.run.large and rows and not self.run.plan.record(record).record.made:
                table, among, numbers = self._submitted(record, rows)
                made = f'CREATE OR REPLACE TABLE "aside_{record}" AS SELECT * FROM {table} WHERE {among}'
                self.run.engine.run(made, some=numbers)
                self._aside[record] = frozenset(rows)

    def draw_near(self, wanted: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        """Prepares to find the evidence of these (subject, window) of rules, by number: of a large submission, at one look.

        Where related rows were gathered, those of all these subjects are set aside as `near_<group>`, with those that may be
        anybody's. Of a subject without a name all rows may be, which are looked for where they are.
        """
        subjects: dict[str, set[int]] = defaultdict(set)
        straying = set[str]()
        for number, pairs in wanted.items():
            rule = self.rule(number)
            if self.run.folds and isinstance(rule, RulePlan) and rule.shared is not None:
                subjects[rule.shared.gathering.group].update(subject for subject, _ in pairs)
                straying |= set() if rule.strays == 0 else {rule.shared.gathering.group}
        self._near.clear()
        self._near.update(subjects)
        gatherings = {each.group: each for each in (rule.shareable.gathering for rule in self.run.plan.rules if rule.shareable)}
        for group, rows in subjects.items():
            gathering = gatherings[group]
            some = Sql.of(standing(gathering.subject), " WHERE _row IN (SELECT UNNEST(", Sql((Given("some"),)), ")))")
            named = Sql.of(gathering.far, f' IN (SELECT "{gathering.near}" FROM ', some)
            made = f'CREATE OR REPLACE TABLE "near_{group}" AS SELECT * FROM '
            anybodys = Sql.of(" OR ", gathering.far, " IS NULL") if group in straying else ""
            self.run.engine.run(Sql.of(made, related(gathering.related), " WHERE ", named, anybodys), some=sorted(rows))

    def behind(self, number: int, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Behind]:
        """The related rows behind findings of a rule, by (subject, window).

        Rows that may be anybody's are looked for once for all that share them: of each finding there may be as many. Where they
        are few, for few findings, it takes less to look for them beside the others.
        """
        rule = self.rule(number)
        if not isinstance(rule, RulePlan) or rule.evidence is None or rule.behind is None:
            return {}
        few = rule.strays is not None and len(wanted) * rule.strays <= (0 if self.run.folds else _FEW)
        if rule.sharing is None or few:
            return self._own_behind(number, rule, wanted, rule.behind)
        found = self._own_behind(number, rule, wanted, rule.evidence.of(rule.evidence.own))
        sharing = defaultdict[tuple[int, bool, int], list[int]](list)
        for subject, no, unknown, epoch in self.run.engine.rows(rule.sharing, rule=number):
            sharing[no, unknown, epoch].append(subject)
        anybodys_of = dict[tuple[int, int], tuple[int, ...]]()
        for nameless in (False, True):
            some = [(subjects[0], no) for (no, unknown, _), subjects in sharing.items() if unknown is nameless]
            anybodys_of |= self._anybodys(number, rule, rule.evidence, some, near=not nameless) if some else {}
        for (no, _, _), subjects in sharing.items():
            if (subjects[0], no) in anybodys_of:
                rows = anybodys_of[subjects[0], no]
                shared = frozenset(rows)
                for subject in subjects:
                    found[subject, no] = Behind(found[subject, no].own if (subject, no) in found else [], rows, shared)
        return found

    def beside(self, number: int, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """How many related rows are there beside those that a rule counts, by (subject, window).

        They are certainly the subject's, and in the window, and the form's `where` is certainly not true of them.
        """
        rule = self.rule(number)
        if not isinstance(rule, RulePlan) or rule.beside is None:
            return {}
        found = self._of_wanted(rule, wanted, rule.beside)
        counted = Sql.of("SELECT subject, no, COUNT_IF(sure) FROM (", found, ") GROUP BY subject, no")
        rows = self.run.engine.rows(counted, rule=self._own(number))
        return {(subject, no): times for subject, no, times in rows if times}

    def _of_wanted(self, rule: RulePlan, wanted: Sequence[tuple[int, int]], behind: Sql, *, near: bool = True) -> Sql:
        """A query for the rows behind findings, that looks for those of these (subject, window); if `near`, where set aside."""
        if not wanted or self.run.wanted != [*wanted]:
            self.run.engine.empty(WANTED)
            self.run.engine.insert(WANTED, wanted)
            self.run.wanted[:] = wanted
        if not near or rule.shared is None or rule.shared.gathering.group not in self._near:
            return behind
        gathering = rule.shared.gathering
        return behind.reading(Rows(related_rows(gathering.related), "r"), f"near_{gathering.group}")

    def _own_behind(
        self, number: int, rule: RulePlan, wanted: Sequence[tuple[int, int]], behind: Sql
    ) -> dict[tuple[int, int], Behind]:
        """What a query for the rows behind these findings gives."""
        ordered = Sql.of(
            'SELECT subject, no, "row", sure FROM (', self._of_wanted(rule, wanted, behind), ') ORDER BY subject, no, "row"'
        )
        found: dict[tuple[int, int], Behind] = {}
        for subject, no, row, sure in self.run.engine.rows(ordered, rule=self._own(number)):
            found.setdefault((subject, no), Behind([])).own.append((row, sure))
        return found

    def _anybodys(
        self, number: int, rule: RulePlan, evidence: Evidence, some: Sequence[tuple[int, int]], *, near: bool
    ) -> dict[tuple[int, int], tuple[int, ...]]:
        """The rows that may be anybody's behind findings of these (subject, window), in order."""
        behind = self._of_wanted(rule, some, evidence.of(evidence.anybodys), near=near)
        listed = Sql.of('SELECT subject, no, LIST("row" ORDER BY "row") FROM (', behind, ") GROUP BY subject, no")
        return {(subject, no): tuple(rows) for subject, no, rows in self.run.engine.rows(listed, rule=self._own(number))}

    def places(self, record: str, rows: Iterable[int], field: str | None = None) -> dict[int, Place]:
        """Where rows of a record stand, or their cells in that field; a row that is made stands where its origin does."""
        declared, numbers = self.run.plan.record(record).record, sorted(set(rows))
        if not declared.made:
            return {row: self.run.tables[record].place(row, field) for row in numbers}
        if declared.origin is None:
            # The whole submission stands in all of its files.
            first = next(iter(self.run.tables.values()), None)
            return {row: Place("" if first is None else first.file) for row in numbers}
        query = f'SELECT _row, _origin_row FROM "t_{record}" WHERE _row IN (SELECT UNNEST($some))'
        return {row: self.run.tables[declared.origin].place(at) for row, at in self.run.engine.rows(query, some=numbers)}

    def near(self, record: str, rows: Iterable[int], reference: str) -> dict[int, tuple[str, ...]]:
        """The keys that a dangling reference of some rows almost matches, by row."""
        if reference not in self.run.near.get(record, ()):
            return {}
        near = (
            f'SELECT _row, LIST("{reference}" ORDER BY "{reference}") FROM "near_{record}" '
            f"WHERE _via = '{reference}' AND _row IN (SELECT UNNEST($some)) GROUP BY _row"
        )
        found = self.run.engine.rows(near, some=sorted(set(rows)))
        return {row: tuple(keys) for row, keys in found}

    def dangling(self, rule: IntegrityPlan, rows: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The elements of a list that are keys of no row, by the row in which they stand."""
        name, target = quoted(rule.fields[0]), self.run.plan.record(rule.target or "").record
        parts = f"SELECT _row, UNNEST(STRING_SPLIT({name}, {BETWEEN})) AS element FROM {quoted(f't_{rule.record}')}"
        keys = f"SELECT {quoted(target.key or '')} AS element FROM {quoted(f't_{target.name}')}"
        lost = f"SELECT * FROM ({parts} WHERE _row IN (SELECT UNNEST($some))) ANTI JOIN ({keys}) USING (element)"
        listed = f"SELECT _row, LIST(element ORDER BY element) FROM ({lost}) GROUP BY _row"
        return {row: tuple(found) for row, found in self.run.engine.rows(listed, some=sorted(set(rows)))}

    def near_elements(self, record: str, rows: Iterable[int], name: str) -> dict[int, tuple[str, ...]]:
        """The keys that elements of a list almost match, by row."""
        if name not in self.run.near_lists.get(record, ()):
            return {}
        found = of_elements(self.run.plan.record(record).record, name)
        listed = f"SELECT _row, LIST(DISTINCT key ORDER BY key) FROM ({found}) WHERE _row IN (SELECT UNNEST($some)) GROUP BY _row"
        return {row: tuple(keys) for row, keys in self.run.engine.rows(listed, some=sorted(set(rows)))}

    def not_allowed(self, record: str, rows: Iterable[int], field: Field) -> dict[int, tuple[str, ...]]:
        """The elements of a list that are none of its values, by row."""
        texts = {row: text for row, (text,) in self._cells(record, rows, [field.name]).items() if text is not None}
        return {row: tuple(each for each in elements(field, text) if allowed(field, each) is None) for row, text in texts.items()}

    def near_values(self, record: str, rows: Iterable[int], field: Field) -> dict[int, tuple[str, ...]]:
        """The values of an enumerated field that cells of some rows almost match, by row."""
        if field.separators:
            wrong = self.not_allowed(record, rows, field)
            meant = near_values(self.run.engine, {each for some in wrong.values() for each in some}, field)
            return {row: tuple(dict.fromkeys(value for each in some for value in meant[each])) for row, some in wrong.items()}
        texts = {row: text for row, (text,) in self._cells(record, rows, [field.name]).items() if text is not None}
        alike = near_values(self.run.engine, set(texts.values()), field)
        return {row: alike[text] for row, text in texts.items()}

    def cells(self, record: str, rows: Iterable[int], fields: Sequence[str]) -> dict[int, tuple[str | None, ...]]:
        """The submitted text of some cells, by row, None of a blank one; a dotted name is that of one that references lead to."""
        if not any("." in name for name in fields):
            return self._cells(record, rows, fields)
        numbers = sorted(set(rows))
        plain = [name for name in fields if "." not in name]
        found = {row: dict(zip(plain, of_row, strict=True)) for row, of_row in self._cells(record, numbers, plain).items()}
        for way in dict.fromkeys(name.rpartition(".")[0] for name in fields if "." in name):
            led = [name for name in fields if name.rpartition(".")[0] == way]
            other, reached = self.reached(record, numbers, led[0])
            texts = self._cells(other, reached.values(), [name.rpartition(".")[2] for name in led])
            # Where the way there ends, because a column of it was not submitted, neither was what it leads to.
            lost = [row for row in numbers if row not in reached]
            ends = self.cells(record, lost, [way]) if lost else {}
            for row in numbers:
                end = ends[row][0] if row in ends else None
                kept = end if end in {UNREADABLE, OPEN} else None
                found[row].update(zip(led, texts[reached[row]] if row in reached else (kept,) * len(led), strict=True))
        return {row: tuple(of_row[name] for name in fields) for row, of_row in found.items()}

    def reached(self, record: str, rows: Sequence[int], name: str) -> tuple[str, dict[int, int]]:
        """The record that the references of a dotted name lead to, and the row there of each row that has one."""
        reached = {row: row for row in rows}
        for reference in name.split(".")[:-1]:
            field = self.run.plan.record(record).record.field(reference)
            other = field.ref if field is not None else None
            key = self.run.plan.record(other).record.key if other is not None else None
            if other is None or key is None:
                return record, {}
            joined = (
                f'SELECT s._row, o._row FROM "t_{record}" AS s JOIN "t_{other}" AS o ON o._first AND o."{key}" = s."{reference}" '
                "WHERE s._row IN (SELECT UNNEST($some))"
            )
            next_row = self._led.setdefault((record, reference), {})
            if missing := set(reached.values()) - next_row.keys():
                found = dict(self.run.engine.rows(joined, some=sorted(missing)))
                next_row.update({row: found.get(row) for row in missing})
            reached = {row: there for row, at in reached.items() if (there := next_row[at]) is not None}
            record = other
        return record, reached

    def _cells(self, record: str, rows: Iterable[int], fields: Sequence[str]) -> dict[int, tuple[str | None, ...]]:
        numbers = sorted(set(rows))
        if not numbers or not fields:
            return dict.fromkeys(numbers, ())
        made = self.run.plan.record(record).record.made
        columns = ", ".join(f'CAST("{name}" AS VARCHAR)' if made else f'"{name}"' for name in fields)
        source, among, numbers = self._submitted(record, numbers)
        read = f"SELECT _row, {columns} FROM {source} WHERE {among}"
        found = self.run.engine.rows(read, some=numbers)
        return {row: tuple(text if text is None or bare(text) else None for text in texts) for row, *texts in found}

    def _submitted(self, record: str, rows: Iterable[int]) -> tuple[str, str, list[int]]:
        """The table of a record's cells as submitted, a condition for some rows of it, and what that is given as `$some`."""
        numbers = sorted(set(rows))
        if record in self._aside and self._aside[record].issuperset(numbers):
            return f'"aside_{record}"', "_row IN (SELECT UNNEST($some))", numbers
        table = self.run.filed.get(record)
        if table is not None and isinstance(table.source, ParquetSource):
            # The number of a row in its file is told without reading the row.
            return f'"raw_{record}"', "_at IN (SELECT UNNEST($some))", [row - 1 for row in numbers]
        return submitted(self.run.plan.record(record).record), "_row IN (SELECT UNNEST($some))", numbers
