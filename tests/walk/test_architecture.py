"""docs/architecture.md names modules that there are and that a verdict passes through; its drawing is that of the contracts."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.walk.passed import ROOT, passed

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DRAWING, _, REST = PAGE.partition("flowchart TD\n")[2].partition("```")
BESIDE, WAY = REST.split("## One verdict")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = [
    [room.strip().removeprefix("checker.") for room in layer.split("|")]
    for contract in CONTRACTS
    if contract["name"] == "Rooms import downwards only"
    for layer in contract["layers"]
]
DEPTH = {room: depth for depth, rooms in enumerate(LAYERS) for room in rooms}
ARROWS = [(found[1], found[2]) for found in re.finditer(r"^  (\w+)(?:\[.*?\])? --> (\w+)", DRAWING, re.MULTILINE)]
ROOMS = {room for arrow in ARROWS for room in arrow}


def module(name: str) -> Path | None:
    """The file of a module or package that the page names in short."""
    path = ROOT / "checker" / name.replace(".", "/")
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def named(text: str) -> list[str]:
    """What stands in code style and looks like a module."""
    return [name for name in re.findall(r"`([a-z_]+(?:\.[a-z_]+)*)`", text) if name.partition(".")[0] in DEPTH]


def test_rooms_are_drawn_in_the_order_of_the_contract() -> None:
    assert len(ARROWS) == DRAWING.count("-->")
    assert [arrow for arrow in ARROWS if DEPTH[arrow[0]] >= DEPTH[arrow[1]]] == []


def test_every_room_of_the_contract_is_on_the_page() -> None:
    assert DEPTH.keys() - ROOMS == {name for name in named(BESIDE) if "." not in name} - ROOMS


@pytest.mark.parametrize(("user", "used"), ARROWS)
def test_who_is_drawn_to_use_a_room_imports_it(user: str, used: str) -> None:
    file = module(user)
    assert file is not None
    files = [file] if file.name != "__init__.py" else [*file.parent.rglob("*.py")]
    nodes = [node for each in files for node in ast.walk(ast.parse(each.read_text(encoding="utf-8")))]
    imported = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {
        f"checker.{name.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "checker"
        for name in node.names
    }
    assert any(name == f"checker.{used}" or name.startswith(f"checker.{used}.") for name in imported)


def test_what_is_named_is_there() -> None:
    assert [name for name in named(PAGE) if module(name) is None] == []


def test_a_verdict_passes_through_what_is_named_on_its_way(tmp_path: Path) -> None:
    once_for_a_rulebook, _, once_for_a_submission = WAY.partition("### Once for a submission")
    cold, warm = ({*passed(tmp_path)} for _ in range(2))
    # Values and lists have no function to call, and one is named as what there is besides.
    besides = {"model.report", "run.steps", "run.results", "adjudicate.reference"}
    for text, files in ((once_for_a_rulebook, cold), (once_for_a_submission, warm)):
        asked = {name: file for name in {*named(text)} - besides if (file := module(name)) is not None}
        assert len(asked) > 15
        # What was compiled is named where it is used, too.
        ways = {name: cold if name.startswith("plan.") else files for name in asked}
        assert [name for name, file in asked.items() if not _in(file, ways[name])] == []
    # What was compiled is not compiled again; the passes are at it each time.
    plan = ROOT / "checker" / "plan"
    of_passes = {plan / "__init__.py", *(plan / "passes").iterdir()}
    assert {file for file in warm if file.is_relative_to(plan)} <= of_passes


def _in(file: Path, files: set[Path]) -> bool:
    """Whether a module is among them; of a room, whether any of it is."""
    return file in files or (file.name == "__init__.py" and any(each.is_relative_to(file.parent) for each in files))


def test_docstrings_and_pages_name_what_there_is() -> None:
    texts = [*(ROOT / "checker").rglob("*.py"), *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]
    missing = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in texts
        for name in re.findall(r"`checker\.([a-z_]+(?:\.[a-z_]+)+)`", file.read_text(encoding="utf-8"))
        if not _there(name)
    }
    assert missing == set()


def _there(name: str) -> bool:
    """Whether it is a module, or a name in one."""
    owner, _, last = name.rpartition(".")
    file = module(owner)
    return module(name) is not None or (
        file is not None and re.search(rf"\b{last}\b", file.read_text(encoding="utf-8")) is not None
    )


def test_no_module_is_too_long_to_be_read_at_once() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "checker").rglob("*.py")}
    assert {str(path): size for path, size in sizes.items() if size > 400} == {}
