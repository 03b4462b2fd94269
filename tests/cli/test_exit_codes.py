"""The table of exit codes in docs/commands.md: for each cell a command ends so, and what it says never happens is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from checker.cli.main import program

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
ROW = re.compile(r"^\| `(\w+)` \| (.*) \|$", re.MULTILINE)
CODES = (0, 1, 2, 3, 4, 130)
FAULTS: dict[int, type[BaseException]] = {4: RuntimeError, 130: KeyboardInterrupt}

BOOK = """\
rulebook: clubs
title: Clubs
records:
  clubs: {key: id, fields: {id: {title: Id}, members: {type: integer, title: Members}}}
rules:
  - {id: small, title: Small, cites: s 1, severity: major, for: clubs, require: {condition: {that: members <= 10}}, remedy: Part.}
sources: {s: {title: Statutes}}
"""
CASES = """\
- {name: a, period: 2019, tables: {clubs: [{id: A, members: 3}]}, expect: satisfied}
- {name: b, period: 2019, tables: {clubs: [{id: A, members: 11}]}, expect: violated}
- {name: c, period: 2019, tables: {clubs: [{id: A, members: }]}, expect: undetermined}
"""
JUDGED = "-r clubs -p 2019 --as-of 2019-12-31 -q"
CELLS: dict[tuple[str, int], str] = {
    ("check", 0): f"check good {JUDGED}",
    ("check", 1): f"check bad {JUDGED}",
    ("check", 2): "check nowhere.csv -r clubs",
    ("check", 3): f"check unknown {JUDGED}",
    ("unmet", 0): f"unmet good {JUDGED}",
    ("unmet", 1): f"unmet bad {JUDGED}",
    ("unmet", 2): "unmet nowhere.csv -r clubs",
    ("unmet", 3): f"unmet unknown {JUDGED}",
    ("annotate", 0): f"annotate good.xlsx {JUDGED} -o a.xlsx",
    ("annotate", 1): f"annotate bad.xlsx {JUDGED} -o b.xlsx",
    ("annotate", 2): "annotate nowhere.xlsx -r clubs -o c.xlsx",
    ("annotate", 3): f"annotate unknown.xlsx {JUDGED} -o d.xlsx",
    ("explain", 0): f"explain small --in bad {JUDGED}",
    ("explain", 2): "explain smal -r clubs",
    ("diff", 0): "diff good.json good.json -q",
    ("diff", 1): "diff good.json bad.json -q",
    ("diff", 2): "diff good.json nowhere.json",
    ("diff", 3): "diff good.json unknown.json -q",
    ("trend", 0): "trend good.json bad.json",
    ("trend", 2): "trend nowhere.json",
    ("config", 0): "config good",
    ("config", 2): "config good --fail-on grave",
    ("lint", 0): "lint clubs",
    ("lint", 1): "lint untested.yaml --strict",
    ("lint", 2): "lint wrong.yaml",
    ("test", 0): "test clubs -q",
    ("test", 1): "test other -q",
    ("test", 2): "test wrong.yaml -q",
    ("test", 3): "test untested.yaml -q",
    ("rules", 0): "rules clubs small",
    ("rules", 2): "rules clubs smal",
    ("handbook", 0): "handbook clubs",
    ("handbook", 2): "handbook wrong.yaml",
    ("schema", 0): "schema cases",
    ("schema", 2): "schema case",
    ("new", 0): "new mine",
    ("new", 2): "new clubs",
    ("template", 0): "template clubs -o form.xlsx",
    ("template", 2): "template wrong.yaml -o form.xlsx",
    ("lsp", 0): "lsp",
    ("lsp", 2): "lsp --now",
    ("completion", 0): "completion bash",
    ("completion", 2): "completion sh",
}


def table() -> dict[tuple[str, int], str]:
    """The cells that are no dash, by command and code."""
    found = {}
    for command, cells in ROW.findall(PAGE.read_text(encoding="utf-8")):
        for code, said in zip(CODES, cells.split(" | "), strict=True):
            if said != "–":
                found[command, code] = said
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a rulebook, one whose case is wrong, one with a warning, one with an error, and submissions of each kind."""
    folder = tmp_path_factory.mktemp("codes")
    for name, cases in (("clubs", CASES), ("other", CASES.replace("violated", "satisfied"))):
        (folder / name / "cases").mkdir(parents=True)
        (folder / name / "rulebook.yaml").write_text(BOOK)
        (folder / name / "cases" / "small.yaml").write_text(cases)
    (folder / "untested.yaml").write_text(BOOK.replace("members <= 10", "members <= 10 or members > 10"))
    (folder / "wrong.yaml").write_text(BOOK.replace("for: clubs", "for: club"))
    for name, members in (("good", "3"), ("bad", "11"), ("unknown", "")):
        (folder / name).mkdir()
        (folder / name / "clubs.csv").write_text(f"id,members\nA,{members}\n")
        with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
            sheet = book.add_worksheet("clubs")
            for number, row in enumerate((("id", "members"), ("A", members))):
                sheet.write_row(number, 0, row)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("good", "bad", "unknown"):
            run(f"check {name} {JUDGED} -f json={name}.json")
    return folder


def run(line: str) -> Result:
    return CliRunner().invoke(program, line.split(), prog_name="checker", input=b"")


def test_the_table_has_a_row_for_each_command_and_a_column_for_each_code() -> None:
    cells = table()
    assert {command for command, _ in cells} == set(program.commands)
    assert set(CELLS) == {cell for cell in cells if cell[1] not in FAULTS}
    assert {(command, code) for command in program.commands for code in FAULTS} <= set(cells)


@pytest.mark.parametrize(("command", "code"), CELLS)
def test_a_cell(command: str, code: int, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    ran = run(CELLS[command, code])
    assert ran.exit_code == code, f"{ran.output[-2000:]}{ran.exception}"
    assert CELLS[command, code].split()[0] == command


@pytest.mark.parametrize("code", FAULTS)
@pytest.mark.parametrize("command", program.commands)
def test_a_fault_and_an_interruption(command: str, code: int, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    monkeypatch.setattr(program.commands[command], "callback", raising(FAULTS[code]))
    assert run(CELLS[command, 0]).exit_code == code


def raising(fault: type[BaseException]) -> Callable[..., None]:
    def run(*_: object, **__: object) -> None:
        raise fault

    return run
