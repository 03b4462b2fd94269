"""`coverage`: every subject has a related row."""

from __future__ import annotations

from checker.forms.base import Bounded, Related


class Coverage(Bounded, Related):
    """Every subject has related rows, one at least unless a bound says otherwise: every hamlet has a cell."""

    of: str
