"""Where the texts of rulebooks are read: the files on the disk, or what an editor holds in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.rules.shelf import APART, is_yaml, rule_files, yaml_files
from checker.yaml_tree import Document, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Texts:
    """The texts of rulebooks, as they are on the disk."""

    def rules(self, folder: Path) -> list[Path]:
        """The files of a rulebook's or library's text, by their way from the folder, in order."""
        return rule_files(folder)

    def cases(self, folder: Path) -> list[Path]:
        """The files of cases in a folder, by their way from it, in order."""
        return yaml_files(folder) if folder.is_dir() else []

    def beside(self, folder: Path) -> list[Path]:
        """The files of YAML right in a folder, in order."""
        return sorted(path for path in folder.iterdir() if is_yaml(path)) if folder.is_dir() else []

    def text(self, file: Path, shown: str) -> str:
        """The text of a file; `shown` is how messages name it. Raises YamlError."""
        return text_of(file, shown)

    def document(self, file: Path, shown: str) -> Document:
        """What is written in a file; `shown` is how messages name it. Raises YamlError."""
        return parse(self.text(file, shown), shown)


DISK = Texts()
"""Nothing but what is on the disk."""


class Edited(Texts):
    """The texts of rulebooks where some are being edited: what is in their place, by the real path of the file."""

    def __init__(self, edited: Mapping[Path, str]) -> None:
        self.edited = edited

    def rules(self, folder: Path) -> list[Path]:
        """The files on the disk, and those that are new."""
        new = [way for way in self._new(folder) if way.parts[0] not in APART]
        return sorted({*super().rules(folder), *new})

    def cases(self, folder: Path) -> list[Path]:
        """The files on the disk, and those that are new."""
        return sorted({*super().cases(folder), *self._new(folder)})

    def beside(self, folder: Path) -> list[Path]:
        """The files on the disk, and those that are new."""
        new = [folder / way for way in self._new(folder) if len(way.parts) == 1]
        return sorted({*super().beside(folder), *new})

    def text(self, file: Path, shown: str) -> str:
        """The text of a file, as it is edited. Raises YamlError."""
        text = self.edited.get(file.resolve())
        return super().text(file, shown) if text is None else text

    def _new(self, folder: Path) -> list[Path]:
        """The files of YAML below a folder that are edited and have not been saved yet, by their way from it."""
        if not self.edited:
            return []
        real = folder.resolve()
        below = (path.relative_to(real) for path in self.edited if path.is_relative_to(real) and not path.exists())
        return [way for way in below if way.parts and is_yaml(way) and not any(part.startswith(".") for part in way.parts)]
