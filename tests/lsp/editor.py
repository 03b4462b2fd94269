"""An editor: a client of the protocol that starts `checker lsp` as a process, and speaks with it over its streams."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

PATIENCE = 60


class Editor:
    """Files that are open, their versions, and what the server has said of each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient("tests", "1")
        self.texts: dict[str, str] = {}
        self.said: dict[str, list[types.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.faults: list[str] = []

        def hear(params: types.PublishDiagnosticsParams) -> None:
            self.said[self.name(params.uri)] = list(params.diagnostics)
            self.news.set()

        def complain(params: types.ShowMessageParams) -> None:
            self.faults.append(params.message)

        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(hear)
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(complain)

    async def start(self, *, renames_files: bool = True, locale: str | None = None) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        await self.client.start_io(sys.executable, "-m", "checker", "lsp", env=environment)
        kinds = [types.ResourceOperationKind.Rename] if renames_files else []
        edit = types.WorkspaceEditClientCapabilities(document_changes=True, resource_operations=kinds)
        capabilities = types.ClientCapabilities(workspace=types.WorkspaceClientCapabilities(workspace_edit=edit))
        folders = [types.WorkspaceFolder(self.uri(""), "here")]
        asked = types.InitializeParams(capabilities, root_uri=self.uri(""), workspace_folders=folders, locale=locale)
        await self.client.initialize_async(asked)
        self.client.initialized(types.InitializedParams())

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await asyncio.wait_for(cast("Any", self.client).stop(), PATIENCE)

    def uri(self, name: str) -> str:
        return uris.from_fs_path(str(self.root / name)) or ""

    def name(self, uri: str) -> str:
        return Path(uris.to_fs_path(uri) or "").relative_to(self.root).as_posix()

    def open(self, name: str, text: str | None = None) -> None:
        self.texts[name] = (self.root / name).read_text(encoding="utf-8") if text is None else text
        item = types.TextDocumentItem(self.uri(name), "yaml", 1, self.texts[name])
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def replace(self, name: str, old: str, new: str) -> None:
        """Types something in the place of something else: the server is sent the change alone."""
        at = self.texts[name].index(old)
        where = types.Range(self.position(name, at), self.position(name, at + len(old)))
        self.texts[name] = self.texts[name].replace(old, new, 1)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(2, self.uri(name)), [types.TextDocumentContentChangePartial(where, new)]
            )
        )

    def save(self, name: str) -> None:
        (self.root / name).write_text(self.texts[name], encoding="utf-8")
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.document(name)))

    def close(self, name: str) -> None:
        del self.texts[name]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(name)))

    async def hears(self, name: str, *codes: str) -> list[types.Diagnostic]:
        """What is said of a file once it is just these codes, in their order."""

        async def heard() -> list[types.Diagnostic]:
            while [each.code for each in self.said.get(name, [])] != list(codes) or name not in self.said:
                self.news.clear()
                await self.news.wait()
            return self.said[name]

        try:
            return await asyncio.wait_for(heard(), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"of {name} was said {self.said.get(name)}") from None

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def position(self, name: str, at: int) -> types.Position:
        """The position of a character, in units of UTF-16, as the protocol counts unless asked otherwise."""
        before = self.texts[name][:at]
        line = before.rpartition("\n")[2]
        return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)

    def at(self, name: str, mark: str, offset: int = 0) -> dict[str, Any]:
        """The place of a word, as what asks about a place takes it."""
        return {
            "text_document": self.document(name),
            "position": self.position(name, self.texts[name].index(mark) + offset),
        }

    def marked(self, name: str, where: types.Range) -> str:
        """The text of a range of one line."""
        line = self.texts[name].split("\n")[where.start.line].encode("utf-16-le")
        return line[where.start.character * 2 : where.end.character * 2].decode("utf-16-le")

    async def completes(self, name: str, mark: str, offset: int = 0) -> dict[str, types.CompletionItem]:
        """What is offered at a place, by its label."""
        found = await self.client.text_document_completion_async(types.CompletionParams(**self.at(name, mark, offset)))
        items = found.items if isinstance(found, types.CompletionList) else found or ()
        return {item.label: item for item in items}

    async def renames(self, name: str, mark: str, new: str, offset: int = 0) -> types.WorkspaceEdit | str:
        """The changes by which a name becomes another, or why it is refused."""
        params = types.RenameParams(**self.at(name, mark, offset), new_name=new)
        try:
            found = await self.client.text_document_rename_async(params)
        except JsonRpcException as refused:
            return str(refused)
        assert found is not None
        return found


def with_editor(
    root: Path, play: Callable[[Editor], Awaitable[None]], *, renames_files: bool = True, locale: str | None = None
) -> None:
    """Starts a server for a folder, plays what an editor does, and ends it."""

    async def run() -> None:
        editor = Editor(root)
        await editor.start(renames_files=renames_files, locale=locale)
        try:
            await play(editor)
        finally:
            await editor.stop()
        assert editor.faults == []

    asyncio.run(run())
