"""Parameters given another value for one run (`--set name=value`)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from fractions import Fraction

from checker.errors import Problem, UsageError
from checker.rules.bounds import read_number
from checker.rules.rulebook import DatedValue, Parameter, Rulebook


def overridden(book: Rulebook, overrides: Mapping[str, str]) -> Rulebook:
    """The rulebook with those parameters at one value for all times. Raises UsageError for an unknown one."""
    parameters = dict(book.parameters)
    for name, text in overrides.items():
        if name not in parameters:
            near = difflib.get_close_matches(name, parameters, n=1)
            mend = f"Did you mean '{near[0]}'?" if near else f"The rulebook has: {', '.join(sorted(parameters)) or 'none'}."
            raise UsageError(Problem("unknown-parameter", f"--set {name}: the rulebook has no such parameter", mend))
        value = read_number(text)
        numeric = any(isinstance(each.value, Fraction) for each in book.parameters[name].values)
        if numeric and value is None:
            what, mend = f"--set {name}: '{text}' is not a number", "Write a number, a percentage (85%) or a fraction (2/3)."
            raise UsageError(Problem("bad-parameter", what, mend))
        parameters[name] = Parameter(name, (DatedValue(None, text if value is None else value, text),))
    return book._replace(parameters=parameters)
