"""Reads what a rule requires: exactly one form, whose names, expressions and bounds fit the records."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from checker.forms import FORMS
from checker.forms.base import DAY_OF_YEAR, Bounded, Form, Related
from checker.forms.several import SEVERAL, Several
from checker.forms.unique import Unique
from checker.model.days import read_day
from checker.model.schema import FieldType
from checker.rules.bounded import refusal
from checker.rules.bounds import check_duration, read_number
from checker.rules.entries import keys_of
from checker.rules.predicates import DATE, NUMERIC, PREDICATE
from checker.rules.several import several
from checker.rules.tokens import PredicateError
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.model.schema import Record
    from checker.rules.reader import Reader
    from checker.rules.terms import Names
    from checker.yaml_tree import Path

OVER_SUBJECT = {
    **dict.fromkeys(("declared", "opening", "target"), NUMERIC),
    **dict.fromkeys(("first", "then", "before", "after", "from", "until"), DATE),
}
OVER_RELATED = {
    **dict.fromkeys(("where", "that", "base", "in", "out", "since"), PREDICATE),
    **dict.fromkeys(("part", "whole", "sum", "value"), NUMERIC),
}


def requirement(reader: Reader, path: Path, value: Mapping[str, object], names: Names, selection: str) -> tuple[str, Form] | None:
    """The form's name and its model; None, with every problem noted, if there is not exactly one that fits.

    `selection` is the record or term that the rule is about.
    """
    subject = names.record_of(selection)
    name = one_of_several(reader, path, value, {**FORMS, SEVERAL: Several})
    if name is None:
        return None
    path = (*path, name)
    if name == SEVERAL:
        found = several(reader, path, value[name], lambda at, each: requirement(reader, at, each, names, selection))
        return None if found is None else (name, found)
    form = reader.validate(FORMS[name], path, reader.tree.at(path))
    if form is None:
        _check_what_is_written(reader, path, names, subject)
        return None
    if isinstance(form, Unique):
        form = form.among(selection)
    check_form(reader, path, form, names, subject)
    return name, form


def one_of_several(reader: Reader, path: Path, value: Mapping[str, object], forms: Mapping[str, object]) -> str | None:
    """The one form that is written there; None, with every problem noted, if there is not exactly one."""
    for name in value:
        if name not in forms:
            reader.unknown((*path, name), message("form-unknown", name=name), name, forms, message("known-forms"))
    known = [name for name in value if name in forms]
    if len(value) != 1:
        second = (*path, list(value)[1]) if value else path
        wrong = message("form-several", n=len(value)) if value else message("form-none")
        reader.report_key(second, "one-form", wrong, message("form-several-fix", known=", ".join(forms)))
    return known[0] if len(known) == len(value) == 1 else None


def check_form(reader: Reader, path: Path, form: Form, names: Names, subject: Record | None) -> None:
    """Notes what is wrong with the names, expressions and bounds of a form about that record."""
    related = subject
    of = form.of if isinstance(form, Related) else None
    if of is not None:
        names.check_selection(reader, (*path, "of"), of)
        related = names.record_of(of)
    for texts, record in ((OVER_SUBJECT, subject), (OVER_RELATED, related)):
        for key, wants in texts.items():
            text = form.text(key)
            if text is not None and not DAY_OF_YEAR.fullmatch(text):
                seen = names.sights(record, form if record is subject else None, key)
                names.check_expression(reader, (*path, key), text, record, wants, seen)
    if isinstance(form, Bounded):
        _check_bounds(reader, path, form, names, subject)
    _check_day(reader, path, form, related)
    for key in form.durations:
        try:
            check_duration(form.text(key) or "1d")
        except PredicateError as error:
            reader.report_predicate((*path, key), error)
    _check_tolerance(reader, path, getattr(form, "tolerance", "0"))


def _check_what_is_written(reader: Reader, path: Path, names: Names, subject: Record | None) -> None:
    """Notes what is wrong with the texts of a form whose keys are not right."""
    written = {key: text for key, text in keys_of(reader.tree.at(path)).items() if isinstance(text, str)}
    of = written.get("of")
    if of is not None:
        names.check_selection(reader, (*path, "of"), of)
    related = subject if of is None else names.record_of(of)
    known = FORMS[str(path[-1])].model_fields
    aliases = {info.alias or name for name, info in known.items()}
    for texts, record in ((OVER_SUBJECT, subject), (OVER_RELATED, related)):
        for key, wants in texts.items():
            if key in written and key in aliases and (*path, key) not in reader.faulty and not _is_day(written[key]):
                names.check_expression(reader, (*path, key), written[key], record, wants)


def _is_day(text: str) -> bool:
    """Whether it is a day, which is a date but no expression."""
    return DAY_OF_YEAR.fullmatch(text) is not None or read_day(text.strip()) is not None


def _check_bounds(reader: Reader, path: Path, form: Bounded, names: Names, subject: Record | None) -> None:
    for key, text in form.bounds():
        where = (*path, key) if reader.tree.at((*path, key)) is not None else path
        bound = names.check_bound(reader, where, text, subject, names.sights(subject, form, key))
        if bound is None:
            continue
        dated = names.parameters[bound.parameter].values if bound.parameter else ()
        for value in (bound.value, *(each.value for each in dated)):
            refused = refusal(form, value, text) if isinstance(value, Fraction) else None
            if refused is not None:
                reader.report(where, "bad-bound", refused.message, refused.fix, instead=refused.instead)


def _check_day(reader: Reader, path: Path, form: Form, record: Record | None) -> None:
    if record is None or reader.unsure("records", record.name):
        return
    on = getattr(form, "on", None)
    for key, named in (("on", on), ("about", getattr(form, "about", None))):
        if named is not None:
            _check_date_field(reader, (*path, key), named, record)
    if (
        isinstance(form, Related)
        and on is None
        and record.date is None
        and (getattr(form, "per", None) is not None or form.dated)
    ):
        fix = message("form-no-date-fix", record=record.name)
        reader.report(path, "no-date", message("form-no-date", record=record.name), fix)


def _check_date_field(reader: Reader, path: Path, named: str, record: Record) -> None:
    declared = record.field(named)
    dates = tuple(each.name for each in record.fields if each.type is FieldType.DATE)
    if declared is None:
        reader.unknown(
            path, message("not-a-field-of", field=named, record=record.name), named, dates, message("known-date-fields")
        )
    elif declared.type is not FieldType.DATE:
        wrong = message("book-not-a-date", name=named, type=declared.type)
        reader.report(path, "wrong-type", wrong, message("form-date-fields", record=record.name, known=", ".join(dates)))


def _check_tolerance(reader: Reader, path: Path, text: str) -> None:
    value = None if "%" in text or "/" in text else read_number(text)
    if value is None or value < 0:
        fix = message("form-tolerance-fix")
        reader.report((*path, "tolerance"), "bad-number", message("form-tolerance", text=text), fix)
