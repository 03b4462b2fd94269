"""When a text almost matches a key (3): it is the same but for what is easily mistaken."""

from __future__ import annotations

import re
import unicodedata

SAME = {"ð": "đ", "ɖ": "đ", "ı": "i", "ο": "o", "α": "a", "а": "a", "в": "b", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x"}
DASHES = "‐‑‒–—−"


def almost(text: str, key: str) -> bool:
    """Whether a text is not a key, but might be meant for it."""
    return text != key and bool(bare(text)) and bare(text) == bare(key)


def bare(text: str) -> str:
    """What is left of a text without what is easily mistaken in it."""
    signs = []
    for sign in text:
        for plain in unicodedata.normalize("NFKC", sign).casefold():
            if unicodedata.category(plain)[0] in "ZC":
                continue
            digit = unicodedata.decimal(plain, None)
            signs.append(str(digit) if digit is not None else "-" if plain in DASHES else SAME.get(plain, plain))
    left = re.sub(r"([0-9])\.0+$", r"\1", "".join(signs))
    left = re.sub(r"[-_./]+(?![0-9])|(?<![0-9])[-_./]+", "", left)
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", left)
