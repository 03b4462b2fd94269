"""Several submissions in one run: each is judged by itself, side by side with others; then an overview of all is written."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.faults import short_of, tell_problems
from checker.cli.judging import Request, judge_one
from checker.cli.names import PLACEHOLDER, names_of, of_one
from checker.cli.output import coloured, columns, write_report
from checker.cli.parameters import Colour, Target, targets
from checker.cli.progress import Progress
from checker.cli.settings_file import given_for
from checker.cli.summaries import write_summary
from checker.cli.wrong import WrongCallError
from checker.errors import CheckerError, Place, Problem, UsageError
from checker.files import reason_of
from checker.processors import processors
from checker.report import Presentation
from checker.report.exit import Exit
from checker.report.formats import PAPER, Writer
from checker.report.joint import Outcome, joint_paper, worst
from checker.report.say.wording import Wording
from checker.words.catalogue import FALLBACK
from checker.words.message import message

if TYPE_CHECKING:
    from checker.model.report import Report

MOST_RULES = 10
"""So many of the rules that are violated are listed as text; other formats list all."""

Formats = Mapping[str, Writer["Report"]]


def judge_all(context: click.Context, submissions: Sequence[str], formats: Formats) -> Exit:
    """Checks each submission, writes the reports that are asked for and the overview, and gives the worst exit code."""
    given = context.params
    own, joint = _parted(given["targets"], given["output"], formats)
    work = _work(context, submissions, own, formats)
    outcomes = dict[int, Outcome]()
    with Progress(quiet=given["quiet"]) as progress:
        for number, outcome in _done(work, min(given["jobs"] or processors(), len(work))):
            outcomes[number] = outcome
            progress(f"{len(outcomes)}/{len(work)}")
    ordered = [outcomes[number] for number in range(len(work))]
    _write(ordered, joint, given, hint=not own)
    return worst(outcome.code for outcome in ordered)


def _parted(given: tuple[Target, ...], output: str | None, formats: Formats) -> tuple[list[Target], list[Target]]:
    """The formats of the reports, and those of the overview: by default text. Raises WrongCallError where there is none."""
    named = tuple(target for target in given if _is_own(target))
    others = tuple(target for target in given if not _is_own(target))
    written = targets(others, output, {**PAPER, **formats}) if others or output or not named else ()
    joint = [target for target in written if not _is_own(target)]
    for target in joint:
        if target.format not in PAPER:
            raise WrongCallError(message("cli-one-report-each", format=target.format, known=", ".join(PAPER)))
    return [*named, *filter(_is_own, written)], joint or [Target("text")]


def _is_own(target: Target) -> bool:
    return PLACEHOLDER in (target.path or "")


def _work(context: click.Context, submissions: Sequence[str], own: Sequence[Target], formats: Formats) -> list[partial[Outcome]]:
    """What is to be done for each submission. Raises WrongCallError where two would have a file in common."""
    found: list[partial[Outcome]] = []
    taken: set[str] = set()
    for submission, name in zip(submissions, names_of(submissions), strict=True):
        settings = given_for(context, submission)
        # What a file of settings says that not all submissions find is said of this one alone.
        further = targets(settings["targets"], settings["output"], formats) if settings is not context.params else ()
        given, mine = of_one(settings, dict.fromkeys((*own, *further)), submission, name)
        summary = given.get("summary") if given.get("summary") != context.params.get("summary") else None
        mine = [target for target in mine if target.path is not None]
        for path in _written({**given, "summary": summary}, mine) + _read(given):
            if os.path.realpath(path) in taken:
                raise WrongCallError(message("cli-file-each", path=path))
            taken.add(os.path.realpath(path))
        for path in _written({**given, "summary": summary}, mine):
            _make_folder(Path(path).parent)
        request = Request.of({**given, "summary": summary}, mine).since_then(context, name)
        files = tuple((target.format, str(target.path)) for target in request.targets)
        found.append(partial(_outcome, Outcome(name, submission, Exit.CLEAN, files=files), request, formats))
    return found


def _written(given: Mapping[str, Any], targets: Iterable[Target]) -> list[str]:
    """The files and folders that are written for one submission."""
    named = (*given["findings"], *given["indicators"], given.get("summary"), given.get("per_body"))
    return [*(str(target.path) for target in targets), *(path for path in named if path)]


def _read(given: Mapping[str, Any]) -> list[str]:
    """The earlier reports on one submission."""
    return [path for path in (given["previous"], given["baseline"]) if path]


def _make_folder(folder: Path) -> None:
    """Makes the folder of a file that is named after a submission."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        wrong = message("report-unwritable", why=reason_of(error))
        raise UsageError(Problem("cannot-write", wrong, message("unwritable-file-fix"), Place(str(folder)))) from error


def _done(work: Sequence[partial[Outcome]], jobs: int) -> Iterator[tuple[int, Outcome]]:
    """What came of each, as it is done: here, if there is to be but one process, else in others."""
    if jobs == 1:
        yield from ((number, each()) for number, each in enumerate(work))
        return
    from checker.workers import Crew, DiedError  # noqa: PLC0415 -- one submission needs no processes

    with Crew(jobs) as crew:
        for number, done in crew.do(work):
            if isinstance(done, DiedError):
                problem = Problem("process-died", message("process-died"), message("process-died-fix"))
                yield number, work[number].args[0]._replace(code=Exit.FAULT, problems=(problem,))
            else:
                yield number, done


def _outcome(begun: Outcome, request: Request, formats: Formats) -> Outcome:
    """Judges one submission, and writes its reports; whatever goes wrong, the others are judged."""
    with redirect_stderr(io.StringIO()) as said:
        try:
            report = judge_one(request, formats)
            found = begun.of(report, request.exit_code(report))
        except CheckerError as error:
            found = begun._replace(code=Exit(error.exit_code), problems=error.problems)
        except (OSError, MemoryError) as error:
            found = begun._replace(code=Exit.INPUT, problems=(short_of(error),))
        except Exception as fault:  # noqa: BLE001 -- whatever it is, the others are judged
            wrong = message("cli-fault", fault=f"{type(fault).__name__}: {fault}")
            found = begun._replace(code=Exit.FAULT, problems=(Problem("fault", wrong, message("fault-alone-fix")),))
    own = Place(begun.submission)
    placed = tuple(each if each.place is not None else each._replace(place=own) for each in found.problems)
    return found._replace(problems=placed, said=said.getvalue())


def _write(outcomes: Sequence[Outcome], joint: Sequence[Target], given: Mapping[str, Any], *, hint: bool) -> None:
    """Writes the overview, and on standard error what was said of each submission, in their order."""
    language = given["language"] or next((each.run.language for each in outcomes if each.run is not None), FALLBACK)
    wording = Wording(language)
    said, whole = wording("joint-hint") if hint else "", joint_paper(outcomes, wording)
    for target in joint:
        paper = joint_paper(outcomes, wording, said, MOST_RULES) if target.format == "text" else whole
        shown = Presentation(
            colour=coloured(Colour(given["colour"]), target.path), width=columns(target.path), brief=given["quiet"]
        )
        write_report(target.path, PAPER[target.format], paper, shown)
    summary = given.get("summary")
    write_summary(
        None if PLACEHOLDER in (summary or "") else summary,
        given["targets"],
        lambda stream: PAPER["markdown"](whole, stream, Presentation()),
    )
    for each in outcomes:
        sys.stderr.write(each.said)
        if Target("text") not in joint:
            tell_problems(each.problems, language)
