"""Diagnostics for people: what there is of each kind, then each with its line, a caret and the fix, grave before slight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

from checker.display_width import text_width, visible, wrap
from checker.errors import Level, Problem
from checker.lint import Linted
from checker.report import Presentation
from checker.words.message import Listing, Message, Words, message

_WIDTH = 80
_GATHERED = {
    "lint-missing-case": "lint-no-cases",
    "lint-missing-value-case": "lint-no-value-cases",
    "lint-missing-remedy": "lint-no-remedies",
    "lint-missing-title": "lint-no-titles",
}
"""The messages that are one line with all rules, or indicators, that they are of, and the keys of its text."""


def write(linted: Sequence[Linted], stream: TextIO, presentation: Presentation) -> None:
    """Writes of each rulebook how many problems of each kind it has, then the problems."""
    words = Words(presentation.language)
    for number, each in enumerate(linted):
        if number and linted[number - 1].problems:
            stream.write("\n")
        stream.writelines(f"{line}\n" for line in _summary(each, words))
        stream.writelines(f"\n{visible(said)}\n" for said in _said(each.problems, words))


def numbers(linted: Linted) -> Message | Listing:
    """How many problems of each level there are: `1 error, 2 warnings`."""
    counts = [(linted.count(level), level) for level in Level]
    said = tuple(message(f"lint-{level}s", n=count) for count, level in counts if count)
    return Listing(said, "list-comma") if said else message("lint-no-problem")


def _summary(linted: Linted, words: Words) -> Iterable[str]:
    """The numbers of the levels; where there are several problems, under them those of the codes."""
    yield words("lint-of-rulebook", rulebook=linted.rulebook, numbers=numbers(linted))
    for level in Level if len(linted.problems) > 1 else ():
        codes = Counter(problem.code for problem in linted.problems if problem.level is level)
        if codes:
            counted = tuple(f"{code} ({count})" for code, count in codes.items())
            yield from _hung(words("lint-of-level", level=words(f"level-{level}"), codes=Listing(counted, "list-comma")), "  ")


def _said(problems: Sequence[Problem], words: Words) -> Iterable[str]:
    """What is said of the problems, grave before slight; what is missing of many rules is said once."""
    for level in Level:
        shown = [problem for problem in problems if problem.level is level]
        gathered = {key: [each for each in shown if each.message.key == key] for key in _GATHERED}
        for problem in shown:
            alike = gathered.get(problem.message.key, ())
            if len(alike) < 2:  # noqa: PLR2004 -- one alone is said at its place
                yield problem.in_(words)
            elif problem is alike[0]:
                yield _of_rules(alike, words)


def _of_rules(problems: Sequence[Problem], words: Words) -> str:
    """One line of all rules of which the same is missing, and one fix."""
    code, key = problems[0].code, _GATHERED[problems[0].message.key]
    rules = Listing(tuple(each.message.values["rule"] for each in problems), "list-comma")
    said = words(key, n=len(problems), rules=rules)
    lead = f"  {words('fix')}: "
    fix = wrap(words(f"{key}-fix"), _WIDTH - text_width(lead))
    lines = [*_hung(f"{words(f'level-{problems[0].level}')}: {said} [{code}]", ""), lead + fix[0]]
    return "\n".join([*lines, *(" " * text_width(lead) + line for line in fix[1:])])


def _hung(text: str, indent: str) -> list[str]:
    """A text in lines; those after the first are indented by two more."""
    first, *rest = wrap(text, _WIDTH - len(indent) - 2)
    return [indent + first, *(f"{indent}  {line}" for line in rest)]
