"""The server: what an editor asks by the protocol of language servers, answered from the session."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from checker import __version__
from checker.lsp import convert
from checker.lsp.answers import Answers
from checker.lsp.publishing import Publishing
from checker.lsp.session import Session
from checker.words.catalogue import FALLBACK
from checker.words.message import Words

if TYPE_CHECKING:
    from checker.errors import Problem

_TRIGGERS = [":", ".", "'", "{", "["]


class Server(LanguageServer):
    """A language server of rulebooks and cases."""

    def __init__(self) -> None:
        super().__init__("checker", __version__)
        self.words = Words(FALLBACK)
        self.session = Session()
        self.uris: dict[Path, str] = {}
        self.publishing = Publishing(self.session, self._publish)
        self.answers = Answers(self)

    def _publish(self, file: Path, problems: list[Problem]) -> None:
        lines = self.answers.lines(file)
        root = self.workspace.root_path or ""
        found = [convert.diagnostic(each, lines, self.workspace.position_codec, root, self.words) for each in problems]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uris.get(file, convert.uri_of(file)), found))

    def take(self, uri: str) -> None:
        """Takes in what a file says now in the editor, and judges what it touches."""
        file = convert.path_of(uri)
        if file is not None:
            self.uris[file] = uri
            self.session.edited[file] = self.workspace.get_text_document(uri).source
            self.judge(file)

    def close(self, uri: str) -> None:
        """Reads a file from the disk again."""
        file = convert.path_of(uri)
        if file is None or file not in self.session.edited:
            return
        home = self.session.home(file)
        del self.session.edited[file], self.uris[file]
        self.judge(file)
        if home is not None and not any(self.session.home(each) == home for each in self.session.edited):
            self.publishing.forget(home)

    def judge(self, file: Path, *, saved: bool = False) -> None:
        """Judges the rulebooks that a file is part of."""
        for home in self.session.touched(file):
            self.publishing.judge(home, saved=saved)


def server() -> Server:
    """The server, with all that it answers."""
    made = Server()
    _documents(made)
    _questions(made)
    return made


def _documents(made: Server) -> None:
    @made.feature(types.INITIALIZE)
    def _(_: Server, params: types.InitializeParams) -> None:
        # `vi-VN`, as editors have it, or `vi_VN`, as the environment has.
        made.words = Words(re.split("[-_]", params.locale or FALLBACK)[0].lower())

    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _(_: Server, params: types.DidOpenTextDocumentParams) -> None:
        made.take(params.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _(_: Server, params: types.DidChangeTextDocumentParams) -> None:
        made.take(params.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _(_: Server, params: types.DidSaveTextDocumentParams) -> None:
        if (file := convert.path_of(params.text_document.uri)) is not None:
            made.judge(file, saved=True)

    @made.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _(_: Server, params: types.DidCloseTextDocumentParams) -> None:
        made.close(params.text_document.uri)

    @made.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _(_: Server, params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            if (file := convert.path_of(change.uri)) is not None:
                made.judge(file, saved=True)


def _questions(made: Server) -> None:
    answers = made.answers
    asked: dict[str, tuple[Callable[[Any], object], object]] = {
        types.TEXT_DOCUMENT_COMPLETION: (answers.completion, types.CompletionOptions(trigger_characters=_TRIGGERS)),
        types.TEXT_DOCUMENT_HOVER: (answers.hover, None),
        types.TEXT_DOCUMENT_DEFINITION: (answers.definition, None),
        types.TEXT_DOCUMENT_REFERENCES: (answers.references, None),
        types.TEXT_DOCUMENT_CODE_ACTION: (
            answers.fixes,
            types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
        ),
        types.TEXT_DOCUMENT_PREPARE_RENAME: (answers.renamable, None),
        types.TEXT_DOCUMENT_RENAME: (answers.rename, types.RenameOptions(prepare_provider=True)),
    }
    for name, (answer, options) in asked.items():
        made.feature(name, options)(_in_a_thread(answer))


def _in_a_thread(answer: Callable[[Any], object]) -> Callable[[Any], Any]:
    """What answers a question, so that the server listens meanwhile."""

    async def ask(params: Any) -> object:  # noqa: ANN401 -- of each question its own
        return await asyncio.to_thread(answer, params)

    return ask
