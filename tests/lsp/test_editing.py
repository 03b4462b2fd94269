"""An editor and the server: what is said of texts that are being written, and what can be written next."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.book import made
from tests.lsp.editor import Editor, with_editor

RULES_FILE, RECORDS_FILE, CASES_FILE = "clubs/rules.yaml", "clubs/records.yaml", "clubs/cases/meets.yaml"


@pytest.mark.parametrize(
    ("locale", "said"), [("vi-VN", "không phải là ngôn ngữ"), ("vi_VN", "có phải ý là 'en'"), ("fr", "did you mean 'en'?")]
)
def test_diagnostics_are_in_the_language_of_the_editor_and_else_in_english(locale: str, said: str, tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open(RULES_FILE)
        await editor.hears(RULES_FILE)
        editor.replace(RULES_FILE, "en: Find more.}", "eng: Find more.}")
        (wrong,) = await editor.hears(RULES_FILE, "unknown-name")
        assert said in wrong.message

    with_editor(made(tmp_path), play, locale=locale)


def test_texts_are_judged_as_they_are_in_the_editor(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open(RULES_FILE)
        await editor.hears(RULES_FILE)
        # Left of the mistake stand letters that are one, two and more units of UTF-16.
        editor.replace(RULES_FILE, "{vi: Tìm thêm., en: Find more.}", "{vi: Tìm 𝒳 thêm., eng: Find more.}")
        (wrong,) = await editor.hears(RULES_FILE, "unknown-name")
        assert editor.marked(RULES_FILE, wrong.range) == "eng"
        assert wrong.severity is types.DiagnosticSeverity.Error
        assert "did you mean 'en'?" in wrong.message
        fixes = await editor.client.text_document_code_action_async(
            types.CodeActionParams(editor.document(RULES_FILE), wrong.range, types.CodeActionContext([wrong]))
        )
        assert fixes is not None
        (fix,) = fixes
        assert isinstance(fix, types.CodeAction)
        assert fix.edit is not None
        assert fix.edit.changes is not None
        assert list(fix.edit.changes[editor.uri(RULES_FILE)]) == [types.TextEdit(wrong.range, "en")]
        editor.replace(RULES_FILE, "eng:", "en:")
        await editor.hears(RULES_FILE)
        # The disk has another text, to which the file goes back when it is closed.
        editor.open(RECORDS_FILE)
        editor.replace(RECORDS_FILE, "members: {type", "member: {type")
        await editor.hears(RULES_FILE, "unknown-field", "unknown-name")
        editor.close(RECORDS_FILE)
        await editor.hears(RULES_FILE)

    with_editor(made(tmp_path), play)


def test_what_only_compiling_finds_is_said_when_a_file_is_saved(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open(RECORDS_FILE)
        await editor.hears(RECORDS_FILE)
        editor.replace(RECORDS_FILE, "club: {ref: clubs}", "club: {ref: clubs}\n      guest: {ref: clubs}")
        editor.save(RECORDS_FILE)
        await editor.hears(RULES_FILE, "several-references")

    with_editor(made(tmp_path), play)


def test_a_file_that_cannot_be_read_silences_nothing_else(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open(RULES_FILE)
        editor.open(CASES_FILE)
        await editor.hears(RULES_FILE)
        await editor.hears(CASES_FILE)
        editor.replace(RULES_FILE, "for: clubs", "for: [clubs")
        (wrong,) = await editor.hears(RULES_FILE, "unclosed-bracket")
        assert editor.marked(RULES_FILE, wrong.range) == "["
        # What is wrong elsewhere is still found, and names are still known, those of the broken file too.
        editor.replace(CASES_FILE, "Members: 3", "Member: 3")
        await editor.hears(CASES_FILE, "unknown-name")
        assert set(await editor.completes(RULES_FILE, "for: [clubs", len("for: ["))) == {"clubs", "meetings", "plenary"}
        assert "large" in await editor.completes(RULES_FILE, "requires: meets", len("requires: "))
        editor.replace(RULES_FILE, "for: [clubs", "for: clubs")
        await editor.hears(RULES_FILE)

    with_editor(made(tmp_path), play)


def test_declared_names_and_keys_are_completed(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open(RULES_FILE)
        await editor.hears(RULES_FILE)
        clubs = (await editor.completes(RULES_FILE, "for: clubs", len("for: cl")))["clubs"]
        assert (clubs.kind, clubs.detail) == (types.CompletionItemKind.Class, "Câu lạc bộ 𝒳")
        assert isinstance(clubs.text_edit, types.TextEdit)
        assert editor.marked(RULES_FILE, clubs.text_edit.range) == "cl"
        assert clubs.text_edit.new_text == "clubs"
        assert set(await editor.completes(RULES_FILE, "plenary", 2)) == {"clubs", "meetings", "plenary"}
        fields = await editor.completes(RULES_FILE, "club.members", len("club."))
        assert set(fields) == {"id", "name", "members"}
        expression = await editor.completes(RULES_FILE, "club.members", 1)
        assert {"club", "kind", "held_on", ":meetings_due", ":as_of"} <= set(expression)
        assert "members" not in expression
        assert set(await editor.completes(RULES_FILE, ":meetings_due", 4)) == {"meetings_due"}
        assert "statute-2020" in await editor.completes(RULES_FILE, "statute-2020 art. 2", 3)
        assert set(await editor.completes(RULES_FILE, "requires: meets", len("requires: m"))) == {"meets", "large"}
        keys = await editor.completes(RULES_FILE, "    for: clubs", 4)
        assert keys["severity"].kind == types.CompletionItemKind.Property
        assert "note" in keys
        assert "cites" not in keys, "it is there already"
        # What is being written need not be right yet.
        editor.replace(RULES_FILE, "standings:", '  - id: new\n    require: {condition: {that: "club.\n    seve\nstandings:')
        await editor.hears(RULES_FILE, "unclosed-quote")
        severity = (await editor.completes(RULES_FILE, "    seve", 8))["severity"]
        assert isinstance(severity.text_edit, types.TextEdit)
        assert severity.text_edit.new_text == "severity: "

    with_editor(made(tmp_path), play)


def test_values_and_cases_are_completed(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open(RULES_FILE)
        await editor.hears(RULES_FILE)
        editor.replace(RULES_FILE, "club.members > 0", "kind = ''")
        assert set(await editor.completes(RULES_FILE, "kind = ''", len("kind = '"))) == {"plenary", "board"}
        editor.replace(RULES_FILE, "    for: clubs", "    severity: \n    for: clubs")
        assert set(await editor.completes(RULES_FILE, "severity: ", len("severity: "))) == {"note", "minor", "major", "critical"}
        editor.open(CASES_FILE)
        assert set(await editor.completes(CASES_FILE, "meetings_due", 3)) == {"meetings_due"}
        assert set(await editor.completes(CASES_FILE, "    clubs:", 5)) == {"clubs", "meetings"}
        assert set(await editor.completes(CASES_FILE, "Members: 3", 1)) == {"id", "name", "members"}
        assert "undetermined" in await editor.completes(CASES_FILE, "satisfied", 2)
        assert {"as_of", "set"} <= set(await editor.completes(CASES_FILE, "  expect: violated", 3))

    with_editor(made(tmp_path), play)


INDICATORS = """\
indicators:
  - {id: held, title: {vi: Số cuộc họp, en: Meetings}, for: clubs, per: year, measure: {count: {of: meetings}}}
"""
OF_HELD = """\
- name: một cuộc họp
  period: 2021
  tables: {clubs: [{id: A}], meetings: [{club: A, held_on: 2021-02-01}]}
  expect: {A: {2021: none}}
"""


def test_cases_of_indicators_are_judged_and_completed(tmp_path: Path) -> None:
    """They state values, and no verdicts; an indicator's file is known by its name."""
    source, file = made(tmp_path), "clubs/cases/held.yaml"
    (source / "clubs" / "indicators.yaml").write_text(INDICATORS, encoding="utf-8")
    (source / file).write_text(OF_HELD, encoding="utf-8")

    async def play(editor: Editor) -> None:
        editor.open(file)
        await editor.hears(file)
        assert set(await editor.completes(file, "2021: none", len("2021: n"))) == {"none", "none so far"}
        assert {"as_of", "set"} <= set(await editor.completes(file, "  expect: {A", 3))
        editor.replace(file, "2021: none", "2021: satisfied")
        (wrong,) = await editor.hears(file, "unknown-value")
        assert "satisfied" in wrong.message
        editor.open(CASES_FILE)
        assert "none" not in await editor.completes(CASES_FILE, "satisfied", 2)

    with_editor(source, play)


def test_names_are_explained_and_found(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open(RULES_FILE)
        await editor.hears(RULES_FILE)
        editor.open(CASES_FILE)

        async def explains(name: str, mark: str, offset: int = 0) -> str:
            found = await editor.client.text_document_hover_async(types.HoverParams(**editor.at(name, mark, offset)))
            assert found is not None
            assert isinstance(found.contents, types.MarkupContent)
            return found.contents.value

        async def leads_to(name: str, mark: str, offset: int = 0) -> list[tuple[str, str]]:
            found = await editor.client.text_document_definition_async(types.DefinitionParams(**editor.at(name, mark, offset)))
            assert isinstance(found, list | tuple)
            places = [(editor.name(each.uri), each.range) for each in found if isinstance(each, types.Location)]
            for file, _ in places:
                if file not in editor.texts:
                    editor.open(file)
            return [(file, editor.marked(file, where)) for file, where in places]

        rule = await explains(RULES_FILE, "requires: meets", len("requires: m"))
        assert "**A club meets twice a year**" in rule
        assert "statute-2020 art. 7 (Điều lệ)" in rule
        assert "> In every year of the period, for each of the clubs, the number of plenaries" in rule
        assert "> Trong mỗi năm của kỳ, với mỗi Câu lạc bộ 𝒳, số hội nghị toàn thể" in rule
        assert "integer" in await explains(RULES_FILE, "club.members", len("club.m"))
        assert "2020-01-01: 2" in await explains(RULES_FILE, ":meetings_due", 5)
        assert "What is required" in await explains(RULES_FILE, "require: {cond", 2)
        assert await leads_to(RULES_FILE, "requires: meets", len("requires: m")) == [(RULES_FILE, "meets")]
        assert await leads_to(RULES_FILE, "club.members", len("club.m")) == [(RECORDS_FILE, "members")]
        assert await leads_to(RULES_FILE, "of: plenary", 5) == [(RECORDS_FILE, "plenary")]
        assert await leads_to(RULES_FILE, "records/clubs/members", len("records/clubs/m")) == [(RECORDS_FILE, "members")]
        assert await leads_to(CASES_FILE, "Members", 3) == [(RECORDS_FILE, "members")]
        assert await leads_to(CASES_FILE, "meetings_due", 3) == [("clubs/rulebook.yaml", "meetings_due")]
        asked = types.ReferenceParams(
            types.ReferenceContext(include_declaration=True), **editor.at(RULES_FILE, ":meetings_due", 3)
        )
        found = await editor.client.text_document_references_async(asked)
        assert {editor.name(each.uri) for each in found or ()} == {
            "clubs/rulebook.yaml",
            RULES_FILE,
            CASES_FILE,
            "clubs/cases/large.yaml",
        }

    with_editor(made(tmp_path), play)


def test_other_files_of_yaml_are_left_alone(tmp_path: Path) -> None:
    async def play(editor: Editor) -> None:
        editor.open("data.yaml", "clubs: [1\n")
        editor.open(RULES_FILE)
        await editor.hears(RULES_FILE)
        assert "data.yaml" not in editor.said
        assert await editor.completes("data.yaml", "clubs", 2) == {}

    with_editor(made(tmp_path), play)
