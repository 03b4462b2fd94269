"""The catalogue of codes has those that are raised and no others, and its examples are examples."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import checker
from checker import api
from checker.errors import Level
from checker.lint.catalogue import Entry, catalogue
from checker.words.catalogue import languages
from checker.words.message import Words

PACKAGE = Path(checker.__file__).parent
ROOMS = (
    "rules",
    "forms",
    "lint",
    "adjudicate",
    "yaml_tree.py",
    "yaml_words.py",
    "plan/logical/binding.py",
    "plan/logical/links.py",
    "plan/logical/rule_query.py",
)
"""Where diagnostics of rulebooks are raised."""

CODE_AT = {
    "Problem": (0,),
    "PredicateError": (0,),
    "Wording": (0,),
    "wrong": (0,),
    ".wrong": (1,),
    "problem": (0, 1),
    "report": (1,),
    "report_key": (1,),
    "_stop": (0,),
    "warn": (1,),
}
"""Which argument of a call is the code."""

CODE = re.compile(r"[a-z]+([-_][a-z0-9]+)*")
NOT_IN_A_RULEBOOK = {"unknown-code", "not-waivers", "not-as-named", "bad-window", "adjudicator-unknown", "adjudicator-missing"}
"""What is said of the command line, of its environment, and of files of waivers."""

WITHOUT_EXAMPLE = {
    "missing-file",
    "unreadable-file",
    "too-many-folders",
    "unread-file",
    "not-utf-8",
    "bad-character",
    "empty-file",
    "no-rulebook",
    "too-many-aliases",
    "nested-too-deep",
    "too-long",
    "bad-value",
    "bad-period",
    "no-tree",
    "standing-too-complex",
    "law-too-large",
    "rule-engine",
    "layer-cycle",
    "not-a-library",
    "not-a-rulebook",
    "not-in-a-library",
    "no-library",
    "missing-case",
    "applies-to-nobody",
    "undetermined-for-all",
    "violated-by-all",
    "spelled-otherwise",
}
"""Codes that no part of a rulebook of a few lines can show, without another beside it."""

BASE = {
    "rulebook": "rulebook: clubs\n",
    "title": "title: Clubs\n",
    "sources": "sources: {statute: {title: The statute}}\n",
    "records": """\
records:
  clubs:
    key: id
    label: name
    parent: parent
    fields:
      id:
      name:
      level: {enum: [local, national]}
      members: {type: integer, min: 0, max: 1000}
      parent: {ref: clubs}
      founded: {type: date}
  meetings:
    key: id
    date: date
    fields:
      id:
      club: {ref: clubs}
      status: {enum: [held, cancelled]}
      date: {type: date}
      present: {type: integer, min: 0}
      eligible: {type: integer, min: 0}
""",
}
"""What surrounds an example, but for what it says itself."""


def constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def raised_in(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = constants(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        dotted = f".{called}" if isinstance(node.func, ast.Attribute) else called
        for place in CODE_AT.get(dotted, CODE_AT.get(called, ())):
            argument = node.args[place] if place < len(node.args) else None
            parts = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
            for part in parts:
                code = names.get(part.id) if isinstance(part, ast.Name) else getattr(part, "value", None)
                if isinstance(code, str) and CODE.fullmatch(code):
                    yield code.replace("_", "-")


def test_every_code_is_in_the_catalogue_and_every_entry_is_raised() -> None:
    files = [file for room in ROOMS for file in ([PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*.py"))]
    raised = {code for file in files for code in raised_in(file)} - NOT_IN_A_RULEBOOK
    assert raised - catalogue().keys() == set(), "describe these codes in checker/lint/codes/"
    assert catalogue().keys() - raised == set(), "nobody raises these codes"


def test_codes_without_an_example_are_those_that_cannot_have_one() -> None:
    assert {entry.code for entry in catalogue().values() if entry.wrong is None or entry.right is None} == WITHOUT_EXAMPLE


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_an_entry_says_what_and_why(entry: Entry, language: str) -> None:
    words = Words(language)
    title = entry.title(words)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.code)
    assert title[0] == "`" or title[0].isupper()
    assert not title.endswith(".")
    assert entry.why(words).endswith(".")


def told(example: str, folder: Path) -> list[tuple[str, Level]]:
    """The codes and levels of what lint says of an example within the base."""
    folder.mkdir()
    said = set(re.findall(r"^(\w+):", example, re.MULTILINE))
    base = "".join(text for section, text in BASE.items() if section not in said)
    (folder / "a.yaml").write_text(base, encoding="utf-8")
    (folder / "b.yaml").write_text(example, encoding="utf-8")
    return [(problem.code, problem.level) for problem in api.lint(folder)]


@pytest.mark.parametrize("code", sorted(catalogue().keys() - WITHOUT_EXAMPLE))
def test_the_wrong_example_is_told_and_the_right_one_is_not(code: str, tmp_path: Path) -> None:
    entry = catalogue()[code]
    assert entry.wrong is not None
    assert entry.right is not None
    wrong = told(entry.wrong, tmp_path / "wrong")
    assert (code, entry.level) in wrong
    assert {other for other, level in wrong if level is Level.ERROR} <= {code}
    right = told(entry.right, tmp_path / "right")
    assert code not in {other for other, _ in right}
    assert [other for other, level in right if level is Level.ERROR] == []
