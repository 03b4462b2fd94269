"""The private enterprises of the city, and the mass organisations in them."""

from __future__ import annotations

from generator.places import PLACES
from generator.tables import Row

_ENTERPRISES, _TRADE_UNIONS, _YOUTH_UNIONS = 2_302, 57, 14
_KINDS = ("Công ty TNHH", "Doanh nghiệp tư nhân", "Công ty cổ phần")
_STEP = 32
"""Every so many-th enterprise has a mass organisation, first all those with a trade union, then those with a youth union."""


def enterprises() -> list[Row]:
    """One row for each; none has both unions, so that enterprises and organisations come to the same 71."""
    rows: list[Row] = []
    for i in range(_ENTERPRISES):
        place = PLACES[i * 5 % len(PLACES)]
        organised = i // _STEP if i % _STEP == 0 else _TRADE_UNIONS + _YOUTH_UNIONS
        rows.append(
            {
                "id": f"DN-{i + 1:04}",
                "name": f"{_KINDS[i % len(_KINDS)]} số {i + 1}, {place.name}",
                "committee": place.code,
                "private": True,
                "trade_union": organised < _TRADE_UNIONS,
                "youth_union": _TRADE_UNIONS <= organised < _TRADE_UNIONS + _YOUTH_UNIONS,
            }
        )
    return rows
