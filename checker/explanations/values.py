"""How an indicator came to its values: of whom, window by window, and the rows that count, or may.

An indicator is looked at as the rule that requires nothing of what it measures: so its rows are found as those of rules are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.api import Judged
from checker.assembly.indicators import indicators, of_subject, of_values
from checker.errors import Problem, UsageError
from checker.explanations.judgements import Judgements, touches
from checker.model.explanation import ExplainedValue, Query, SubjectAccount, Verdicts
from checker.model.indicator_plan import IndicatorPlan
from checker.model.indicators import Indicator, IndicatorState, IndicatorValue
from checker.model.period import Period
from checker.model.plan import RulePlan
from checker.model.report import Finding
from checker.model.words import Outcome, Reason, Severity, Verdict
from checker.provenance.evidence import NOTHING, Behind, Rows, Saying
from checker.provenance.named_values import NamedValues
from checker.provenance.script import script
from checker.rules.rulebook import Rulebook
from checker.words.message import message

_FIRST = 100
"""Of so many subjects and windows the values are listed, unless it is said otherwise."""


class Values(Judgements):
    """What a run says of one indicator, which is the only one that was asked for, or one with those that it names."""

    def __init__(self, judged: Judged, book: Rulebook, indicator: IndicatorPlan, rule: RulePlan, most: int | None) -> None:
        super().__init__(judged, book, rule, most)
        self._indicator, self._as_rule = indicator, rule
        self._named = NamedValues(self._measurement)
        # From here on the run is one of that rule, of which nothing was found.
        self._measurement.rules = (rule,)

    def indicator(self, *, with_values: bool) -> Indicator:
        """The indicator, with its first values or without."""
        if not with_values:
            return of_values(self._indicator, (), told=self._measurement.told(self._indicator.record))
        most = _FIRST if self._most is None else self._most
        assembly = self._assembly
        found = indicators(self._measurement, assembly.subjects, assembly.windows, most)
        return next(each for each in found if each.id == self._indicator.id)

    def verdicts(self) -> tuple[Verdicts, ...]:
        """There are none."""
        return ()

    def queries(self, rows: Sequence[int] | None) -> tuple[Query, ...]:
        """The queries of the indicator, complete; the evidence is that of those subjects."""
        self._assembly.subjects.want((self._indicator.record, row) for row in rows or ())
        wanted = [(row, no) for row in rows or () for no, _ in self._values(row)]
        return script(self._measurement, self._rule, wanted)

    def subjects(self, rows: Sequence[int], window: Period | None) -> tuple[SubjectAccount, ...]:
        """What the indicator measures of the subjects in those rows, in the windows that touch the one given.

        Raises UsageError where no window does.
        """
        if window is not None and self._indicator.unit is None:
            wrong = message("no-windows", rule=self._indicator.id)
            raise UsageError(Problem("unknown-window", wrong, message("no-windows-fix")))
        record = self._indicator.record
        known = [row for row in rows if row]
        self._assembly.subjects.want((record, row) for row in known)
        values = {row: list(self._values(row)) for row in known}
        said = {row: [(no, value) for no, value in of_row if touches(value.window, window)] for row, of_row in values.items()}
        if window is not None and not any(said.values()):
            placed = (value.window for each in values.values() for _, value in each)
            windows = ", ".join(dict.fromkeys(each.label for each in placed if each is not None))
            wrong = message("unknown-window", rule=self._indicator.id, window=window)
            raise UsageError(Problem("unknown-window", wrong, message("unknown-window-fix", windows=windows)))
        behind = self._behind(said)
        conditions = self._conditions(known)
        return tuple(
            SubjectAccount(
                subject=self._assembly.subjects.subject(record, row),
                conditions=conditions.get(row, ()),
                exemptions=(),
                judgements=(),
                values=tuple(self._explained(row, no, value, behind.get((row, no), NOTHING)) for no, value in of_row),
            )
            for row, of_row in said.items()
        )

    def _values(self, row: int) -> Iterator[tuple[int, IndicatorValue]]:
        """The values of a subject, each with the number of its window."""
        return of_subject(self._measurement, self._indicator, row, self._assembly.subjects, self._assembly.windows)

    def _explained(self, row: int, no: int, value: IndicatorValue, rows: Rows) -> ExplainedValue:
        """A value with its rows in the form of a finding: what is undetermined is what is not known."""
        verdict = _verdict(value) if _has_rows(value) else Verdict.NOT_APPLICABLE
        looked_at = Finding(
            self._indicator.id,
            value.subject,
            verdict,
            Severity.NOTE,
            value.window,
            reason=value.reason,
            evidence=rows.listed,
            evidence_left_out=rows.left_out,
            could_decide_unlisted=rows.unlisted,
            named=self._named.of(self._as_rule, row, no) if _has_rows(value) else (),
        )
        return ExplainedValue(value, looked_at)

    def _told(self, rows: Sequence[int]) -> Iterator[int]:
        self._assembly.subjects.want((self._indicator.record, row) for row in rows)
        return (row for row in rows if any(self._values(row)))

    def _behind(self, said: dict[int, list[tuple[int, IndicatorValue]]]) -> dict[tuple[int, int], Rows]:
        """The rows behind values, by subject and window; those that could decide what is not known come first."""
        sayings = [_saying(row, no, value) for row, of_row in said.items() for no, value in of_row if _has_rows(value)]
        found = Behind(self._assembly.lookup).of(sayings, None)
        return {(row, no): rows for (_, row, no), rows in found.items()}


def _has_rows(value: IndicatorValue) -> bool:
    """Whether some rows were looked at: not of whom there is no window, or who is not selected."""
    return value.state is not IndicatorState.NONE or value.reason is Reason.NOTHING_TO_MEASURE


def _verdict(value: IndicatorValue) -> Verdict:
    """Whether a value is known, as a verdict is."""
    nothing = value.reason is Reason.NOTHING_TO_MEASURE
    exact = value.low is not None and value.low == value.high
    # Of 2 of 3 the ends differ, though nothing is missing.
    exact = exact or (bool(value.ratio) and all(low is not None and low == high for low, high in value.ratio))
    known = nothing or (exact and value.state is not IndicatorState.PERHAPS)
    return Verdict.SATISFIED if known else Verdict.UNDETERMINED


def _saying(row: int, no: int, value: IndicatorValue) -> Saying:
    """A value in the form of what is said of a rule."""
    verdict = _verdict(value)
    outcome = Outcome.MET if verdict is Verdict.SATISFIED else Outcome.UNKNOWN
    nothing = dict.fromkeys(Saying._fields)
    of_value = {"rule": 0, "no": no, "verdict": verdict.value, "outcome": outcome.value, "windows": 1, "last_no": no}
    return Saying(**{**nothing, **of_value, "known": False, "subjects": [row]})  # type: ignore[arg-type]
