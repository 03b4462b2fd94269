"""Holds the oracle to docs/meaning.md, sentence by sentence."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.oracle.agreement import bounded
from tests.oracle.agreement import told as interval
from tests.oracle.evaluate import Judgement, consult
from tests.oracle.scenarios import SCENARIOS, Scenario


def judgement(scenario: Scenario) -> Judgement:
    return consult(
        scenario.book, scenario.tables, scenario.period, scenario.as_of, scenario.overrides, scenario.waivers, scenario.previous
    )


def told(scenario: Scenario, findings: Judgement) -> dict[str, str]:
    """The findings that a scenario is about, written as it writes them."""
    counted: Counter[tuple[str, str]] = Counter()
    for finding in findings.findings:
        if finding.rule == scenario.about:
            where = finding.subject + (f" {finding.window}" if finding.window else "")
            counted[where, finding.verdict + (f" {finding.reason}" if finding.reason else "")] += 1
    said: dict[str, list[str]] = {}
    for (where, verdict), n in sorted(counted.items()):
        said.setdefault(where, []).append(verdict if n == 1 else f"{n} {verdict}")
    return {where: ", ".join(verdicts) for where, verdicts in said.items()}


@pytest.mark.parametrize("scenario", [s for s in SCENARIOS if s.standing is None], ids=lambda scenario: scenario.name)
def test_oracle_reads_the_sentence(scenario: Scenario) -> None:
    assert told(scenario, judgement(scenario)) == scenario.expect


@pytest.mark.parametrize("scenario", [s for s in SCENARIOS if s.standing is not None], ids=lambda scenario: scenario.name)
def test_oracle_pronounces_the_standing(scenario: Scenario) -> None:
    found = dict(judgement(scenario).standings)
    assert found.get("T", next(iter(found.values()), "none")) == scenario.standing


@pytest.mark.parametrize("scenario", [s for s in SCENARIOS if s.values is not None], ids=lambda scenario: scenario.name)
def test_oracle_measures_the_indicator(scenario: Scenario) -> None:
    found: dict[str, dict[str, str]] = {}
    for value in judgement(scenario).values:
        where = value.subject + (f" {value.window}" if value.window else "")
        ends = interval((bounded(value.low), bounded(value.high)))
        said = {"value": ends, "perhaps": f"perhaps {ends}"}.get(value.state, value.state)
        found.setdefault(value.indicator, {})[where] = said
    assert found == scenario.values
