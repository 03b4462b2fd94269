"""Starts the engine: its settings, its macros, and the limits that it keeps to."""

from __future__ import annotations

import _duckdb as duckdb  # the engine itself: the package `duckdb` around it takes three times as long to load

from checker.engine.duckdb.limits import Limits, processors
from checker.engine.duckdb.macros import MACROS


def start(folder: str, limits: Limits) -> duckdb.DuckDBPyConnection:
    """A connection to a new engine, which writes what does not fit into memory to that folder."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": folder,
    }
    connection = duckdb.connect(":memory:", config=config)
    # DuckDB draws one on standard output where Python looks interactive to it, as `python -c` does.
    connection.execute("SET enable_progress_bar = false")
    for signature, body in MACROS.items():
        connection.execute(f"CREATE MACRO {signature} AS {body}")
    limit(connection, limits)
    return connection


def detach(engine: duckdb.DuckDBPyConnection, connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Closes the connection to a database of its own, and has the engine forget that."""
    connection.close()
    engine.execute(f"DETACH {name}")


def limit(connection: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """Sets the limits. DuckDB 2.0.0 does not heed one of disk that is part of what it is started with."""
    for name, value in limits.settings(processors()).items():
        connection.execute(f"SET {name} = '{value}'")
