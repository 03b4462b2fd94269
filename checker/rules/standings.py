"""Resolves `standings:` and their conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from checker.errors import nearest
from checker.model.integrity import IntegrityId, IntegrityKind, is_integrity_id
from checker.model.law import All, Any, Attribute, Condition, Kin, Not, Tally
from checker.model.words import Severity, Verdict
from checker.rules.bounds import read_number
from checker.rules.entries import id_of
from checker.rules.laws import rule_ids, unique
from checker.rules.rulebook import StandingRule, Written
from checker.rules.written import FindingsEntry, KinEntry, StandingEntry

if TYPE_CHECKING:
    from checker.model.schema import Record
    from checker.rules.reader import Reader
    from checker.rules.terms import Names
    from checker.yaml_tree import Path, Value

_TALLIES = {"violated": Verdict.VIOLATED, "undetermined": Verdict.UNDETERMINED}
_KIN = ("children", "descendants")
_KINDS = (*_TALLIES, *_KIN, "subject", "all", "any", "not")
_LOWER, _UPPER = ("at_least", "more_than"), ("at_most", "less_than")
_BOUNDS = (*_LOWER, *_UPPER)
_KEYS = (*_KINDS, *_BOUNDS)
_UNDETERMINED = "undetermined"


def standings(reader: Reader, names: Names, body: Record | None) -> tuple[StandingRule, ...]:
    """The standings, in their order. A standing without `when` is for all that no other matched."""
    found = []
    taken: dict[str, Path] = {}
    entries = reader.items("standings")
    if entries and body is None and not reader.broken:
        fix = "Say 'body: <record>', or give one record a 'parent'."
        reader.report(("standings",), "no-body", "standings are concluded for bodies, and no record is the body", fix)
    known = (*rule_ids(reader), *_integrity_rules(names))
    ids = tuple(name for value in entries if isinstance(value, dict) and isinstance(name := value.get("id"), str))
    for index, value in enumerate(entries):
        path = ("standings", index)
        entry = reader.validate(StandingEntry, path, value)
        unique(reader, path, value, taken)
        if entry is None:
            continue
        if entry.id == _UNDETERMINED:
            message = f"'{entry.id}' is what bodies are called whose standing the data cannot tell"
            reader.report((*path, "id"), "bad-name", message, "Give the standing another id.")
        conditions = _Conditions(reader, names, body, entry.id, known, ids)
        condition: Condition = All(())
        if "when" in entry.model_fields_set:
            condition = conditions.read((*path, "when")) or condition
        elif index < len(entries) - 1:
            message = f"'{entry.id}' has no 'when', so the standings after it are never reached"
            reader.report(path, "unreachable", message, "Give it a 'when', or put it last.")
        title = reader.text((*path, "title"), entry.title, entry.id)
        found.append(StandingRule(entry.id, title, condition, tuple(conditions.attributes), path))
    return tuple(found)


def _integrity_rules(names: Names) -> list[str]:
    """The ids of the rules that follow from the records (docs/meaning.md, section 8)."""
    found = list[IntegrityId]()
    for record in names.records.values():
        for each in record.fields if not record.made else ():
            kinds = {
                IntegrityKind.ALLOWED: True,
                IntegrityKind.REQUIRED: each.required,
                IntegrityKind.LIFESPAN: each.name == record.ends and record.begins is not None,
                IntegrityKind.REFERENCE: each.ref is not None,
                IntegrityKind.UNIQUE: each.name == record.key,
                IntegrityKind.ACYCLIC: each.name == record.parent,
            }
            found += [IntegrityId(record.name, (each.name,), kind) for kind, there in kinds.items() if there]
        found += [IntegrityId(record.name, fields, IntegrityKind.UNIQUE) for fields in record.unique]
    return list(map(str, found))


@dataclass(slots=True)
class _Conditions:
    """Reads the condition of one standing, and gathers its predicates over the body."""

    reader: Reader
    names: Names
    body: Record | None
    standing: str
    rules: tuple[str, ...]
    standings: tuple[str, ...]
    kin: int = 0
    attributes: list[tuple[str, Written]] = field(default_factory=list)

    def read(self, path: Path) -> Condition | None:
        """The condition at that path; None, with the problem noted, if there is none."""
        value = self.reader.tree.at(path)
        if not isinstance(value, dict):
            fix = f"Write a mapping with one of: {', '.join(_KINDS)}."
            self.reader.report(path, "bad-condition", "a condition is missing here", fix)
            return None
        kind = self._kind(path, value)
        return None if kind is None else self._read(path, value, kind)

    def _read(self, path: Path, value: dict[str, Value], kind: str) -> Condition | None:
        where, inner = (*path, kind), value[kind]
        if kind in _TALLIES:
            return self._tally(where, inner, _TALLIES[kind], self._at_least(path, value))
        if kind in _KIN:
            return self._kin(path, value, kind)
        if kind == "subject":
            return self._attribute(where, inner)
        if kind == "not":
            return Not(part) if (part := self.read(where)) is not None else None
        return self._several(where, inner, kind)

    def _several(self, where: Path, inner: Value, kind: str) -> Condition | None:
        if not isinstance(inner, list) or not inner:
            self.reader.report(where, "bad-condition", f"'{kind}' should be a list of conditions", f"Write '{kind}: [ … ]'.")
            return None
        parts = tuple(part for index in range(len(inner)) if (part := self.read((*where, index))) is not None)
        return All(parts) if kind == "all" else Any(parts)

    def _kind(self, path: Path, value: dict[str, Value]) -> str | None:
        for key in value:
            if key not in _KEYS:
                message, fix = f"'{key}' is not a condition", f"Conditions are: {', '.join(_KEYS)}."
                self.reader.report_key((*path, key), "unknown-key", message, fix, instead=nearest(key, _KEYS))
                return None
        kinds = [key for key in value if key in _KINDS]
        if len(kinds) != 1:
            message = f"a condition has exactly one of {', '.join(_KINDS)}; this has {len(kinds)}"
            where = (*path, kinds[1]) if kinds[1:] else path
            self.reader.report_key(where, "bad-condition", message, "Join several with 'all: [ … ]' or 'any: [ … ]'.")
            return None
        counted = ("at_least",) if kinds[0] in _TALLIES else _BOUNDS if kinds[0] in _KIN else ()
        for bound in _BOUNDS:
            if bound in value and bound not in counted:
                message = f"'{bound}' does not go with '{kinds[0]}'"
                fix = "Write 'at_least' beside 'violated' or 'undetermined', and any bound beside 'children' or 'descendants'."
                self.reader.report_key((*path, bound), "unknown-key", message, fix)
        return kinds[0]

    def _kin(self, path: Path, value: dict[str, Value], relation: str) -> Condition | None:
        where = (*path, relation)
        entry = self.reader.validate(KinEntry, where, value[relation])
        if self.body is not None and self.body.parent is None:
            message = f"'{relation}' are the bodies below, and '{self.body.name}' has no 'parent'"
            self.reader.report_key(where, "no-tree", message, "Name the field that refers to the body above: 'parent: …'.")
        for name in entry.standing if entry is not None else ():
            if name not in self.standings:
                self.reader.unknown((*where, "standing"), f"'{name}' is not a standing", name, self.standings, "Standings")
        if entry is None:
            return None
        parts: list[Condition] = []
        for bound in [key for key in _BOUNDS if key in value] or ["at_least"]:
            limit = self._limit((*path, bound), value.get(bound, "1"), bound)
            if limit is None:
                continue
            # The upper bounds are the lower ones that do not hold: of no bodies at all, none is too many.
            strict = bound in {"more_than", "at_most"}
            share = limit if isinstance(limit, Fraction) else None
            least = limit + strict if isinstance(limit, int) else 1
            self.kin += 1
            key = f"{self.standing}.{relation}.{self.kin}"
            kin = Kin(key, relation, entry.standing, least, share, strict=strict and share is not None)
            parts.append(Not(kin) if bound in _UPPER else kin)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _limit(self, path: Path, text: Value, bound: str) -> int | Fraction | None:
        """A number of bodies, or a share of them; None, with the problem noted, if it is neither."""
        if isinstance(text, str) and re.fullmatch(r"[0-9]{1,9}", text):
            return int(text)
        share = read_number(text) if isinstance(text, str) and set(text) & set("%/") else None
        least, most = (0, 1) if bound in {"more_than", "at_most"} else (Fraction(1, 10**9), 1)
        if share is not None and least <= share <= most:
            return share
        fix = "Write a number of bodies, such as 3, or a share of them, such as 20% or 1/5."
        self.reader.report(path, "bad-number", f"'{bound}' should be a number or a share of bodies", fix)
        return None

    def _at_least(self, path: Path, value: dict[str, Value]) -> int:
        text = value.get("at_least", "1")
        if isinstance(text, str) and re.fullmatch(r"[1-9][0-9]{0,8}", text):
            return int(text)
        fix = "Write how many findings there are at least: 1, 2, 3 …"
        self.reader.report((*path, "at_least"), "bad-number", "'at_least' should be an integer above 0", fix)
        return 1

    def _tally(self, path: Path, value: Value, verdict: Verdict, at_least: int) -> Condition | None:
        entry = self.reader.validate(FindingsEntry, path, value)
        if entry is None:
            return None
        severities = []
        for where, name in self.reader.each((*path, "severity"), entry.severity or ()):
            if name in set(Severity):
                severities.append(Severity(name))
            else:
                self.reader.unknown(where, f"'{name}' is not a severity", name, tuple(Severity), "Severities")
        for where, name in self.reader.each((*path, "rule"), entry.rule or ()):
            if name not in self.rules and not self._unsure(name):
                self.reader.unknown(where, f"'{name}' is not a rule", name, self.rules, "Rules")
        if entry.repeated and verdict is not Verdict.VIOLATED:
            message = "'repeated' does not go with 'undetermined': what may be a violation cannot have been one before"
            self.reader.report_key((*path, "repeated"), "unknown-key", message, "Ask for 'violated: {repeated: true}'.")
        return Tally(verdict, tuple(severities), entry.rule or (), at_least, entry.repeated)

    def _unsure(self, rule: str) -> bool:
        """Whether a rule of that name may be one that could not be read."""
        if is_integrity_id(rule):
            return any(broken[0] == "records" for broken in self.reader.broken)
        unnamed = any(not id_of(value) for value in self.reader.items("rules"))
        return self.reader.unsure("rules") or unnamed

    def _attribute(self, path: Path, value: Value) -> Condition | None:
        if not isinstance(value, str):
            fix = "Write a predicate over the body."
            self.reader.report(path, "wrong-type", "'subject' should be a predicate", fix)
            return None
        self.names.check_expression(self.reader, path, value, self.body)
        key = f"{self.standing}.{len(self.attributes) + 1}"
        self.attributes.append((key, Written(value, path)))
        return Attribute(key)
