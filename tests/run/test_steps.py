"""The steps of a run: in an order in which each finds what it reads, and true to what statements do."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
import yaml

from checker import api
from checker.request import Tuning
from checker.run.steps import STEPS
from checker.tables.schema import FILLED, MADE, REPORTED, TABLES
from tests.oracle.filed import filed as file_of
from tests.oracle.scenarios import SCENARIOS, filed
from tests.run.statements import Recorded
from tests.ways import LARGE, OF_EACH_FORM, SMALL

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = {each.name for each in TABLES}


def test_each_table_is_declared_once() -> None:
    assert len(NAMES) == len(TABLES)
    assert all(each.row.endswith(".") for each in TABLES)


def test_what_a_step_reads_was_written_before() -> None:
    written = set[str]()
    for step in STEPS:
        assert set(step.reads) | set(step.writes) <= NAMES
        written |= set(step.writes)
        assert set(step.reads) <= written, step.name


def test_every_table_of_a_run_is_written_by_a_step() -> None:
    of_run = {each.name for each in (*FILLED, *MADE)}
    assert of_run - {"chosen"} <= {name for step in STEPS for name in step.writes}
    assert not {each.name for each in REPORTED} & {name for step in STEPS[:-1] for name in step.writes}


def test_each_step_is_a_function_that_is_there() -> None:
    for step in STEPS:
        module, _, path = step.at.partition(":")
        found: object = import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
        assert callable(found)


@pytest.mark.parametrize("tuning", [SMALL, LARGE], ids=["small", "large"])
def test_steps_read_and_write_what_they_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tuning: Tuning) -> None:
    recorded = Recorded(monkeypatch)
    api.check(EXAMPLES / "rach-gia-2019-faulty", select=OF_EACH_FORM, tuning=tuning)
    # Standings are concluded of all rules of a rulebook alone.
    standing = next(scenario for scenario in SCENARIOS if scenario.standing is not None)
    rules = tmp_path / "rules.yaml"
    rules.write_text(yaml.safe_dump(dict(standing.book)), encoding="utf-8")
    handed_in = file_of(tmp_path, filed(standing), standing.book)
    api.check(handed_in, rules, period=standing.period.label, as_of=standing.as_of, tuning=tuning)
    for step in STEPS:
        assert recorded.reads[step.name] <= set(step.reads), step.name
        assert recorded.writes[step.name] <= set(step.writes), step.name
    assert {"outcomes", "responsible_bodies"} <= recorded.writes["measure"]
    assert {"findings", "found"} <= recorded.writes["settle"]
    assert "standings" in recorded.writes["conclude"]
