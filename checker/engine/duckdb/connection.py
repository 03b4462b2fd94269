"""Starts the engine: its settings, its macros, and the limits that it keeps to."""

from __future__ import annotations

from contextlib import suppress

import _duckdb as duckdb  # the engine itself: the package `duckdb` around it takes three times as long to load

from checker.engine.duckdb.macros import MACROS
from checker.engine.limits import Limits
from checker.processors import processors

_OWN = 190_000_000
"""What a process takes beside the engine's own account: Python, the code, the rulebook, the report. Measured: 100 MB, and
65 MB more where the rulebook has to be compiled first."""

_SHARE = 0.8
"""How much of the rest the engine may account for: some allocations of its readers and of its threads it does not."""

_PER_THREAD = 125_000_000
"""What DuckDB asks for each thread; with less, threads use up the memory side by side before anything can be moved to disk."""


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


BROKEN = (duckdb.InternalException, duckdb.FatalException)
"""After these errors, which some damaged files cause, a database answers nothing any more, whatever it is asked."""


def detach(engine: duckdb.DuckDBPyConnection, connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Closes the connection to a database of its own, and has the engine forget that, unless the engine is broken."""
    connection.close()
    with suppress(*BROKEN):
        engine.execute(f"DETACH {name}")


def limit(connection: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """Sets the limits. DuckDB 2.0.0 does not heed one of disk that is part of what it is started with."""
    for name, value in settings(limits, processors()).items():
        connection.execute(f"SET {name} = '{value}'")


def settings(limits: Limits, processors: int) -> dict[str, str]:
    """The settings that keep a process with so many processors within the limits."""
    found: dict[str, str] = {}
    if limits.memory is not None:
        engine = int((limits.memory - _OWN) * _SHARE)
        found["memory_limit"] = f"{engine}B"
        found["threads"] = str(min(processors, max(engine // _PER_THREAD, 1)))
    if limits.disk is not None:
        found["max_temp_directory_size"] = f"{limits.disk}B"
    return found
