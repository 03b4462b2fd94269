"""The dialects in which a plan can be printed, by name."""

from __future__ import annotations

from checker.plan.emit.dialect import Dialect
from checker.plan.emit.duckdb import DUCKDB
from checker.plan.emit.postgres import POSTGRES
from checker.plan.emit.spark import SPARK

DIALECTS: dict[str, Dialect] = {dialect.name: dialect for dialect in (DUCKDB, POSTGRES, SPARK)}
