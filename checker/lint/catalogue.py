"""Every code that a diagnostic of a rulebook can have: its level, what it means, and a wrong and a right example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from checker.errors import Level, Problem, UsageError
from checker.words.message import Words, message
from checker.yaml_tree import load

_FOLDER = Path(__file__).with_name("codes")


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. The examples are parts of a rulebook; a code that no small example can show has none.

    What it means, and why it is reported, is in the catalogues of texts: `code-…` and `code-…-why`.
    """

    code: str
    level: Level = Level.ERROR
    wrong: str | None = None
    right: str | None = None

    def title(self, words: Words) -> str:
        """What the code means, without a full stop."""
        return words(f"code-{self.code}")

    def why(self, words: Words) -> str:
        """Why it is reported."""
        return words(f"code-{self.code}-why")


@cache
def catalogue() -> Mapping[str, Entry]:
    """The entries by code, in the order of the files `codes/`."""
    found: dict[str, Entry] = {}
    for file in sorted(_FOLDER.glob("*.yaml")):
        sections = load(file, file.name).value
        for code, said in sections.items() if isinstance(sections, dict) else ():
            keys = {key: text for key, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}
            level = Level(keys.get("level", Level.ERROR))
            found[code] = Entry(code, level, keys.get("wrong"), keys.get("right"))
    return found


def level_of(code: str) -> Level:
    """The level of the diagnostics with that code."""
    return catalogue()[code].level


def entry(code: str) -> Entry:
    """The entry of a code that a person names. Raises UsageError."""
    known(code, "--explain")
    return catalogue()[code]


def known(code: str, option: str) -> None:
    """Raises UsageError for what is no code."""
    if code in catalogue():
        return
    near = get_close_matches(code, list(catalogue()), 1)
    fix = message("lint-did-you-mean-fix", near=near[0]) if near else message("lint-all-codes-fix")
    raise UsageError(Problem("unknown-code", message("lint-unknown-code", option=option, code=code), fix))


def chosen(problems: Iterable[Problem], select: Iterable[str], ignore: Iterable[str]) -> tuple[Problem, ...]:
    """The problems with a code that is selected, by default all, and not ignored; errors always stay.

    Raises UsageError for what is no code.
    """
    wanted, unwanted = set(select), set(ignore)
    for option, codes in (("--select", wanted), ("--ignore", unwanted)):
        for code in sorted(codes):
            known(code, option)
    return tuple(
        problem
        for problem in problems
        if problem.level is Level.ERROR or ((not wanted or problem.code in wanted) and problem.code not in unwanted)
    )
