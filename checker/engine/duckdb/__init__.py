"""DuckDB, the embedded engine: the only room that knows it."""
