"""The answers to what an editor asks about a place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from checker.lsp import convert, keys
from checker.lsp.completion import offers
from checker.lsp.cursor import cursor_at
from checker.lsp.hover import said_of
from checker.lsp.names import Declared, Use
from checker.lsp.rename import RefusedError, renaming
from checker.lsp.session import Session, Spot, definitions
from checker.lsp.uses import uses, uses_in_cases
from checker.rules.merged import Merged
from checker.rules.shelf import CASES
from checker.words.message import message
from checker.yaml_tree import YamlError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.lsp.server import Server
    from checker.yaml_tree import Document
    from checker.yaml_tree import Path as Way

_REFUSED = -32803
"""The code of a request that was understood and is refused (`RequestFailed`)."""


class _Asked(Protocol):
    """What is asked about a place in a file."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier: ...

    @property
    def position(self) -> types.Position: ...


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers for a server, whose session knows the texts."""

    server: Server

    @property
    def session(self) -> Session:
        """What the editor has open."""
        return self.server.session

    def lines(self, file: str | Path) -> Sequence[str]:
        """The lines of a file, as it is edited."""
        try:
            return self.session.buffers().text(Path(file), str(file)).splitlines()
        except YamlError:
            return ()

    def completion(self, params: types.CompletionParams) -> types.CompletionList | None:
        """What can be written at the cursor."""
        file = convert.path_of(params.text_document.uri)
        home = None if file is None else self.session.home(file)
        if file is None or home is None:
            return None
        document = self.server.workspace.get_text_document(params.text_document.uri)
        at = document.position_from_client_units(params.position)
        line, column = at.line, at.character
        cursor = cursor_at(document.source, line, column)
        if cursor is None:
            return None
        text = (document.source.splitlines() + [""] * (line + 1))[line]
        begin = column - len(cursor.typed)
        where = types.Range(params.position, params.position)
        if begin < column:
            units = self.server.workspace.position_codec.client_num_units(text[:begin])
            where = types.Range(types.Position(params.position.line, units), params.position)
        followed = text[column:].lstrip().startswith(":")
        found = [convert.item(each, cursor, where, followed=followed) for each in offers(self.session, home, file, cursor)]
        return types.CompletionList(is_incomplete=False, items=found)

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is said of the name, or the key, at a place."""
        spot = self._spot(params)
        if spot is not None:
            said, where = said_of(spot.use.name, spot.known.book), self._range(spot.use)
        elif (key := self._key(params)) is not None:
            said, where = key, None
        else:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said), where)

    def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Where the name at a place is given."""
        spot = self._spot(params)
        return [] if spot is None else [self._location(use) for use in definitions(spot.use.name, spot.tree)]

    def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Where the name at a place is used, in the rulebook and its cases."""
        spot = self._spot(params)
        if spot is None:
            return []
        texts, folder, declared = self.session.buffers(), spot.home.source / CASES, Declared(spot.tree)
        found = [use for use in uses(spot.tree) if params.context.include_declaration or not use.defines]
        for way in texts.cases(folder):
            document = self.session.document(folder / way)
            found += uses_in_cases(document, declared) if document is not None else ()
        return [self._location(use) for use in found if use.name == spot.use.name]

    def fixes(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What was probably meant, in the place of what is written."""
        found = []
        for each in params.context.diagnostics:
            instead = each.data.get("instead") if isinstance(each.data, dict) else None
            if each.source == convert.SOURCE and isinstance(instead, str):
                edit = types.WorkspaceEdit(changes={params.text_document.uri: [types.TextEdit(each.range, instead)]})
                title, kind = self.server.words("lsp-write", instead=instead), types.CodeActionKind.QuickFix
                found.append(types.CodeAction(title, kind, diagnostics=[each], edit=edit, is_preferred=True))
        return found

    def renamable(self, params: types.PrepareRenameParams) -> types.Range | None:
        """The name at a place, if there is one."""
        spot = self._spot(params)
        return None if spot is None else self._range(spot.use)

    def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """The changes by which the name at a place becomes another, everywhere."""
        spot = self._spot(params)
        if spot is None:
            return None
        folders = self.server.workspace.folders
        roots = [path for uri in folders if (path := convert.path_of(uri)) is not None]
        try:
            asked = renaming(self.session, spot, params.new_name, roots or [spot.home.source.parent])
        except RefusedError as refused:
            raise JsonRpcException(self.server.words.say(refused.message), _REFUSED) from None
        if asked.moves and not self._moves_files():
            wrong = message("rename-no-files")
            raise JsonRpcException(self.server.words.say(wrong), _REFUSED)
        edits: dict[str, list[types.TextEdit]] = {}
        for file, places in asked.places.items():
            edits[self._uri(file)] = [types.TextEdit(self._range(use), params.new_name) for use in places]
        if not asked.moves:
            return types.WorkspaceEdit(changes=edits)
        changes = [
            types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), list(of)) for uri, of in edits.items()
        ]
        moves = [types.RenameFile(old_uri=self._uri(str(old)), new_uri=convert.uri_of(new)) for old, new in asked.moves]
        return types.WorkspaceEdit(document_changes=[*changes, *moves])

    def _moves_files(self) -> bool:
        workspace = self.server.client_capabilities.workspace
        edit = workspace.workspace_edit if workspace is not None else None
        return edit is not None and types.ResourceOperationKind.Rename in (edit.resource_operations or ())

    def _spot(self, params: _Asked) -> Spot | None:
        file = convert.path_of(params.text_document.uri)
        if file is None:
            return None
        at = self.server.workspace.get_text_document(params.text_document.uri).position_from_client_units(params.position)
        return self.session.spot(file, at.line + 1, at.character + 1)

    def _key(self, params: _Asked) -> str | None:
        """What the language says of the key at a place."""
        file = convert.path_of(params.text_document.uri)
        home = None if file is None else self.session.home(file)
        document = None if file is None else self.session.document(file)
        if file is None or home is None or document is None:
            return None
        at = self.server.workspace.get_text_document(params.text_document.uri).position_from_client_units(params.position)
        way = _key_at(document, at.line + 1, at.character + 1)
        declared = Declared(self.session.known_of(home).tree or Merged())
        return None if way is None else keys.description(keys.kind_of(home, file, declared), way)

    def _range(self, use: Use) -> types.Range:
        return convert.range_of(use.place, use.length, self.lines(use.place.file), self.server.workspace.position_codec)

    def _location(self, use: Use) -> types.Location:
        return types.Location(self._uri(use.place.file), self._range(use))

    def _uri(self, file: str) -> str:
        return self.server.uris.get(Path(file).resolve(), convert.uri_of(file))


def _key_at(document: Document, line: int, column: int) -> Way | None:
    for way, place in document.places.items():
        if place.line == line and way and isinstance(way[-1], str):
            begin = place.column or 1
            if begin <= column <= begin + len(way[-1]):
                return way
    return None
