"""Lengths of what is drawn, as the page writes them."""

from __future__ import annotations

from fractions import Fraction

_PLACES = 2


def scaled(share: Fraction) -> str:
    """A share of a whole in hundredths, between none and all, to two places."""
    return f"{float(round(min(max(share, Fraction(0)), Fraction(1)) * 100, _PLACES)):.{_PLACES}f}"
