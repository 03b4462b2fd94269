"""Reads the files of a rulebook and merges them into one tree that remembers where everything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import Place, Problem, RulesError
from checker.rules.marks import composed, inside, marked
from checker.rules.texts import DISK, Texts
from checker.words.message import Message, message
from checker.yaml_tree import Document, Path, Value, YamlError

if TYPE_CHECKING:
    from pathlib import Path as FilePath

LISTS = frozenset({"rules", "indicators", "exceptions", "standings"})
MAPPINGS = frozenset({"sources", "parameters", "records", "terms"})


class Layer(NamedTuple):
    """The library or rulebook that a file belongs to, where it is not the rulebook's own file."""

    name: str
    languages: tuple[str, ...]
    library: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """The tree of a rulebook; `keys` are the places of keys and list items, `values` those of values.

    `inherited` tells of the files that are not the rulebook's own whose they are.
    """

    value: dict[str, Value] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    inherited: dict[str, Layer] = field(default_factory=dict)

    def layer(self, path: Path) -> Layer | None:
        """The library or rulebook in which what stands at that path is written; None for the rulebook's own files."""
        place = self.keys.get(path)
        return None if place is None else self.inherited.get(place.file)

    def problem(
        self,
        path: Path,
        code: str,
        wrong: Message,
        fix: Message,
        *,
        offset: int | None = None,
        of_key: bool = False,
        word: str | None = None,
        instead: str | None = None,
    ) -> Problem:
        """A problem with what stands at that path, or at the nearest path above it.

        It points to a scalar itself, and to the key of anything larger or where asked to; with `offset`, into the text.
        `word` is what the scalar begins with, if only that is meant.
        """
        while path and path not in self.keys:
            path = path[:-1]
        value = self.at(path)
        of_value = isinstance(value, str) and not of_key
        place = (self.values if of_value else self.keys).get(path)
        if place is None:
            place = Place(next(iter(self.documents))) if self.documents else None
            return Problem(code, wrong, fix, place, instead=instead)
        document = self.documents[place.file]
        if offset is not None and isinstance(value, str):
            place, length = inside(document, place, composed(value)[:offset])
        else:
            place, length = marked(document, place, word or (value if of_value else path[-1] if path else None))
        return Problem(code, wrong, fix, place, document.excerpt(place), length, instead)

    def at(self, path: Path) -> Value:
        """The value at that path; None if there is none."""
        value: Value = self.value
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    def excerpts(self) -> dict[Path, str]:
        """The line of each key and list item."""
        lines = ((path, self.documents[place.file].excerpt(place)) for path, place in self.keys.items())
        return {path: line for path, line in lines if line is not None}


def read(source: FilePath, shown: str, texts: Texts = DISK) -> Merged:
    """Reads one file, or every YAML file of a folder but its cases and examples. Raises RulesError with all problems."""
    merged, problems = Merged(), list[Problem]()
    for file, name in _files(source, shown, texts):
        try:
            document = texts.document(file, name)
        except YamlError as error:
            problems.extend(error.problems)
        else:
            merged.documents[name] = document
            problems.extend(_add(merged, document))
    if problems:
        raise RulesError(*problems)
    return merged


def _files(source: FilePath, shown: str, texts: Texts) -> list[tuple[FilePath, str]]:
    if not source.is_dir():
        return [(source, shown)]
    found = texts.rules(source)
    if not found:
        wrong = message("no-yaml-in-folder")
        raise RulesError(Problem("no-rulebook", wrong, message("no-yaml-in-folder-fix"), Place(shown)))
    return [(source / path, f"{shown.rstrip('/')}/{path.as_posix()}") for path in found]


def _add(merged: Merged, document: Document) -> list[Problem]:
    if not isinstance(document.value, dict):
        place = document.places[()]
        wrong = message("book-not-a-mapping")
        fix = message("book-not-a-mapping-fix")
        return [Problem("not-a-mapping", wrong, fix, place, document.excerpt(place))]
    problems, shifts = [], dict[str, int]()
    for section, value in document.value.items():
        present = merged.value.get(section)
        if section in LISTS and isinstance(value, list) and isinstance(present, list | None):
            shifts[section] = len(present or ())
            merged.value[section] = [*(present or ()), *value]
        elif section in MAPPINGS and isinstance(value, dict) and isinstance(present, dict):
            problems += [_twice(merged, document, (section, key)) for key in value if key in present]
            merged.value[section] = {**value, **present}
        elif section in merged.value:
            problems.append(_twice(merged, document, (section,)))
        else:
            merged.value[section] = value
    for target, places in ((merged.keys, document.places), (merged.values, document.value_places)):
        for path, place in places.items():
            target.setdefault(_shifted(path, shifts), place)
    return problems


def _shifted(path: Path, shifts: dict[str, int]) -> Path:
    match path:
        case (str(section), int(index), *rest) if section in shifts:
            return (section, index + shifts[section], *rest)
        case _:
            return path


def _twice(merged: Merged, document: Document, path: Path) -> Problem:
    place = document.places[path]
    wrong = message("book-duplicate-key", key=path[-1], other=merged.keys[path])
    return Problem("duplicate-key", wrong, message("keep-one-of-two"), place, document.excerpt(place))
