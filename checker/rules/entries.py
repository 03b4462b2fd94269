"""What entries of a rulebook's YAML say, before anybody has judged whether they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.yaml_tree import Path, Value

TEXTS = frozenset({"title", "remedy", "note"})
"""The keys under which what people read stands, in one language or several."""


def keys_of(value: Value) -> dict[str, Value]:
    """What a mapping says; nothing of what is none."""
    return value if isinstance(value, dict) else {}


def id_of(value: Value) -> str:
    """The id of an entry; empty where it has none."""
    name = keys_of(value).get("id")
    return name if isinstance(name, str) else ""


def first_day_of(entry: Value) -> str | None:
    """The day under `from`, as written."""
    first = keys_of(entry).get("from")
    return first if isinstance(first, str) else None


def begins(value: Value) -> str | None:
    """The first day of a parameter's values as written; None where one holds always, or it is not known."""
    return first_day_of(value[0]) if isinstance(value, list) and value else None


def is_text(path: Path) -> bool:
    """Whether a title, remedy, note or word for a value stands there, and no entry of that name."""
    match path:
        case ("records", _, "fields", _, "words", _):
            return True
        case ("records", _, "fields", _) | ("records" | "sources" | "terms" | "parameters", _):
            return False
        case (*_, str(key)):
            return key in TEXTS
        case _:
            return False
