"""What `each` and `distinct` name: a field of the related record or of what it refers to, and the values that are asked of."""

from __future__ import annotations

from checker.errors import Problem, RulesError, nearest
from checker.forms.each import ValueField
from checker.model.schema import Field, FieldType, Record
from checker.rules.marks import composed
from checker.rules.rulebook import Path, Rulebook
from checker.words.message import message


def values_of(book: Rulebook, record: Record, path: tuple[str, ...], form: ValueField, written: Path) -> tuple[str, ...] | None:
    """The values of which each is asked: listed, or declared; None: those that occur. Raises RulesError at what is wrong."""
    listed = form.each_values() if written[-1] == "each" else None
    name = ".".join(path)
    where = written if listed is None else (*written, name)
    field = _at(book, record, path, where)
    if field.separators:
        wrong = message("plan-by-a-list", name=field.name)
        fix = message("plan-by-a-list-fix", name=field.name, record=record.name)
        raise RulesError(book.problem(where, "a-list", wrong, fix))
    declared = tuple(value for value, _ in field.enum)
    asked = tuple(map(composed, listed or ()))
    if asked and field.type is not FieldType.TEXT:
        wrong = message("plan-lists-no-text", name=name)
        raise RulesError(book.problem(where, "wrong-type", wrong, message("plan-lists-no-text-fix")))
    for place, value in enumerate(asked):
        if declared and value not in declared:
            wrong = message("plan-not-a-value", value=value, name=name)
            fix = message("expr-values-are", known=", ".join(declared))
            problem = book.problem((*where, place), "unknown-value", wrong, fix)
            raise RulesError(_suggesting(problem, value, _meant(value, field)))
    return asked or declared or None


def _at(book: Rulebook, record: Record, path: tuple[str, ...], where: Path) -> Field:
    """The field at the end of a path of references."""
    for place, name in enumerate(path):
        field = record.field(name)
        if field is None:
            known = [each.name for each in record.fields]
            wrong, fix = message("not-a-field-of", field=name, record=record.name), message("name-one-of", known=", ".join(known))
            raise RulesError(_suggesting(book.problem(where, "unknown-field", wrong, fix), name, nearest(name, known)))
        if place == len(path) - 1:
            return field
        if field.ref is None:
            wrong = message("plan-not-a-reference", name=name, record=record.name)
            problem = book.problem(where, "not-a-reference", wrong, message("plan-not-a-reference-fix", name=name))
            raise RulesError(_suggesting(problem, name, None))
        record = book.records[field.ref]
    raise TypeError(path)


def _meant(word: str, field: Field) -> str | None:
    """The value that has that word for a synonym, or the most alike."""
    known = {each.casefold(): value for value, synonyms in field.enum for each in (*synonyms, value)}
    near = nearest(word.casefold(), known)
    return None if near is None else known[near]


def _suggesting(problem: Problem, word: str, instead: str | None) -> Problem:
    """The problem with what was probably meant instead of the word, where that stands on the line."""
    place = problem.place
    if place is None or place.column is None or problem.excerpt is None:
        return problem
    found = problem.excerpt.find(word, place.column - 1)
    if found < 0:
        return problem
    return problem._replace(place=place._replace(column=found + 1), length=len(word), instead=instead)
