"""Makes the form of a rulebook, empty, or filled in already with the rows of an earlier submission."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checker.api import compile_rules
from checker.exchange.form import Form, form_of
from checker.model.period import Period
from checker.rules.shelf import find, rules_folder


def make_form(
    rulebook: str,
    language: str | None = None,
    *,
    period: Period | None = None,
    earlier: str | None = None,
    body: str | None = None,
    lasting: bool = False,
) -> Form:
    """The form of a rulebook. `earlier` is a submission whose rows are filled in: of the body with that key, or all.

    With `lasting`, only those of tables whose rows are not about one day. Raises UsageError, RulesError or RecordsError.
    """
    plan = compile_rules(rulebook)
    shipped = find(rulebook, rules_folder()).parent == rules_folder()
    form = form_of(plan, language, named=shipped, period=period)
    if earlier is None:
        return form
    from checker.exchange.earlier import earlier_rows  # noqa: PLC0415 -- an empty form needs no engine

    found = earlier_rows(plan, Path(earlier), body, lasting=lasting)
    return replace(form, filled=found.filled, submitted_by=found.submitted_by, problems=found.problems)
