"""Resolves `standings:` and their conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.errors import nearest
from checker.model.law import All, Any, Attribute, Condition, Not, Tally
from checker.model.words import Severity, Verdict
from checker.rules.laws import rule_ids, unique
from checker.rules.rulebook import StandingRule, Written
from checker.rules.written import FindingsEntry, StandingEntry

if TYPE_CHECKING:
    from checker.model.schema import Record
    from checker.rules.reader import Reader
    from checker.rules.terms import Names
    from checker.yaml_tree import Path, Value

_TALLIES = {"violated": Verdict.VIOLATED, "undetermined": Verdict.UNDETERMINED}
_KINDS = (*_TALLIES, "subject", "all", "any", "not")
_KEYS = (*_KINDS, "at_least")
_UNDETERMINED = "undetermined"


def standings(reader: Reader, names: Names, body: Record | None) -> tuple[StandingRule, ...]:
    """The standings, in their order. A standing without `when` is for all that no other matched."""
    found = []
    taken: dict[str, Path] = {}
    entries = reader.items("standings")
    if entries and body is None and not reader.broken:
        mend = "Say 'body: <record>', or give one record a 'parent'."
        reader.report(("standings",), "no-body", "standings are concluded for bodies, and no record is the body", mend)
    known = (*rule_ids(reader), *_integrity_rules(names))
    for index, value in enumerate(entries):
        path = ("standings", index)
        entry = reader.validate(StandingEntry, path, value)
        unique(reader, path, value, taken)
        if entry is None:
            continue
        if entry.id == _UNDETERMINED:
            what = f"'{entry.id}' is what bodies are called whose standing the data cannot tell"
            reader.report((*path, "id"), "bad-name", what, "Give the standing another id.")
        conditions = _Conditions(reader, names, body, entry.id, known)
        condition: Condition = All(())
        if "when" in entry.model_fields_set:
            condition = conditions.read((*path, "when")) or condition
        elif index < len(entries) - 1:
            what = f"'{entry.id}' has no 'when', so the standings after it are never reached"
            reader.report(path, "unreachable", what, "Give it a 'when', or put it last.")
        title = reader.text((*path, "title"), entry.title, entry.id)
        found.append(StandingRule(entry.id, title, condition, tuple(conditions.attributes), path))
    return tuple(found)


def _integrity_rules(names: Names) -> list[str]:
    """The ids of the rules that follow from the records (docs/meaning.md, section 8)."""
    found = []
    for record in names.records.values():
        for each in record.fields if record.roll_call is None else ():
            kinds = ["allowed"]
            kinds += ["required"] if each.required else []
            kinds += ["reference"] if each.ref else []
            kinds += ["unique"] if each.name == record.key else []
            kinds += ["acyclic"] if each.name == record.parent else []
            found += [f"records/{record.name}/{each.name}/{kind}" for kind in kinds]
        found += [f"records/{record.name}/{'+'.join(fields)}/unique" for fields in record.unique]
    return found


@dataclass(slots=True)
class _Conditions:
    """Reads the condition of one standing, and gathers its predicates over the body."""

    reader: Reader
    names: Names
    body: Record | None
    standing: str
    rules: tuple[str, ...]
    attributes: list[tuple[str, Written]] = field(default_factory=list)

    def read(self, path: Path) -> Condition | None:
        """The condition at that path; None, with the problem noted, if there is none."""
        value = self.reader.tree.at(path)
        if not isinstance(value, dict):
            mend = f"Write a mapping with one of: {', '.join(_KINDS)}."
            self.reader.report(path, "bad-condition", "a condition is missing here", mend)
            return None
        kind = self._kind(path, value)
        if kind is None:
            return None
        where, inner = (*path, kind), value[kind]
        if kind in _TALLIES:
            return self._tally(where, inner, _TALLIES[kind], self._at_least(path, value))
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
                what, mend = f"'{key}' is not a condition", f"Conditions are: {', '.join(_KEYS)}."
                self.reader.report_key((*path, key), "unknown-key", what, mend, instead=nearest(key, _KEYS))
                return None
        kinds = [key for key in value if key in _KINDS]
        if len(kinds) != 1:
            what = f"a condition has exactly one of {', '.join(_KINDS)}; this has {len(kinds)}"
            where = (*path, kinds[1]) if kinds[1:] else path
            self.reader.report_key(where, "bad-condition", what, "Join several with 'all: [ … ]' or 'any: [ … ]'.")
            return None
        if "at_least" in value and kinds[0] not in _TALLIES:
            what = f"'at_least' counts findings, and '{kinds[0]}' counts none"
            mend = "Write it beside 'violated' or 'undetermined'."
            self.reader.report_key((*path, "at_least"), "unknown-key", what, mend)
        return kinds[0]

    def _at_least(self, path: Path, value: dict[str, Value]) -> int:
        text = value.get("at_least", "1")
        if isinstance(text, str) and re.fullmatch(r"[1-9]\d{0,8}", text):
            return int(text)
        mend = "Write how many findings there are at least: 1, 2, 3 …"
        self.reader.report((*path, "at_least"), "bad-number", "'at_least' should be an integer above 0", mend)
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
            if name not in self.rules and not any(broken[0] in {"records", "rules"} for broken in self.reader.broken):
                self.reader.unknown(where, f"'{name}' is not a rule", name, self.rules, "Rules")
        return Tally(verdict, tuple(severities), entry.rule or (), at_least)

    def _attribute(self, path: Path, value: Value) -> Condition | None:
        if not isinstance(value, str):
            mend = "Write a predicate over the body."
            self.reader.report(path, "wrong-type", "'subject' should be a predicate", mend)
            return None
        self.names.check_expression(self.reader, path, value, self.body)
        key = f"{self.standing}.{len(self.attributes) + 1}"
        self.attributes.append((key, Written(value, path)))
        return Attribute(key)
