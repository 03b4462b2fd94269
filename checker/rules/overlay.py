"""Lays one tree over another: what a rulebook says over the library it uses or the rulebook it extends.

The upper tree adds, and changes nothing but what `docs/meaning.md` (section 11) allows; of rules it may say any key again,
and whether that is at least as strict is judged when both are resolved (`checker.rules.stricter`). Every value keeps the
place where it is written, so a problem points to the file that has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.forms.base import LOWER, UPPER
from checker.rules.entries import TEXTS, begins, first_day_of, id_of, is_text, keys_of
from checker.rules.merged import LISTS, MAPPINGS, Layer, Merged
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from checker.errors import Place, Problem
    from checker.yaml_tree import Path, Value

STANDINGS = "standings"
OWN_KEYS = frozenset({"rulebook", "library", "title", "version", "uses", "extends", "overrides"})
"""What every rulebook says of itself and passes on to none."""

_OPEN_FIELD_KEYS = frozenset({"title", "headers", "formats", "required", "words"})


@dataclass(slots=True)
class Overlay:
    """Two trees becoming one.

    `overrides` are ids of rules that the upper one replaces whole; `strict` says that the lower one has rules, whose meaning
    new keys on its records would change; `languages` are those of the upper one.
    """

    below: Merged
    above: Merged
    overrides: frozenset[str] = frozenset()
    strict: bool = False
    languages: tuple[str, ...] = ("en",)
    result: Merged = field(default_factory=Merged)
    problems: list[Problem] = field(default_factory=list)

    def joined(self) -> Merged:
        """The one tree; `problems` then says what the upper one must not change."""
        for tree in (self.above, self.below):
            self.result.documents.update(tree.documents)
            self.result.inherited.update(tree.inherited)
        self._place(self.above, (), ())
        sections: dict[str, Callable[[str], Value]] = {
            "rules": self._rules,
            "indicators": self._entitled,
            "exceptions": self._entitled,
            STANDINGS: self._standings,
        }
        for key in dict.fromkeys((*self.below.value, *self.above.value)):
            if key not in self.above.value:
                if key not in OWN_KEYS:
                    self.result.value[key] = self._copy(self.below, (key,), (key,))
            elif key not in self.below.value or key in OWN_KEYS or self.below.value[key] is None:
                if self.strict and key not in OWN_KEYS | {"languages"} | LISTS | MAPPINGS:
                    self._unsaid(key)
                    continue
                self.result.value[key] = self._copy(self.above, (key,), (key,))
            elif key in LISTS:
                self.result.value[key] = sections[key](key)
            elif key == "languages":
                self.result.value[key] = self._copy(self.above, (key,), (key,))
            else:
                self.result.value[key] = self._join((key,), (key,), (key,))
        return self.result

    # -- parts of a tree ------------------------------------------------------------------------------------------------

    def _place(self, tree: Merged, at: Path, to: Path) -> None:
        for places, own in ((self.result.keys, tree.keys), (self.result.values, tree.values)):
            if at in own:
                places[to] = own[at]

    def _copy(self, tree: Merged, at: Path, to: Path) -> Value:
        """What stands there in one of the trees, with its places."""
        self._place(tree, at, to)
        if tree is self.below and is_text(to):
            return self._spoken(at, to)
        value = tree.at(at)
        if isinstance(value, dict):
            return {key: self._copy(tree, (*at, key), (*to, key)) for key in value}
        if isinstance(value, list):
            return [self._copy(tree, (*at, index), (*to, index)) for index in range(len(value))]
        return value

    def _join(self, low: Path, high: Path, to: Path) -> Value:
        """What stands there in both trees, as one."""
        match to:
            case (str(section),) if section in MAPPINGS:
                join = self._entries
            case (
                ("records" | "sources" | "terms", _)
                | ("records", _, "fields")
                | ("records", _, "fields", _)
                | ("records", _, "fields", _, "words")
            ):
                join = self._entries
            case _ if is_text(to):
                join = self._text
            case ("records", _, "headers") | ("records", _, "fields", _, "headers" | "formats"):
                join = self._union
            case ("records", _, "fields", _, "enum"):
                join = self._enum
            case ("parameters", _):
                join = self._values
            case _:
                join = self._same
        self._place(self.above, high, to)
        return join(low, high, to)

    def _same(self, low: Path, high: Path, to: Path) -> Value:
        """What both trees must say alike; a field may become required."""
        required = high[-1] == "required" and self.above.at(high) == "true" and not self._says_something_empty(low[:-1])
        if self.below.at(low) != self.above.at(high) and not required:
            self._changed(low, high)
            return self._copy(self.below, low, to)
        return self._copy(self.above, high, to)

    def _says_something_empty(self, field: Path) -> bool:
        """Whether an empty cell of a field is no missing value to the rules below: it refers to nothing, or is open-ended."""
        record = keys_of(self.below.at(field[:2]))
        ends = keys_of(record.get("lifespan")).values()
        return self.strict and (not {"ref", "list"}.isdisjoint(keys_of(self.below.at(field))) or field[-1] in ends)

    def _entries(self, low: Path, high: Path, to: Path) -> Value:
        """Two mappings, key by key."""
        lower, upper = self.below.at(low), self.above.at(high)
        if lower is None and self.strict and to[2:3] == ("fields",) and isinstance(upper, dict):
            lower = {}  # A field without keys is declared, and rules may read it.
        if not isinstance(lower, dict):
            return self._copy(self.above, high, to)
        if not isinstance(upper, dict):
            return self._copy(self.below if upper is None else self.above, low if upper is None else high, to)
        found: dict[str, Value] = {}
        for key in dict.fromkeys((*lower, *upper)):
            if key not in upper:
                found[key] = self._copy(self.below, (*low, key), (*to, key))
            elif key in lower:
                found[key] = self._join((*low, key), (*high, key), (*to, key))
            else:
                if not self._may_add((*to, key), low):
                    self._added((*low, key), (*high, key))
                    continue
                found[key] = self._copy(self.above, (*high, key), (*to, key))
        return found

    def _may_add(self, path: Path, low: Path) -> bool:
        """Whether the upper tree may give that key to what the lower one declares, there."""
        match path:
            case ("records", _, "fields", _, "required") if self._says_something_empty(low):
                return False
            case ("records", _, "fields", _, str(key)):
                return key in _OPEN_FIELD_KEYS or (not self.strict and key != "type")
            case ("records", _, str(key)):
                return key in {"title", "headers", "label"} or not self.strict
            case ("terms", _, str(key)):
                return key == "title"
            case _:
                return True

    def _text(self, low: Path, high: Path, to: Path) -> Value:
        """Two texts: of each language the upper one, where it has one."""
        lower, upper = self._spoken(low, to), self._copy(self.above, high, to)
        found: dict[str, Value] = {}
        for tree, at, value in ((self.below, low, lower), (self.above, high, upper)):
            if isinstance(value, dict):
                found |= value
            else:
                found[self.languages[0]] = value
                self._place(tree, at, (*to, self.languages[0]))
        return found

    def _spoken(self, at: Path, to: Path) -> Value:
        """A text of the lower tree in the languages of the upper one; plain where it has none of these."""
        value, layer = self.below.at(at), self.below.layer(at)
        if isinstance(value, str) and layer is not None and layer.languages[0] in self.languages[1:]:
            self._place(self.below, at, (*to, layer.languages[0]))
            return {layer.languages[0]: value}
        if not isinstance(value, dict):
            return value
        spoken: dict[str, Value] = {language: text for language, text in value.items() if language in self.languages}
        for language in spoken:
            self._place(self.below, (*at, language), (*to, language))
        return spoken or next(iter(value.values()), None)

    def _union(self, low: Path, high: Path, to: Path) -> Value:
        """Two lists of texts: what the lower one has, then what is new. A single text is a list of one."""
        found: list[Value] = []
        for tree, at in ((self.below, low), (self.above, high)):
            value = tree.at(at)
            parts = [(*at, index) for index in range(len(value))] if isinstance(value, list) else [at]
            for part in parts:
                if tree.at(part) not in found:
                    found.append(self._copy(tree, part, (*to, len(found))))
        return found

    def _enum(self, low: Path, high: Path, to: Path) -> Value:
        """Two enumerations: all values, each with the synonyms of both."""
        found: dict[str, Value] = {}
        for tree, at in ((self.below, low), (self.above, high)):
            value = tree.at(at)
            if not isinstance(value, dict | list):
                return self._copy(self.above, high, to)
            for index, word in enumerate(value):
                part: Path = (*at, index) if isinstance(value, list) else (*at, word if isinstance(word, str) else index)
                if not isinstance(word, str):
                    return self._copy(self.above, high, to)
                into = (*to, word)
                self._place(tree, part, into)
                synonyms = tree.at(part) if isinstance(value, dict) else None
                present = found.get(word)
                known = present if isinstance(present, list) else []
                new = [each for each in synonyms if each not in known] if isinstance(synonyms, list) else []
                found[word] = [*known, *new]
        return found

    def _values(self, low: Path, high: Path, to: Path) -> Value:
        """Two parameters: from the first day of the upper one on its values hold, before it those of the lower one."""
        lower, upper = self.below.at(low), self.above.at(high)
        since = begins(upper)
        if since is None or not isinstance(upper, list):
            return self._copy(self.above, high, to)
        found: list[Value] = []
        if isinstance(lower, str):
            self._place(self.below, low, (*to, 0))
            self._place(self.below, low, (*to, 0, "value"))
            found.append({"value": lower})
        for index, entry in enumerate(lower if isinstance(lower, list) else ()):
            if (first_day_of(entry) or "") < since:
                found.append(self._copy(self.below, (*low, index), (*to, len(found))))
        for index in range(len(upper)):
            found.append(self._copy(self.above, (*high, index), (*to, len(found))))
        return found

    # -- rules, exceptions, standings -------------------------------------------------------------------------------------

    def _rules(self, section: str) -> Value:
        """All rules of the lower tree, as the upper one amends or replaces them, then the new ones."""
        again = self._again(section)
        found: list[Value] = []
        for index, rule in enumerate(self._items(self.below, section)):
            low, to = (section, index), (section, index)
            high = again.pop(id_of(rule), None)
            if high is None:
                found.append(self._copy(self.below, low, to))
            elif id_of(rule) in self.overrides:
                found.append(self._copy(self.above, high, to))
            else:
                found.append(self._amended(low, high, to))
        return self._with_new(section, found)

    def _amended(self, low: Path, high: Path, to: Path) -> Value:
        """A rule of the lower tree with what the upper one says again of it."""
        self._place(self.above, high, to)
        rule: dict[str, Value] = {}
        lower, upper = self.below.at(low), self.above.at(high)
        for key in dict.fromkeys((*keys_of(lower), *keys_of(upper))):
            below, above, into = (*low, key), (*high, key), (*to, key)
            if key not in keys_of(upper):
                rule[key] = self._copy(self.below, below, into)
            elif key not in keys_of(lower):
                rule[key] = self._copy(self.above, above, into)
            elif key in TEXTS:
                self._place(self.above, above, into)
                rule[key] = self._text(below, above, into)
            elif key == "cites":
                self._place(self.above, above, into)
                rule[key] = self._union(below, above, into)
            elif key == "require":
                rule[key] = self._requirement(below, above, into)
            else:
                rule[key] = self._copy(self.above, above, into)
        return rule

    def _requirement(self, low: Path, high: Path, to: Path) -> Value:
        """A requirement with some of its keys said again: a bound takes the place of those on its side."""
        lower, upper = keys_of(self.below.at(low)), keys_of(self.above.at(high))
        if len(lower) != 1 or tuple(lower) != tuple(upper):
            return self._copy(self.above, high, to)
        (form,) = lower
        low, high, inner = (*low, form), (*high, form), (*to, form)
        said, old = keys_of(self.above.at(high)), keys_of(self.below.at(low))
        if not said or not old:
            return self._copy(self.above, high[:-1], to)
        for path, at in ((to, high[:-1]), (inner, high)):
            self._place(self.above, at, path)
        covered = [side for side in (LOWER, UPPER) if side & set(said)]
        kept = [key for key in old if key not in said and not any(key in side for side in covered)]
        keys = {key: self._copy(self.below, (*low, key), (*inner, key)) for key in kept}
        keys |= {key: self._copy(self.above, (*high, key), (*inner, key)) for key in said}
        return {form: keys}

    def _entitled(self, section: str) -> Value:
        """All exceptions, or indicators, of both; of one of the lower tree the upper one may say the title."""
        found = [self._retitled(section, index) for index in range(len(self._items(self.below, section)))]
        return self._with_new(section, found)

    def _standings(self, section: str) -> Value:
        """The standings of the lower tree, and new ones for the bodies that fell to its last; or those of the upper tree."""
        if STANDINGS in self.overrides:
            return self._copy(self.above, (section,), (section,))
        items = self._items(self.below, section)
        last = len(items) - 1
        falls = bool(items) and "when" not in keys_of(items[last])
        first = [self._retitled(section, index) for index in range(last if falls else len(items))]
        found = self._with_new(section, first)
        if falls and isinstance(found, list):
            found.append(self._retitled(section, last, to=(section, len(found))))
        return found

    def _retitled(self, section: str, index: int, to: Path | None = None) -> Value:
        """An entry of the lower tree, with the upper tree's titles."""
        low: Path = (section, index)
        to = to or low
        entry = self._copy(self.below, low, to)
        high = self._again(section).get(id_of(entry))
        if high is None or not isinstance(entry, dict):
            return entry
        for key, value in keys_of(self.above.at(high)).items():
            if key == "title" and key in entry:
                self._place(self.above, (*high, key), (*to, key))
                entry[key] = self._text((*low, key), (*high, key), (*to, key))
            elif key == "title":
                entry[key] = self._copy(self.above, (*high, key), (*to, key))
            elif entry.get(key) != value:
                self._changed((*low, key), (*high, key))
        return entry

    def _again(self, section: str) -> dict[str, Path]:
        """Where the upper tree says entries of the lower one again; of two, the first."""
        known = {id_of(entry) for entry in self._items(self.below, section)}
        found: dict[str, Path] = {}
        for index, entry in enumerate(self._items(self.above, section)):
            if (name := id_of(entry)) in known and name:
                found.setdefault(name, (section, index))
        return found

    def _with_new(self, section: str, found: list[Value]) -> Value:
        """The entries found so far and those of the upper tree that are no repetition; the section's place is that tree's."""
        self._place(self.above, (section,), (section,))
        again = set(self._again(section).values())
        items = self.above.value.get(section)
        if not isinstance(items, list | None):
            return self._copy(self.above, (section,), (section,))
        for index in range(len(items or ())):
            if (section, index) not in again:
                found.append(self._copy(self.above, (section, index), (section, len(found))))
        return found

    @staticmethod
    def _items(tree: Merged, section: str) -> list[Value]:
        items = tree.value.get(section)
        return items if isinstance(items, list) else []

    # -- problems ---------------------------------------------------------------------------------------------------------

    def _changed(self, low: Path, high: Path) -> None:
        """Notes something that is said again, and otherwise."""
        layer, there = self._whose(low)
        key = "layer-changed-library" if layer.library else "layer-changed-rulebook"
        wrong = message(key, key=high[-1], layer=layer.name, there=there)
        fix = message("layer-changed-fix")
        self.problems.append(self.above.problem(high, "changed", wrong, fix))

    def _added(self, low: Path, high: Path) -> None:
        """Notes a key that would change what the lower tree declares."""
        layer, there = self._whose(low[:-1])
        name = next((step for step in reversed(low[:-1]) if isinstance(step, str) and step != "fields"), "")
        key = "layer-added-library" if layer.library else "layer-added-rulebook"
        wrong = message(key, key=high[-1], name=name, layer=layer.name, there=there)
        fix = message("layer-added-fix")
        self.problems.append(self.above.problem(high, "changed", wrong, fix))

    def _unsaid(self, key: str) -> None:
        """Notes a key of the top level that would change what the rules of the lower tree mean."""
        name = next(layer.name for layer in self.below.inherited.values() if not layer.library)
        wrong = message("layer-unsaid", key=key, name=name)
        self.problems.append(self.above.problem((key,), "changed", wrong, message("remove-it")))

    def _whose(self, low: Path) -> tuple[Layer, Place]:
        while low and low not in self.below.keys:
            low = low[:-1]
        place = self.below.keys[low]
        return self.below.inherited[place.file], place
