"""The queries of an explanation as a script that runs by itself."""

from __future__ import annotations

from typing import TextIO

from checker.model.explanation import Explanation
from checker.report import Presentation


def write(explanation: Explanation, stream: TextIO, presentation: Presentation) -> None:  # noqa: ARG001 -- as all formats
    """Writes the queries, each after a comment that says what it is for."""
    rule = explanation.rule.summary.id
    stream.writelines(f"-- {rule}: {query.role}\n{query.sql}\n\n" for query in explanation.queries)
