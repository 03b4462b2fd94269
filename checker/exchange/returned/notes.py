"""Writes notes at cells of a sheet: into the part that has its notes, and the drawing that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.display_width import column_letters
from checker.exchange.returned.cells import Place, place_of
from checker.exchange.returned.package import Package
from checker.exchange.returned.tags import Change, Tag, content, scan

AUTHOR = "checker"
"""Who the notes are by; those of an earlier copy are known by it."""

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NOTES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<comments xmlns="{main}"><authors></authors><commentList></commentList></comments>'
)
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_KIND = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
"""What boxes of text are, which a drawing says once."""
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 10, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPES = re.compile(rb"<(?:\w+:)?shape\b(?:(?!</(?:\w+:)?shape>).)*</(?:\w+:)?shape>", re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*<.*?<(?:\w+:)?Column>\s*(\d+)\s*<", re.DOTALL)
_IDS = re.compile(rb"_s(\d+)\b")
_WIDE, _LETTERS = 4, 44
"""How many columns a note is wide, and how many letters a line of it has."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A note that is there: where, by whom, and where it stands in the part; `texts` are the plain texts in it."""

    reference: str
    author: int
    start: int
    end: int
    inside: int
    texts: tuple[tuple[int, int], ...]


def write_notes(package: Package, sheet: str, drawing: str | None, notes: Mapping[Place, str]) -> str | None:
    """Writes the notes of a sheet, and gives the id of the drawing that shows them, where the sheet had none.

    `drawing` is the id of the one that it has. Notes that an earlier copy has are taken away; a note of somebody else stays, and
    has the new one below it.
    """
    part = package.related(sheet, "comments")
    if part is None and not notes:
        return None
    given = None
    if part is None:
        part = package.free("xl/comments{}.xml")
        package.relate(sheet, "comments", part)
        package.declare(part, _COMMENTS)
        package.put(part, _NOTES.format(main=package.main))
    shown = next((each.target for each in package.relationships(sheet) if each.id == drawing), None)
    if shown is None:
        shown = package.free("xl/drawings/vmlDrawing{}.vml")
        given = package.relate(sheet, "vmlDrawing", shown)
        package.declare_ending("vml", _DRAWING)
        package.put(shown, _VML)
    text, gone, new = _noted(package.text(part), notes)
    package.put(part, text)
    package.put(shown, _drawn(package.text(shown), gone, {place: notes[place] for place in new}))
    return given


def _noted(text: bytes, notes: Mapping[Place, str]) -> tuple[bytes, set[Place], list[Place]]:
    """The part with these notes; where notes were that are gone, and where new ones are."""
    authors, lists, there = _read(text)
    change, ours = Change(text), {number for number, name in enumerate(authors) if name == AUTHOR}
    prefix = lists["comments"][0].prefix
    gone: set[Place] = set()
    others: dict[Place, _Written] = {}
    for each in there:
        place = place_of(each.reference)
        if each.author in ours:
            change.put(each.start, each.end, "")
            gone.add(place)
        else:
            others[place] = each
    author = min(ours, default=len(authors))
    if not ours:
        _insert(change, lists["authors"], f"<{prefix}author>{AUTHOR}</{prefix}author>")
    new = []
    for place, note in sorted(notes.items()):
        if place in others:
            _append(change, others[place], note, prefix)
        else:
            new.append(place)
    pieces = [
        f'<{prefix}comment ref="{column_letters(column)}{row}" authorId="{author}"><{prefix}text><{prefix}t xml:space="preserve">'
        f"{content(notes[row, column])}</{prefix}t></{prefix}text></{prefix}comment>"
        for row, column in new
    ]
    _insert(change, lists["commentList"], "".join(pieces))
    return change.made(), gone, new


def _append(change: Change, other: _Written, note: str, prefix: str) -> None:
    """Adds to a note of somebody else: what is one plain text becomes a run of it, and ours the next one."""
    for start, end in other.texts:
        change.put(start, start, f"<{prefix}r>")
        change.put(end, end, f"</{prefix}r>")
    run = f'<{prefix}r><{prefix}t xml:space="preserve">\n\n{content(note)}</{prefix}t></{prefix}r>'
    change.put(other.inside, other.inside, run)


def _insert(change: Change, at: tuple[Tag, int], piece: str) -> None:
    """Adds elements at the end of a list."""
    tag, end = at
    if tag.closed:
        change.rewrite(tag, {}, opened=True)
        change.put(tag.end, tag.end, f"{piece}</{tag.prefix}{tag.name}>")
    else:
        change.put(end, end, piece)


def _read(text: bytes) -> tuple[list[str], dict[str, tuple[Tag, int]], list[_Written]]:
    """The authors of notes, the lists of the part with where they end, and the notes."""
    opened: list[Tag] = []
    lists: dict[str, tuple[Tag, int]] = {}
    authors: list[str] = []
    found: list[_Written] = []
    inside, texts = 0, list[tuple[int, int]]()

    def end(name: str, at: int, depth: int) -> None:
        nonlocal inside, texts
        tag = opened.pop()
        past = tag.end if tag.closed else at + len(f"</{tag.prefix}{name}>")
        if name in {"comments", "authors", "commentList"}:
            lists[name] = (tag, at)
        elif name == "author":
            authors.append(text[tag.end : at].decode() if not tag.closed else "")
        elif name == "text":
            inside = at
        elif name == "t" and depth == 4:  # noqa: PLR2004 -- comments, commentList, comment, text
            texts.append((tag.start, past))
        elif name == "comment":
            found.append(
                _Written(tag.attribute("ref"), int(tag.attribute("authorId", "0")), tag.start, past, inside, tuple(texts))
            )
            inside, texts = 0, []

    scan(text, opened.append, end)
    return authors, lists, found


def _drawn(text: bytes, gone: set[Place], new: Mapping[Place, str]) -> bytes:
    """The drawing without the boxes of notes that are gone, and with those of new ones. It need not be well-formed."""

    def kept(box: re.Match[bytes]) -> bytes:
        cell = _CELL.search(box[0]) if b'ObjectType="Note"' in box[0] else None
        return b"" if cell is not None and (int(cell[1]) + 1, int(cell[2]) + 1) in gone else box[0]

    text = _SHAPES.sub(kept, text)
    first = max(map(int, _IDS.findall(text)), default=1024) + 1
    kind = "" if b'id="_x0000_t202"' in text or not new else _KIND
    boxes = kind + "".join(_boxes(new, first))
    end = text.rindex(b"</")
    return text[:end] + boxes.encode() + text[end:]


def _boxes(notes: Mapping[Place, str], first: int) -> Iterator[str]:
    for number, ((row, column), note) in enumerate(notes.items(), first):
        lines = sum(1 + len(line) // _LETTERS for line in note.split("\n"))
        yield _SHAPE.format(
            id=number,
            left=column,
            right=column + _WIDE,
            top=max(row - 2, 0),
            bottom=max(row - 2, 0) + min(lines + 2, 30),
            row=row - 1,
            column=column - 1,
        )
