"""The report as assessment results of OSCAL: what was found of each rule, and an observation of each finding that is amiss.

A rule stands for an objective of a control. One that was not judged is excluded from what was reviewed: nothing skipped
counts as satisfied. Nothing in it is by the clock or by chance: the day is that as of which is judged, and every identifier
follows from what it is given to.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, TextIO
from uuid import UUID, uuid5

from checker import __version__
from checker.display_width import visible
from checker.model.report import Evidence, Finding, Report, RuleSummary, Subject
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.check.text_waivers import waiver_text
from checker.report.ci.addresses import Addresses
from checker.report.ci.fingerprints import with_fingerprints
from checker.report.exit import JUDGED
from checker.report.grouping import is_body, is_submission, rule_of, subject_text
from checker.report.narrowing import narrowed
from checker.report.say.cells import row_text
from checker.report.say.clauses import clause_text
from checker.report.say.message import describe
from checker.report.say.places import Places
from checker.report.say.wording import Wording

Json = dict[str, Any]

VERSION: Final = "1.2.1"
_NAMESPACE = UUID("6f1f0c5e-7d0f-5d54-9a1c-0b8f6d1b6a53")
_OURS = "urn:checker"
_AMISS = (Verdict.VIOLATED, Verdict.WAIVED, Verdict.UNDETERMINED)


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes one document with one result."""
    report = narrowed(report, presentation.narrowing)
    json.dump({"assessment-results": _Results(report, presentation).whole()}, stream, ensure_ascii=False, indent=1)
    stream.write("\n")


class _Results:
    """Makes the document of a report."""

    def __init__(self, report: Report, presentation: Presentation) -> None:
        run = report.run
        self._report = report
        self._wording = Wording(run.language, report.names)
        self._places = Places(run.submission, self._wording)
        self._addresses = Addresses(presentation.root)
        self._rule = rule_of(report)
        self._about = (run.rulebook, run.rulebook_version, run.submission, run.period.label, run.as_of.isoformat())
        self._parties: dict[str, Json] = {}
        self._items: dict[str, Json] = {}

    def whole(self) -> Json:
        """The document."""
        run, plan = self._report.run, self._uuid("plan")
        result = self._result()
        parties = list(self._parties.values())
        return {
            "uuid": self._uuid("document"),
            "metadata": {
                "title": _line(f"{self._wording('report')}: {run.rulebook_title.in_(run.language)}, {run.period.label}"),
                "last-modified": _moment(run.as_of),
                "version": _line(run.rulebook_version) or "0",
                "oscal-version": VERSION,
                "props": [_property("checker", __version__), _property("rulebook", run.rulebook)],
                **({"parties": parties} if parties else {}),
            },
            "import-ap": {"href": f"#{plan}"},
            "results": [result],
            "back-matter": {
                "resources": [
                    {
                        "uuid": plan,
                        "title": _line(run.rulebook_title.in_(run.language) or run.rulebook),
                        "description": _line(run.rulebook),
                    }
                ]
            },
        }

    def _result(self) -> Json:
        run = self._report.run
        amiss = [each for each in self._report.findings if each.verdict in _AMISS]
        observed: dict[str, list[tuple[Finding, Json]]] = defaultdict(list)
        for finding, known in with_fingerprints(run.rulebook, amiss):
            observed[finding.rule].append((finding, self._observation(finding, known)))
        risks = {identity: risk for each in observed.values() for identity, risk in self._risks(each)}
        judged = [rule for rule in self._report.rules if any(rule.count(verdict) for verdict in JUDGED)]
        members: Json = {
            "uuid": self._uuid("result"),
            "title": _line(f"{run.rulebook} {run.period.label}"),
            "description": _line(f"{self._wording('submission')}: {run.submission}"),
            "start": _moment(run.as_of),
            "end": _moment(run.as_of),
            "local-definitions": {"inventory-items": list(self._items.values())},
            "reviewed-controls": {"control-selections": [self._selection(judged)]},
            "observations": [observation for each in observed.values() for _, observation in each],
            "risks": list(risks.values()),
            "findings": [self._finding(rule, observed[rule.id]) for rule in judged],
        }
        if not self._items:
            del members["local-definitions"]
        return {name: value for name, value in members.items() if value != []}

    def _selection(self, judged: Sequence[RuleSummary]) -> Json:
        """The rules that were judged, and those that were not."""
        others = [rule for rule in self._report.rules if rule not in judged]
        found: Json = (
            {"include-controls": [{"control-id": _token(rule.id)} for rule in judged]} if judged else {"include-all": {}}
        )
        return {**found, "exclude-controls": [{"control-id": _token(rule.id)} for rule in others]} if others else found

    def _finding(self, rule: RuleSummary, observed: Sequence[tuple[Finding, Json]]) -> Json:
        """What was found of a rule: it is satisfied where nothing violates it, and nothing is undetermined."""
        wording = self._wording
        gravest = next((verdict for verdict in (Verdict.VIOLATED, Verdict.UNDETERMINED) if rule.count(verdict)), None)
        counts = ", ".join(f"{wording(verdict.value)} {n}" for verdict, n in rule.counts)
        reason = {None: "pass", Verdict.VIOLATED: "fail"}.get(gravest, "other")
        state = {"state": "satisfied" if gravest is None else "not-satisfied", "reason": reason, "remarks": counts}
        title = _line(rule.title.in_(wording.language)) or rule.id
        about = "; ".join(filter(None, (title, rule.restated.in_(wording.language), clause_text(rule, wording))))
        found: Json = {
            "uuid": self._uuid("finding", rule.id),
            "title": title,
            "description": _line(about),
            "props": [
                _property("rule", rule.id),
                _property("severity", rule.severity.value),
                _property("category", rule.category.value),
            ],
            "target": {"type": "objective-id", "target-id": _token(rule.id), "status": state},
        }
        if observed:
            found["related-observations"] = [{"observation-uuid": observation["uuid"]} for _, observation in observed]
        own = [self._risk_of(observation) for finding, observation in observed if finding.waiver is not None]
        if own:
            found["related-risks"] = [{"risk-uuid": identity} for identity in own]
        return found

    def _observation(self, finding: Finding, known: str | None) -> Json:
        rule, wording = self._rule(finding.rule), self._wording
        window = [] if finding.window is None else [_property("window", finding.window.label)]
        found: Json = {
            "uuid": self._uuid("observation", finding.rule, known or f"{finding.subject.id} {window}"),
            "title": _line(rule.title.in_(wording.language)) or rule.id,
            "description": _line(describe(finding, rule, wording)),
            "props": [_property("verdict", finding.verdict.value), _property("severity", finding.severity.value), *window],
            "methods": ["TEST"],
            "types": ["finding"],
            "subjects": [self._subject(finding.subject)],
            "collected": _moment(self._report.run.as_of),
        }
        if finding.evidence:
            found["relevant-evidence"] = [self._evidence(row) for row in finding.evidence]
        return found

    def _evidence(self, row: Evidence) -> Json:
        cells = row_text(row, self._wording)
        said = self._places.one(row) + (f": {cells}" if cells else "")
        return {"href": self._addresses.uri(row.file)[0], "description": _line(said)}

    def _subject(self, subject: Subject) -> Json:
        """The subject; a body is a party, everything else an item of the inventory."""
        kept = self._parties if is_body(subject) else self._items
        key = f"{subject.record}/{subject.digest or subject.id}"
        name = self._wording("submission-itself") if is_submission(subject) else subject_text(subject)
        identity = self._uuid("subject", key)
        if is_body(subject):
            kept[key] = {"uuid": identity, "type": "organization", "name": _line(name), "props": [_property("id", subject.id)]}
            return {"subject-uuid": identity, "type": "party", "title": _line(name)}
        kept[key] = {"uuid": identity, "description": _line(name), "props": [{"name": "asset-id", "value": _line(subject.id)}]}
        return {"subject-uuid": identity, "type": "inventory-item", "title": _line(name)}

    def _risks(self, observed: Iterable[tuple[Finding, Json]]) -> Iterator[tuple[str, Json]]:
        """What was waived: a deviation that was approved."""
        for finding, observation in observed:
            if finding.waiver is not None:
                said = _line(waiver_text(finding.waiver, self._places))
                identity = self._risk_of(observation)
                yield (
                    identity,
                    {
                        "uuid": identity,
                        "title": observation["title"],
                        "description": observation["description"],
                        "statement": said,
                        "status": "deviation-approved",
                        "related-observations": [{"observation-uuid": observation["uuid"]}],
                    },
                )

    def _risk_of(self, observation: Json) -> str:
        return self._uuid("risk", str(observation["uuid"]))

    def _uuid(self, *parts: str) -> str:
        """The identifier of a part of this document."""
        return str(uuid5(_NAMESPACE, json.dumps([*self._about, *parts]).encode("utf-8", "backslashreplace").decode()))


def _property(name: str, value: str) -> Json:
    return {"name": name, "ns": _OURS, "value": _line(value) or "-"}


def _line(text: str) -> str:
    """The text on one line, without blanks around it."""
    return " ".join(visible(text).split())


def _token(text: str) -> str:
    """A name as the standard has them: letters, digits, dots, hyphens and underscores, the first none of the last three."""
    name = "".join(sign if sign.isalnum() or sign in "-_." else "." for sign in text)
    return name if name[:1].isalpha() else f"_{name}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
