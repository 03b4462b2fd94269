"""Of which subjects the predicates of exceptions and standings hold, or may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.law import Truth
from checker.model.plan import HoldsPlan
from checker.model.sql import Sql
from checker.run.left_open import some_unknown

if TYPE_CHECKING:
    from checker.run.session import Session


def hold(run: Session, number: int, predicate: HoldsPlan) -> None:
    """Notes of which subjects a predicate holds, or may hold."""
    told = run.told(predicate.record)
    if not told or some_unknown(run, predicate.record):
        run.engine.run(f"INSERT INTO held VALUES ('{predicate.record}', 0, {number}, '{Truth.PERHAPS}')")
    if not told:
        return
    holds = f"INSERT INTO held SELECT '{predicate.record}', subject, {number}, truth FROM ("
    run.engine.run(Sql.of(holds, predicate.holds, ")"))
