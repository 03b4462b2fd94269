"""The registry of output formats: one line for each, from which all commands know what they can write, and with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from checker.model.explanation import Explanation
    from checker.model.report import Report
    from checker.report import Presentation
    from checker.report.papers import Paper


class Format(NamedTuple):
    """A format: the endings of its files, the module that writes each result in it, and whether it is bytes and no text.

    `traced` says that it shows where subjects stand and by which steps the rule engine came to a verdict, `areas` that it
    shows what is counted along trees of records.

    A module is named as seen from `checker`, and imported when first used: naming the formats costs nothing. It has a
    function `write(result, stream, presentation)`.
    """

    suffixes: tuple[str, ...]
    check: str | None = None
    unmet: str | None = None
    explain: str | None = None
    lint: str | None = None
    test: str | None = None
    mutants: str | None = None
    form: str | None = None
    dictionary: str | None = None
    handbook: str | None = None
    paper: str | None = None
    binary: bool = False
    traced: bool = False
    areas: bool = False


FORMATS: Mapping[str, Format] = {
    "text": Format(
        (".txt",),
        "report.check.text",
        "report.unmet.text",
        "report.explain.text",
        "lint.text",
        "trials.text",
        "mutation.text",
        paper="report.papers.text",
    ),
    "json": Format(
        (".json",),
        "report.check.json_",
        "report.unmet.json_",
        "report.explain.json_",
        "lint.json_",
        mutants="mutation.json_",
        paper="report.papers.json_",
    ),
    "html": Format(
        (".html", ".htm"),
        check="report.html",
        unmet="report.html.unmet",
        dictionary="exchange.dictionary.html",
        handbook="handbook.html",
        paper="report.papers.html",
        traced=True,
        areas=True,
    ),
    "xlsx": Format(
        (".xlsx",),
        check="report.xlsx.check",
        unmet="report.xlsx.unmet",
        form="exchange.forms.workbook",
        paper="report.papers.xlsx",
        binary=True,
    ),
    "markdown": Format(
        (".md", ".markdown"),
        check="report.markdown.check",
        unmet="report.markdown.unmet",
        dictionary="exchange.dictionary.markdown",
        handbook="handbook.markdown",
        paper="report.papers.markdown",
    ),
    "ics": Format((".ics",), unmet="report.unmet.ics", binary=True),
    "sql": Format((".sql",), explain="report.explain.sql"),
    "sarif": Format((".sarif",), check="report.check.sarif", lint="lint.sarif", test="trials.sarif", traced=True),
    "junit": Format((".xml",), check="report.check.junit", lint="lint.junit", test="trials.junit", traced=True),
    "github": Format((), check="report.check.github", lint="lint.github", test="trials.github", traced=True),
    "gitlab": Format(("code-quality-report.json", ".codequality.json"), check="report.check.gitlab", traced=True),
    "oscal": Format((".oscal.json",), check="report.check.oscal", traced=True),
    "ndjson": Format((".ndjson", ".jsonl"), check="report.check.ndjson"),
}
"""Every format, by its name on the command line."""

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Writer(Generic[Content]):
    """What writes one result in one format."""

    module: str
    suffixes: tuple[str, ...]
    binary: bool
    traced: bool
    areas: bool

    def __call__(self, content: Content, stream: IO[Any], presentation: Presentation) -> None:
        """Writes the result to a stream of text, or of bytes if the format is `binary`."""
        import_module(f"checker.{self.module}").write(content, stream, presentation)


def _writers(result: str) -> Mapping[str, Writer[Any]]:
    modules = {name: getattr(format_, result) for name, format_ in FORMATS.items()}
    found = ((name, module, FORMATS[name]) for name, module in modules.items() if module)
    return {name: Writer(module, of.suffixes, of.binary, of.traced, of.areas) for name, module, of in found}


CHECK: Mapping[str, Writer[Report]] = _writers("check")
"""What writes a whole report."""

UNMET: Mapping[str, Writer[Report]] = _writers("unmet")
"""What writes the list of what is unmet."""

EXPLAIN: Mapping[str, Writer[Explanation]] = _writers("explain")
"""What writes an explanation; of its queries alone, `sql`."""

LINT: Mapping[str, Writer[Any]] = _writers("lint")
"""What writes the diagnostics of rulebooks, which are made, and written, in a room above this one."""

TEST: Mapping[str, Writer[Any]] = _writers("test")
"""What writes which cases of a rulebook come out as stated; from above too."""

MUTANTS: Mapping[str, Writer[Any]] = _writers("mutants")
"""What writes which mistakes in a rulebook no case notices; also from above."""

FORM: Mapping[str, Writer[Any]] = _writers("form")
"""What writes a form to fill in; from above too."""

DICTIONARY: Mapping[str, Writer[Any]] = _writers("dictionary")
"""What writes the data dictionary of a rulebook; from above too."""

HANDBOOK: Mapping[str, Writer[Any]] = _writers("handbook")
"""What writes a rulebook for those who are bound by it; from above too."""

PAPER: Mapping[str, Writer[Paper]] = _writers("paper")
"""What writes facts, tables and charts: of reports that are compared."""
