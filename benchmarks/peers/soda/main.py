"""The seven rules as a Soda contract, verified on DuckDB over the Parquet files.

Soda's open source tells how many rows fail a check, not which: of each check that fails, its query is run once more to list
them, and must give as many as Soda counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
from ruamel.yaml import YAML
from soda_core.contracts import verify_contract_locally
from soda_duckdb.common.data_sources.duckdb_data_source import DuckDBDataSourceImpl

from benchmarks.peers.bodies import Violation, write

_CONTRACT = Path(__file__).with_name("contract.yml")


def violations(folder: Path) -> Iterator[Violation]:
    """The failed rows of every check that fails."""
    engine = duckdb.connect()
    for table in ("organisations", "hamlets", "branches", "documents", "meetings"):
        file = f"read_parquet('{folder / table}.parquet', file_row_number = true)"
        engine.execute(f"CREATE VIEW {table} AS SELECT *, file_row_number + 1 AS row FROM {file}")
    source = DuckDBDataSourceImpl.from_existing_cursor(engine, name="benchmark")
    verified = verify_contract_locally(data_sources=[source], contract_file_path=str(_CONTRACT))
    if verified.has_errors:
        raise ValueError(verified.get_errors_str())
    contract = YAML(typ="safe").load(_CONTRACT)
    queries = {check["failed_rows"]["name"]: check["failed_rows"]["query"] for check in contract["checks"]}
    for result in verified.contract_verification_results[0].check_results:
        if result.is_passed:
            continue
        rows = engine.execute(queries[result.check.name]).fetchall()
        if len(rows) != result.diagnostic_metric_values["failed_rows_count"]:
            raise ValueError(f"{result.check.name}: {result.diagnostic_metric_values}, but {len(rows)} rows")
        yield from ((result.check.name, subject, window) for subject, window in rows)


if __name__ == "__main__":
    write(violations(Path(sys.argv[1])), Path(sys.argv[2]))
