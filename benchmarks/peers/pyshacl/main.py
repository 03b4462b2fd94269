"""The seven rules as SHACL shapes over an RDF graph of the records, validated by pySHACL."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pyshacl import validate
from rdflib import RDF, SH, XSD, Graph, Literal, Namespace, URIRef

from benchmarks.peers.bodies import MONTHS, Body, Hamlet, Meeting, Violation, bodies, margin, write

_OURS = Namespace("urn:benchmark:")
_MONTHLY = "committee-monthly-"
_REFERENCES = {_OURS["organisation-reference"], _OURS["hamlet-reference"]}


def violations(documents: list[Body]) -> Iterator[Violation]:
    """What the report says, by the names of shapes and nodes."""
    _, report, _ = validate(_graph(documents), shacl_graph=Graph().parse(Path(__file__).with_name("shapes.ttl")))
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape, focus, value = (report.value(result, part) for part in (SH.sourceShape, SH.focusNode, SH.value))
        table, _, key = str(focus).removeprefix(_OURS).partition("/")
        rule = str(shape).removeprefix(_OURS)
        if shape in _REFERENCES:
            yield (
                f"records/{table}/{rule.removesuffix('-reference')}/reference",
                key if table == "hamlets" else f"row {key}",
                None,
            )
        elif rule == "quorum":
            yield rule, f"row {str(value).rpartition('/')[2]}", None
        elif rule.startswith(_MONTHLY):
            yield "committee-monthly", key, rule.removeprefix(_MONTHLY)
        else:
            yield rule, key, "2025" if rule in {"two-plenaries", "attendance"} else None


def _graph(documents: list[Body]) -> Graph:
    graph = Graph()
    for body in documents:
        subject = _OURS[f"organisations/{body['id']}"]
        if body["known"]:
            graph.add((subject, RDF.type, _OURS.Organisation))
            graph.add((subject, _OURS.attendanceMargin, Literal(margin(body))))
        _add_hamlets(graph, subject, body["hamlets"])
        for review in body["documents"]:
            node = _row(graph, "documents", review["row"], review["kind"], subject)
            _add_day(graph, node, _OURS.reviewedOn, review["reviewed_on"])
        for meeting in body["meetings"]:
            _add_meeting(graph, subject, meeting)
    return graph


def _add_hamlets(graph: Graph, organisation: URIRef, hamlets: list[Hamlet]) -> None:
    for hamlet in hamlets:
        place = _OURS[f"hamlets/{hamlet['id']}"]
        if hamlet["known"]:
            graph.add((place, RDF.type, _OURS.Hamlet))
            graph.add((place, _OURS.organisation, organisation))
        for row in hamlet["branches"]:
            graph.add((_OURS[f"branches/{row}"], _OURS.hamlet, place))


def _add_meeting(graph: Graph, organisation: URIRef, meeting: Meeting) -> None:
    node = _row(graph, "meetings", meeting["row"], meeting["kind"], organisation)
    _add_day(graph, node, _OURS.heldOn, meeting["held_on"])
    if meeting["kind"] == "committee":
        for month in MONTHS if meeting["held_on"] is None else [meeting["held_on"][:7]]:
            graph.add((node, _OURS.committeeMonth, Literal(month)))
    graph.add((node, _OURS.entitled, Literal(meeting["entitled"])))
    if meeting["present"] is not None:
        graph.add((node, _OURS.present, Literal(meeting["present"])))


def _row(graph: Graph, table: str, row: int, kind: str, organisation: URIRef) -> URIRef:
    node = _OURS[f"{table}/{row}"]
    graph.add((node, _OURS.organisation, organisation))
    graph.add((node, _OURS.kind, Literal(kind)))
    return node


def _add_day(graph: Graph, node: URIRef, field: URIRef, day: str | None) -> None:
    if day is not None:
        graph.add((node, field, Literal(day, datatype=XSD.date)))


if __name__ == "__main__":
    write(violations(bodies(Path(sys.argv[1]))), Path(sys.argv[2]))
