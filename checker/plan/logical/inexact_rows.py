"""Which rows need a closer look, told by conditions that cost little."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlglot import exp

from checker.forms.measure import denied, surely, template


def suspicions(whole: exp.Expression, selected: exp.Expression) -> tuple[exp.Expression, ...]:
    """Conditions, one of which is true of each row of which `selected` is not false, and `whole` not true.

    `whole` is a conjunction, `selected` a part of it: where that is not false, what is not true of it is unknown.
    """
    parts = list(_parts(selected))
    return tuple(template(":part IS NULL", part=part) if part in parts else _untrue(part) for part in _parts(whole))


def _parts(tree: exp.Expression) -> Iterator[exp.Expression]:
    """The parts of a conjunction, of which none is one."""
    bare = cast("exp.Expression", tree.unnest())
    if isinstance(bare, exp.And):
        for side in (bare.this, bare.expression):
            yield from _parts(side)
    elif bare != exp.true():
        yield bare


def _untrue(part: exp.Expression) -> exp.Expression:
    known = isinstance(part, exp.Not) and isinstance(part.this.unnest(), exp.Is)
    return part.this.unnest() if known else denied(surely(part))
