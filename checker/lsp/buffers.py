"""What an editor holds in the place of files, each parsed once, and read as it last could be where it cannot be read now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from checker.rules.texts import Edited
from checker.yaml_tree import Document, YamlError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checker.errors import Problem


class _Parsed(NamedTuple):
    """A document, what it was parsed from, and the name by which messages call it."""

    of: object
    shown: str
    document: Document


@dataclass(slots=True)
class Library:
    """The documents that were parsed, by the real paths of their files: of each the last that could be."""

    parsed: dict[Path, _Parsed] = field(default_factory=dict)


class Buffers(Edited):
    """The texts of rulebooks as an editor holds them now. `broken` is what is wrong with those that cannot be read."""

    def __init__(self, edited: Mapping[Path, str], library: Library) -> None:
        super().__init__(edited)
        self.library = library
        self.broken: dict[str, tuple[Problem, ...]] = {}

    def document(self, file: Path, shown: str) -> Document:
        """What is written in a file, or was when it could last be read. Raises YamlError where it never could."""
        real = file.resolve()
        known, now = self.library.parsed.get(real), self._version(real)
        if known is not None and (known.of, known.shown) == (now, shown):
            return known.document
        try:
            document = super().document(file, shown)
        except YamlError as error:
            self.broken[shown] = error.problems
            if known is None or known.shown != shown:
                raise
            return known.document
        self.library.parsed[real] = _Parsed(now, shown, document)
        return document

    def unchanged(self, file: Path) -> bool:
        """Whether a file says what it said when it was last read."""
        real = file.resolve()
        known = self.library.parsed.get(real)
        return known is not None and known.of == self._version(real)

    def _version(self, real: Path) -> object:
        """What changes whenever the text does: the text that is edited, or the time and size of the file."""
        if real in self.edited:
            return self.edited[real]
        try:
            stat = real.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size
