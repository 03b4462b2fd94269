"""The source line under a problem: the caret stands under what is meant, whatever its letters and however long the line."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from checker.errors import Place, Problem, RulesError
from checker.rules.loading import load
from tests.said import just

HEAD = "rulebook: x\ntitle: {vi: Câu lạc bộ}\nlanguages: [vi]\nrecords: {clubs: {fields: {name: }}}\nterms:\n"


def shown(text: str, folder: Path) -> tuple[Place, list[str]]:
    """The place of the only problem of a rulebook, and its source line with the carets."""
    file = folder / "x.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        load(file, shown="x.yaml")
    [problem] = raised.value.problems
    assert problem.place is not None
    return problem.place, str(problem).splitlines()[1:3]


@pytest.mark.parametrize(
    ("line", "column", "shown_at"),
    [
        ("  a: {of: clubs, titel: Chi bộ}", 18, 18),
        ("  a: {title: Chi bộ ấp, titel: b, of: clubs}", 25, 25),
        (unicodedata.normalize("NFD", "  a: {title: Chi bộ ấp, titel: b, of: clubs}"), 29, 25),
        ("  a: {title: 支部, titel: b, of: clubs}", 18, 20),
        ("  a: {title: x,\ttitel: b, of: clubs}", 17, 17),
    ],
)
def test_carets_stand_under_letters_of_any_width(line: str, column: int, shown_at: int, tmp_path: Path) -> None:
    place, (source, pointed) = shown(line + "\n", tmp_path)
    assert (place.line, place.column) == (6, column)
    assert source == f"    6 | {line}".replace("\t", "→")
    assert pointed == " " * 6 + "|" + " " * shown_at + "^^^^^"


@pytest.mark.parametrize(
    ("text", "line", "column", "marked"),
    [
        ('  a: {of: clubs, where: "nam = 1"}\n', 6, 26, "nam"),
        ("  a: {of: clubs, where: 'name = ''x'' and nam = 1'}\n", 6, 43, "nam"),
        ("  a:\n    of: clubs\n    where: >\n      name = 'x'\n      and nam = 1\n", 10, 11, "nam"),
        ("  a:\n    of: clubs\n    where: |-\n      name = 'x'\n\n      and nam = 1\n", 11, 11, "nam"),
        ("  a:\n    of: clubs\n    where: name = 'x'\n      and nam = 1\n", 9, 11, "nam"),
        (unicodedata.normalize("NFD", "  a: {of: clubs, where: \"name = 'ấp' and nam = 1\"}\n"), 6, 44, "nam"),
    ],
)
def test_a_place_inside_an_expression(text: str, line: int, column: int, marked: str, tmp_path: Path) -> None:
    place, (source, pointed) = shown(text, tmp_path)
    assert (place.line, place.column) == (line, column)
    assert pointed.count("^") == len(marked)
    assert source[8:][column - 1 :].startswith(marked)


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    line = "a: " + "x" * 100 + " wrong " + "y" * 100
    text = str(Problem("c", just("what"), just("Fix."), Place("f", 1, 105), line, 5))
    source, pointed = text.splitlines()[1:3]
    assert len(source) <= 80
    begin = pointed.index("^")
    assert source[begin : begin + 5] == "wrong"
    assert source[8] == source[-1] == "…"
