"""What is wrong with a rulebook, or suspicious, is a message of the catalogues: no English stands where it is raised."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "checker"

TEXTS = {
    "Problem": (1, 3),
    "problem": (1, 4),
    "report": (2, 4),
    "report_key": (2, 4),
    "unknown": (1, 5),
    "warn": (2, 4),
    "wrong": (0, 4),
    "unfit": (0, 1),
    "PredicateError": (1, 3),
    "PeriodError": (0, 1),
    "Departure": (1, 2),
    "Refusal": (0, 2),
    "Wording": (1, 3),
    "RefusedError": (0, 1),
    "ValueError": (0, 1),
}
"""By what raises or notes something: between which arguments stand its texts. The codes among them have no spaces."""

MADE = {"ValueError": {"forms", "rules"}}
"""Where only in some rooms what is raised is read by an author."""


def raised(path: Path) -> Iterator[tuple[int, str]]:
    """The lines in which a text is raised as it is, and the text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for scope in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Module)):
        names = {
            target.id: node.value
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign) and isinstance(scope, ast.FunctionDef)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
            name = (
                call.func.id
                if isinstance(call.func, ast.Name)
                else call.func.attr
                if isinstance(call.func, ast.Attribute)
                else ""
            )
            if name not in TEXTS or not MADE.get(name, {path.parent.name}) & set(path.parts):
                continue
            first, last = TEXTS[name]
            given = [*call.args[first:last], *(keyword.value for keyword in call.keywords if keyword.arg in {"message", "fix"})]
            for value in given:
                meant = names.get(value.id, value) if isinstance(value, ast.Name) else value
                for part in ast.walk(meant) if isinstance(meant, ast.JoinedStr | ast.IfExp | ast.BinOp | ast.Constant) else ():
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value.strip():
                        yield call.lineno, part.value


def test_what_an_author_reads_is_a_message() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}: give it a key in checker/words/*.po, and raise message(key)"
        for path in sorted(ROOT.rglob("*.py"))
        if path.parent.name != "emit"  # What a dialect refuses is read by those who write it.
        for line, text in sorted(set(raised(path)))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'Problem("bad", "it is bad", message("fix"))',
        'def f(reader, path):\n    wrong = f"it is {path}"\n    reader.report(path, "bad", wrong, message("fix"))',
        'desk.warn(path, "bad", message("bad"), "Make it good." if path else "Leave it.")',
        'raise PredicateError("bad", message("bad"), fix="Make it good.")',
        'site.wrong("by", "bad", message("bad"), "Make " + "it good.")',
    ],
)
def test_a_text_as_it_is_is_found(source: str, tmp_path: Path) -> None:
    file = tmp_path / "rules" / "x.py"
    file.parent.mkdir()
    file.write_text(source, encoding="utf-8")
    assert list(raised(file))
