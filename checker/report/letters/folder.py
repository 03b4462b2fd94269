"""Writes letters into a folder: each file whole or not at all, the list of them last, and nothing else is touched."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from checker.atomic_write import draft_of
from checker.display_width import encodable
from checker.errors import Place, Problem, UsageError
from checker.files import reason_of
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.grouping import body_text
from checker.report.letters import INDEX
from checker.report.letters.html import Listed, index_page, letter_page
from checker.report.letters.letter import Letter, letters_of
from checker.report.letters.names import OWN, Names
from checker.report.narrowing import narrowing_text
from checker.report.say.wording import Wording
from checker.words.message import Message, message


class Written(NamedTuple):
    """What was written: how many letters, in which formats, where; and how many letters of earlier runs are still there."""

    folder: Path
    letters: int
    formats: tuple[str, ...]
    older: int


def refuse(folder: Path) -> None:
    """Raises UsageError for a folder into which no letters can be written, before anything is judged for them."""
    if "\0" in str(folder):
        raise _unwritable(folder, message("file-bad-name"))
    if folder.exists():
        if not folder.is_dir():
            raise _unwritable(folder, message("not-a-folder"))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise _unwritable(folder, message("folder-not-permitted"))
    elif not folder.absolute().parent.is_dir():
        raise _unwritable(folder, message("no-folder", folder=encodable(str(folder.absolute().parent))))


def write_letters(
    report: Report, parts: Iterable[Report], folder: Path, formats: Sequence[str], presentation: Presentation
) -> Written:
    """Writes a letter to each body of which something is unmet, in each of the formats, and a list of them.

    Each of the parts of the report tells all that is unmet by some of the bodies. Raises UsageError where the folder,
    or a file in it, cannot be written.
    """
    names, listed, written = Names(), list[tuple[tuple[str, ...], Listed]](), set[str]()
    left_out = Counter[Verdict]()
    with _told(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    for part in parts:
        left_out.update(dict(part.left_out))
        for letter in letters_of(part, presentation.narrowing):
            name = names.of(letter.body)
            files = tuple((form, f"{name}.{form}") for form in formats)
            for form, file in files:
                _write(letter, folder / file, form)
                written.add(file)
            listed.append((tuple(key for key, _ in letter.body), _listed(letter, files)))
    listed.sort(key=lambda each: each[0])
    _text(folder / INDEX, index_page((each for _, each in listed), _said(report, left_out, presentation), report))
    with _told(folder):
        older = sum(OWN.fullmatch(each.name) is not None and each.name not in written for each in folder.iterdir())
    return Written(folder, len(listed), tuple(formats), older)


def _listed(letter: Letter, files: tuple[tuple[str, str], ...]) -> Listed:
    shown = body_text(letter.body) if letter.body else letter.to[0][1]
    return Listed(shown, " › ".join(name or key for key, name in letter.body[:-1]), files, letter.counts, letter.due or "")


def _said(report: Report, left_out: Mapping[Verdict, int], presentation: Presentation) -> Iterable[str]:
    """What holds for all letters: which part of what is unmet they tell of, and what they do not list."""
    wording = Wording(report.run.language, report.names)
    yield wording("letters-lead", submission=report.run.submission, day=report.run.as_of)
    if narrowed := narrowing_text(report, presentation.narrowing, wording, counted=True):
        yield narrowed
    if any(left_out.values()):
        verdicts = ", ".join(f"{wording(verdict.value)} {n}" for verdict, n in left_out.items() if n)
        yield wording("letters-left-out", verdicts=verdicts)


def _write(letter: Letter, path: Path, form: str) -> None:
    if form == "html":
        _text(path, letter_page(letter))
        return
    from checker.report.letters.docx_ import write_docx  # noqa: PLC0415 -- only where documents are written

    with _told(path), draft_of(path) as draft, draft.open("wb") as stream:
        write_docx(letter, stream)


def _text(path: Path, parts: Iterable[str]) -> None:
    with _told(path), draft_of(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(parts)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Says of what could not be written why."""
    try:
        yield
    except OSError as error:
        raise _unwritable(path, reason_of(error)) from error


def _unwritable(path: Path, why: Message) -> UsageError:
    wrong = message("letters-unwritable", why=why)
    return UsageError(Problem("cannot-write", wrong, message("unwritable-folder-fix"), Place(encodable(str(path)))))
