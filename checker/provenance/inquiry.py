"""What is asked of a finished measurement to explain it: who is meant by a name, what was said how often, what holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checker.model.law import Matter, Truth
from checker.model.period import Per
from checker.model.schema import Record
from checker.model.sql import Sql
from checker.model.words import Outcome
from checker.run import results
from checker.run.session import Session
from checker.run.verdicts import required_of
from checker.tables.windows import window_unit


@dataclass(frozen=True)
class Inquiry:
    """Questions to a measurement that has been settled."""

    measurement: Session

    def groups(self, rule: str) -> list[tuple[str, str | None, str | None, int, list[int]]]:
        """(verdict, reason, exception, how often, subjects) of a rule."""
        number = self.measurement.number(rule)
        return self.measurement.engine.rows(results.GROUPS, rule=number)

    def judged(self, rule: str, rows: Iterable[int] | None) -> list[tuple[int, int]]:
        """(subject, window) of what a rule says of those subjects; by default of all that it finds violated or undetermined."""
        graver = rows is None
        of = "verdict IN ('violated', 'undetermined')" if graver else "subject IN (SELECT UNNEST($some))"
        chosen = f"SELECT subject, no FROM findings WHERE rule = $rule AND subject > 0 AND {of} ORDER BY subject, no"
        needs = {"rule": self.measurement.number(rule)} | ({} if rows is None else {"some": sorted(rows)})
        return self.measurement.engine.rows(chosen, **needs)

    def matters(self, rule: str, row: int) -> dict[tuple[date | None, date | None, Outcome], Matter]:
        """What was put before the rule engine of a rule and a subject, by the days of the window and the outcome."""
        run, number = self.measurement, self.measurement.number(rule)
        put = """SELECT placed.first, placed.last, findings.outcome, findings.covered, findings.required
        FROM findings JOIN windowed_outcomes AS placed USING (rule, subject, no)
        WHERE rule = $rule AND subject = $row ORDER BY no"""
        found = run.engine.rows(put, rule=number, row=row)
        return {
            (*((first, last) if first and last else (None, None)), Outcome(said)): Matter(
                rule, Outcome(said), covered, required_of(run, text)
            )
            for first, last, said, covered, text in found
        }

    def windows(self, per: Per, *, partial: bool) -> list[int]:
        """The numbers of the windows of that kind, in the order of time; `partial`: of those of which a part may be due."""
        unit = window_unit(per, partial=partial)
        numbered = "SELECT no FROM windows WHERE unit = $unit ORDER BY first"
        return [no for (no,) in self.measurement.engine.rows(numbered, unit=unit)]

    def held(self, record: str, row: int) -> tuple[tuple[str, Truth], ...]:
        """The exceptions that hold, or may hold, of a subject."""
        exceptions = self.measurement.plan.exceptions
        stated = "SELECT key, truth FROM held WHERE record = $record AND subject = $row AND key < $exceptions ORDER BY key"
        needs = {"record": record, "row": row, "exceptions": len(exceptions)}
        found = self.measurement.engine.rows(stated, **needs)
        return tuple((exceptions[number].key, Truth(truth)) for number, truth in found)

    def named(self, record: str, name: str) -> list[tuple[int, bool]]:
        """(row, whether it stands for its key) of the rows of a record whose key is that, else of those labelled so."""
        declared = self._record(record)
        named = [f'"{column}" = $name' for column in (declared.key, declared.label) if column is not None]
        # A row without a key goes by its number.
        named.append(f"""{"TRUE" if declared.key is None else f'"{declared.key}" IS NULL'} AND 'row ' || _row = $name""")
        for condition in named:
            rows = f'SELECT _row, _first FROM "t_{record}" WHERE {condition} ORDER BY _row'
            if found := self.measurement.engine.rows(rows, name=name):
                return found
        return []

    def names(self, record: str, most: int) -> list[str]:
        """The keys, and then the labels, of the first rows of a record."""
        declared, found = self._record(record), list[str]()
        for column in filter(None, (declared.key, declared.label)):
            rows = f'SELECT "{column}" FROM "t_{record}" WHERE NOT "{column}" IS NULL ORDER BY _row LIMIT {most}'
            found += [name for (name,) in self.measurement.engine.rows(rows)]
        return found

    def owned(self, record: str, body: str) -> list[int]:
        """The rows of a record for which a body answers, those that stand for their key."""
        rows = (
            f'SELECT o.subject FROM responsible_bodies AS o JOIN "t_{record}" AS t ON t._row = o.subject '
            "WHERE o.record = $record AND o.body = $body AND t._first ORDER BY o.subject"
        )
        found = self.measurement.engine.rows(rows, record=record, body=body)
        return [row for (row,) in found]

    def answers(self, statement: Sql, rows: Iterable[int]) -> dict[int, tuple[bool | None, ...]]:
        """What a statement of `checker.plan.selecting` says of those rows."""
        found = self.measurement.engine.rows(statement, some=sorted(rows))
        return {row: tuple(truths) for row, *truths in found}

    def _record(self, name: str) -> Record:
        return self.measurement.plan.record(name).record
