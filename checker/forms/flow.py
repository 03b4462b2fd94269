"""What comes and what goes: the related rows of `total` that are added, and those that are taken away."""

from __future__ import annotations

from sqlglot import exp

from checker.forms.measure import Columns, Quantity, template


def flowing(value: Quantity, comes: exp.Expression, goes: exp.Expression) -> tuple[Columns, Quantity]:
    """The columns of a row that comes or goes, and what it adds to a balance, from these.

    Where it is not known which, or both hold, it adds anything between what is possible.
    """
    said = {"size_lo": value.low, "size_hi": value.high, "comes": comes, "goes": goes}
    return said, Quantity(template(_LOW), template(_HIGH), signed=True)


_COMES, _GOES = "COALESCE(comes, TRUE)", "COALESCE(goes, TRUE)"
_STAYS = "NOT (COALESCE(comes, FALSE) OR COALESCE(goes, FALSE))"


def _end(which: str, added: str, taken: str) -> str:
    """LEAST and GREATEST skip NULL, so that an end without limit, or past that of 64 bits, needs a branch of its own."""
    return (
        f"CASE WHEN ({_COMES} AND {added} IS NULL) OR ({_GOES} AND TRY(-{taken}) IS NULL) THEN NULL ELSE {which}("
        f"CASE WHEN {_COMES} THEN {added} END, CASE WHEN {_GOES} THEN TRY(-{taken}) END, CASE WHEN {_STAYS} THEN 0 END) END"
    )


_LOW = _end("LEAST", "size_lo", "size_hi")
_HIGH = _end("GREATEST", "size_hi", "size_lo")
