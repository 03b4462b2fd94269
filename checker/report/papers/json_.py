"""A paper as JSON."""

from __future__ import annotations

from typing import TextIO

from checker.report import Presentation
from checker.report.check.json_ import write_members
from checker.report.papers import Paper


def write(paper: Paper, stream: TextIO, presentation: Presentation) -> None:  # noqa: ARG001 -- as all formats
    """Writes one object."""
    write_members(paper.data, stream)
