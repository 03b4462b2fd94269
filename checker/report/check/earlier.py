"""Reads a report that was written as JSON back, as far as a later run is compared with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from checker.errors import Place, Problem, UsageError
from checker.files import DATA, reason_of, regular_bytes
from checker.model.days import read_day
from checker.model.earlier import Earlier, Violation
from checker.model.period import Period
from checker.model.words import Verdict
from checker.records.readers.json_file import why_not_json
from checker.report.check.json_ import NAME, VERSION
from checker.words.message import Message, message

_FIX = message("report-fix")


def read_report(path: Path, rulebook: str) -> Earlier:
    """The report in that file, which must be about that rulebook. Raises UsageError."""
    report = _Members(_json(path), path)
    _refuse_another_format(report, path)
    run = report.object("run")
    if (name := run.text("rulebook")) != rulebook:
        wrong = message("other-rulebook", name=name, own=rulebook)
        _refuse("other-rulebook", wrong, message("other-rulebook-fix", own=rulebook), Place(str(path)))
    period = run.period("period")
    part = report.value.get("narrowed")
    if isinstance(part, dict) and part.get("body") is not None:
        _refuse("unlisted-violations", message("report-of-one-body"), message("report-of-one-body-fix"), Place(str(path)))
    if left_out := _left_out(report.value):
        wrong = message("unlisted-violations", n=left_out)
        _refuse("unlisted-violations", wrong, message("unlisted-violations-fix"), Place(str(path)))
    findings = [_Members(each, path, f"findings[{number}].") for number, each in enumerate(report.list("findings"))]
    violated = (each for each in findings if each.text("verdict") == Verdict.VIOLATED)
    return Earlier(
        file=str(path),
        rulebook_version=run.text("rulebook_version"),
        period=period,
        violations=tuple(_violation(each, period) for each in violated),
        complete=not report.list("problems") and not run.list("selected"),
    )


class _Members:
    """An object of the report, of which nothing is taken for granted; `where` leads to it."""

    def __init__(self, value: object, path: Path, where: str = "") -> None:
        self._path = path
        self._where = where
        if not isinstance(value, dict):
            self._fail(where.rstrip("."))
        self.value: Mapping[str, Any] = value

    def text(self, key: str) -> str:
        value = self.value.get(key)
        return value if isinstance(value, str) else self._fail(f"{self._where}{key}")

    def list(self, key: str) -> list[object]:
        value = self.value.get(key)
        return value if isinstance(value, list) else self._fail(f"{self._where}{key}")

    def object(self, key: str) -> _Members:
        return _Members(self.value.get(key), self._path, f"{self._where}{key}.")

    def period(self, key: str) -> Period:
        found = self.object(key)
        first, last = read_day(found.text("first")), read_day(found.text("last"))
        if first is None or last is None:
            self._fail(f"{self._where}{key}")
        return Period(first, last, found.text("label"))

    def _fail(self, part: str) -> NoReturn:
        wrong = message("report-incomplete", part=part) if part else message("report-not-an-object")
        _refuse("not-a-report", wrong, _FIX, Place(str(self._path)))


def _json(path: Path) -> object:
    try:
        return json.loads(regular_bytes(path, DATA).decode("utf-8-sig"))
    except OSError as error:
        _refuse("unreadable-report", message("report-unreadable", why=reason_of(error)), _FIX, Place(str(path)))
    except json.JSONDecodeError as error:
        wrong = message("broken-json", why=why_not_json(error))
        _refuse("not-json", wrong, _FIX, Place(str(path), error.lineno, error.colno))
    except (ValueError, RecursionError):  # bytes that are no text, numbers without end, or lists in lists in lists
        _refuse("not-json", message("report-not-json"), _FIX, Place(str(path)))


def _refuse_another_format(report: _Members, path: Path) -> None:
    given = report.value.get("format")
    if given != NAME:
        wrong = (
            message("report-other-format", given=given, wanted=NAME) if isinstance(given, str) else message("report-no-report")
        )
        _refuse("not-a-report", wrong, _FIX, Place(str(path)))
    version = report.value.get("version")
    if version != VERSION or isinstance(version, bool):
        wrong = message("report-no-version", own=VERSION)
        if version is not None:
            wrong = message("report-version", version=json.dumps(version)[:20], own=VERSION)
        _refuse("report-version", wrong, message("report-version-fix"), Place(str(path)))


def _left_out(report: Mapping[str, Any]) -> int:
    """How many violations of the report are counted and not listed."""
    counts = report.get("left_out")
    times = counts.get(Verdict.VIOLATED) if isinstance(counts, dict) else None
    return times if isinstance(times, int) else 0


def _violation(finding: _Members, period: Period) -> Violation:
    window = None if finding.value.get("window") is None else finding.object("window").text("label")
    since = period if finding.value.get("repeated") is None else finding.period("repeated")
    subject = finding.object("subject")
    identity, row, digest = subject.text("id"), subject.value.get("row"), subject.value.get("digest")
    row = row if isinstance(row, int) else None
    # Reports of earlier versions do not tell what is in the cells of a row without a key.
    recognisable = "digest" in subject.value or identity != f"row {row}"
    digest = digest if isinstance(digest, str) else None
    return Violation(finding.text("rule"), identity, window, since, row, digest, recognisable)


def _refuse(code: str, wrong: Message, fix: Message, place: Place) -> NoReturn:
    raise UsageError(Problem(code, wrong, fix, place))
