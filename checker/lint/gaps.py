"""Parameters that have no value yet while a rule that needs them is in force."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.forms.base import DAY_OF_YEAR, Bounded, Related
from checker.lint.desk import Desk, parsed
from checker.model.period import Term
from checker.rules.bounds import read_number
from checker.rules.requirements import OVER_RELATED, OVER_SUBJECT
from checker.rules.rulebook import Rule
from checker.words.message import message


def gaps(desk: Desk) -> None:
    """Notes each rule that begins before its parameters do."""
    for rule in desk.book.requirements:
        for name in dict.fromkeys(_parameters(desk, rule)):
            parameter = desk.book.parameters.get(name)
            first = parameter.values[0].first if parameter else None
            begins = rule.in_force.first
            if first is None or (begins is not None and begins >= first):
                continue
            values = {"rule": rule.id, "name": name, "first": str(first)}
            wrong = (
                message("lint-parameter-gap", begins=str(begins), **values)
                if begins
                else message("lint-parameter-open", **values)
            )
            whole = rule.path[:2]
            in_force = (*whole, "in_force", "from")
            path = in_force if in_force in desk.tree.keys else (*whole, "id")
            fix = message("lint-parameter-gap-fix", first=str(first), name=name)
            desk.warn(path, "parameter-gap", wrong, fix)


def _parameters(desk: Desk, rule: Rule) -> Iterator[str]:
    """The parameters that a rule reads, also in the terms that it names."""
    for tree in _trees(desk, rule):
        yield from (node.name for node in tree.find_all(exp.Placeholder))


def _trees(desk: Desk, rule: Rule) -> Iterator[exp.Expression]:
    form = rule.require
    per = getattr(form, "per", None)
    selections = [rule.subject, *([form.of] if isinstance(form, Related) and form.of else [])]
    for name in (*selections, *([per.of] if isinstance(per, Term) else [])):
        yield from desk.selection(name).given
    texts = [text for key in (*OVER_SUBJECT, *OVER_RELATED) if (text := form.text(key)) is not None]
    if isinstance(form, Bounded):
        texts += [text for _, text in form.bounds() if read_number(text) is None]
    yield from (parsed(text) for text in texts if not DAY_OF_YEAR.fullmatch(text))
