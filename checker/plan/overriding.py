"""Parameters given another value for one run (`--set name=value`): refused where the rulebook itself could not have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from checker.errors import Problem, UsageError, nearest
from checker.forms.base import Bounded
from checker.rules.bounded import Refusal, is_ratio, refusal
from checker.rules.bounds import read_number
from checker.rules.marks import composed
from checker.rules.rulebook import DatedValue, Parameter, Rulebook
from checker.words.message import message


def overridden(book: Rulebook, overrides: Mapping[str, str]) -> Rulebook:
    """The rulebook with those parameters at one value for all times. Raises UsageError with all that is wrong in them."""
    parameters, problems = dict(book.parameters), list[Problem]()
    for name, text in ((name, composed(given)) for name, given in overrides.items()):
        if name not in parameters:
            wrong, known = message("unknown-parameter", name=name), ", ".join(sorted(parameters))
            fix = message("unknown-parameter-fix", names=known) if known else message("no-parameters-fix")
            problems.append(Problem("unknown-parameter", wrong, fix, instead=nearest(name, parameters)))
            continue
        value = _value(book, book.parameters[name], text)
        if isinstance(value, Refusal):
            wrong = message("bad-parameter", name=name, why=value.message)
            problems.append(Problem("bad-parameter", wrong, value.fix, instead=value.instead))
        else:
            parameters[name] = Parameter(name, (DatedValue(None, value, text),))
    if problems:
        raise UsageError(*problems)
    return book._replace(parameters=parameters)


def _value(book: Rulebook, parameter: Parameter, text: str) -> Fraction | str | Refusal:
    """The value as what the rulebook has it: a number, or text."""
    if not any(isinstance(each.value, Fraction) for each in parameter.values):
        return text
    value = read_number(text)
    if value is None:
        return Refusal(message("not-a-number", text=text), message("not-a-number-fix"))
    forms = list(_bounded(book, parameter.name))
    refused = next((found for form in forms if (found := refusal(form, value, text)) is not None), None)
    return refused or _misread(parameter, value, text, ratio=any(map(is_ratio, forms))) or value


def _bounded(book: Rulebook, name: str) -> Iterator[Bounded]:
    """The forms of which the parameter is a bound."""
    for rule in book.requirements:
        form = rule.require
        if isinstance(form, Bounded) and any(text.strip() == f":{name}" for _, text in form.bounds()):
            yield form


def _misread(parameter: Parameter, value: Fraction, text: str, *, ratio: bool) -> Refusal | None:
    """Why a number is not of the kind that the rulebook has: a percentage, or none."""
    written, percent = parameter.values[-1].text, any("%" in each.text for each in parameter.values)
    if percent and "%" not in text and value > 1:
        wrong = message("percent-missing", written=written, text=text)
        return Refusal(wrong, message("percent-missing-fix"), f"{text}%")
    if "%" in text and not percent and not ratio:
        bare = text.rstrip("% ")
        wrong = message("percent-unwanted", written=written, text=text)
        return Refusal(wrong, message("percent-unwanted-fix"), bare)
    return None
