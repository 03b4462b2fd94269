"""Checks what rules require of one another: that those rules exist, are about the same record, and do not go in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.integrity import is_integrity_id
from checker.rules.circles import circles
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
    for chain in circles({rule.id: [name for name, _ in rule.requires] for rule in rules}):
        wrong = message("requires-cycle", way=" → ".join(f"'{name}'" for name in chain))
        reader.report((*by_id[chain[0]].path, "requires"), "requires-cycle", wrong, message("requires-cycle-fix"))


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
