"""What `each` names: an enumerated field of the related record, and the values of which each is asked."""

from __future__ import annotations

from dataclasses import replace

from checker.errors import Problem, RulesError, nearest
from checker.forms.each import Each
from checker.model.schema import Field, Record
from checker.rules.marks import composed
from checker.rules.rulebook import Path, Rulebook
from checker.words.message import message


def each_value(book: Rulebook, record: Record, form: Each, path: Path) -> tuple[str, tuple[str, ...]] | None:
    """The field, and the values; None where the form asks of all rows together. Raises RulesError at what is wrong."""
    name = form.each_field()
    if name is None:
        return None
    where = path if isinstance(form.each, str) else (*path, name)
    field = record.field(name)
    enumerated = [each.name for each in record.fields if each.enum]
    fix = message("name-one-of", known=", ".join(enumerated)) if enumerated else message("plan-give-enum")
    if field is None:
        problem = book.problem(where, "unknown-field", message("not-a-field-of", field=name, record=record.name), fix)
        raise RulesError(_suggesting(problem, name, nearest(name, enumerated)))
    if not field.enum:
        wrong = message("plan-not-enumerated", name=name, record=record.name)
        raise RulesError(_suggesting(book.problem(where, "wrong-type", wrong, fix), name, None))
    values = tuple(value for value, _ in field.enum)
    asked = tuple(map(composed, form.each_values() or ()))
    for place, value in enumerate(asked):
        if value not in values:
            wrong, fix = message("plan-not-a-value", value=value, name=name), message("expr-values-are", known=", ".join(values))
            problem = book.problem((*where, place), "unknown-value", wrong, fix)
            raise RulesError(_suggesting(problem, value, _meant(value, field)))
    return name, asked or values


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
    return replace(problem, place=replace(place, column=found + 1), length=len(word), instead=instead)
