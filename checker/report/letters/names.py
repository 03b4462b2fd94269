"""Names of letters' files: the same for the same body in every run, and harmless whatever its key is."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256

from checker.display_width import encodable
from checker.report.grouping import Body

_MOST = 40
_DIGITS = 10
_SUBMISSION = "submission"
OWN = re.compile(rf"[a-z0-9-]{{1,{_MOST}}}-[0-9a-f]{{{_DIGITS}}}(-[0-9]+)?\.(html|docx)")
"""What the names of letters look like."""


class Names:
    """Gives every body a name that no other has, on no file system."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, body: Body) -> str:
        """The name of a body's letter, without its suffix.

        It begins with as much of the key as every file system takes, and ends in a digest of the keys from the root of the
        tree: keys may differ in signs alone that the beginning has not, or in large and small letters.
        """
        keys = [key for key, _ in body]
        digest = sha256(json.dumps(keys).encode()).hexdigest()[:_DIGITS]
        plain = f"{_plain(keys[-1] if keys else _SUBMISSION)}-{digest}"
        name = next(name for name in _numbered(plain) if name not in self._taken)
        self._taken.add(name)
        return name


def _plain(key: str) -> str:
    """Small letters and digits of ASCII, and hyphens between them; letters of others without their marks."""
    bare = unicodedata.normalize("NFKD", encodable(key).replace("đ", "d").replace("Đ", "d"))
    words = re.findall("[a-z0-9]+", "".join(sign for sign in bare if not unicodedata.combining(sign)).lower())
    return "-".join(words)[:_MOST].strip("-") or "body"


def _numbered(name: str) -> Iterator[str]:
    """The name, and with a number behind it if others made up keys with the same digest."""
    yield name
    number = 1
    while True:
        number += 1
        yield f"{name}-{number}"
