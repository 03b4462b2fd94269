"""Problems and notices of a run speak the reader's language: all are messages, and no English is left in Vietnamese ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from syrupy.assertion import SnapshotAssertion

from checker import api
from checker.cli.main import program
from checker.model.period import Period
from checker.words.catalogue import catalogue
from checker.words.message import Words, all_of, groups_of, message, one_of

ROOT = Path(__file__).parents[2] / "checker"
FOR_AUTHORS = (
    "rules/",
    "forms/",
    "lint/",
    "mutation/",
    "starter/",
    "yaml_tree.py",
    "plan/logical/each.py",
    "plan/logical/binding.py",
)
"""Where mistakes in rulebooks are found: their authors read English."""
TO_SUBMITTERS = ("rules/bounded.py", "rules/quoting.py")
"""What of these rooms is said to whoever runs a rulebook."""


def of_runs() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        room = path.relative_to(ROOT).as_posix()
        if not room.startswith(FOR_AUTHORS) or room in TO_SUBMITTERS:
            yield path


def texts(node: ast.expr, assigned: dict[str, list[ast.expr]]) -> Iterator[ast.expr]:
    """What an argument may be: a name is followed to what is assigned to it."""
    match node:
        case ast.Name(id=name) if name in assigned:
            for value in assigned[name]:
                yield from texts(value, {})
        case ast.IfExp(body=one, orelse=other):
            yield from texts(one, assigned)
            yield from texts(other, assigned)
        case _:
            yield node


def assignments(tree: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                match target, node.value:
                    case ast.Name(id=name), value:
                        found.setdefault(name, []).append(value)
                    case ast.Tuple(elts=names), ast.Tuple(elts=values):
                        for each, value in zip(names, values, strict=False):
                            if isinstance(each, ast.Name):
                                found.setdefault(each.id, []).append(value)
    return found


def test_every_problem_of_a_run_is_a_message() -> None:
    problems, own = 0, []
    for path in of_runs():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for part in ast.walk(tree):
            if not isinstance(part, ast.FunctionDef):
                continue
            assigned = assignments(part)
            for call in ast.walk(part):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Problem":
                    problems += 1
                    said = [each for argument in call.args[1:3] for each in texts(argument, assigned)]
                    own += [f"{path.name}:{call.lineno}" for each in said if isinstance(each, ast.Constant | ast.JoinedStr)]
    assert problems > 100
    assert own == []


def test_the_command_line_complains_in_messages_only() -> None:
    for path in (ROOT / "cli").glob("*.py"):
        written = path.read_text(encoding="utf-8")
        assert "click.UsageError(" not in written.replace("class WrongCallError(click.UsageError)", "")
        assert "self.fail(" not in written


ENGLISH = re.compile(
    r"\b(the|this|that|and|or|not|is|are|of|in|with|which|write|give|name|row|column|file|cell)\b", re.IGNORECASE
)
QUOTED = re.compile(r"'[^']*'|\{[^{}]*\}|\{\{.*\}\}|--[a-z-]+|\b\S+=\S+|\S+\.\w+|'?pip install \S+")


def test_no_vietnamese_text_of_a_problem_has_english_words() -> None:
    english, vietnamese = catalogue("en").texts, catalogue("vi").texts
    keys = list(english)
    problems = keys[keys.index("level-error") : keys.index("cli-usage")]
    assert len(problems) > 300
    left = {key: text for key in problems for text in vietnamese[key] if ENGLISH.search(QUOTED.sub("", text))}
    assert left == {}


def test_lists_are_joined_in_the_language() -> None:
    said = message("unknown-column-doubt", header="x", record="r", fields=one_of(["'a'", "'b'", message("no-header")]))
    assert "'a', 'b' or no header" in str(said)
    assert "'a', 'b' hoặc không có tên cột nào" in Words("vi").say(said)
    assert str(groups_of([all_of(["1", "2"]), all_of(["3"])])) == "1 and 2; 3"


def test_one_thing_and_several_have_forms_of_their_own() -> None:
    assert str(message("rows-above-header", n=1, line="2")) == "1 row above the header (line 2) is not read"
    assert str(message("rows-above-header", n=3, line="4")) == "3 rows above the header (line 4) are not read"


RULES = """rulebook: clubs
title: {vi: Câu lạc bộ, en: Clubs}
languages: [vi, en]
records:
  clubs: {key: id, label: name, fields: {id: {required: true}, name: {}, founded: {type: date}}}
  gifts: {fields: {club: {ref: clubs}, sum: {type: number}, status: {enum: [given, promised], default: given}}}
sources: {law: {title: Luật}}
rules:
  - id: named
    title: {vi: Có tên, en: Has a name}
    cites: law art. 1
    severity: major
    for: clubs
    require: {condition: {that: name is not null}}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    files = {
        "submission.yaml": "period: 2019\nas_of: 2019-12-31\n",
        "clubs.csv": 'Danh sách\n\nid,name,phone\nC-01,A,1\nC01,B,2\nD,"E",3\nF,G\n',
        "gifts.csv": "club,sum,stauts\nD,1.500,given\nD,2.000.000,given\nD,1.500,given\nD,1.500,given\n",
        "notes.txt": "x",
    }
    (tmp_path / "sub").mkdir()
    for name, text in files.items():
        (tmp_path / "sub" / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", ["en", "vi"])
def test_problems_of_a_submission_with_many(language: str, snapshot: SnapshotAssertion) -> None:
    report = api.check("sub", "rules.yaml", language=language, as_of=date(2018, 1, 1))
    words = Words(language)
    assert "\n".join(each.in_(words) for each in (*report.problems, *report.notices)) == snapshot


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "nowhere", "--lang", "vi"],
        ["check", "sub", "--lang", "vi"],
        ["check", "sub", "--rules", "rules.yaml", "--select", "nmed"],
        ["check", "sub", "--rules", "rules.yaml", "--set", "x=1", "--lang", "vi"],
        ["check", "sub", "--lang", "vi", "--period", "2019-13"],
        ["check", "sub", "--lang=vi", "--perod", "2019"],
        ["check", "sub", "--lang", "vi", "--output", "none/report.txt", "--rules", "rules.yaml"],
        ["explain", "named", "X", "--in", "sub", "--rules", "rules.yaml"],
        ["unmet", "sub", "--rules", "rules.yaml", "--body", "X"],
    ],
    ids=" ".join,
)
def test_the_terminal_speaks_the_language_of_the_report(arguments: list[str], snapshot: SnapshotAssertion) -> None:
    result = CliRunner().invoke(program, arguments, prog_name="checker")
    assert result.exit_code == 2
    assert result.stderr == snapshot


def test_a_period_says_what_one_looks_like() -> None:
    with pytest.raises(ValueError, match="'2019-13' is not a period: write 2019"):
        Period.parse("2019-13")
