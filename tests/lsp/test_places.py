"""Every place where a name stands is known: each name of rulebooks with every form can be changed wherever it is written."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.errors import RulesError
from checker.forms import FORMS
from checker.lsp.names import Declared, Kind, Name, Use
from checker.lsp.rename import changed
from checker.lsp.uses import uses, uses_in_cases
from checker.rules.cases import load_cases
from checker.rules.layers import Loaded
from checker.rules.loading import loaded
from checker.rules.shelf import CASES, rules_folder
from checker.rules.texts import DISK, Edited
from tests.lsp.book import made

EXAMPLE = Path(__file__).parents[2] / "docs" / "example.yaml"


def every_form(folder: Path) -> Path:
    """The rulebook of the reference, with the example of each form as a rule."""
    rules = (
        f"  - id: {name}\n    cites: statutes art. 1\n{textwrap.indent(form.example, '    ')}" for name, form in FORMS.items()
    )
    (folder / "book.yaml").write_text(EXAMPLE.read_text(encoding="utf-8") + "\nrules:\n" + "".join(rules), encoding="utf-8")
    return folder / "book.yaml"


@pytest.mark.parametrize("book", [every_form, lambda folder: made(folder) / "clubs"])
def test_a_name_that_changes_everywhere_leaves_nothing_unknown(book: object, tmp_path: Path) -> None:
    assert callable(book)
    source: Path = book(tmp_path)
    before = loaded(source)
    names = sorted({use.name for use in uses(before.tree) if use.defines})
    assert {name.kind for name in names} >= {Kind.RECORD, Kind.FIELD, Kind.RULE, Kind.SOURCE}
    wrong = {name: problems for name in names if (problems := _problems(source, before, name))}
    assert wrong == {}


def _problems(source: Path, before: Loaded, name: Name) -> list[str]:
    """What is wrong in the rulebook and its cases after that name was changed."""
    edited = {}
    for file, text in _texts(source, before):
        places = [use for use in _uses(before, file) if use.name == name]
        edited[Path(file).resolve()] = changed(text, places, f"{name.name}x")
    texts = Edited(edited)
    try:
        book = loaded(source, texts=texts).book
        if name.kind is not Kind.RULE:
            load_cases(source, book, texts=texts)
    except RulesError as error:
        return [str(problem) for problem in error.problems]
    return []


def _texts(source: Path, before: Loaded) -> Iterator[tuple[str, str]]:
    files = [*before.tree.documents, *(str(source / CASES / way) for way in DISK.cases(source / CASES))]
    yield from ((file, Path(file).read_text(encoding="utf-8")) for file in files)


def _uses(before: Loaded, file: str) -> list[Use]:
    if file in before.tree.documents:
        return [use for use in uses(before.tree) if use.place.file == file]
    return list(uses_in_cases(DISK.document(Path(file), file), Declared(before.tree)))


def test_what_is_shown_as_a_name_is_that_name() -> None:
    source = rules_folder() / "vn-party-grassroots"
    tree = loaded(source).tree
    found = list(uses(tree))
    assert len(found) > 1000
    for use in found:
        line, begin = tree.documents[use.place.file].line(use.place.line or 0), (use.place.column or 1) - 1
        assert line[begin : begin + use.length] == use.name.name, use
