"""What several commands have in common of their options, so that each is declared, and described, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from checker.cli.parameters import TargetType

LANGUAGE: Final = ("language", "--lang", "--language")
"""How the option is called that asks for a language."""

OUTPUT: Final[dict[str, Any]] = {"metavar": "FILE", "help": "Write to FILE, replaced whole or not at all."}
"""The one file that everything goes to."""


def spoken(otherwise: str) -> dict[str, Any]:
    """Which language is asked for; `otherwise` says which it is, if none is."""
    return {"metavar": "LANGUAGE", "help": f"en or vi; default: {otherwise}."}


def written_as(formats: Iterable[str], more: str = "", otherwise: str = "text, or what --output ends in") -> dict[str, Any]:
    """In which formats, and where, a result is written; `more` is said of some, and `otherwise` is the default."""
    said = f"How, and with =FILE where, to write; {more}repeatable. Default: {otherwise}."
    return {"type": TargetType(formats), "multiple": True, "help": said}
