"""All outcomes of a rulebook on a submission."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.second_reading import ages, counting, gaps, indicators, ratios, runs, syntax, targets, who
from tests.second_reading.book import Rule
from tests.second_reading.bounds import Outcome
from tests.second_reading.days import Window
from tests.second_reading.rulebooks import listed
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.who import Turn

VERDICTS = {"met": "satisfied", "breached": "violated", "unknown": "undetermined", "open": "pending", "none": "not-applicable"}

GRAVEST = ("breached", "unknown", "open", "met", "none")


@dataclass
class Finding:
    """One verdict; `row` is None for what is found of a whole table."""

    rule: str
    row: Row | None
    window: Window | None
    outcome: Outcome
    perhaps: bool = False
    verdict: str = ""
    reason: str | None = None
    strained: bool = False
    answers: tuple[Row, ...] = ()

    def conclude(self) -> None:
        """Draws the verdict from the outcome."""
        kind = self.outcome.kind
        if self.perhaps and kind in {"breached", "unknown"}:
            kind = "unknown"
        self.verdict, self.reason = VERDICTS[kind], self.outcome.reason


def judged(run: Run, rule: Rule) -> list[Finding]:
    """What measuring says of a rule, for all its subjects."""
    table = run.tables[run.book.selection(rule.subject)[0].name]
    if not table.submitted:
        return [Finding(rule.id, None, None, Outcome("unknown"))]
    found = []
    for row in table.subjects:
        run.strained = False
        for turn in who.turns(run, rule, row):
            for window, outcome, perhaps in measured(run, rule, row, turn):
                found.append(Finding(rule.id, row, window, outcome, turn.perhaps or perhaps, strained=run.strained))
    for finding in found:
        finding.conclude()
    return found


def measured(run: Run, rule: Rule, row: Row, turn: Turn) -> Iterator[tuple[Window | None, Outcome, bool]]:
    """What measuring says of one turn, and whether the rule only perhaps applies."""
    if turn.settled is not None:
        yield turn.window, turn.settled, False
        return
    if turn.part is not None and turn.part[0] > run.as_of:
        yield turn.window, Outcome("open"), False
        return
    if rule.form == "spacing":
        yield from ((window, outcome, False) for window, outcome in gaps.spacing(run, rule, row, turn))
        return
    window = turn.window
    if rule.form == "streak":
        (window, outcome), perhaps = runs.streak(run, rule, row, turn), False
    else:
        outcome, perhaps = several(run, rule, row, turn) if rule.parts else formed(run, rule, row, turn)
    if rule.form == "total":
        outcome = replace(outcome, low=None, high=None)
    yield window, outcome, perhaps


def several(run: Run, rule: Rule, row: Row, turn: Turn) -> tuple[Outcome, bool]:
    """What measuring says of a subject where a rule has several requirements."""
    found = []
    for part in rule.parts:
        outcome, perhaps = formed(run, part, row, turn)
        perhaps |= turn.perhaps
        found.append(Outcome("unknown") if perhaps and outcome.kind == "breached" else replace(outcome, low=None, high=None))
    return min(found, key=lambda outcome: GRAVEST.index(outcome.kind)), False


def formed(run: Run, rule: Rule, row: Row, turn: Turn) -> tuple[Outcome, bool]:
    """What measuring says of a subject, by form."""
    row = indicators.naming(run, rule, row, turn)
    if rule.form == "unique":
        alike = {path: path for key in ("fields", "within") for path in listed(rule.says.get(key, []))}
        rule = replace(rule, says={"of": rule.subject, "by": alike, "at_most": "1"})
        return counting.coverage(run, rule, row, turn)
    if rule.form == "coverage":
        return counting.coverage(run, rule, row, turn)
    if rule.form in {"rate", "share"}:
        return ratios.ratio(run, rule, row, turn)
    if rule.form == "condition":
        if turn.part is not None and turn.part[1] > run.as_of:
            return Outcome("open"), False
        held = run.holds(syntax.parse(rule.says["that"]), row, turn.day)
        return Outcome({True: "met", False: "breached", None: "unknown"}[held]), False
    forms = {
        "frequency": counting.frequency,
        "total": counting.total,
        "freshness": ages.freshness,
        "deadline": ages.deadline,
        "sequence": ages.deadline,
        "target": targets.target,
    }
    return forms[rule.form](run, rule, row, turn), False
