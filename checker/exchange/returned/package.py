"""The parts of a workbook: what refers to what, and a copy of it in which some parts are changed and some are added."""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from checker.exchange.returned.tags import Change, Tag, quoted, tags, utf8

_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_WHEN = (1980, 1, 1, 0, 0, 0)
"""When every part that is added was made."""


class Relationship(NamedTuple):
    """What a part refers to: by which id, of what kind (the last word of its type), and the name of the other part."""

    id: str
    kind: str
    target: str


@dataclass
class Package:
    """A workbook that is open for reading, with the parts that are changed or added."""

    source: zipfile.ZipFile
    changed: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = {_plain(info.filename): info.filename for info in self.source.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self.changed or _plain(name) in self._names

    def name(self, name: str) -> str:
        """The name of a part as it is written in the file."""
        return self._names.get(_plain(name), name)

    def text(self, name: str) -> bytes:
        """What is in a part now."""
        name = self.name(name)
        return self.changed[name] if name in self.changed else utf8(self.source.read(name))

    def put(self, name: str, text: bytes | str) -> None:
        """Changes or adds a part."""
        self.changed[self.name(name)] = text.encode() if isinstance(text, str) else text

    def free(self, pattern: str) -> str:
        """The first name of that pattern, `xl/comments{}.xml`, that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def relationships(self, part: str) -> list[Relationship]:
        """What a part refers to within the workbook."""
        name = _of_relationships(part)
        return [*self._relationships(part)] if name in self else []

    def _relationships(self, part: str) -> Iterator[Relationship]:
        for tag in tags(self.text(_of_relationships(part))):
            if tag.name == "Relationship" and tag.attribute("TargetMode") != "External":
                target = tag.attributes["Target"].replace("\\", "/")
                whole = (
                    target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
                )
                yield Relationship(tag.attributes["Id"], tag.attribute("Type").rpartition("/")[2], self.name(whole))

    def related(self, part: str, kind: str) -> str | None:
        """The part of that kind to which a part refers, if there is one."""
        return next((each.target for each in self.relationships(part) if each.kind == kind), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lets a part refer to another, and gives the id by which it does."""
        name = _of_relationships(part)
        if name not in self:
            self.put(name, f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>')
        found = [tag for tag in tags(self.text(name)) if tag.name == "Relationship"]
        ids = {tag.attributes["Id"] for tag in found}
        number = len(ids) + 1
        while f"rId{number}" in ids:
            number += 1
        types = f"{self._vocabulary()}/{kind}"
        piece = f'Relationship Id="rId{number}" Type={quoted(types)} Target={quoted("/" + target)}'
        self.put(name, _last(self.text(name), piece))
        return f"rId{number}"

    def declare(self, part: str, type_: str) -> None:
        """Says of what type a part is that was added."""
        self.put(_TYPES, _last(self.text(_TYPES), f'Override PartName={quoted("/" + part)} ContentType="{type_}"'))

    def declare_ending(self, ending: str, type_: str) -> None:
        """Says of what type the parts are whose names end so, unless it is said already."""
        known = (tag.attribute("Extension").lower() for tag in tags(self.text(_TYPES)) if tag.name == "Default")
        if ending not in known:
            self.put(_TYPES, _first(self.text(_TYPES), f'Default Extension="{ending}" ContentType="{type_}"'))

    def write(self, stream: BinaryIO) -> None:
        """Writes the workbook: its parts in their order, and then those that were added."""
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as made:
            for info in self.source.infolist():
                kept = zipfile.ZipInfo(info.filename, info.date_time)
                kept.compress_type, kept.external_attr = info.compress_type, info.external_attr
                if info.filename in self.changed:
                    made.writestr(kept, self.changed[info.filename])
                    continue
                kept.file_size = info.file_size
                # Whatever it is, and however large.
                with self.source.open(info) as there, made.open(kept, "w") as copy:
                    shutil.copyfileobj(there, copy, 1 << 20)
            known = {info.filename for info in self.source.infolist()}
            for name, text in self.changed.items():
                if name not in known:
                    added = zipfile.ZipInfo(name, _WHEN)
                    added.compress_type = zipfile.ZIP_DEFLATED
                    made.writestr(added, text)

    @property
    def main(self) -> str:
        """The vocabulary in which its sheets are written."""
        return _MAIN if self._vocabulary().startswith("http://schemas.openxmlformats.org/") else _STRICT

    def _vocabulary(self) -> str:
        """How the types of references begin: there are two standards."""
        found = (tag.attribute("Type") for tag in tags(self.text("_rels/.rels")) if tag.name == "Relationship")
        return next(type_.rpartition("/")[0] for type_ in found if type_.endswith("/officeDocument"))


def _last(text: bytes, piece: str) -> bytes:
    """The text with one more element, the last in its outermost one."""
    outermost = next(tags(text))
    change = Change(text)
    if outermost.closed:
        change.rewrite(outermost, {}, opened=True)
        change.put(outermost.end, outermost.end, f"<{outermost.prefix}{piece}/></{outermost.prefix}{outermost.name}>")
    else:
        end = text.rindex(b"</")
        change.put(end, end, f"<{outermost.prefix}{piece}/>")
    return change.made()


def _first(text: bytes, piece: str) -> bytes:
    """The text with one more element, the first in its outermost one."""
    outermost: Tag = next(tags(text))
    change = Change(text)
    change.put(outermost.end, outermost.end, f"<{outermost.prefix}{piece}/>")
    return change.made()


def _of_relationships(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()
