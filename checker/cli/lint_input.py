"""A rulebook, or a file of one, that comes in by standard input: what an editor has not saved yet."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from checker.files import TEXT
from checker.words.message import message

if TYPE_CHECKING:
    from checker.rules.texts import Texts

DASH = "-"


def from_standard_input(name: str | None) -> tuple[Path, Texts]:
    """The rulebook that is to be linted where standard input stands in the place of the file of that name, and its texts.

    It is the one that the file belongs to, or the file by itself. Raises YamlError where what comes in is no text.
    """
    from checker.errors import Place, Problem  # noqa: PLC0415 -- YAML is loaded only by a command that needs it
    from checker.rules.home import home_of  # noqa: PLC0415
    from checker.rules.texts import Edited  # noqa: PLC0415
    from checker.yaml_tree import YamlError, decoded  # noqa: PLC0415

    shown = name or DASH
    data = sys.stdin.buffer.read(TEXT + 1)
    if len(data) > TEXT:
        wrong = message("stdin-large", n=TEXT // 1_000_000)
        raise YamlError(Problem("too-large", wrong, message("cli-stdin-one-file"), Place(shown)))
    texts = Edited({Path(shown).resolve(): decoded(data, shown)})
    home = None if name is None else home_of(Path(name), texts)
    if home is None:
        return Path(shown), texts
    return home.source if os.path.isabs(shown) else Path(os.path.relpath(home.source)), texts  # noqa: PTH117 -- of a text
