"""How values are written in the cells of a field: what it, its record and the rulebook say of that, as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.formats import directives, tells_a_day
from checker.model.schema import FALSE, TRUE, FieldType, Writing
from checker.words.message import message

if TYPE_CHECKING:
    from checker.rules.reader import Reader
    from checker.rules.written import FieldEntry, WritingEntry
    from checker.yaml_tree import Path

_TIMES = frozenset("HIMSp")


def check_formats(reader: Reader, path: Path, entry: WritingEntry) -> None:
    """Notes formats that do not tell a day; `path` is where they stand."""
    for index, form in enumerate(entry.formats):
        if not tells_a_day(form):
            fix = message("format-not-told-fix")
            reader.report((*path, "formats", index), "bad-format", message("format-not-told", form=form), fix)
        elif entry.with_time and _TIMES.intersection(directives(form)):
            wrong = message("format-with-time", form=form)
            reader.report((*path, "formats", index), "bad-format", wrong, message("format-with-time-fix"))


def written_in(reader: Reader, path: Path, field: FieldEntry, record: WritingEntry, header: WritingEntry) -> Writing:
    """How values are written in a field: lists add up, and of the rest what stands nearest to the field holds."""
    check_formats(reader, path, field)
    levels = (field, record, header)

    def added(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for level in levels for word in getattr(level, key)))

    def nearest(key: str) -> object:
        return next((said for level in levels if (said := getattr(level, key)) is not None), None)

    missing, true, false = (tuple(dict.fromkeys(map(str.lower, added(key)))) for key in ("missing", "true_words", "false_words"))
    numeric, boolean = field.type in {FieldType.INTEGER, FieldType.NUMBER}, field.type is FieldType.BOOLEAN
    decimal, thousands = str(nearest("decimal") or "."), str(nearest("thousands") or "")
    if numeric and decimal == thousands:
        wrong = message("format-same-sign", sign=decimal)
        reader.report((*path, "decimal"), "common-sign", wrong, message("format-same-sign-fix"))
    # Of its own formats one that stands twice is kept: lint warns of it.
    formats = (*field.formats, *(form for form in added("formats") if form not in field.formats))
    if boolean:
        _truths(reader, path, true, false)
    _missing(reader, path, field, missing, (*true, *false) if boolean else ())
    return Writing(
        decimal=decimal if numeric else ".",
        thousands=thousands if numeric else "",
        missing=missing,
        true=true if boolean else (),
        false=false if boolean else (),
        formats=formats if field.type is FieldType.DATE else (),
        moments=field.type is FieldType.DATE and bool(nearest("with_time")),
    )


def _truths(reader: Reader, path: Path, true: tuple[str, ...], false: tuple[str, ...]) -> None:
    """Notes words that would be true and false."""
    for word in true:
        if word in (*false, *FALSE):
            wrong = message("format-true-or-false", word=word)
            reader.report((*path, "true_words"), "common-synonym", wrong, message("book-common-synonym-fix"))
    for word in false:
        if word in TRUE:
            wrong = message("format-true-or-false", word=word)
            reader.report((*path, "false_words"), "common-synonym", wrong, message("book-common-synonym-fix"))


def _missing(reader: Reader, path: Path, entry: FieldEntry, missing: tuple[str, ...], truths: tuple[str, ...]) -> None:
    """Notes words for an empty cell that are values as well."""
    values = [word for value, words in (entry.enum or {}).items() for word in (value, *words)]
    usual = (*TRUE, *FALSE) if entry.type is FieldType.BOOLEAN else ()
    for word in (*values, *usual, *truths, *([] if entry.default is None else [entry.default])):
        if word.lower() in missing:
            wrong = message("format-missing-value", word=word)
            reader.report(path, "missing-value", wrong, message("format-missing-value-fix"))
