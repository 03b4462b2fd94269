"""The JSON Schema of each kind of file: generated from the models (`python -m docs.make`), and shipped beside this module."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent

KINDS = {
    "rulebook": "a rulebook, or a file of its folder",
    "library": "a library of records, which rulebooks use",
    "cases": "the cases of a rule or an indicator: cases/<id>.yaml",
    "waivers": "a file of waivers",
    "submission-manifest": "what a submission says of itself: submission.yaml",
    "report": "what checker check --format json writes",
    "unmet": "what checker unmet --format json writes",
    "explanation": "what checker explain --format json writes",
    "diff": "what checker diff --format json writes",
    "trend": "what checker trend --format json writes",
    "rules-diff": "what checker rules --diff --format json writes",
    "overview": "what checker check A B --format json writes of several submissions",
}
"""The kinds of files of which there is a schema, and what they are."""


def shipped(kind: str) -> str:
    """The schema of files of that kind, as JSON."""
    return (FOLDER / f"{kind}.json").read_text(encoding="utf-8")
