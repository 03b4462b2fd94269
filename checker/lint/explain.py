"""What a code means, for people: one code in full, or all of them in a line each."""

from __future__ import annotations

from typing import TextIO

from checker.display_width import text_width, wrap
from checker.errors import Level
from checker.lint.catalogue import Entry, catalogue
from checker.words.message import Words

_WIDTH = 80


def write_code(entry: Entry, words: Words, stream: TextIO) -> None:
    """Writes what a code means, why it is reported, and its examples."""
    stream.write(f"{entry.code} ({words(f'level-{entry.level}')})\n")
    stream.writelines(f"{line}\n" for text in (f"{entry.title(words)}.", entry.why(words)) for line in wrap(text, _WIDTH))
    for heading, example in (("code-wrong", entry.wrong), ("code-right", entry.right)):
        if example is not None:
            lines = "".join(f"    {line}".rstrip() + "\n" for line in example.replace("\t", "→   ").splitlines())
            stream.write(f"\n{words(heading)}:\n\n{lines}")


def write_codes(words: Words, stream: TextIO) -> None:
    """Writes every code with its level and title."""
    width = max(map(text_width, catalogue())) + 2
    levels = {level: words(f"level-{level}") for level in Level}
    second = max(map(text_width, levels.values())) + 2
    for entry in catalogue().values():
        level = levels[entry.level]
        head = f"{entry.code:<{width}}{level}{' ' * (second - text_width(level))}"
        first, *rest = wrap(entry.title(words), _WIDTH - text_width(head))
        stream.write(f"{head}{first}\n" + "".join(" " * text_width(head) + f"{line}\n" for line in rest))
