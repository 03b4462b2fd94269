"""Exact amounts of the engine, as reports have them."""

from __future__ import annotations

from decimal import Context, Decimal

from checker.words.amounts import Amount

_EXACT = Context(prec=60)
"""No number of the engine has as many digits."""


def amount(value: Decimal | None) -> Amount | None:
    """The exact value, an int where it is whole."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else value.normalize(_EXACT)
