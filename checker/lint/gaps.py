"""Parameters that have no value yet while a rule that needs them is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.lint.desk import Desk, texts
from checker.rules.rulebook import Rule

_PARAMETER = re.compile(r":([a-z][a-z0-9_]*)")


def gaps(desk: Desk) -> None:
    """Notes each rule that begins before its parameters do."""
    for rule in desk.book.rules:
        for name in dict.fromkeys(_parameters(desk, rule)):
            parameter = desk.book.parameters.get(name)
            first = parameter.values[0].first if parameter else None
            begins = rule.in_force.first
            if first is None or (begins is not None and begins >= first):
                continue
            since = f"from {begins}" if begins else "without a first day"
            what = f"'{rule.id}' is in force {since}, and ':{name}' has no value before {first}: till then it is undetermined"
            in_force = (*rule.path, "in_force", "from")
            path = in_force if in_force in desk.tree.keys else (*rule.path, "id")
            mend = f"Write 'in_force: {{from: {first}}}', or give ':{name}' its earlier value."
            desk.warn(path, "parameter-gap", what, mend)


def _parameters(desk: Desk, rule: Rule) -> Iterator[str]:
    """The parameters that a rule needs, also through the terms that it names."""
    waiting = [rule.subject, *texts(rule.require)]
    seen = set[str]()
    while waiting:
        text = waiting.pop(0)
        yield from _PARAMETER.findall(text)
        term = desk.book.terms.get(text)
        if term is not None and text not in seen:
            seen.add(text)
            waiting += [term.of, *([term.where.text] if term.where else [])]
