"""Which characters are no content of a cell or name: white space, and what has no shape of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def _ranges(*ends: tuple[int, int]) -> Iterator[str]:
    return (chr(code) for first, last in ends for code in range(first, last + 1))


SPACE = "".join(
    _ranges(
        (0x09, 0x0D),
        (0x20, 0x20),
        (0x85, 0x85),
        (0xA0, 0xA0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x2028, 0x2029),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
    )
)
"""What Unicode calls white space."""

INVISIBLE = "".join(
    _ranges(
        (0xAD, 0xAD),
        (0x34F, 0x34F),
        (0x61C, 0x61C),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180E),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x3164, 0x3164),
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0),
    )
)
"""What has no width: joiners, marks of direction, fillers, soft hyphens, byte order marks."""

BLANK = SPACE + INVISIBLE

_ALIKE = str.maketrans("_-", "  ", INVISIBLE)


def bare(text: str) -> str:
    """The text without blanks around it; nothing is left of one that is blank throughout."""
    return text.strip(BLANK)


def fold(name: str) -> str:
    """The form in which names are compared: NFC, without case and what cannot be seen, runs of space, `_` and `-` alike."""
    return " ".join(unicodedata.normalize("NFC", name).translate(_ALIKE).casefold().split())
