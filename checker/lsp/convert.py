"""What the protocol of language servers calls things, and its places, which count otherwise than ours do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls import uris

from checker.errors import Level, Place, Problem
from checker.words.message import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pygls.workspace import PositionCodec

    from checker.lsp.completion import Offer
    from checker.lsp.cursor import Cursor

SOURCE = "checker"
_SEVERITY = {
    Level.ERROR: types.DiagnosticSeverity.Error,
    Level.WARNING: types.DiagnosticSeverity.Warning,
    Level.NOTE: types.DiagnosticSeverity.Information,
}
_KINDS = {
    "record": types.CompletionItemKind.Class,
    "field": types.CompletionItemKind.Field,
    "term": types.CompletionItemKind.Variable,
    "parameter": types.CompletionItemKind.Constant,
    "source": types.CompletionItemKind.Reference,
    "rule": types.CompletionItemKind.Function,
    "exception": types.CompletionItemKind.Function,
    "standing": types.CompletionItemKind.Event,
    "key": types.CompletionItemKind.Property,
    "form": types.CompletionItemKind.Module,
    "value": types.CompletionItemKind.EnumMember,
}


def path_of(uri: str) -> Path | None:
    """The real path of a file; None of what is no file."""
    path = uris.to_fs_path(uri)
    return None if path is None else Path(path).resolve()


def uri_of(file: str | Path) -> str:
    """The URI of a file."""
    return uris.from_fs_path(str(file)) or ""


def range_of(place: Place, length: int, lines: Sequence[str], codec: PositionCodec) -> types.Range:
    """So many characters from a place on, counted as the client counts."""
    number = (place.line or 1) - 1
    line = lines[number].rstrip("\r\n") if number < len(lines) else ""
    begin = (place.column or 1) - 1
    ends = [codec.client_num_units(line[:column]) for column in (begin, begin + length)]
    return types.Range(types.Position(number, ends[0]), types.Position(number, ends[1]))


def diagnostic(problem: Problem, lines: Sequence[str], codec: PositionCodec, root: str, words: Words) -> types.Diagnostic:
    """A problem as an editor shows it, in the language of those words; files below `root` are named from there."""
    place = problem.place or Place("")
    whole = place.column is None
    length = len(lines[(place.line or 1) - 1]) if whole and (place.line or 1) <= len(lines) else problem.length
    said = f"{problem.message_in(words)}\n{problem.fix_in(words)}".replace(f"{root}/", "")
    return types.Diagnostic(
        range=range_of(place, length, lines, codec),
        message=said,
        severity=_SEVERITY[problem.level],
        code=problem.code,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if problem.code.startswith("unused-") else None,
        data=None if problem.instead is None or problem.marked is None else {"instead": problem.instead},
    )


def item(offer: Offer, cursor: Cursor, where: types.Range, *, followed: bool) -> types.CompletionItem:
    """Something that can be written, in the place of what was typed of it; a key brings its colon unless one follows."""
    return types.CompletionItem(
        label=offer.text,
        kind=_KINDS[offer.kind],
        detail=offer.detail or offer.kind,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, offer.said) if offer.said else None,
        text_edit=types.TextEdit(where, offer.text + (": " if offer.key and not followed else "")),
        filter_text=offer.text if not offer.text.startswith(":") or not cursor.typed else offer.text[1:],
    )
