"""Renames in all files of a rulebook, its cases with them; refuses what would not leave the rulebook as it is.

What is to be written is tried before: of the rulebook as it would be, nothing may be wrong, and each name must mean what it
means now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import Level, RulesError
from checker.lsp.buffers import Buffers, Library
from checker.lsp.names import Declared, Kind, Name, Use
from checker.lsp.uses import uses, uses_in_cases
from checker.model.blanks import fold
from checker.rules.cases import load_cases
from checker.rules.entries import keys_of
from checker.rules.loading import loaded
from checker.rules.merged import Merged
from checker.rules.reader import FIELD_NAME, NAME
from checker.rules.shelf import CASES, yaml_files
from checker.rules.tokens import RESERVED
from checker.words.message import Message, message
from checker.yaml_tree import YamlError

if TYPE_CHECKING:
    from checker.lsp.session import Session, Spot
    from checker.yaml_tree import Document

_FIELDS = {Kind.RECORD, Kind.FIELD, Kind.PARAMETER}
_STANDS_ON = re.compile(r"^(?:extends|uses)\s*:(.*(?:\n[ \t-].*)*)", re.MULTILINE)
_RULE_OF_WAIVER = r"^[\s-]*[{\s]*rule\s*:\s*['\"]?"


class RefusedError(Exception):
    """A name is not changed: why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Renaming:
    """The places to be written, by file, and the files that get another name."""

    places: Mapping[str, tuple[Use, ...]]
    moves: tuple[tuple[Path, Path], ...] = field(default=())


def renaming(session: Session, spot: Spot, new: str, roots: Iterable[Path]) -> Renaming:
    """What is to be changed so that what is named at a spot is called otherwise; `roots` are where others may name it.

    Raises RefusedError.
    """
    name, texts = spot.use.name, session.buffers()
    _refuse_name(name, new, Declared(spot.tree))
    _refuse_what_is_wrong(session, spot)
    _refuse_what_others_say(spot, name, roots, texts)
    documents = dict(_cases(spot, texts))
    found = list(uses(spot.tree))
    places: dict[str, list[Use]] = {}
    for use in (*found, *(use for each in documents.values() for use in uses_in_cases(each, Declared(spot.tree)))):
        if use.name == name:
            document = spot.tree.documents.get(use.place.file) or documents[use.place.file]
            if fold(_text(use, document)) != fold(name.name):
                raise RefusedError(message("rename-escaped", place=use.place, name=name.name))
            places.setdefault(use.place.file, []).append(use)
    moves = _moves(spot, name, new, texts) if name.kind is Kind.RULE else ()
    asked = Renaming({file: tuple(each) for file, each in places.items()}, moves)
    _try(session, spot, asked, new, found)
    return asked


def _text(use: Use, document: Document) -> str:
    begin = (use.place.column or 1) - 1
    return document.line(use.place.line or 0)[begin : begin + use.length]


def _refuse_name(name: Name, new: str, declared: Declared) -> None:
    of_field = name.kind in _FIELDS
    if not (FIELD_NAME if of_field else NAME).fullmatch(new) or new in RESERVED:
        fix = message("book-field-name-fix" if of_field else "book-name-fix")
        raise RefusedError(message("rename-bad-name", wrong=message("book-bad-name", name=new), fix=fix))
    kinds = (Kind.RECORD, Kind.TERM) if name.kind in {Kind.RECORD, Kind.TERM} else (name.kind,)
    taken = declared.called(new, kinds, name.record or None)
    if taken is not None and taken != name:
        raise RefusedError(message(f"rename-taken-{taken.kind}", name=taken.name))
    if name.kind is Kind.FIELD and {"roll_call", "derive"} & keys_of(declared.tree.at(("records", name.record))).keys():
        raise RefusedError(message("rename-made", name=name.name))


def _refuse_what_is_wrong(session: Session, spot: Spot) -> None:
    if spot.home.library:
        raise RefusedError(message("rename-library"))
    now = session.diagnose(spot.home)
    problems = [each for each in now.problems if each.level is Level.ERROR]
    if now.book is not None and not problems:
        try:
            load_cases(spot.home.source, now.book, texts=session.buffers())
        except RulesError as error:
            problems += error.problems
    wrong = next(iter(problems), None)
    if wrong is not None:
        raise RefusedError(message("rename-wrong", place=wrong.place, wrong=wrong.message))


def _refuse_what_others_say(spot: Spot, name: Name, roots: Iterable[Path], texts: Buffers) -> None:
    """Refuses names that are given, or used, outside the rulebook's own files."""
    for file in spot.tree.inherited:
        value = spot.tree.documents[file].value
        tree = Merged(value if isinstance(value, dict) else {})
        if Declared(tree).called(name.name, (name.kind,), name.record or None) == name:
            raise RefusedError(message("rename-elsewhere", name=name.name, file=file))
    for near, text in _around(roots, spot.home.source, texts):
        for match in _STANDS_ON.finditer(text):
            if any((near.parent / word).resolve() == spot.home.source for word in re.findall(r"[^\s\[\],'\"]+", match[1])):
                raise RefusedError(message("rename-above", file=near, name=name.name))
        if name.kind is Kind.RULE and re.search(
            f"{_RULE_OF_WAIVER}{re.escape(name.name)}['\"]?\\s*(?:[,}}#]|$)", text, re.MULTILINE
        ):
            raise RefusedError(message("rename-names-too", file=near, name=name.name))


def _around(roots: Iterable[Path], source: Path, texts: Buffers) -> Iterator[tuple[Path, str]]:
    """The files of YAML that are near and not the rulebook's own, with their texts."""
    for root in roots:
        try:
            files = yaml_files(root)
        except (OSError, RulesError):
            continue
        for file in (root / way for way in files):
            if file != source and not file.is_relative_to(source):
                try:
                    yield file, texts.text(file, str(file))
                except YamlError:
                    continue


def _cases(spot: Spot, texts: Buffers) -> Iterator[tuple[str, Document]]:
    folder = spot.home.source / CASES
    for way in texts.cases(folder):
        shown = str(folder / way)
        yield shown, texts.document(folder / way, shown)


def _moves(spot: Spot, name: Name, new: str, texts: Buffers) -> tuple[tuple[Path, Path], ...]:
    """The files of the cases of a rule, which are named after it."""
    folder = spot.home.source / CASES
    files = [folder / way for way in texts.cases(folder) if way.stem == name.name]
    moves = tuple((file, file.with_stem(new)) for file in files)
    for _, to in moves:
        if to.exists():
            raise RefusedError(message("rename-file", file=to))
    return moves


def _try(session: Session, spot: Spot, asked: Renaming, new: str, found: list[Use]) -> None:
    """Refuses where anything would be wrong, or mean something else, after the change."""
    edited = dict(session.edited)
    for file, places in asked.places.items():
        edited[Path(file).resolve()] = changed(session.buffers().text(Path(file), file), places, new)
    texts = Buffers(edited, Library())
    try:
        after = loaded(spot.home.source, texts=texts)
        if not asked.moves:
            load_cases(spot.home.source, after.book, texts=texts)
    except RulesError as error:
        first = error.problems[0]
        raise RefusedError(message("rename-then", place=first.place, wrong=first.message)) from None
    names = [_renamed(use.name, spot.use.name, new) for use in found]
    if sorted(names) != sorted(use.name for use in uses(after.tree)):
        raise RefusedError(message("rename-otherwise", new=new))


def _renamed(name: Name, old: Name, new: str) -> Name:
    if name == old:
        return name._replace(name=new)
    return name._replace(record=new) if old.kind is Kind.RECORD and name.record == old.name else name


def changed(text: str, places: Iterable[Use], new: str) -> str:
    """A text with the new name at each of the places."""
    lines = text.splitlines(keepends=True)
    for use in sorted(places, key=lambda each: (each.place.line or 0, each.place.column or 0), reverse=True):
        number, begin = (use.place.line or 1) - 1, (use.place.column or 1) - 1
        lines[number] = lines[number][:begin] + new + lines[number][begin + use.length :]
    return "".join(lines)
