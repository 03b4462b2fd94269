"""A message that says what a test wants it to say, in every language."""

from __future__ import annotations

from checker.words.message import Message, message


def just(text: str) -> Message:
    """The message that is this text."""
    return message("settings-from", place=text)
