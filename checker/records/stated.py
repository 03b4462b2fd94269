"""Reads what a manifest says of how values are written in its submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from checker.errors import Problem
from checker.model.blanks import bare
from checker.model.formats import tells_a_day
from checker.model.schema import FALSE, TRUE, Stated
from checker.words.message import message

if TYPE_CHECKING:
    from checker.records.manifest import Entry

_DECIMALS = {sign: sign for sign in ".,"}
_THOUSANDS = {sign: sign for sign in ".,'"} | dict.fromkeys(("blank", "khoảng trắng"), " ")
TRUTHS = dict.fromkeys(TRUE, "yes") | dict.fromkeys(FALSE, "no")


def read_stated(entries: Mapping[str, Entry], problems: list[Problem]) -> Stated:
    """What these entries say of how values are written; what is wrong in them is added to the problems."""
    decimal, thousands = chosen(entries, "decimal", _DECIMALS, problems), chosen(entries, "thousands", _THOUSANDS, problems)
    times = chosen(entries, "with_time", TRUTHS, problems)
    if decimal is not None and decimal == thousands:
        wrong, fix = message("common-sign", sign=decimal), message("common-sign-fix")
        problems.append(Problem("common-sign", wrong, fix, entries["thousands"].place))
    formats = _words(entries, "formats")
    for form in formats:
        if not tells_a_day(form):
            wrong, fix = message("bad-format", form=form), message("bad-format-fix")
            problems.append(Problem("bad-format", wrong, fix, entries["formats"].place))
    missing, true, false = ([word.lower() for word in _words(entries, key)] for key in ("missing", "true_words", "false_words"))
    for key, words, others in (("true_words", true, (*false, *FALSE)), ("false_words", false, TRUE)):
        for word in words:
            if word in others:
                wrong, fix = message("true-or-false", word=word), message("one-value-fix")
                problems.append(Problem("common-synonym", wrong, fix, entries[key].place))
    moments = None if times is None else times == "yes"
    return Stated(decimal, thousands, tuple(missing), tuple(true), tuple(false), tuple(formats), moments)


def chosen(entries: Mapping[str, Entry], key: str, known: Mapping[str, str], problems: list[Problem]) -> str | None:
    """What an entry says, if there is one, which is one of the known texts; else there is a problem."""
    entry = entries.get(key)
    text = bare(entry.text or "").lower() if entry is not None else ""
    if entry is None or not (text or entry.several):
        return None
    if text not in known:
        wrong = message("bad-writing", key=key, text=text or "; ".join(entry.several))
        problems.append(Problem("bad-value", wrong, message(f"bad-writing-{key}-fix"), entry.place))
    return known.get(text)


def _words(entries: Mapping[str, Entry], key: str) -> Sequence[str]:
    """The texts of a list, or of one text with `;` between."""
    entry = entries.get(key)
    if entry is None:
        return []
    return [word for each in entry.several or (entry.text or "").split(";") if (word := bare(each))]
