"""What is read back of a report that was written as JSON, to be compared with others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from checker.errors import Place
from checker.model.days import read_day
from checker.model.period import Period
from checker.model.words import Category, Severity, Text, Verdict
from checker.report.reading import Members, refuse, whole_report
from checker.words.message import message

_COMPARED = (Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.WAIVED, Verdict.PENDING)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that a report tells of, and that is not in order.

    `identity` is by what its subject is recognised; `measured` is what was measured and required, only to be compared.
    """

    rule: str
    identity: str
    name: str
    body: str
    window: str | None
    verdict: Verdict
    severity: Severity
    message: str
    measured: str


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """A rule, and how many findings of each verdict it has."""

    id: str
    title: Text
    severity: Severity
    category: Category
    counts: Mapping[Verdict, int]

    def count(self, *verdicts: Verdict) -> int:
        """How many findings have one of those verdicts."""
        return sum(self.counts.get(verdict, 0) for verdict in verdicts)


@dataclass(frozen=True, slots=True)
class Written:
    """A report, as far as it is compared. `standings` says how many bodies have each; `broken`, that not all could be read."""

    file: str
    rulebook: str
    title: Text
    version: str
    submission: str
    period: Period
    as_of: date
    language: str
    told: tuple[Told, ...]
    rules: tuple[RuleFigures, ...]
    standings: Mapping[str, int]
    standing_titles: Mapping[str, Text]
    broken: bool

    def count(self, verdict: Verdict, category: Category | None = None) -> int:
        """How many findings of all rules, or of those of a category, have that verdict."""
        return sum(rule.count(verdict) for rule in self.rules if category in {None, rule.category})


def read_written(path: Path, *, findings: bool) -> Written:
    """The report in that file; with `findings`, it must list all that are not in order. Raises UsageError."""
    report = whole_report(path)
    run = report.object("run")
    left_out = report.value.get("left_out")
    unlisted = sum(_count(left_out, verdict) for verdict in _COMPARED) if findings else 0
    if unlisted:
        wrong = message("unlisted-findings", n=unlisted)
        refuse("unlisted-findings", wrong, message("unlisted-violations-fix"), Place(str(path)))
    as_of = read_day(run.text("as_of"))
    if as_of is None:
        refuse("not-a-report", message("report-incomplete", part="run.as_of"), message("report-fix"), Place(str(path)))
    standings = Counter(_numbers(report.value.get("standings_left_out")))
    titles: dict[str, Text] = {}
    for standing in _members(report, "standings", path):
        standings[standing.text("standing")] += 1
        titles[standing.text("standing")] = _text(standing.value.get("title"))
    return Written(
        file=str(path),
        rulebook=run.text("rulebook"),
        title=_text(run.value.get("rulebook_title")),
        version=run.text("rulebook_version"),
        submission=run.text("submission"),
        period=run.period("period"),
        as_of=as_of,
        language=run.text("language"),
        told=tuple(_told(each) for each in _members(report, "findings", path) if each.word("verdict", Verdict) in _COMPARED)
        if findings
        else (),
        rules=tuple(map(_rule, _members(report, "rules", path))),
        standings=dict(standings),
        standing_titles=titles,
        broken=bool(report.list("problems")),
    )


def _members(report: Members, key: str, path: Path) -> list[Members]:
    return [Members(each, path, f"{key}[{number}].") for number, each in enumerate(report.list(key))]


def _told(finding: Members) -> Told:
    subject = finding.object("subject")
    digest = subject.value.get("digest")
    path = subject.value.get("path")
    bodies = (
        [str(body.get("name") or body.get("id")) for body in path if isinstance(body, dict)] if isinstance(path, list) else []
    )
    return Told(
        rule=finding.text("rule"),
        identity=f"#{digest}" if isinstance(digest, str) else f"={subject.text('id')}",
        name=subject.text("name"),
        body=bodies[-1] if bodies else "",
        window=None if finding.value.get("window") is None else finding.object("window").text("label"),
        verdict=finding.word("verdict", Verdict),
        severity=finding.word("severity", Severity),
        message=finding.text("message"),
        measured=repr((finding.value.get("measured"), finding.value.get("required"))),
    )


def _rule(rule: Members) -> RuleFigures:
    counts = {Verdict(verdict): n for verdict, n in _numbers(rule.value.get("counts")).items() if verdict in {*Verdict}}
    return RuleFigures(
        id=rule.text("id"),
        title=_text(rule.value.get("title")),
        severity=rule.word("severity", Severity),
        category=Category.DATA if rule.text("form") == "integrity" else Category.REGULATION,
        counts=counts,
    )


def _numbers(value: object) -> dict[str, int]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {str(key): n for key, n in pairs if isinstance(n, int) and not isinstance(n, bool)}


def _count(counts: object, verdict: Verdict) -> int:
    return _numbers(counts).get(verdict.value, 0)


def _text(value: Any) -> Text:  # noqa: ANN401 -- whatever stands in a file
    return Text.of({str(key): str(text) for key, text in value.items()}) if isinstance(value, dict) else Text()
