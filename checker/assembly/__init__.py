"""Builds the report of a run from what the engine found: findings with subjects and evidence, and the accounts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from checker.assembly.indicators import by_parts, indicators
from checker.assembly.listable import listable
from checker.assembly.notices import of_run
from checker.assembly.summaries import face
from checker.errors import Problem
from checker.model.integrity import IntegrityKind
from checker.model.names import Names
from checker.model.period import Period
from checker.model.plan import IntegrityPlan
from checker.model.report import Account, Conflict, Finding, Report, RuleSummary, Run, Standing
from checker.model.waivers import Waiver
from checker.model.words import Reason, Text, Verdict
from checker.provenance import exporting, indicator_values
from checker.provenance.exporting import FOR_PEOPLE, Data, Kind, draft
from checker.provenance.findings import Findings
from checker.provenance.lookup import Lookup
from checker.provenance.subjects import Subjects, place
from checker.records.values import Submission
from checker.run import accounting, filling, history, look_alikes
from checker.run.session import Session
from checker.run.standings import concluded, nothing_judged, stood
from checker.run.verdicts import Dispute
from checker.run.waivers import uses
from checker.words.message import message

if TYPE_CHECKING:
    from checker.provenance.batched import Batches

_LISTED = (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING, Verdict.WAIVED)


class Assembly:
    """One run's report in the making."""

    def __init__(
        self,
        measurement: Session,
        submission: Submission,
        run: Run,
        disputes: Sequence[Dispute],
        waivers: Sequence[Waiver],
        earlier: history.EarlierReports,
    ) -> None:
        self.measurement = measurement
        self.submission = submission
        self.run = run
        self.disputes = disputes
        self.waivers = waivers
        self.earlier = earlier
        self.windows = {
            no: Period(first, last, label)
            for no, first, last, label in measurement.engine.rows("SELECT no, first, last, label FROM windows")
        }
        self.lookup = Lookup(measurement)
        self.subjects = Subjects(self.lookup)
        self._counts = self.lookup.counts()
        self.summaries = self._summaries()
        self.findings = Findings(self.lookup, self.subjects, self.windows, waivers, history.periods(earlier))

    def report(self, most: int | None = None, memory: int | None = None) -> Report:
        """The finished report. It lists so many findings at most of each rule and verdict, and with 0 all of them.

        With None it lists a hundred of a large submission, and all of others; of a large one no more than fit into so
        much `memory`, if there is a limit.
        """
        large = self.measurement.large
        if most is None:
            most = self.measurement.engine.tuning.listed if large else 0
        asked = most
        if large and memory is not None:
            listed = (int(times) for _, verdict, _, times in self._counts if verdict in _LISTED)
            most = listable(memory, listed, most, self.measurement.engine.tuning.finding)
        findings = self.findings.all(most or None)
        standings = self._standings((most or None) if large else None)
        told = history.notices(self.measurement, self.earlier, concluded=bool(standings))
        return Report(
            run=self.run,
            findings=findings,
            rules=tuple(self.summaries.values()),
            standings=standings,
            accounts=tuple(self._accounts()),
            conflicts=self._conflicts(),
            problems=self.problems,
            notices=(
                *self._notices(),
                *([] if most == asked else [_fewer_listed(most)]),
                *self.submission.notices,
                *self._doubts(),
                *look_alikes.notices(self.measurement),
                *filling.unfilled(self.measurement),
                *told,
            ),
            sources=self.measurement.plan.sources,
            left_out=self._left_out(findings),
            standings_left_out=self._standings_left_out(standings),
            waivers=uses(self.measurement, self.waivers),
            previous=self.earlier.previous,
            baseline=self.earlier.baseline,
            gone=history.gone(self.measurement, self.earlier),
            names=self.names,
            indicators=tuple(indicators(self.measurement, self.subjects, self.windows, (most or None) if large else None)),
        )

    @property
    def names(self) -> Names:
        """What people call the records, fields, rules and exceptions, and the headers of the submission's columns."""
        plan, tables = self.measurement.plan, self.measurement.tables
        return Names(
            records={each.record.name: each.record for each in plan.records},
            titles=dict(plan.exception_titles) | {rule.id: rule.title for rule in plan.rules},
            headers={
                (record, column.field): column.header
                for record, table in tables.items()
                for column in table.columns
                if column.field is not None and column.header
            },
            sources={source.name: source for source in plan.sources},
        )

    def _doubts(self) -> Sequence[Problem]:
        """What was found in the cells, in the order of files and lines; twice where the tables were made twice."""
        found = dict.fromkeys(self.measurement.notices)
        return sorted(found, key=lambda each: (str(each.place), each.code, repr(each.message)))

    def _notices(self) -> Iterator[Problem]:
        """What is worth knowing of the run as such."""
        run, summaries = self.measurement, tuple(self.summaries.values())
        told = None if run.plan.workdays is None else run.engine.rows("SELECT MIN(day), MAX(day) FROM workdays")[0]
        return of_run(self.run, run.plan, run.rules, summaries, judged=not nothing_judged(run), workdays=told)

    def by_body(self, report: Report) -> Iterator[Report]:
        """The report in parts, each with all that is unmet by its bodies."""
        return self._batches().by_body(report)

    def _batches(self) -> Batches:
        from checker.provenance.batched import Batches  # noqa: PLC0415 -- most runs hold all their findings at once

        return Batches(self.lookup, self.windows, self.waivers, history.periods(self.earlier))

    def export(self, files: Mapping[Kind, Sequence[Path]], *, everything: bool = False) -> None:
        """Writes all rows of each kind to its files, for people or as data, as the suffix says: to all of them, or to none.

        People are told what is satisfied, or does not apply, only if they are to be told `everything`.
        """
        with ExitStack() as drafts:
            for kind, paths in files.items():
                data: Data | None = None
                for path in paths:
                    written, suffix = drafts.enter_context(draft(path, kind)), path.suffix.lower()
                    if suffix in FOR_PEOPLE:
                        with written.open("wb") as stream:
                            self._write_for_people(kind, suffix, stream, everything=everything)
                    else:
                        data = data or self._data(kind)
                        exporting.write(self.measurement.engine, data, written, suffix)

    def _data(self, kind: Kind) -> Data:
        if kind is Kind.INDICATORS:
            return indicator_values.values(self.measurement, self.run.language)
        return exporting.findings(self.measurement, self.waivers, history.periods(self.earlier))

    def _write_for_people(self, kind: Kind, suffix: str, stream: BinaryIO, *, everything: bool) -> None:
        from checker.report.for_people import TOLD, write_findings, write_indicators  # noqa: PLC0415 -- only where written

        if kind is Kind.INDICATORS:
            write_indicators(suffix, stream, by_parts(self.lookup, self.windows), self.run, self.names)
            return
        found = self._batches().by_rule(tuple(Verdict) if everything else TOLD)
        write_findings(suffix, stream, found, tuple(self.summaries.values()), self.run, self.names)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the submission could not be read."""
        return (*self.submission.problems, *self.measurement.problems)

    def _left_out(self, findings: Iterable[Finding]) -> tuple[tuple[Verdict, int], ...]:
        """How many findings of each verdict are not listed."""
        counts: Counter[Verdict] = Counter()
        for _, verdict, _, times in self._counts:
            counts[Verdict(verdict)] += int(times)
        for finding in findings:
            counts[finding.verdict] -= finding.windows
        return tuple((verdict, counts[verdict]) for verdict in Verdict if counts[verdict])

    # -- rules --------------------------------------------------------------------------------------------------------

    def _summaries(self) -> dict[str, RuleSummary]:
        counts: dict[int, dict[Verdict, int]] = defaultdict(lambda: defaultdict(int))
        reasons: dict[int, dict[Reason, int]] = defaultdict(lambda: defaultdict(int))
        for number, verdict, why, times in self._counts:
            counts[number][Verdict(verdict)] += int(times)
            if why is not None and verdict in {Verdict.NOT_APPLICABLE, Verdict.UNDETERMINED}:
                reasons[number][Reason(why)] += int(times)
        recognised = history.counts(self.measurement)
        judged = self.lookup.judged()
        for number, rule in enumerate(self.measurement.rules):
            census = self.measurement.census[rule.record]
            if isinstance(rule, IntegrityPlan):
                if rule.id in self.measurement.failing:
                    counts[number][Verdict.SATISFIED] += census.rows - self.measurement.failing[rule.id]
            elif unselected := census.first - judged.get(number, 0):
                counts[number][Verdict.NOT_APPLICABLE] += unselected
                reasons[number][Reason.NOT_SELECTED] += unselected
        return {
            rule.id: face(rule)._replace(
                counts=tuple((verdict, counts[number][verdict]) for verdict in Verdict if counts[number][verdict]),
                reasons=tuple((reason, reasons[number][reason]) for reason in Reason if reasons[number][reason]),
                repeated=recognised.get((number, "previous"), 0),
                known=recognised.get((number, "baseline"), 0),
            )
            for number, rule in enumerate(self.measurement.rules)
        }

    # -- standings, conflicts, accounts -------------------------------------------------------------------------------

    def _standings(self, most: int | None) -> tuple[Standing, ...]:
        body = self.measurement.plan.body
        if body is None:
            return ()
        rows = concluded(self.measurement, most)
        self.subjects.want((body, row) for row, *_ in rows)
        titles = dict(self.measurement.plan.standing_titles)
        found = [
            Standing(
                self.subjects.subject(body, row),
                standing or "none",
                titles.get(standing or "", Text()),
                violated,
                undetermined,
                of_file,
            )
            for row, standing, violated, undetermined, of_file in rows
        ]
        return tuple(sorted(found, key=lambda standing: place(standing.subject)))

    def _standings_left_out(self, standings: Iterable[Standing]) -> tuple[tuple[str, int], ...]:
        """How many bodies of each standing are not listed."""
        counts = Counter({standing or "none": times for standing, times in stood(self.measurement).items()})
        counts.subtract(Counter(each.standing for each in standings))
        return tuple(sorted((standing, times) for standing, times in counts.items() if times))

    def _conflicts(self) -> tuple[Conflict, ...]:
        found = []
        for case_no, rule, exceptions in self.disputes:
            subjects = self.lookup.subjects_of(case_no)
            self.subjects.want(subjects)
            found += [Conflict(self.subjects.subject(*subject), rule, exceptions) for subject in subjects]
        return tuple(sorted(found, key=lambda conflict: (place(conflict.subject), conflict.rule)))

    def _accounts(self) -> Iterable[Account]:
        unreadable = dict(self.submission.unreadable)
        for plan in self.measurement.plan.records:
            record, table = plan.record, self.measurement.tables.get(plan.record.name)
            if record.made:
                continue
            if table is None:
                at = unreadable.get(record.name)
                yield Account(record.name, "unreadable" if at else "not-submitted", at.file if at else None)
                continue
            census = self.measurement.census[record.name]
            cells = sum(self.measurement.failing.get(rule.id, 0) for rule in plan.integrity if rule.kind is IntegrityKind.ALLOWED)
            unsplit = accounting.refused(self.measurement, record)
            yield Account(
                table=record.name,
                state="read" if census.rows else "empty",
                file=table.file,
                sheet=table.sheet,
                rows=census.rows + self.measurement.apart.get(record.name, 0),
                judged=census.rows - census.doubtful - unsplit,
                rejected=census.doubtful,
                refused=unsplit,
                apart=self.measurement.apart.get(record.name, 0),
                outside=accounting.outside(self.measurement, record),
                unreadable_cells=cells,
                unread=tuple(column.header for column in table.columns if column.field is None and column.header),
                missing=tuple(field.name for field in record.fields if not table.has(field.name)),
            )


def _fewer_listed(most: int) -> Problem:
    """What is told where fewer findings are listed than were asked for."""
    return Problem("fewer-listed", message("fewer-listed", n=most), message("fewer-listed-fix"))
