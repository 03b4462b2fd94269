"""What is to be corrected in the file as JSON: an object for each table or column that is missing, and for each fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.errors import Place
from checker.model.report import Evidence
from checker.report.corrections import Cause, Fault, Missing
from checker.report.json_values import period_json, place_json, required_json
from checker.report.say.faults import cause_text, fault_text, missing_text
from checker.report.say.places import Places

if TYPE_CHECKING:
    from checker.report.json_shape import CauseJson, FaultJson, MissingJson, PlaceJson

_PLACES = 10


def missing_json(missing: Missing, places: Places) -> MissingJson:
    """A table or column that is not there."""
    return {
        "table": missing.table,
        "column": missing.column,
        "state": missing.state,
        "demanded": missing.demanded,
        "rules": [rule.id for rule in missing.rules],
        "message": missing_text(missing, places.wording),
    }


def fault_json(fault: Fault, places: Places) -> FaultJson:
    """What is wrong in one column."""
    return {
        "rule": fault.rule.id,
        "table": fault.columns.record,
        "fields": list(fault.columns.at_fault),
        "kind": fault.columns.kind,
        "severity": fault.rule.severity,
        "message": fault_text(fault, places.wording),
        "count": fault.count,
        "left_out": fault.left_out,
        "accepted": list(map(required_json, fault.accepted)),
        "target": fault.columns.target,
        "causes": [_cause(cause, fault, places) for cause in fault.causes],
    }


def _cause(cause: Cause, fault: Fault, places: Places) -> CauseJson:
    at, first = cause.places, cause.findings[0]
    return {
        "message": cause_text(cause, fault, places),
        "verdict": first.verdict,
        "values": list(cause.values),
        "beside": cause.beside,
        "unsplit": cause.unsplit,
        "near": list(cause.near),
        "count": len(cause.findings),
        "places": row_places(at[:_PLACES]),
        "places_left_out": len(at[_PLACES:]),
        "repeated": period_json(first.repeated),
        "known": first.known,
    }


def row_places(rows: Sequence[Evidence]) -> list[PlaceJson]:
    """Where rows are."""
    return [place_json(Place(row.file, row.line, row.column, row.sheet, row.in_line)) for row in rows]
