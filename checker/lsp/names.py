"""What has a name in a rulebook, where the name is given, and where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from checker.model.blanks import fold
from checker.rules.derivations import columns_written
from checker.rules.entries import id_of, keys_of

if TYPE_CHECKING:
    from checker.errors import Place
    from checker.rules.merged import Merged

_OF_ROLL_CALLS = ("who", "occasion", "date", "present")


class Kind(StrEnum):
    """What has a name."""

    RECORD = "record"
    FIELD = "field"
    TERM = "term"
    PARAMETER = "parameter"
    SOURCE = "source"
    RULE = "rule"
    EXCEPTION = "exception"
    STANDING = "standing"


class Name(NamedTuple):
    """Something that has a name; a field has it in its record."""

    kind: Kind
    name: str
    record: str = ""


class Use(NamedTuple):
    """Where a name is written: so many characters from a place on. `defines` is whether it is given there."""

    name: Name
    place: Place
    length: int
    defines: bool = False


@dataclass(frozen=True, slots=True)
class Declared:
    """What a tree declares, as it is written, be the rest of it right or wrong."""

    tree: Merged
    _known: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def names(self, section: str) -> tuple[str, ...]:
        """The names that a section gives: the keys of a mapping, the ids of a list."""
        return tuple(self._names(section).values())

    def called(self, text: str, kinds: tuple[Kind, ...], record: str | None = None) -> Name | None:
        """What has that name, of those kinds; None where nothing has."""
        for kind in kinds:
            of_field = kind is Kind.FIELD
            known = self._fields(record or "") if of_field else self._names(f"{kind}s")
            name = known.get(fold(text) if kind in {Kind.RECORD, Kind.FIELD} else text)
            if name is not None:
                return Name(kind, name, (record or "") if of_field else "")
        return None

    def fields(self, record: str | None) -> tuple[str, ...]:
        """The fields of a record, those of a roll call too."""
        return tuple(self._fields(record or "").values())

    def target(self, record: str | None, name: str) -> str | None:
        """The record to which a field refers, if it does."""
        if record is None:
            return None
        entry = keys_of(self.tree.at(("records", record)))
        roll = keys_of(entry.get("roll_call"))
        ref = roll.get(name) if roll else keys_of(keys_of(entry.get("fields")).get(name)).get("ref")
        return ref if isinstance(ref, str) and ref in keys_of(self.tree.value.get("records")) else None

    def record_of(self, selection: object) -> str | None:
        """The record that a record or term selects from in the end."""
        seen = set[object]()
        while isinstance(selection, str) and selection not in seen:
            seen.add(selection)
            if selection in keys_of(self.tree.value.get("records")):
                return selection
            selection = keys_of(self.tree.at(("terms", selection))).get("of")
        return None

    def body(self) -> str | None:
        """The record whose rows are the bodies: the one named, else the only one that is a tree."""
        named = self.tree.value.get("body")
        if isinstance(named, str):
            return self.record_of(named)
        trees = [name for name, entry in keys_of(self.tree.value.get("records")).items() if "parent" in keys_of(entry)]
        return trees[0] if len(trees) == 1 else None

    def subject_of(self, rule: object) -> str | None:
        """The record that a rule is about."""
        rules = self.tree.value.get("rules")
        found = (keys_of(each).get("for") for each in (rules if isinstance(rules, list) else ()) if id_of(each) == rule)
        return self.record_of(next(found, None))

    def _names(self, section: str) -> Mapping[str, str]:
        """The names of a section, by what they are found by: of records case and signs between words do not matter."""
        if section not in self._known:
            value = self.tree.value.get(section)
            given = [id_of(each) for each in value] if isinstance(value, list) else list(keys_of(value))
            self._known[section] = {fold(name) if section == "records" else name: name for name in given if name}
        return self._known[section]

    def _fields(self, record: str) -> Mapping[str, str]:
        key = f"{Kind.FIELD} {record}"
        if key not in self._known:
            entry = keys_of(self.tree.at(("records", record)))
            derive = keys_of(entry.get("derive"))
            given = _OF_ROLL_CALLS if "roll_call" in entry else tuple(keys_of(entry.get("fields")))
            if derive:
                given = ("id", "date", *columns_written(derive.get("key")))
            self._known[key] = {fold(name): name for name in given}
        return self._known[key]
