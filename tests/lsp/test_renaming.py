"""Renaming: all files of a rulebook change, its cases too, and it says what it said; else it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pygls import uris

from checker import api
from checker.errors import Level
from checker.lsp.rename import RefusedError, changed, renaming
from checker.lsp.session import Session
from checker.trials import try_cases
from tests.lsp.book import RULES, made
from tests.lsp.editor import Editor, with_editor


def apply(edit: types.WorkspaceEdit, editor: Editor) -> set[str]:
    """Writes the changes to the disk, as an editor does, and gives the names of the files."""
    moves = [each for each in edit.document_changes or () if isinstance(each, types.RenameFile)]
    edits = dict(edit.changes or {})
    for each in edit.document_changes or ():
        if isinstance(each, types.TextDocumentEdit):
            edits[each.text_document.uri] = [part for part in each.edits if isinstance(part, types.TextEdit)]
    for uri, parts in edits.items():
        path = Path(uris.to_fs_path(uri) or "")
        lines = [line.encode("utf-16-le") for line in path.read_text(encoding="utf-8").split("\n")]
        for part in sorted(parts, key=lambda one: one.range.start.character, reverse=True):
            line, begin, end = part.range.start.line, part.range.start.character * 2, part.range.end.character * 2
            lines[line] = lines[line][:begin] + part.new_text.encode("utf-16-le") + lines[line][end:]
        path.write_text("\n".join(line.decode("utf-16-le") for line in lines), encoding="utf-8")
    for move in moves:
        Path(uris.to_fs_path(move.old_uri) or "").rename(uris.to_fs_path(move.new_uri) or "")
    return {editor.name(uri) for uri in edits}


def sound(folder: Path) -> None:
    assert [problem for problem in api.lint(folder / "clubs") if problem.level is not Level.NOTE] == []
    assert not any(trial.failures for trial in try_cases(str(folder / "clubs")).trials)


@pytest.mark.parametrize(
    ("file", "mark", "offset", "new", "files"),
    [
        ("rules.yaml", "club.members", 6, "people", {"records.yaml", "rules.yaml", "cases/meets.yaml", "cases/large.yaml"}),
        (
            "rules.yaml",
            "for: clubs",
            6,
            "unions",
            {"rulebook.yaml", "records.yaml", "rules.yaml", "cases/meets.yaml", "cases/large.yaml"},
        ),
        ("records.yaml", "plenary:", 2, "general-meeting", {"records.yaml", "rules.yaml"}),
        ("cases/meets.yaml", "meetings_due", 2, "least", {"rulebook.yaml", "rules.yaml", "cases/meets.yaml", "cases/large.yaml"}),
        ("rulebook.yaml", "statute-2020", 2, "statute", {"rulebook.yaml", "rules.yaml"}),
        ("rules.yaml", "requires: meets", 11, "meets-twice", {"rules.yaml"}),
        ("rules.yaml", "id: poor", 5, "bad", {"rules.yaml"}),
    ],
)
def test_a_name_changes_wherever_it_is_written(
    file: str, mark: str, offset: int, new: str, files: set[str], tmp_path: Path
) -> None:
    session = Session()
    path = made(tmp_path) / "clubs" / file
    text = path.read_text(encoding="utf-8")
    at = text.index(mark) + offset
    line = text[:at].count("\n")
    spot = session.spot(path, line + 1, at - text[:at].rfind("\n"))
    assert spot is not None
    asked = renaming(session, spot, new, [tmp_path])
    assert {Path(each).relative_to(tmp_path.resolve() / "clubs").as_posix() for each in asked.places} == files
    for name, places in asked.places.items():
        before = Path(name).read_text(encoding="utf-8")
        Path(name).write_text(changed(before, places, new), encoding="utf-8")
    for old, moved in asked.moves:
        old.rename(moved)
    sound(tmp_path)
    whole = "".join(each.read_text(encoding="utf-8") for each in tmp_path.rglob("*.yaml"))
    assert new in whole


def test_an_editor_writes_what_it_is_told(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open("clubs/rules.yaml")
        await editor.hears("clubs/rules.yaml")
        edit = await editor.renames("clubs/rules.yaml", "club.members", "people", len("club.m"))
        assert isinstance(edit, types.WorkspaceEdit)
        assert apply(edit, editor) == {
            f"clubs/{each}" for each in ("records.yaml", "rules.yaml", "cases/meets.yaml", "cases/large.yaml")
        }
        sound(editor.root)
        editor.close("clubs/rules.yaml")
        editor.open("clubs/rules.yaml")
        edit = await editor.renames("clubs/rules.yaml", "- id: meets", "meets-twice", len("- id: m"))
        assert isinstance(edit, types.WorkspaceEdit)
        apply(edit, editor)
        assert (editor.root / "clubs/cases/meets-twice.yaml").is_file()
        sound(editor.root)
        editor.close("clubs/rules.yaml")
        editor.open("clubs/rules.yaml")
        assert "cannot be" not in str(await editor.renames("clubs/rules.yaml", "for: clubs", "unions", 6))
        assert "there is a record 'meetings' already" in str(
            await editor.renames("clubs/rules.yaml", "for: clubs", "meetings", 6)
        )

    with_editor(made(tmp_path), play)


def test_an_editor_that_cannot_rename_files_is_not_asked_to(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open("clubs/rules.yaml")
        await editor.hears("clubs/rules.yaml")
        refused = await editor.renames("clubs/rules.yaml", "- id: meets", "meets-twice", len("- id: m"))
        assert "cannot rename files" in str(refused)

    with_editor(made(tmp_path), play, renames_files=False)


@pytest.mark.parametrize(
    ("mark", "offset", "new", "why"),
    [
        ("for: clubs", 6, "Clubs!", "is not a name that can be used"),
        ("for: clubs", 6, "plenary", "there is a term 'plenary' already"),
        ("club.members", 6, "name", "there is a field 'name' already"),
        ("club.members", 6, "and", "is not a name that can be used"),
        (":meetings_due", 4, "as_of", "then there would be an error"),
        ("id: meets", 5, "large", "there is a rule 'large' already"),
    ],
)
def test_what_cannot_be_a_name_is_refused(mark: str, offset: int, new: str, why: str, tmp_path: Path) -> None:
    refused(made(tmp_path), mark, offset, new, why)


@pytest.mark.parametrize(
    ("file", "text", "mark", "why"),
    [
        (
            "clubs/rules.yaml",
            RULES.replace("for: clubs\n    require: {cond", "for: clubz\n    require: {cond"),
            "for: clubs",
            "first correct what is wrong",
        ),
        ("clubs/cases/meets.yaml", "- {name: a}\n", "for: clubs", "first correct what is wrong"),
        ("more/book.yaml", "rulebook: more\ntitle: More\nextends: ../clubs\n", "for: clubs", "stands on this rulebook"),
        ("waivers.yaml", "- {rule: meets, subject: A}\n", "id: meets", "names the rule 'meets' too"),
        ("clubs/rules.yaml", RULES.replace('"members >= 3"', '"\\x6dembers >= 3"'), "club.members", "written with escapes"),
    ],
)
def test_what_would_not_be_whole_is_refused(file: str, text: str, mark: str, why: str, tmp_path: Path) -> None:
    root = made(tmp_path)
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text(text, encoding="utf-8")
    refused(root, mark, len(mark) - 1, "others", why)


def test_what_another_rulebook_gives_is_renamed_there(tmp_path: Path) -> None:
    root = made(tmp_path)
    (root / "more").mkdir()
    book = 'rulebook: more\ntitle: {vi: Thêm, en: More}\nextends: ../clubs\nterms:\n  big: {of: clubs, where: "members > 9"}\n'
    (root / "more" / "book.yaml").write_text(book, encoding="utf-8")
    session = Session()
    spot = session.spot(root / "more" / "book.yaml", 5, book.splitlines()[4].index("members") + 2)
    assert spot is not None
    with pytest.raises(RefusedError, match="not of this rulebook: rename it there"):
        renaming(session, spot, "people", [root])


def refused(root: Path, mark: str, offset: int, new: str, why: str) -> None:
    session = Session()
    path = root / "clubs" / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    at = text.index(mark) + offset
    spot = session.spot(path, text[:at].count("\n") + 1, at - text[:at].rfind("\n"))
    assert spot is not None
    with pytest.raises(RefusedError) as caught:
        renaming(session, spot, new, [root])
    assert why in str(caught.value)
