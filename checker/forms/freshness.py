"""`freshness`: the latest dated row is no older than so long."""

from __future__ import annotations

from typing import Literal

from checker.forms.base import Related


class Freshness(Related):
    """The latest related row, or the subject's own date, is not older than `within`: reviewed in the last year."""

    within: str
    on: str | None = None
    never: Literal["breached"] | None = None
