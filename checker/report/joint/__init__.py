"""What came of several submissions that were checked in one run, as a paper: each of them, the rules, what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from checker.errors import Problem
from checker.model.report import Report, RuleSummary, Run
from checker.model.words import Category, Verdict
from checker.report.exit import Exit
from checker.report.json_values import period_json, problem_json, text_json
from checker.report.papers import Paper
from checker.report.say.wording import Wording
from checker.report.tables import Cell, Table

if TYPE_CHECKING:
    from checker.report.joint.json_shape import JointRuleJson, OverviewJson, RunOfOneJson, SubmissionJson

WORST_FIRST: Final = (Exit.FAULT, Exit.INPUT, Exit.VIOLATED, Exit.UNDECIDED, Exit.CLEAN)
_NEVER: Final = date(2000, 1, 1)
"""The day of an overview in which nothing was judged as of any."""


class Outcome(NamedTuple):
    """What came of one submission: its exit code, what was wrong, and, if it could be judged, the run and its rules.

    `said` is what was to be said on standard error, `files` are the formats of its reports and where they are.
    """

    name: str
    submission: str
    code: Exit
    problems: tuple[Problem, ...] = ()
    run: Run | None = None
    rules: tuple[RuleSummary, ...] = ()
    said: str = ""
    files: tuple[tuple[str, str], ...] = ()

    def of(self, report: Report, code: Exit) -> Outcome:
        """The same, with what a report says."""
        return self._replace(code=code, problems=report.problems, run=report.run, rules=report.rules)

    def times(self, verdict: Verdict, category: Category = Category.REGULATION) -> int | None:
        """How many findings of a category have that verdict; None where nothing was judged."""
        if self.run is None:
            return None
        return sum(rule.count(verdict) for rule in self.rules if rule.category is category)


class _Rule(NamedTuple):
    """A rule that is violated, by how many submissions, and how often altogether."""

    rulebook: str
    rule: RuleSummary
    submissions: int
    violated: int


def worst(codes: Iterable[Exit]) -> Exit:
    """The exit code of several runs: the worst of theirs."""
    return min(codes, key=WORST_FIRST.index)


def joint_paper(outcomes: Sequence[Outcome], wording: Wording, hint: str = "", most: int | None = None) -> Paper:
    """The paper on these submissions, in their order. `hint` says how to learn more; so many rules are listed at `most`."""
    code, rules = worst(each.code for each in outcomes), _violated(outcomes)
    tables = [_submissions(outcomes), _problems(outcomes, wording), _by_rule(rules[:most], wording)]
    more = len(rules) - len(rules[:most])
    number = sum(each.code is code for each in outcomes)
    said = wording(f"joint-exit-{code.value}", n=number, all=len(outcomes))
    return Paper(
        wording=wording,
        title=wording("joint-title"),
        facts=list(_facts(outcomes, wording)),
        tables=[table for table in tables if table.rows],
        said=[*([wording("joint-more-rules", n=more)] if more else []), *([hint] if hint else []), said],
        data=_json(outcomes, rules, code, wording),
        made=max((each.run.as_of for each in outcomes if each.run is not None), default=_NEVER),
    )


def _facts(outcomes: Sequence[Outcome], wording: Wording) -> Iterable[tuple[str, str]]:
    runs = [each.run for each in outcomes if each.run is not None]
    for book, title in dict.fromkeys((run.rulebook, run.rulebook_title) for run in runs):
        yield wording("rulebook"), f"{title.in_(wording.language) or book} ({book})"
    for period, day in dict.fromkeys((run.period, run.as_of) for run in runs):
        yield wording("column-period"), wording("joint-period", period=wording.window(period), day=wording.day(day))
    codes = Counter(each.code for each in outcomes)
    came = [wording(f"joint-{code.value}", n=codes[code]) for code in reversed(WORST_FIRST) if codes[code]]
    yield wording("joint-submissions"), f"{wording.number(len(outcomes))}: {', '.join(came)}"


def _submissions(outcomes: Sequence[Outcome]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in outcomes:
        counts = (each.times(verdict) for verdict in (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.SATISFIED))
        rows.append((each.name, int(each.code), *counts, each.times(Verdict.VIOLATED, Category.DATA)))
    columns = ("submission", "column-code", "violated", "undetermined", "satisfied", "joint-to-correct")
    return Table("joint-each", columns, rows)


def _violated(outcomes: Sequence[Outcome]) -> list[_Rule]:
    """The rules that any submission violates, the gravest first, and of these what most violate."""
    found: dict[tuple[str, str], _Rule] = {}
    for each in outcomes:
        for rule in each.rules:
            if each.run is not None and (violated := rule.count(Verdict.VIOLATED)):
                before = found.get((each.run.rulebook, rule.id), _Rule(each.run.rulebook, rule, 0, 0))
                found[before.rulebook, rule.id] = before._replace(
                    submissions=before.submissions + 1, violated=before.violated + violated
                )
    return sorted(found.values(), key=lambda each: (-each.rule.severity.rank, -each.submissions, -each.violated))


def _by_rule(rules: Iterable[_Rule], wording: Wording) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (each.rule.title.in_(wording.language) or each.rule.id, each.rule.severity, each.submissions, each.violated)
        for each in rules
    ]
    return Table("joint-rules", ("column-rule", "column-severity", "joint-submissions", "violated"), rows)


def _problems(outcomes: Sequence[Outcome], wording: Wording) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in outcomes:
        for problem in each.problems:
            where = f"{problem.place.in_(wording)}: " if problem.place else ""
            rows.append((each.name, f"{where}{problem.message_in(wording)} [{problem.code}]", problem.fix_in(wording)))
    return Table("joint-problems", ("submission", "column-kind", "column-fix"), rows)


def _json(outcomes: Sequence[Outcome], rules: Sequence[_Rule], code: Exit, wording: Wording) -> OverviewJson:
    return {
        "format": "checker-overview",
        "version": 1,
        "exit_code": int(code),
        "submissions": [_of_one(each, wording) for each in outcomes],
        "rules": [_rule(each) for each in rules],
    }


def _of_one(each: Outcome, wording: Wording) -> SubmissionJson:
    counts = {verdict: each.times(verdict) for verdict in Verdict}
    return {
        "name": each.name,
        "submission": each.submission,
        "exit_code": int(each.code),
        "run": None if each.run is None else _run(each.run),
        "counts": {verdict.value: n for verdict, n in counts.items() if n},
        "to_correct": each.times(Verdict.VIOLATED, Category.DATA) or 0,
        "files": [{"format": name, "file": file} for name, file in each.files],
        "problems": [problem_json(problem, wording) for problem in each.problems],
    }


def _run(run: Run) -> RunOfOneJson:
    return {
        "rulebook": run.rulebook,
        "rulebook_title": text_json(run.rulebook_title),
        "rulebook_version": run.rulebook_version,
        "submitted_by": run.submitted_by,
        "period": period_json(run.period),
        "as_of": run.as_of.isoformat(),
    }


def _rule(each: _Rule) -> JointRuleJson:
    return {
        "rulebook": each.rulebook,
        "rule": each.rule.id,
        "title": text_json(each.rule.title),
        "category": each.rule.category,
        "severity": each.rule.severity,
        "submissions": each.submissions,
        "violated": each.violated,
    }
