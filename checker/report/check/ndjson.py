"""The findings that a report lists, one object a line, each as the JSON report has it."""

from __future__ import annotations

import json
from typing import TextIO

from checker.model.report import Report
from checker.report import Presentation
from checker.report.check.json_ import finding_json
from checker.report.grouping import rule_of
from checker.report.narrowing import narrowed
from checker.report.say.message import describe
from checker.report.say.wording import Wording


def write(report: Report, stream: TextIO, presentation: Presentation) -> None:
    """Writes the findings."""
    report = narrowed(report, presentation.narrowing)
    rule, wording = rule_of(report), Wording(report.run.language, report.names)
    for finding in report.findings:
        law = rule(finding.rule)
        said = describe(finding, law, wording)
        stream.write(json.dumps(finding_json(finding, law, said, wording), ensure_ascii=False) + "\n")
