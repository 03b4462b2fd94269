"""`rules` and `lint`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from syrupy.assertion import SnapshotAssertion

from checker.errors import Place, Problem
from tests.cli.stub import Stub
from tests.said import just

Run = Callable[..., Result]


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "vn-party-grassroots",
        "vn-party-grassroots --lang en",
        "vn-party-grassroots --lang en --as-of 2019-06-30",
        "vn-party-grassroots cell-monthly",
        "vn-party-grassroots attendance",
    ],
)
def test_pages(arguments: str, run: Run, snapshot: SnapshotAssertion) -> None:
    result = run("rules", *arguments.split())
    assert result.exit_code == 0
    assert result.stdout == snapshot


@pytest.mark.usefixtures("stub")
def test_a_rule_may_come_first(run: Run) -> None:
    one = run("rules", "cell-monthly", "--rules", "vn-party-grassroots")
    assert one.stdout == run("rules", "vn-party-grassroots", "cell-monthly").stdout


@pytest.mark.usefixtures("stub")
def test_an_unknown_rule_is_answered(run: Run) -> None:
    result = run("rules", "vn-party-grassroots", "cell-montly")
    assert result.exit_code == 2
    assert "has no rule 'cell-montly'; did you mean 'cell-monthly'? [unknown-rule]" in result.stderr


@pytest.mark.usefixtures("stub")
def test_the_rulebook_is_named_once(run: Run) -> None:
    assert run("rules", "a", "b", "--rules", "c").exit_code == 2


def test_lint_prints_every_problem_and_their_number(stub: Stub, run: Run) -> None:
    assert run("lint", "r.yaml").stdout == "r.yaml: no problem\n"
    problem = Problem(
        "unknown-key", just("unknown key 'foor'"), just("Did you mean 'for'?"), Place("r.yaml", 3, 5), "    foor: x"
    )
    stub.problems = (problem, problem)
    result = run("lint", "r.yaml")
    assert result.stdout == f"r.yaml: 2 errors\n  error: unknown-key (2)\n\n{problem}\n\n{problem}\n"
    assert result.exit_code == 2
    assert run("lint", "nowhere").exit_code == 2
