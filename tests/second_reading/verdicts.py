"""From outcomes to verdicts: exceptions, and rules that require others."""

from collections.abc import Iterable

from tests.second_reading import judging, waiving
from tests.second_reading.book import Exemption
from tests.second_reading.bounds import Outcome
from tests.second_reading.judging import Finding
from tests.second_reading.sense import Run
from tests.second_reading.tables import Row
from tests.second_reading.truth import Truth, either
from tests.second_reading.waiving import Waiver

GRAVEST = ("violated", "undetermined", "pending", "waived", "satisfied", "not-applicable")


def concluded(run: Run, waivers: list[Waiver]) -> list[Finding]:
    """The findings of all rules, those that follow from the records apart."""
    found = {rule.id: judging.judged(run, rule) for rule in run.book.rules}
    for findings in found.values():
        for finding in findings:
            excepted(run, finding)
    done: set[str] = set()
    while len(done) < len(found):
        for rule in run.book.rules:
            if rule.id not in done and set(rule.requires) <= done:
                for finding in found[rule.id]:
                    required(finding, {other: (wanted, found[other]) for other, wanted in rule.requires.items()})
                    waiving.waive(run, finding, waivers)
                done.add(rule.id)
    return [finding for findings in found.values() for finding in findings]


def excepted(run: Run, finding: Finding) -> None:
    """Applies the exceptions to a finding."""
    if finding.row is None:
        finding.conclude()
        return
    row, exceptions = finding.row, run.book.exceptions
    displaced = holding(run, row, (each for each in exceptions if finding.rule in each.displaces))
    if displaced is not False:
        away(finding, displaced)
    named = [each for each in exceptions if each.by == finding.rule]
    if named:
        holds = holding(run, row, named)
        if holds is False:
            finding.outcome = Outcome("none", "no-exception")
        finding.perhaps |= holds is None
    finding.conclude()
    clash = conflict(run, row, named)
    if clash is None:
        finding.perhaps = True
        finding.conclude()
    elif clash and finding.verdict in {"violated", "satisfied"}:
        finding.verdict = "undetermined"


def away(finding: Finding, displaced: Truth) -> None:
    """What an exception takes away, or perhaps does."""
    if displaced:
        finding.outcome = Outcome("none", "displaced")
    else:
        finding.perhaps = True


def holding(run: Run, row: Row, exceptions: Iterable[Exemption]) -> Truth:
    """Whether one of the exceptions holds for a subject."""
    return either(run.holds(each.when, row, run.ref) for each in exceptions)


def conflict(run: Run, row: Row, named: list[Exemption]) -> Truth:
    """Whether an exception that names the rule and another one displace the same rule differently."""
    found: list[Truth] = []
    for each in named:
        for other in run.book.exceptions:
            if other.by != each.by and set(other.displaces) & set(each.displaces):
                both_hold = {run.holds(each.when, row, run.ref), run.holds(other.when, row, run.ref)}
                found.append(False if False in both_hold else None if None in both_hold else True)
    return either(found)


def required(finding: Finding, others: dict[str, tuple[str, list[Finding]]]) -> None:
    """Applies the required rules to a finding."""
    if finding.verdict == "not-applicable":
        return
    doubtful = False
    for wanted, findings in others.values():
        found = {each.verdict for each in findings if (each.row is finding.row or each.row is None) and common(each, finding)}
        gravest = next((verdict for verdict in GRAVEST if verdict in found), "not-applicable")
        if gravest == wanted:
            continue
        if gravest not in {"undetermined", "pending"}:
            finding.verdict, finding.reason = "not-applicable", "requirement"
            return
        doubtful = True
    if doubtful and finding.verdict == "violated":
        finding.verdict = "undetermined"


def common(one: Finding, other: Finding) -> bool:
    """Whether two findings are about days that they share."""
    if one.window is None or other.window is None:
        return True
    return one.window[0] <= other.window[1] and other.window[0] <= one.window[1]
