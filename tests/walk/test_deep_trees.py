"""Trees that are very deep, or no trees at all: standings and what is below a body, in seconds and as in any other tree."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from checker import api
from checker.cli.main import program
from checker.request import Tuning

RULES = """\
rulebook: deep
title: Deep
body: units
sources: {law: {title: Law}}
records:
  units: {key: id, parent: above, fields: {id: {}, above: {ref: units}, n: {type: integer}}}
rules:
  - {id: some, title: Some, cites: law 1, for: units, require: {condition: {that: n > 0}}}
"""
BELOW = "  - {id: below, title: Below, cites: law 1, for: units, require: {coverage: {of: units, via: descendants}}}\n"
STANDINGS = """\
standings:
  - {id: bad, title: Bad, when: {violated: {}}}
  - {id: poor, title: Poor, when: {children: {standing: [bad, poor]}, at_least: 50%}}
  - {id: fair, title: Fair, when: {all: [{descendants: {standing: bad}}, {descendants: {standing: good}, at_most: 3}]}}
  - {id: good, title: Good}
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def judged(rows: Sequence[tuple[str, str, object]], *, rules: str) -> dict[str, object]:
    """The report on units of those keys, parents and numbers, as JSON."""
    Path("rules.yaml").write_text(rules, encoding="utf-8")
    Path("units.csv").write_text("id,above,n\n" + "".join(f"{a},{b},{n}\n" for a, b, n in rows), encoding="utf-8")
    said = ["check", "units.csv", "--rules", "rules.yaml", "-p", "2019", "--as-of", "2019-12-31", "-f", "json"]
    found = CliRunner().invoke(program, said)
    assert found.exit_code in {0, 1, 3}, found.output[-2000:]
    report: dict[str, object] = json.loads(found.stdout)
    return report


def standings(report: dict[str, object]) -> dict[str, str]:
    """The standing of each unit that is listed."""
    listed = report["standings"]
    assert isinstance(listed, list)
    return {each["subject"]["id"]: each["standing"] for each in listed}


def some_units(seed: int) -> list[tuple[str, str, object]]:
    """Units with parents known, unknown to the table, on cycles, doubled; without keys, and with numbers missing."""
    random = Random(seed)  # noqa: S311
    count = random.randint(2, 12)
    keys = [f"u{number}" for number in range(count)]
    return [
        (
            key if random.random() > 0.05 else "",
            random.choice(["", "\ufffd", "zzz", *keys, *keys]),
            random.choice([1, 1, 0, 0, ""]),
        )
        for key in [*keys, *random.choices(keys, k=random.choice([0, 0, 1]))]
    ]


@pytest.mark.parametrize("seed", range(25))
def test_standings_body_by_body_are_those_level_by_level(seed: int) -> None:
    rows = some_units(seed)
    by_levels = standings(judged(rows, rules=RULES + STANDINGS))
    report = api.check("units.csv", "rules.yaml", period="2019", as_of="2019-12-31", tuning=Tuning(levels=0))
    assert {each.subject.id: each.standing for each in report.standings} == by_levels


def test_a_chain_of_3000() -> None:
    chain = [(f"u{number}", f"u{number - 1}" if number else "", 1) for number in range(3000)]
    chain[-1] = ("u2999", "u2998", 0)
    report = judged(chain, rules=RULES + BELOW + STANDINGS)
    found = standings(report)
    assert found["u2999"] == "bad"
    assert {standing for key, standing in found.items() if key != "u2999"} == {"poor"}
    text = json.dumps(report)
    assert len(text) < 3000 * 5_000, "the paths are not repeated in full"
    findings = report["findings"]
    assert isinstance(findings, list)
    assert {(each["rule"], each["subject"]["id"]) for each in findings if each["verdict"] == "violated"} == {
        ("some", "u2999"),
        ("below", "u2999"),
    }
    deepest = next(each["subject"] for each in findings if each["subject"]["id"] == "u2999")
    assert deepest["path_cut"]
    assert [body["id"] for body in deepest["path"]] == [f"u{number}" for number in range(2980, 3000)]


@pytest.mark.parametrize("above", [lambda number: "u0" if number else "\ufffd", lambda _: "\ufffd", lambda number: f"u_{number}"])
def test_1500_that_may_be_below_anybody(above: Callable[[int], str]) -> None:
    """Of each the same rows could decide: a star below an unknown body, unknown bodies above, keys that are almost right."""
    count = 1500
    report = judged([(f"u{number}", above(number), 1) for number in range(count)], rules=RULES + BELOW)
    findings = report["findings"]
    assert isinstance(findings, list)
    doubtful = [each for each in findings if each["rule"] == "below" and each["verdict"] == "undetermined"]
    assert len(doubtful) >= count - 1
    for each in doubtful:
        assert [row["line"] for row in each["evidence"]] == list(range(2, 12))
        assert (each["evidence_left_out"], each["could_decide_left_out"]) == (count - 10, count - 10)


def test_a_cycle_of_3000() -> None:
    cycle = [(f"u{number}", f"u{(number - 1) % 3000}", 1) for number in range(3000)]
    report = judged(cycle, rules=RULES + BELOW + STANDINGS)
    rules = report["rules"]
    assert isinstance(rules, list)
    counts = {rule["id"]: rule["counts"] for rule in rules}
    assert counts["below"]["satisfied"] == 3000
    assert counts["records/units/above/acyclic"]["violated"] == 3000
