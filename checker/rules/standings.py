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
from checker.words.message import message

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
        fix = message("standing-no-body-fix")
        reader.report(("standings",), "no-body", message("standing-no-body"), fix)
    known = (*rule_ids(reader), *_integrity_rules(names))
    ids = tuple(name for value in entries if isinstance(value, dict) and isinstance(name := value.get("id"), str))
    for index, value in enumerate(entries):
        path = ("standings", index)
        entry = reader.validate(StandingEntry, path, value)
        unique(reader, path, value, taken)
        if entry is None:
            continue
        if entry.id == _UNDETERMINED:
            wrong = message("standing-undetermined", name=entry.id)
            reader.report((*path, "id"), "bad-name", wrong, message("standing-undetermined-fix"))
        conditions = _Conditions(reader, names, body, entry.id, known, ids)
        condition: Condition = All(())
        if "when" in entry.model_fields_set:
            condition = conditions.read((*path, "when")) or condition
        elif index < len(entries) - 1:
            wrong = message("standing-unreachable", name=entry.id)
            reader.report(path, "unreachable", wrong, message("standing-unreachable-fix"))
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
                IntegrityKind.REFERENCE: each.refers_to is not None,
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
            fix = message("condition-missing-fix", known=", ".join(_KINDS))
            self.reader.report(path, "bad-condition", message("condition-missing"), fix)
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
            self.reader.report(
                where, "bad-condition", message("condition-no-list", kind=kind), message("condition-no-list-fix", kind=kind)
            )
            return None
        parts = tuple(part for index in range(len(inner)) if (part := self.read((*where, index))) is not None)
        return All(parts) if kind == "all" else Any(parts)

    def _kind(self, path: Path, value: dict[str, Value]) -> str | None:
        for key in value:
            if key not in _KEYS:
                wrong, fix = (
                    message("standing-condition-unknown", key=key),
                    message("condition-unknown-fix", known=", ".join(_KEYS)),
                )
                self.reader.report_key((*path, key), "unknown-key", wrong, fix, instead=nearest(key, _KEYS))
                return None
        kinds = [key for key in value if key in _KINDS]
        if len(kinds) != 1:
            wrong = message("condition-several", known=", ".join(_KINDS), n=len(kinds))
            where = (*path, kinds[1]) if kinds[1:] else path
            self.reader.report_key(where, "bad-condition", wrong, message("condition-several-fix"))
            return None
        counted = ("at_least",) if kinds[0] in _TALLIES else _BOUNDS if kinds[0] in _KIN else ()
        for bound in _BOUNDS:
            if bound in value and bound not in counted:
                wrong = message("condition-bound", bound=bound, kind=kinds[0])
                fix = message("condition-bound-fix")
                self.reader.report_key((*path, bound), "unknown-key", wrong, fix)
        return kinds[0]

    def _kin(self, path: Path, value: dict[str, Value], relation: str) -> Condition | None:
        where = (*path, relation)
        entry = self.reader.validate(KinEntry, where, value[relation])
        if self.body is not None and self.body.parent is None:
            wrong = message("condition-no-tree", relation=relation, name=self.body.name)
            self.reader.report_key(where, "no-tree", wrong, message("condition-no-tree-fix"))
        for name in entry.standing if entry is not None else ():
            if name not in self.standings:
                self.reader.unknown(
                    (*where, "standing"), message("not-a-standing", name=name), name, self.standings, message("known-standings")
                )
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
        fix = message("condition-share-fix")
        self.reader.report(path, "bad-number", message("condition-share", bound=bound), fix)
        return None

    def _at_least(self, path: Path, value: dict[str, Value]) -> int:
        text = value.get("at_least", "1")
        if isinstance(text, str) and re.fullmatch(r"[1-9][0-9]{0,8}", text):
            return int(text)
        fix = message("condition-count-fix")
        self.reader.report((*path, "at_least"), "bad-number", message("condition-count"), fix)
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
                self.reader.unknown(
                    where, message("not-a-severity", name=name), name, tuple(Severity), message("known-severities")
                )
        for where, name in self.reader.each((*path, "rule"), entry.rule or ()):
            if name not in self.rules and not self._unsure(name):
                self.reader.unknown(where, message("not-a-rule", name=name), name, self.rules, message("known-rules"))
        if entry.repeated and verdict is not Verdict.VIOLATED:
            wrong = message("condition-repeated")
            self.reader.report_key((*path, "repeated"), "unknown-key", wrong, message("condition-repeated-fix"))
        return Tally(verdict, tuple(severities), entry.rule or (), at_least, entry.repeated)

    def _unsure(self, rule: str) -> bool:
        """Whether a rule of that name may be one that could not be read."""
        if is_integrity_id(rule):
            return any(broken[0] == "records" for broken in self.reader.broken)
        unnamed = any(not id_of(value) for value in self.reader.items("rules"))
        return self.reader.unsure("rules") or unnamed

    def _attribute(self, path: Path, value: Value) -> Condition | None:
        if not isinstance(value, str):
            fix = message("condition-predicate-fix")
            self.reader.report(path, "wrong-type", message("condition-predicate"), fix)
            return None
        self.names.check_expression(self.reader, path, value, self.body)
        key = f"{self.standing}.{len(self.attributes) + 1}"
        self.attributes.append((key, Written(value, path)))
        return Attribute(key)
