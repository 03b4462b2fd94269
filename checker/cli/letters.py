"""Letters as the command line asks for them: into which folder, in which formats, and what is said when they are written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import click

from checker.cli.parameters import OneOf
from checker.cli.wrong import WrongCallError
from checker.display_width import encodable, visible
from checker.report import Narrowing, Presentation
from checker.report.letters import FORMATS, INDEX
from checker.words.message import Words, all_of, message

if TYPE_CHECKING:
    from checker.model.report import Report

OPTIONS = [
    click.Option(["--per-body"], metavar="DIR", help="Write each body a letter of its own into DIR, and a list of them."),
    click.Option(
        ["letters", "--letter"], type=OneOf(FORMATS), multiple=True, help="What the letters are; repeatable. Default: all."
    ),
]


class Letters(NamedTuple):
    """The folder into which letters are to be written, and their formats."""

    folder: Path
    formats: tuple[str, ...]

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self | None:
        """Makes it of click's values, and refuses them before anything is judged. None where no letters are asked for."""
        if given.get("per_body") is None:
            if given.get("letters"):
                raise WrongCallError(message("cli-letter-folder"))
            return None
        from checker.report.letters.folder import refuse  # noqa: PLC0415 -- only where letters are written

        folder = Path(given["per_body"])
        refuse(folder)
        return cls(folder, tuple(form for form in FORMATS if form in (given["letters"] or FORMATS)))

    def write(self, report: Report, parts: Iterable[Report], narrowing: Narrowing, *, quiet: bool) -> None:
        """Writes the letters, and says so on standard error unless it is to be quiet. Raises UsageError where it cannot."""
        from checker.report.letters.folder import write_letters  # noqa: PLC0415 -- see above
        from checker.report.narrowing import refuse_unknown_body  # noqa: PLC0415 -- the same

        if narrowing.body is not None:
            refuse_unknown_body(report, narrowing.body)
        written = write_letters(report, parts, self.folder, self.formats, Presentation(narrowing=narrowing))
        if quiet:
            return
        words, where = Words(report.run.language), visible(encodable(str(self.folder)))
        said = words("letters-written", n=written.letters, folder=where, formats=all_of(self.formats), index=INDEX)
        sys.stderr.write(f"{said}\n")
        if written.older:
            sys.stderr.write(words("letters-older", n=written.older, folder=where) + "\n")
