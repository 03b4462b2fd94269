"""Checks what rules require of one another: that those rules exist, are about the same record, and do not go in a circle."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from checker.model.integrity import is_integrity_id
from checker.rules.laws import rule_ids
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.rules.reader import Reader
    from checker.rules.rulebook import Rule
    from checker.rules.terms import Names
    from checker.yaml_tree import Path


def check_required(reader: Reader, names: Names, rules: tuple[Rule, ...]) -> None:
    """Notes what is wrong with the rules that rules require."""
    by_id = {rule.id: rule for rule in rules}
    known = rule_ids(reader)
    for rule in rules:
        for name, _ in rule.requires:
            _check(reader, names, rule, name, by_id, known)
    on_circle: set[str] = set()
    for rule in rules:
        chain = _circle(rule.id, by_id)
        if chain and rule.id not in on_circle:
            on_circle.update(chain)
            way = " → ".join(f"'{name}'" for name in chain)
            fix = message("requires-cycle-fix")
            reader.report((*rule.path, "requires"), "requires-cycle", message("requires-cycle", way=way), fix)


def _check(reader: Reader, names: Names, rule: Rule, name: str, by_id: Mapping[str, Rule], known: tuple[str, ...]) -> None:
    path = _place(reader, rule, name)
    if is_integrity_id(name):
        wrong = message("requires-integrity", name=name)
        reader.report(path, "integrity-rule", wrong, message("requires-integrity-fix"))
    elif name not in known:
        reader.unknown(path, message("not-a-rule", name=name), name, known, message("known-rules"))
    elif name in by_id:
        own, other = names.record_of(rule.subject), names.record_of(by_id[name].subject)
        if own is not None and other is not None and own.name != other.name:
            wrong = message("requires-other-record", name=name, its=other.name, rule=rule.id, own=own.name)
            reader.report(path, "requires-other-record", wrong, message("requires-other-record-fix"))


def _place(reader: Reader, rule: Rule, name: str) -> Path:
    """Where a rule names the one that it requires."""
    path = (*rule.path, "requires")
    value = reader.tree.at(path)
    if isinstance(value, list) and name in value:
        return (*path, value.index(name))
    return (*path, name) if isinstance(value, dict) and name in value else path


def _circle(start: str, by_id: Mapping[str, Rule]) -> list[str]:
    """The shortest way from a rule back to itself; empty if there is none."""
    ways = deque([[start]])
    seen: set[str] = set()
    while ways:
        way = ways.popleft()
        for name, _ in by_id[way[-1]].requires:
            if name == start:
                return [*way, name]
            if name in by_id and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
