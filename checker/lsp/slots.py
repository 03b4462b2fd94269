"""Every place of a rulebook where a name stands, or could: what kinds of names, by the key of the language it is under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from checker.forms.several import SEVERAL
from checker.forms.words import OPERATORS
from checker.lsp.names import Declared, Kind
from checker.rules.bounds import read_number
from checker.rules.entries import keys_of
from checker.rules.marks import composed
from checker.rules.requirements import OVER_RELATED, OVER_SUBJECT
from checker.rules.scope import BUILT_IN
from checker.rules.tokens import PredicateError, Token, tokens

if TYPE_CHECKING:
    from checker.rules.merged import Merged
    from checker.yaml_tree import Path

INTEGRITY = "records"
SELECTION = (Kind.RECORD, Kind.TERM)
_TERM_OF = re.compile(r"term of\s+")
_OF_RECORD = ("key", "label", "parent", "date", "belongs_to")


class Slot(NamedTuple):
    """Where a name stands: the whole of a value, or key, or (from `offset` on) a word of it. A field is one of `record`."""

    path: Path
    text: str
    kinds: tuple[Kind, ...]
    record: str | None = None
    offset: int | None = None
    of_key: bool = False
    defines: bool = False


def named(tree: Merged, path: Path) -> Iterator[tuple[Path, str]]:
    """The names under a key that takes one, or a list of them."""
    value = tree.at(path)
    if isinstance(value, str):
        yield path, value
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, str):
            yield (*path, index), each


@dataclass(frozen=True, slots=True)
class Slots:
    """Goes through what is written in a tree; `declared` says what names stand for."""

    tree: Merged
    declared: Declared

    def all(self) -> Iterator[Slot]:
        """Every place of the tree."""
        for where, name in named(self.tree, ("body",)):
            yield Slot(where, name, SELECTION)
        for where, name in named(self.tree, ("overrides",)):
            yield from self._rule(where, name)
        for section, kind in (("sources", Kind.SOURCE), ("parameters", Kind.PARAMETER), ("terms", Kind.TERM)):
            for name in keys_of(self.tree.value.get(section)):
                yield Slot((section, name), name, (kind,), of_key=True, defines=True)
        yield from self._parameters()
        yield from self._records()
        yield from self._terms()
        for section, kind in (("rules", Kind.RULE), ("exceptions", Kind.EXCEPTION), ("standings", Kind.STANDING)):
            entries = self.tree.value.get(section)
            for index, entry in enumerate(entries if isinstance(entries, list) else ()):
                path: Path = (section, index)
                identity = keys_of(entry).get("id")
                if isinstance(identity, str):
                    yield Slot((*path, "id"), identity, (kind,), defines=True)
                yield from self._cites((*path, "cites"))
                if kind is Kind.RULE:
                    yield from self._of_rule(path, keys_of(entry))
                elif kind is Kind.EXCEPTION:
                    yield from self._of_exception(path)
                else:
                    yield from self._condition((*path, "when"))

    def _parameters(self) -> Iterator[Slot]:
        for name, values in keys_of(self.tree.value.get("parameters")).items():
            for index in range(len(values) if isinstance(values, list) else 0):
                yield from self._cites(("parameters", name, index, "cites"))

    def _records(self) -> Iterator[Slot]:
        for record, entry in keys_of(self.tree.value.get("records")).items():
            path: Path = ("records", record)
            yield Slot(path, record, (Kind.RECORD,), of_key=True, defines=True)
            said = keys_of(entry)
            for key in _OF_RECORD:
                yield from self._path((*path, key), record)
            for key in keys_of(said.get("lifespan")):
                yield from self._path((*path, "lifespan", key), record)
            unique = said.get("unique")
            for number in range(len(unique) if isinstance(unique, list) else 0):
                for where, name in named(self.tree, (*path, "unique", number)):
                    yield Slot(where, name, (Kind.FIELD,), record)
            for field in keys_of(said.get("fields")):
                where = (*path, "fields", field)
                yield Slot(where, field, (Kind.FIELD,), record, of_key=True, defines=True)
                for of, name in named(self.tree, (*where, "ref")):
                    yield Slot(of, name, (Kind.RECORD,))
            yield from self._roll_call((*path, "roll_call"))
            yield from self._derivation((*path, "derive"))

    def _roll_call(self, path: Path) -> Iterator[Slot]:
        roll = keys_of(self.tree.at(path))
        for key in ("who", "occasion", "present"):
            for where, name in named(self.tree, (*path, key)):
                yield Slot(where, name, SELECTION)
        for key in keys_of(roll.get("by")):
            yield from self._path((*path, "by", key), self.declared.record_of(roll.get("present")))

    def _derivation(self, path: Path) -> Iterator[Slot]:
        for where, name in named(self.tree, (*path, "from")):
            yield Slot(where, name, SELECTION)
        source = self.declared.record_of(keys_of(self.tree.at(path)).get("from"))
        key = self.tree.at((*path, "key"))
        for column in [*keys_of(key), *range(len(key) if isinstance(key, list) else 0)] or [None]:
            yield from self._expression((*path, "key", *([] if column is None else [column])), source)

    def _terms(self) -> Iterator[Slot]:
        for name, entry in keys_of(self.tree.value.get("terms")).items():
            for path, of in named(self.tree, ("terms", name, "of")):
                yield Slot(path, of, SELECTION)
            yield from self._expression(("terms", name, "where"), self.declared.record_of(keys_of(entry).get("of")))

    def _of_rule(self, path: Path, entry: Mapping[str, object]) -> Iterator[Slot]:
        for where, name in named(self.tree, (*path, "for")):
            yield Slot(where, name, SELECTION)
        for where, name in named(self.tree, (*path, "requires")):
            yield from self._rule(where, name)
        for name in keys_of(self.tree.at((*path, "requires"))):
            yield Slot((*path, "requires", name), name, (Kind.RULE,), of_key=True)
        subject = self.declared.record_of(entry.get("for"))
        yield from self._requirement((*path, "require"), subject)

    def _requirement(self, path: Path, subject: str | None) -> Iterator[Slot]:
        for form in keys_of(self.tree.at(path)):
            parts = self.tree.at((*path, form)) if form == SEVERAL else None
            for place in range(len(parts) if isinstance(parts, list) else 0):
                yield from self._requirement((*path, form, place), subject)
            yield from self._form((*path, form), subject)

    def _form(self, path: Path, subject: str | None) -> Iterator[Slot]:
        keys = keys_of(self.tree.at(path))
        related = self.declared.record_of(keys["of"]) if "of" in keys else subject
        for where, name in named(self.tree, (*path, "of")):
            yield Slot(where, name, SELECTION)
        for key in keys:
            where = (*path, key)
            if key in OVER_SUBJECT or key in OPERATORS:
                yield from self._expression(where, subject)
            elif key in OVER_RELATED:
                yield from self._expression(where, related)
            elif key in {"on", "by", "each"}:
                yield from self._path(where, related)
            elif key == "per" and isinstance(text := keys[key], str) and (match := _TERM_OF.match(composed(text))):
                yield Slot(where, composed(text)[match.end() :], SELECTION, offset=match.end())
        for key in ("by", "each"):
            for theirs in filter(str.isidentifier, keys_of(keys.get(key))):
                yield Slot((*path, key, theirs), theirs, (Kind.FIELD,), related, of_key=True)
        for theirs in keys_of(keys.get("by")):
            yield from self._path((*path, "by", theirs), subject)

    def _of_exception(self, path: Path) -> Iterator[Slot]:
        about = None
        for key in ("displaces", "by"):
            for where, name in named(self.tree, (*path, key)):
                about = about or self.declared.subject_of(name)
                yield from self._rule(where, name)
        yield from self._expression((*path, "when", "subject"), about)

    def _condition(self, path: Path) -> Iterator[Slot]:
        value = keys_of(self.tree.at(path))
        for key in ("violated", "undetermined"):
            for where, name in named(self.tree, (*path, key, "rule")):
                yield from self._rule(where, name)
        for key in ("children", "descendants"):
            for where, name in named(self.tree, (*path, key, "standing")):
                yield Slot(where, name, (Kind.STANDING,))
        yield from self._expression((*path, "subject"), self.declared.body())
        for key in ("all", "any"):
            parts = value.get(key)
            for index in range(len(parts) if isinstance(parts, list) else 0):
                yield from self._condition((*path, key, index))
        if "not" in value:
            yield from self._condition((*path, "not"))

    def _cites(self, path: Path) -> Iterator[Slot]:
        for where, text in named(self.tree, path):
            yield Slot(where, composed(text).split(" ")[0], (Kind.SOURCE,), offset=0)

    def _rule(self, path: Path, name: str) -> Iterator[Slot]:
        if not name.startswith(f"{INTEGRITY}/"):
            yield Slot(path, name, (Kind.RULE,))
            return
        _, record, *rest = name.split("/")
        at = len(INTEGRITY) + 1
        yield Slot(path, record, (Kind.RECORD,), offset=at)
        at += len(record) + 1
        for field in rest[0].split("+") if rest else ():
            yield Slot(path, field, (Kind.FIELD,), record, offset=at)
            at += len(field) + 1

    def _path(self, path: Path, record: str | None) -> Iterator[Slot]:
        """The fields of a value that is a path of them."""
        text = self.tree.at(path)
        if isinstance(text, str):
            yield from self._steps(path, composed(text), 0, record)

    def _expression(self, path: Path, record: str | None) -> Iterator[Slot]:
        text = self.tree.at(path)
        if not isinstance(text, str) or read_number(text) is not None:
            return
        try:
            found = tokens(composed(text))
        except PredicateError:
            return
        for token, following in pairwise(found):
            if token.kind == "parameter" and token.text[1:] not in BUILT_IN:
                yield Slot(path, token.text[1:], (Kind.PARAMETER,), offset=token.at + 1)
            elif token.kind == "name" and not _is_word(token, following):
                yield from self._steps(path, token.text, token.at, record)

    def _steps(self, path: Path, dotted: str, at: int, record: str | None) -> Iterator[Slot]:
        for step in dotted.split("."):
            if record is None:
                return
            yield Slot(path, step, (Kind.FIELD,), record, offset=at)
            record, at = self.declared.target(record, step), at + len(step) + 1


def _is_word(token: Token, following: Token) -> bool:
    """Whether a name is that of a function, or the `date` before a day."""
    return following.text == "(" or (token.text.lower() == "date" and following.kind == "string")
