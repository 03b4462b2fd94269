"""The page `docs/diagnostics.md`, made of the catalogue: `python -m checker.lint.reference > docs/diagnostics.md`."""

from __future__ import annotations

import sys

from checker.lint.catalogue import Entry, catalogue

_HEAD = """\
# Diagnostics

What `checker lint` says of a rulebook. This page is made of the catalogue in `checker/lint/codes/`;
`checker lint --explain CODE` shows one entry, `--explain all` lists them.

An *error* stands in the way: the rulebook cannot be run. A *warning* is suspicious: it runs, and probably does not say
what was meant. A *note* is worth knowing.

| code | level | |
|---|---|---|
"""


def page() -> str:
    """The whole page as Markdown."""
    entries = catalogue().values()
    rows = "".join(f"| [`{entry.code}`](#{entry.code}) | {entry.level} | {entry.title} |\n" for entry in entries)
    return _HEAD + rows + "".join(map(_section, entries))


def _section(entry: Entry) -> str:
    text = f"\n## {entry.code}\n\n{entry.title} ({entry.level}). {entry.why}\n"
    for heading, example in (("Wrong", entry.wrong), ("Right", entry.right)):
        if example is not None:
            text += f"\n{heading}:\n\n```yaml\n{example}```\n"
    return text


if __name__ == "__main__":
    sys.stdout.write(page())
