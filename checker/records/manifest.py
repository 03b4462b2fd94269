"""Reads what a submission says of itself: which rulebook, which period, as of which day, by whom."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import bare, fold
from checker.model.days import read_day
from checker.model.formats import read_format
from checker.model.period import Period, PeriodError
from checker.records.stated import TRUTHS, chosen, read_stated
from checker.records.stating.keys import parts_of, speaks_of_tables
from checker.records.values import Manifest
from checker.words.message import message

if TYPE_CHECKING:
    from checker.records.stating.layout import Statement

SHEETS = frozenset({"submission", "hồ sơ", "bản nộp"})
"""The names, folded, of the sheet that holds the manifest of a workbook."""


class Key(NamedTuple):
    """Something that a submission can say of itself: what it is, and the names it goes by, folded."""

    text: str
    names: tuple[str, ...]


KEYS = {
    "rulebook": Key(
        "The rulebook: the name of a shipped one, or its path from where the manifest is.",
        ("rulebook", "bộ quy tắc", "bộ quy định"),
    ),
    "period": Key(
        "The reporting period: `2019`, `2019/20`, `2019-H1`, `2019-Q2`, `2019-03`.", ("period", "kỳ", "kỳ báo cáo", "năm báo cáo")
    ),
    "as_of": Key(
        "The day as of which it is judged, 2019-12-31 or 31/12/2019; today, if nothing says.",
        ("as of", "tính đến ngày", "đến ngày", "ngày chốt số liệu", "ngày chốt", "chốt số liệu đến ngày", "số liệu đến ngày"),
    ),
    "submitted_by": Key(
        "Who hands it in.", ("submitted by", "đơn vị nộp", "người nộp", "đơn vị báo cáo", "đơn vị lập", "cơ quan báo cáo")
    ),
    "title": Key("What people call the submission.", ("title", "tiêu đề")),
    "encoding": Key(
        "The encoding of its CSV files, such as `cp1258`, `tcvn3`, `vni`; found out, if not given.", ("encoding", "bảng mã")
    ),
    "parts": Key("The folder beside the manifest with what many bodies hand in, judged as one.", ("parts", "các đơn vị")),
    "decimal": Key("The sign before decimals in its numbers: `,` or `.`.", ("decimal", "dấu thập phân")),
    "thousands": Key(
        "The sign between groups of three figures: `.`, `,`, `'` or `blank`.", ("thousands", "dấu phân cách hàng nghìn")
    ),
    "formats": Key("How its days are written, `%d/%m/%Y`; several with `;` between.", ("formats", "định dạng ngày")),
    "with_time": Key("Whether its days may have a time of day: `yes` or `no`.", ("with time", "có giờ")),
    "missing": Key("Its words for an empty cell, `N/A; -`.", ("missing", "ký hiệu ô trống")),
    "true_words": Key("Its words and marks for true, `x; ✓`.", ("true words", "ký hiệu đúng")),
    "false_words": Key("Its words and marks for false.", ("false words", "ký hiệu sai")),
    "every_row": Key(
        "Whether every row is one of its table: `yes` sets no titles, totals, notes and signatures apart.",
        ("every row", "mọi dòng đều là số liệu"),
    ),
    "waivers": Key("The file of waivers beside the manifest, such as `waivers.yaml`.", ("waivers", "miễn trừ")),
}
"""What a submission can say of itself."""

LISTS = frozenset({"formats", "missing", "true_words", "false_words"})
"""Of these several may be listed."""

_KNOWN = {name: key for key, said in KEYS.items() for name in said.names}


_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y")


class Entry(NamedTuple):
    """One line of a manifest. `text` is None where nothing is said; `was_date` if a workbook holds it as a date.

    `several` are the texts of a list; `path` is the way to it in a file of nested values.
    """

    key: str
    text: str | None
    place: Place
    was_date: bool = False
    several: tuple[str, ...] = ()
    path: tuple[str, ...] = ()


def read_manifest(entries: Sequence[Entry]) -> Manifest:
    """The manifest these entries make. Raises RecordsError with everything that is wrong in them."""
    of_tables = [entry for entry in entries if speaks_of_tables(entry.key)]
    found, problems = _collect([entry for entry in entries if entry not in of_tables] if of_tables else entries)
    texts = {key: text for key, entry in found.items() if entry.text is not None and (text := bare(entry.text))}
    period: Period | None = None
    as_of: date | None = None
    if "period" in texts:
        try:
            period = _period(texts["period"], was_date=found["period"].was_date)
        except PeriodError as error:
            problems.append(Problem("bad-period", error.message, message("bad-period-fix"), found["period"].place))
    if "as_of" in texts:
        as_of = _day(found["as_of"], texts["as_of"], problems)
    if "encoding" in texts and not _is_encoding(texts["encoding"]):
        wrong = message("unknown-encoding", encoding=texts["encoding"])
        problems.append(Problem("unknown-encoding", wrong, message("unknown-encoding-fix"), found["encoding"].place))
    for key in ("waivers", "parts"):
        if key in texts and (texts[key] in {".", ".."} or set(texts[key]) & set("/\\\0")):
            wrong, fix = message(f"bad-name-{key}", name=texts[key]), message(f"bad-name-{key}-fix")
            problems.append(Problem("bad-file-name", wrong, fix, found[key].place))
    stated = read_stated(found, problems)
    tables = _tables(of_tables, problems) if of_tables else ()
    every_row = chosen(found, "every_row", TRUTHS, problems) == "yes"
    if problems:
        raise RecordsError(*problems)
    rulebook_at = found["rulebook"].place if "rulebook" in texts else None
    return Manifest(
        texts.get("rulebook"),
        period,
        as_of,
        texts.get("submitted_by"),
        texts.get("title"),
        texts.get("encoding"),
        texts.get("waivers"),
        texts.get("parts"),
        stated,
        every_row,
        rulebook_at,
        tables,
    )


def _day(entry: Entry, text: str, problems: list[Problem]) -> date | None:
    """The day that is stated; day and month may be exchanged only where one of them is no month, or the key is Vietnamese."""
    formats = _DAY_FIRST if not entry.key.isascii() else (*_DAY_FIRST, *_MONTH_FIRST)
    days = {day for day in (read_day(text), *(read_format(form, text) for form in formats)) if day is not None}
    if len(days) == 1:
        return days.pop()
    if days:
        first, second = sorted(days)
        wrong, fix = message("ambiguous-day", text=text, first=first, second=second), message("ambiguous-day-fix")
    else:
        wrong, fix = message("not-a-day", text=text), message("bad-date-fix")
    problems.append(Problem("bad-date", wrong, fix, entry.place))
    return None


def _tables(entries: Sequence[Entry], problems: list[Problem]) -> tuple[Statement, ...]:
    from checker.records.stating.reading import read_statements  # noqa: PLC0415 -- few submissions say so much

    return read_statements([((entry.path or parts_of(entry.key))[1:], entry) for entry in entries], problems)


def _collect(entries: Sequence[Entry]) -> tuple[dict[str, Entry], list[Problem]]:
    problems: list[Problem] = []
    found: dict[str, Entry] = {}
    for entry in entries:
        key = _KNOWN.get(fold(entry.key))
        if key is None:
            problems.append(_unknown(entry))
        elif key in found:
            wrong = message("stated-twice", key=entry.key, first=found[key].text or message("stated-nothing"))
            problems.append(Problem("duplicate-key", wrong, message("keep-one-fix"), entry.place))
        else:
            found[key] = entry
    return found, problems


def _is_encoding(name: str) -> bool:
    from checker.records.readers.legacy import NAMES  # noqa: PLC0415 -- few manifests name an encoding

    try:
        "".encode("utf-8" if name.lower() in NAMES else name)
    except (LookupError, ValueError):
        return False
    return True


def _period(text: str, *, was_date: bool) -> Period:
    # A spreadsheet turns a typed 2019-03 into the day 2019-03-01: a date is never taken for a period.
    if was_date:
        raise PeriodError(message("period-was-date", text=text))
    return Period.parse(text)


def _unknown(entry: Entry) -> Problem:
    near = difflib.get_close_matches(fold(entry.key), _KNOWN, n=1)
    fix = message("suggestion", near=_KNOWN[near[0]]) if near else message("unknown-statement-fix", keys=", ".join(KEYS))
    return Problem("unknown-key", message("unknown-statement", key=entry.key), fix, entry.place)
