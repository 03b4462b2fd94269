"""What changed from one version of a rulebook to another: every rule that reads otherwise, and no other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from checker.cli.main import program
from checker.schemas import shipped


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A new rulebook, and one in which a bound, a term and a title changed, a rule is gone, and another is new."""
    monkeypatch.chdir(tmp_path)
    assert run("new", "club").exit_code == 0
    shutil.copytree("club", "later")
    path = Path("later/rules.yaml")
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("at_least: 2, per: year", "at_least: 3, per: year"),
        ("id: working-regulations-reviewed", "id: working-regulations-renewed"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    shutil.rmtree("later/cases")
    return "club", "later"


def test_the_text(versions: tuple[str, str], snapshot: SnapshotAssertion) -> None:
    done = run("rules", "--diff", *versions)
    assert done.exit_code == 0
    assert done.output == snapshot


def test_the_same_rulebook_did_not_change(versions: tuple[str, str]) -> None:
    assert "Nothing changed." in run("rules", "--diff", versions[0], versions[0]).output


@pytest.mark.parametrize("turned", [False, True])
def test_json_is_of_its_schema_and_turns_around(versions: tuple[str, str], turned: bool) -> None:  # noqa: FBT001 -- pytest's way
    found = json.loads(run("rules", "--diff", *(versions[::-1] if turned else versions), "-f", "json").output)
    jsonschema.validate(found, json.loads(shipped("rules-diff")))
    states = {change["id"]: change["state"] for change in found["changes"]}
    new, gone = ("working-regulations-reviewed", "working-regulations-renewed")[:: 1 if turned else -1]
    assert states == {"assembly-twice-a-year": "changed", new: "added", gone: "removed"}
    assert all(
        (part["before"] is None) == (states[change["id"]] == "added") for change in found["changes"] for part in change["parts"]
    )


def test_an_indicator_that_is_new_is_told_as_one(versions: tuple[str, str]) -> None:
    path = Path("later/rules.yaml")
    measured = "\nindicators: [{id: meetings-in-all, title: Meetings, for: branches, measure: {count: {of: meetings}}}]\n"
    path.write_text(path.read_text(encoding="utf-8") + measured, encoding="utf-8")
    changes = json.loads(run("rules", "--diff", *versions, "-f", "json").output)["changes"]
    (told,) = [each for each in changes if each["kind"] == "indicator"]
    assert (told["state"], told["id"], told["title"]) == ("added", "meetings-in-all", "Meetings")
    assert {part["part"]: part["before"] for part in told["parts"]} == {"rule-title": None, "in-words": None}


@pytest.mark.parametrize(
    "arguments", [["--diff", "club"], ["club", "--format", "json"], ["--diff", "club", "later", "assembly-twice-a-year"]]
)
def test_calls_that_make_no_sense_are_refused(versions: tuple[str, str], arguments: list[str]) -> None:
    assert versions
    assert run("rules", *arguments).exit_code == 2
