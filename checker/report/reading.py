"""Reads reports that were written as JSON back; nothing in such a file is taken for granted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from checker.errors import Place, Problem, UsageError
from checker.files import DATA, reason_of, regular_bytes
from checker.model.days import read_day
from checker.model.period import Period
from checker.records.readers.json_file import why_not_json
from checker.report.check.json_ import NAME, VERSION
from checker.words.message import Message, message

_FIX = message("report-fix")

Word = TypeVar("Word", bound=StrEnum)


def whole_report(path: Path) -> Members:
    """The report in that file, which must be of a whole submission, and of the kind that this program writes.

    Raises UsageError.
    """
    report = Members(_json(path), path)
    _refuse_another_format(report, path)
    part = report.value.get("narrowed")
    if isinstance(part, dict) and part.get("body") is not None:
        refuse("unlisted-violations", message("report-of-one-body"), message("report-of-one-body-fix"), Place(str(path)))
    run = report.value.get("run")
    if isinstance(run, dict) and run.get("since") is not None:
        refuse("unlisted-violations", message("report-of-changes"), message("report-of-changes-fix"), Place(str(path)))
    return report


class Members:
    """An object of the report, of which nothing is taken for granted; `where` leads to it."""

    def __init__(self, value: object, path: Path, where: str = "") -> None:
        self._path = path
        self._where = where
        if not isinstance(value, dict):
            self._fail(where.rstrip("."))
        self.value: Mapping[str, Any] = value

    def text(self, key: str) -> str:
        """The text of a key."""
        value = self.value.get(key)
        return value if isinstance(value, str) else self._fail(f"{self._where}{key}")

    def word(self, key: str, words: type[Word]) -> Word:
        """One of a closed set of words."""
        try:
            return words(self.text(key))
        except ValueError:
            self._fail(f"{self._where}{key}")

    def list(self, key: str) -> list[object]:
        """The list of a key."""
        value = self.value.get(key)
        return value if isinstance(value, list) else self._fail(f"{self._where}{key}")

    def object(self, key: str) -> Members:
        """The object of a key."""
        return Members(self.value.get(key), self._path, f"{self._where}{key}.")

    def period(self, key: str) -> Period:
        """The period of a key."""
        found = self.object(key)
        first, last = read_day(found.text("first")), read_day(found.text("last"))
        if first is None or last is None:
            self._fail(f"{self._where}{key}")
        return Period(first, last, found.text("label"))

    def _fail(self, part: str) -> NoReturn:
        wrong = message("report-incomplete", part=part) if part else message("report-not-an-object")
        refuse("not-a-report", wrong, _FIX, Place(str(self._path)))


def _json(path: Path) -> object:
    try:
        return json.loads(regular_bytes(path, DATA).decode("utf-8-sig"))
    except OSError as error:
        refuse("unreadable-report", message("report-unreadable", why=reason_of(error)), _FIX, Place(str(path)))
    except json.JSONDecodeError as error:
        wrong = message("broken-json", why=why_not_json(error))
        refuse("not-json", wrong, _FIX, Place(str(path), error.lineno, error.colno))
    except (ValueError, RecursionError):  # bytes that are no text, numbers without end, or lists in lists in lists
        refuse("not-json", message("report-not-json"), _FIX, Place(str(path)))


def _refuse_another_format(report: Members, path: Path) -> None:
    given = report.value.get("format")
    if given != NAME:
        wrong = (
            message("report-other-format", given=given, wanted=NAME) if isinstance(given, str) else message("report-no-report")
        )
        refuse("not-a-report", wrong, _FIX, Place(str(path)))
    version = report.value.get("version")
    if version != VERSION or isinstance(version, bool):
        wrong = message("report-no-version", own=VERSION)
        if version is not None:
            wrong = message("report-version", version=json.dumps(version)[:20], own=VERSION)
        refuse("report-version", wrong, message("report-version-fix"), Place(str(path)))


def refuse(code: str, wrong: Message, fix: Message, place: Place) -> NoReturn:
    """Raises UsageError."""
    raise UsageError(Problem(code, wrong, fix, place))
