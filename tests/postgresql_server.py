"""A PostgreSQL server for the tests that need one: it is started, or that used which CHECKER_TEST_DATABASE names."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


def server() -> Iterator[str]:
    """The address of a database in which everything may be done."""
    if given := os.environ.get("CHECKER_TEST_DATABASE"):
        yield given
        return
    binaries = _binaries()
    if binaries is None:
        assert "CHECKER_TEST_POSTGRESQL" not in os.environ, "no PostgreSQL server is installed"
        pytest.skip("no PostgreSQL server is installed (apt-get install postgresql)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Other runs of pytest take from its own folders what lets another user in.
    with tempfile.TemporaryDirectory(prefix="checker-postgresql-", ignore_cleanup_errors=True) as folder:
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if as_user:
            shutil.chown(folder, "postgres")
        (password := Path(folder) / "password").write_text("master")
        password.chmod(0o644)

        def run(*command: str) -> None:
            made = subprocess.run([*as_user, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, check=False)
            assert made.returncode == 0, made.stdout

        data, options = f"{folder}/data", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        whose = ("-A", "scram-sha-256", f"--pwfile={password}", "-U", "master", "-E", "UTF8", "--locale=C.UTF-8")
        run(f"{binaries}/initdb", "-D", data, *whose)
        # Its output would keep the pipe open.
        run("sh", "-c", f"{binaries}/pg_ctl -D {data} -o '{options}' -l {folder}/log -w start > {folder}/started 2>&1")
        try:
            yield f"postgresql://master:master@127.0.0.1:{port}/postgres"
        finally:
            run(f"{binaries}/pg_ctl", "-D", data, "-m", "immediate", "stop")
