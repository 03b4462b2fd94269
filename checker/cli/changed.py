"""What is asked for of the submission as it was at a revision of its repository, so that changes since are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.asked import asked
from checker.cli.names import of_one
from checker.cli.settings_file import Configured
from checker.cli.wrong import WrongCallError
from checker.errors import UsageError
from checker.request import CheckRequest, Since
from checker.words.message import message

if TYPE_CHECKING:
    from checker.revisions import Revision

CHANGED_SINCE = click.Option(
    ["--changed-since"],
    metavar="REVISION",
    help="Judge all, but list and count only what is not as it was at that revision of the repository.",
)


def with_changes(context: click.Context, request: CheckRequest, called: str) -> CheckRequest:
    """The request with what is asked for as it was at the revision that is named, if one is. Raises UsageError.

    `called` is what the submission is called among several.
    """
    name = context.params.get("changed_since")
    if name is None:
        return request
    submission = str(request.submission)
    if submission == "-" or "://" in submission:
        raise WrongCallError(message("cli-changed-since-files"))
    if context.params.get("per_body") is not None:
        raise WrongCallError(message("cli-changed-since-letters"))
    from checker.revisions import revision_of  # noqa: PLC0415 -- few ask for it

    revision = revision_of(name, Path(submission), context.meta.setdefault("revisions", {}))
    since = Since(name, revision.commit, None)
    if not revision.at(Path(submission)).exists():
        return replace(request, since=since._replace(why=message("since-absent", submission=submission)))
    try:
        then = _then(context, submission, called, revision)
    except UsageError as error:
        return replace(request, since=since._replace(why=error.problems[0].message))
    except click.ClickException as error:
        return replace(request, since=since._replace(why=error.format_message()))
    return replace(request, since=since._replace(request=then, keeps=revision))


def _then(context: click.Context, submission: str, called: str, revision: Revision) -> CheckRequest:
    """The same request, of the submission, rulebook, waivers, earlier reports and settings as they were."""
    command = context.command
    if not isinstance(command, Configured):
        raise TypeError(command)
    given, _ = of_one(command.given_then(context, submission, revision.at), (), submission, called)
    was = _at(revision.at)
    rulebook = given["rulebook"]
    then = {
        "submission": was(submission),
        "rulebook": was(rulebook) if rulebook is not None and Path(rulebook).exists() else rulebook,
        "waivers": tuple(map(was, given["waivers"])),
        "previous": given["previous"] and was(given["previous"]),
        "baseline": given["baseline"] and was(given["baseline"]),
        "findings": (),
        "indicators": (),
    }
    return asked({**given, **then})


def _at(at: Callable[[Path], Path]) -> Callable[[str], str]:
    return lambda path: str(at(Path(path)))
