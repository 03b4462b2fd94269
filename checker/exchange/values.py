"""What can be written in a column, in words: the values to choose from, what an empty cell means, what is asked of it."""

from __future__ import annotations

from checker.model.accepted import accepted
from checker.model.schema import FALSE, TRUE, Field, FieldType
from checker.model.words import Text
from checker.report.say.accepted_text import accepted_text, several
from checker.report.say.wording import Wording
from checker.words.catalogue import FALLBACK

_TRUTHS = {"vi": (TRUE[-1], FALSE[-1])}
_PLAIN_TRUTHS = (TRUE[1], FALSE[1])


def words_of(field: Field, language: str) -> tuple[str, ...]:
    """The words that can be chosen in a column, as a reader of that language knows them; none where any text may stand."""
    if field.type is FieldType.BOOLEAN:
        return _TRUTHS.get(language, _PLAIN_TRUTHS)
    return tuple(_word(field, value, others, language) for value, others in field.enum)


def word_of(field: Field, value: str, language: str) -> str:
    """The word for a value of a column."""
    if field.type is FieldType.BOOLEAN:
        return words_of(field, language)[value not in TRUE]
    return next((_word(field, each, others, language) for each, others in field.enum if each == value), value)


def _word(field: Field, value: str, others: tuple[str, ...], language: str) -> str:
    """What the rulebook calls a value in that language; where it does not say, the first word for it that can be of that one.

    An English word has no letters but those of ASCII; a language whose words have others nearly always has one in a phrase.
    """
    called = dict(dict(field.words).get(value, Text()).variants).get(language)
    words = (value, *others)
    return called or next((word for word in words if word.isascii() == (language == FALLBACK)), value)


def accepted_of(field: Field, words: tuple[str, ...], refers_to: str, wording: Wording) -> str:
    """What may stand in a column; `refers_to` is the column that a reference takes its keys from."""
    if field.refers_to is not None:
        what = wording("form-refers", column=refers_to)
    elif words:
        what = wording("form-one-of", values=", ".join(words))
    else:
        return accepted_text(accepted(field), wording)
    return several(what, field.separators, wording) if field.separators else what


def empty_of(field: Field, *, names_row: bool, wording: Wording) -> str:
    """What an empty cell of a column means."""
    if field.default is not None:
        return wording("form-default", value=word_of(field, field.default, wording.language))
    return wording("form-key" if names_row else "form-required" if field.required else "form-optional")
