"""What a rule owes its readers: a title, a remedy, a case, and every text in every language of the rulebook."""

from __future__ import annotations

from checker.lint.desk import Desk
from checker.yaml_tree import Path

_TEXTS = {"title", "remedy", "note"}


def documentation(desk: Desk) -> None:
    """Notes rules without a title or a remedy."""
    for rule in desk.book.rules:
        if (*rule.path, "title") not in desk.tree.keys:
            message = f"the rule '{rule.id}' has no title"
            desk.warn((*rule.path, "id"), "missing-title", message, "Say in one sentence what the clause demands.")
        if not rule.remedy:
            message = f"the rule '{rule.id}' names no remedy"
            desk.warn((*rule.path, "id"), "missing-remedy", message, "Say what whoever violates it has to do.")


def translations(desk: Desk) -> None:
    """Notes texts that are not there in every language of the rulebook."""
    first, *others = desk.book.languages
    if not others:
        return
    for path in desk.tree.keys:
        if path and path[-1] in _TEXTS and not _is_field(path):
            value = desk.tree.at(path)
            said = set(value) if isinstance(value, dict) else {first}
            missing = [language for language in desk.book.languages if language not in said]
            if missing:
                message = f"the {path[-1]} is missing in {' and '.join(missing)}"
                fix = (
                    "Write it in every language of the rulebook: " + ", ".join(f"{each}: …" for each in desk.book.languages) + "."
                )
                desk.warn(path, "missing-translation", message, fix, of_key=True)


def _is_field(path: Path) -> bool:
    """Whether a key names something of the rulebook's own: a field called `title`."""
    return path[-2:-1] in {("fields",), ("records",), ("terms",), ("sources",), ("parameters",), ("enum",)} or "when" in path


def cases(desk: Desk, tried: frozenset[str]) -> None:
    """Notes rules without any case; `tried` are the rules that have one."""
    for rule in desk.book.rules:
        if rule.id not in tried:
            message = f"the rule '{rule.id}' has no case"
            fix = f"Write cases/{rule.id}.yaml in the rulebook's folder: one submission that satisfies it, one that violates it."
            desk.warn((*rule.path, "id"), "missing-case", message, fix)
