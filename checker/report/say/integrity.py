"""Says what is wrong in a file: a cell, or a column, of a table, by its title and by its header where that is another."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.integrity import IntegrityKind
from checker.model.report import Finding, RuleSummary
from checker.model.words import Verdict
from checker.report.say.accepted_text import accepted_text
from checker.report.say.fields import field_text
from checker.report.say.unreadable import why
from checker.report.say.wording import Wording


def integrity_text(finding: Finding, rule: RuleSummary, wording: Wording) -> str:
    """What is wrong with a cell, or a column, and what can stand there."""
    if rule.columns is None:
        return rule.title.in_(wording.language)
    kind, fields, record = rule.columns.kind, rule.columns.at_fault, rule.columns.record
    field = ", ".join(field_text(record, name, wording, to_find=True) for name in fields)
    if finding.verdict is Verdict.SATISFIED:
        return wording("integrity-satisfied", field=field)
    if kind is IntegrityKind.REQUIRED and finding.subject.row is None:
        return wording("integrity-column", field=field)
    values = {name: value for row in finding.evidence for name, value in row.values}
    if kind is IntegrityKind.ALLOWED and any(row.unsplit for row in finding.evidence):
        return wording("integrity-unsplit", field=field)
    told = (values.get(name) for name in fields)
    shown = ", ".join(wording("empty") if value is None else f"'{value}'" for value in finding.elements or told)
    text = values.get(fields[0])
    clause = near_text(finding.near, text, wording) if finding.near and text else ""
    read = rule.columns.read
    if read is not None and finding.required and text:
        required = wording("that", predicate=accepted_text(finding.required, wording))
        odd = clause or (why(read, text, wording) if not finding.elements else "")
        clause = f" ({required}){odd}"
    beside, start = next(((name, value) for name, value in values.items() if name not in fields), ("", ""))
    other = field_text(record, beside, wording, to_find=True)
    return wording(f"integrity-{kind}", field=field, value=shown, beside=other, start=f"'{start}'") + clause


def near_text(near: Sequence[str], value: str, wording: Wording) -> str:
    """The keys or values that a cell almost matches, and the signs in it that may be taken for others, or not seen."""
    said = wording("integrity-near", keys=", ".join(f"'{key}'" for key in near))
    odd = dict.fromkeys(sign for sign in value if not sign.isascii() and not any(sign in key for key in near))
    return said + (wording("integrity-signs", signs=", ".join(f"U+{ord(sign):04X}" for sign in odd)) if odd else "")
