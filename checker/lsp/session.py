"""What an editor has open, the rulebooks that it belongs to, and what was last known of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from checker.lsp.buffers import Buffers, Library
from checker.lsp.diagnosis import Diagnosis, quick
from checker.lsp.names import Declared, Name, Use
from checker.lsp.uses import at, uses, uses_in_cases
from checker.rules.home import Home, Role, home_of
from checker.rules.texts import Edited
from checker.yaml_tree import YamlError

if TYPE_CHECKING:
    from checker.rules.merged import Merged
    from checker.yaml_tree import Document


class Spot(NamedTuple):
    """A name at a place of a file, with the tree of the rulebook and what is known of it."""

    use: Use
    home: Home
    tree: Merged
    known: Diagnosis


@dataclass(slots=True)
class Session:
    """The texts that are open, by the real paths of their files; `known` is what was last known, by rulebook."""

    edited: dict[Path, str] = field(default_factory=dict)
    library: Library = field(default_factory=Library)
    homes: dict[Path, Home] = field(default_factory=dict)
    known: dict[Path, Diagnosis] = field(default_factory=dict)
    turn: Lock = field(default_factory=Lock, repr=False)

    def home(self, file: Path) -> Home | None:
        """The rulebook of a file; of one that is being written also the one that it belonged to a moment ago."""
        found = home_of(file, Edited(dict(self.edited)))
        if found is None:
            kept = self.homes.get(file)
            return kept if kept is not None and kept.source.exists() else None
        self.homes[file] = found
        return found

    def touched(self, file: Path) -> list[Home]:
        """The rulebooks of open files of which something may be otherwise when that file is."""
        own = self.home(file)
        homes = {home.source: home for each in sorted(self.edited) if (home := self.home(each)) is not None}
        if own is not None:
            homes.setdefault(own.source, own)
        return [home for home in homes.values() if (own is not None and home.source == own.source) or self._reads(home, file)]

    def _reads(self, home: Home, file: Path) -> bool:
        known = self.known.get(home.source)
        return known is not None and known.tree is not None and str(file) in known.tree.documents

    def buffers(self) -> Buffers:
        """The texts as they are now."""
        return Buffers(dict(self.edited), self.library)

    def diagnose(self, home: Home) -> Diagnosis:
        """What can quickly be said of a rulebook as it is now."""
        with self.turn:
            # One after the other: what is known last is of the latest texts.
            found = quick(home, self.buffers(), self._open_cases(home))
            if found.tree is not None:
                self.known[home.source] = found
        return found

    def known_of(self, home: Home) -> Diagnosis:
        """What was last known of a rulebook when it could be read."""
        return self.known[home.source] if home.source in self.known else self.diagnose(home)

    def current(self, home: Home) -> Diagnosis:
        """What is known of a rulebook as it is now, or was when it could last be read."""
        known, texts = self.known.get(home.source), self.buffers()
        if known is not None and known.tree is not None:
            read = [Path(file) for file in known.tree.documents]
            own = [home.source / way for way in texts.rules(home.source)] if home.source.is_dir() else [home.source]
            if set(own) <= set(read) and all(map(texts.unchanged, read)):
                return known
        found = self.diagnose(home)
        return found if found.tree is not None else self.known.get(home.source, found)

    def document(self, file: Path) -> Document | None:
        """What is written in a file, or was when it could last be read."""
        try:
            return self.buffers().document(file, str(file))
        except YamlError:
            return None

    def spot(self, file: Path, line: int, column: int) -> Spot | None:
        """The name at that place, 1-based."""
        home = self.home(file)
        known = None if home is None else self.current(home)
        if home is None or known is None or known.tree is None:
            return None
        found = self._name(file, line, column, home, known.tree)
        return None if found is None else Spot(found, home, known.tree, known)

    def _name(self, file: Path, line: int, column: int, home: Home, tree: Merged) -> Use | None:
        if home.role is Role.RULES:
            return at(uses(tree), str(file), line, column)
        document = self.document(file)
        return None if document is None else at(uses_in_cases(document, Declared(tree)), str(file), line, column)

    def _open_cases(self, home: Home) -> frozenset[str]:
        """The rules whose cases are open."""
        of_cases = (path for path in self.edited if (there := self.home(path)) is not None and there.role is Role.CASES)
        return frozenset(path.stem for path in of_cases if path.is_relative_to(home.source))


def definitions(name: Name, tree: Merged) -> list[Use]:
    """Where a name is given; that of a field of a roll call, which nothing gives, where the roll call is declared."""
    found = list(uses(tree))
    given = [use for use in found if use.defines and use.name == name]
    return given or [use for use in found if use.defines and use.name == Name(name.kind.RECORD, name.record)]
