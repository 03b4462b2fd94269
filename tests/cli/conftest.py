"""The command line with the library stubbed."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

import checker
from checker.cli.main import program
from tests.cli.stub import Stub

Run = Callable[..., Result]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    made = Stub()
    monkeypatch.setitem(sys.modules, "checker.api", made)
    monkeypatch.setattr(checker, "api", made, raising=False)
    return made


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(program, arguments, prog_name="checker")

    return invoke
