"""Finds what a rulebook stands on: the libraries that it uses and the rulebook that it extends, as one tree below its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import Problem, RulesError, UsageError
from checker.rules.merged import LISTS, MAPPINGS, Layer, Merged, read
from checker.rules.overlay import OWN_KEYS, Overlay
from checker.rules.reader import Reader
from checker.rules.scalars import Name, OneOrMore, Plain, TextValue
from checker.rules.shelf import beside, libraries_folder, rules_folder
from checker.rules.texts import DISK, Texts
from checker.rules.written import Entry
from checker.words.message import message

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from checker.rules.rulebook import Rulebook
    from checker.yaml_tree import Path, Value


class LibraryHeader(Entry):
    """What stands once in a library of records."""

    library: Name
    """Its name."""
    title: TextValue
    """What readers know it by."""
    languages: OneOrMore = ("en",)
    """The languages of its texts; plain text is in the first."""
    body: Plain | None = None
    """The record that is the body of a rulebook which says no other."""
    uses: OneOrMore = ()
    """Libraries that it builds on."""


class Site(NamedTuple):
    """A file or folder being read, how messages name it, those that led to it, and where its texts are."""

    source: FilePath
    shown: str
    above: tuple[FilePath, ...] = ()
    texts: Texts = DISK

    def of(self, written: str, shelf: FilePath) -> Site:
        """The site that is named here. Raises UsageError."""
        inside = self.source.is_dir()
        source = beside(written, self.source if inside else self.source.parent, shelf)
        shown = str(source)
        if source.parent != shelf:
            shown = os.path.normpath(os.path.join(self.shown if inside else os.path.dirname(self.shown), written))  # noqa: PTH118, PTH120 -- as it is shown, not as it is
        return Site(source, shown, (*self.above, self.source.resolve()), self.texts)


class Loaded(NamedTuple):
    """A rulebook, and the tree that it was read from."""

    book: Rulebook
    tree: Merged
    used: tuple[FilePath, ...]
    site: Site


class Stack(NamedTuple):
    """A rulebook's tree with all that it stands on; `base` is the rulebook it extends, `used` whose files are below.

    `problems` are what it must not say of that, and is left out of the tree.
    """

    tree: Merged
    base: Loaded | None = None
    used: tuple[FilePath, ...] = ()
    overrides: tuple[tuple[Path, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def stacked(site: Site, load: Callable[[Site], Loaded]) -> Stack:
    """The tree of the rulebook there over what it stands on; `load` loads the rulebook that it extends.

    Raises RulesError with every problem found.
    """
    own = read(site.source, site.shown, site.texts)
    if "library" in own.value:
        fix = message("layer-library-fix")
        raise RulesError(own.problem(("library",), "not-a-rulebook", message("layer-library"), fix))
    base = _base(own, site, load)
    inherited = base.tree.value if base else {}
    languages = _languages(own.value.get("languages", inherited.get("languages")))
    below, used = _Libraries(base.tree if base else None, list(base.used) if base else [], languages).under(own, site)
    overrides = tuple(_named(own, "overrides"))
    if base is None and overrides:
        fix = message("layer-nothing-extended-fix")
        raise RulesError(own.problem(("overrides",), "nothing-extended", message("layer-nothing-extended"), fix))
    if below is None:
        return Stack(own)
    overlay = Overlay(below, own, frozenset(name for _, name in overrides), strict=base is not None, languages=languages)
    tree = overlay.joined()
    return Stack(tree, base, tuple(used), overrides, tuple(overlay.problems))


def _base(own: Merged, site: Site, load: Callable[[Site], Loaded]) -> Loaded | None:
    """The rulebook that is extended, its files marked as not this rulebook's own."""
    written = own.value.get("extends")
    if not isinstance(written, str):
        return None
    there = _site(own, ("extends",), written, site, rules_folder())
    found = load(there)
    layer = Layer(found.book.name, found.book.languages, library=False)
    marked = dict.fromkeys(found.tree.documents, layer) | found.tree.inherited
    # A record that is added must not change which one is the body.
    value = found.tree.value | ({"body": found.book.body} if found.book.body else {})
    tree = replace(found.tree, value=value, inherited=marked)
    return found._replace(tree=tree, used=(*found.used, there.source.resolve()))


@dataclass(slots=True)
class _Libraries:
    """The tree below a rulebook, growing by one library after the other; `used` are those that are in it."""

    below: Merged | None
    used: list[FilePath]
    languages: tuple[str, ...]

    def under(self, tree: Merged, site: Site) -> tuple[Merged | None, list[FilePath]]:
        """Lays the libraries which that tree uses, and those that these use, over what there is."""
        for path, name in _named(tree, "uses"):
            there = _site(tree, path, name, site, libraries_folder())
            if there.source.resolve() in self.used:
                continue
            library = _library(tree, path, there)
            self.under(library, there)
            self.used.append(there.source.resolve())
            self._lay(_sections(library))
        return self.below, self.used

    def _lay(self, library: Merged) -> None:
        if self.below is None:
            self.below = library
            return
        strict = any(not layer.library for layer in self.below.inherited.values())
        overlay = Overlay(self.below, library, strict=strict, languages=self.languages)
        self.below = overlay.joined()
        if overlay.problems:
            raise RulesError(*overlay.problems)


def _library(user: Merged, path: Path, site: Site) -> Merged:
    """The tree of a library, whole. Raises RulesError where it is none."""
    tree = read(site.source, site.shown, site.texts)
    if "library" not in tree.value:
        wrong = message("layer-not-a-library", shown=site.shown)
        fix = message("layer-not-a-library-fix")
        raise RulesError(user.problem(path, "not-a-library", wrong, fix))
    return library_of(tree)


def library_of(tree: Merged) -> Merged:
    """The tree of a library, its files marked as a library's. Raises RulesError where what it says of itself is wrong."""
    reader = Reader(tree)
    sections = LISTS | MAPPINGS
    header = {key: value for key, value in tree.value.items() if key not in sections}
    found = reader.validate(LibraryHeader, (), header, also=tuple(sorted(MAPPINGS)))
    for section in LISTS & set(tree.value):
        fix = message("layer-not-in-library-fix")
        reader.report((section,), "not-in-a-library", message("layer-not-in-library", section=section), fix)
    if reader.problems or found is None:
        raise RulesError(*reader.ordered())
    layer = Layer(found.library, found.languages, library=True)
    return replace(tree, inherited=dict.fromkeys(tree.documents, layer))


def _sections(library: Merged) -> Merged:
    """A library's tree without what it says of itself."""
    left = OWN_KEYS | {"languages"}
    return replace(library, value={key: value for key, value in library.value.items() if key not in left})


def _site(tree: Merged, path: Path, written: str, site: Site, shelf: FilePath) -> Site:
    """The site of a library or rulebook that is named at that path. Raises RulesError where there is none, or it is above."""
    try:
        there = site.of(written, shelf)
    except UsageError as error:
        raise RulesError(*(_at(tree, path, problem) for problem in error.problems)) from None
    if there.source.resolve() in there.above:
        wrong = message("layer-cycle", written=written)
        raise RulesError(tree.problem(path, "layer-cycle", wrong, message("layer-cycle-fix")))
    return there


def _at(tree: Merged, path: Path, problem: Problem) -> Problem:
    return tree.problem(path, problem.code, problem.message, problem.fix, instead=problem.instead)


def _named(tree: Merged, key: str) -> list[tuple[Path, str]]:
    """The names under a key of the top level, one or a list of them; what is no name is reported with the header."""
    value = tree.value.get(key)
    if isinstance(value, str):
        return [((key,), value)]
    found = enumerate(value) if isinstance(value, list) else ()
    return [((key, index), name) for index, name in found if isinstance(name, str)]


def _languages(value: Value | None) -> tuple[str, ...]:
    found = tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
    return found or ((value,) if isinstance(value, str) else ("en",))
