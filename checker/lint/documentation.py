"""What a rule owes its readers: a title, a remedy, a case, and every text in every language of the rulebook."""

from __future__ import annotations

from checker.lint.desk import Desk
from checker.words.message import all_of, message
from checker.yaml_tree import Path

_TEXTS = {"title", "remedy", "note"}


def documentation(desk: Desk) -> None:
    """Notes rules without a title or a remedy."""
    for rule in desk.book.rules:
        if (*rule.path, "title") not in desk.tree.keys:
            wrong = message("lint-missing-title", rule=rule.id)
            desk.warn((*rule.path, "id"), "missing-title", wrong, message("lint-missing-title-fix"))
        if not rule.remedy:
            wrong = message("lint-missing-remedy", rule=rule.id)
            desk.warn((*rule.path, "id"), "missing-remedy", wrong, message("lint-missing-remedy-fix"))


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
                wrong = message("lint-missing-translation", key=path[-1], languages=all_of(missing))
                listed = ", ".join(f"{each}: …" for each in desk.book.languages)
                fix = message("lint-missing-translation-fix", listed=listed)
                desk.warn(path, "missing-translation", wrong, fix, of_key=True)


def _is_field(path: Path) -> bool:
    """Whether a key names something of the rulebook's own: a field called `title`."""
    return path[-2:-1] in {("fields",), ("records",), ("terms",), ("sources",), ("parameters",), ("enum",)} or "when" in path


def cases(desk: Desk, tried: frozenset[str]) -> None:
    """Notes rules and indicators without any case; `tried` are those that have one."""
    for rule in desk.book.rules:
        if rule.id not in tried:
            wrong = message("lint-missing-case", rule=rule.id)
            fix = message("lint-missing-case-fix", rule=rule.id)
            desk.warn((*rule.path, "id"), "missing-case", wrong, fix)
    for indicator in desk.book.indicators:
        if indicator.id not in tried:
            wrong = message("lint-missing-value-case", rule=indicator.id)
            fix = message("lint-missing-value-case-fix", rule=indicator.id)
            desk.warn((*indicator.path, "id"), "missing-case", wrong, fix)
