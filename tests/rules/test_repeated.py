"""Conditions about repeated violations: what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RulesError
from checker.model.law import Tally
from checker.model.words import Severity, Verdict
from tests.rules.test_kin import read


def test_repeated_violations_are_counted_beside_other_selections(tmp_path: Path) -> None:
    condition = "{violated: {severity: major, repeated: true}, at_least: 3}"
    assert read(tmp_path, condition) == Tally(Verdict.VIOLATED, (Severity.MAJOR,), at_least=3, repeated=True)
    assert read(tmp_path, "{violated: {repeated: false}}") == Tally(Verdict.VIOLATED)


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("{undetermined: {repeated: true}}", "'repeated' does not go with 'undetermined'"),
        ("{violated: {repeated: often}}", "'repeated' should be either true or false"),
        ("{violated: {repeatd: true}}", "did you mean 'repeated'"),
    ],
)
def test_what_cannot_be_repeated_is_refused(tmp_path: Path, condition: str, says: str) -> None:
    with pytest.raises(RulesError, match=says):
        read(tmp_path, condition)
