"""The pattern of `like`: `%` is any text, `_` any one sign."""

import re

from tests.second_reading.cells import Cell
from tests.second_reading.truth import Truth


def like(text: Cell, pattern: Cell) -> Truth:
    """Whether a text follows a pattern."""
    if not isinstance(text, str) or not isinstance(pattern, str):
        return None
    parts = {"%": ".*", "_": "."}
    return re.fullmatch("".join(parts.get(sign, re.escape(sign)) for sign in pattern), text, re.DOTALL) is not None
