"""What a code means, for people: one code in full, or all of them in a line each."""

from __future__ import annotations

from typing import TextIO

from checker.display_width import text_width, wrap
from checker.lint.catalogue import Entry, catalogue

_WIDTH = 80


def write_code(entry: Entry, stream: TextIO) -> None:
    """Writes what a code means, why it is told, and its examples."""
    stream.write(f"{entry.code} ({entry.level})\n")
    stream.writelines(f"{line}\n" for text in (f"{entry.title}.", entry.why) for line in wrap(text, _WIDTH))
    for heading, example in (("Wrong:", entry.wrong), ("Right:", entry.right)):
        if example is not None:
            lines = "".join(f"    {line}".rstrip() + "\n" for line in example.replace("\t", "→   ").splitlines())
            stream.write(f"\n{heading}\n\n{lines}")


def write_codes(stream: TextIO) -> None:
    """Writes every code with its level and title."""
    width = max(map(text_width, catalogue())) + 2
    for entry in catalogue().values():
        head = f"{entry.code:<{width}}{entry.level:<9}"
        first, *rest = wrap(entry.title, _WIDTH - len(head))
        stream.write(f"{head}{first}\n" + "".join(" " * len(head) + f"{line}\n" for line in rest))
