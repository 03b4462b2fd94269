"""Writes a report: one module per format, each a pure function of the report and of how it is to be presented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Generic, NamedTuple, TextIO, TypeVar, cast

from checker.model.words import Severity

if TYPE_CHECKING:
    from checker.model.explanation import Explanation
    from checker.model.report import Report


class Presentation(NamedTuple):
    """How a report is to be presented. None of it changes a verdict.

    `width` is in columns; `fail_on` and `allow_undetermined` say what the exit code, which the report states, depends
    on; `brief` asks for the summary alone, where a format has one.
    """

    colour: bool = False
    width: int = 80
    fail_on: Severity = Severity.NOTE
    allow_undetermined: bool = False
    brief: bool = False


Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Format(Generic[Content]):
    """A format, named by its module, which is imported when first used: naming the formats costs nothing."""

    module: str

    def __call__(self, content: Content, stream: TextIO, presentation: Presentation) -> None:
        """Writes what is to be said to the stream."""
        write = cast("Callable[[Content, TextIO, Presentation], None]", import_module(self.module).write)
        write(content, stream, presentation)


FORMATS: Mapping[str, Format[Report]] = {"text": Format("checker.report.text"), "json": Format("checker.report.json_")}
"""The formats of a whole report."""

UNMET_FORMATS: Mapping[str, Format[Report]] = {
    "text": Format("checker.report.unmet_text"),
    "json": Format("checker.report.unmet_json"),
}
"""The formats of the list of what is unmet."""

EXPLAIN_FORMATS: Mapping[str, Format[Explanation]] = {
    "text": Format("checker.report.explain_text"),
    "json": Format("checker.report.explain_json"),
    "sql": Format("checker.report.explain_sql"),
}
"""The formats of an explanation; of its queries alone `sql`."""
