"""The JSON Schema of each kind of file: generated from the models (`python docs/make.py`), and shipped beside this module."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent

KINDS = ("rulebook", "cases")
"""The kinds of files of which there is a schema."""


def shipped(kind: str) -> str:
    """The schema of files of that kind, as JSON."""
    return (FOLDER / f"{kind}.json").read_text(encoding="utf-8")
