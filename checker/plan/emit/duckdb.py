"""DuckDB, as which trees are written: there is nothing to rewrite, and nothing that it cannot do."""

from __future__ import annotations

from checker.plan.emit.dialect import Dialect

DUCKDB = Dialect("duckdb", native=True, inlines=True)
