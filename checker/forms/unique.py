"""`unique`: no other row has the same values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from checker.forms.base import Form
from checker.forms.coverage import Coverage
from checker.forms.measure import Measure
from checker.forms.site import Site
from checker.forms.words import Words
from checker.words import message

Paths = str | Annotated[list[str], Field(min_length=1)]
"""A field, or the end of a path through references; or several."""


class Unique(Form):
    """No other row that the rule is about has the same values: no two people of a branch have the same name."""

    example: ClassVar[str] = """\
for: branches
require:
  unique: {fields: name, within: ward}
"""

    fields_: Annotated[Paths, Field(alias="fields")]
    """The field, or path, or several, in all of which no two rows agree; both of two that do breach the rule."""
    within: Paths | None = None
    """The reference, or path, or several, of which only rows with the same value are compared: `body`."""

    def text(self, key: str) -> str | None:
        """Neither of them is an expression."""
        return None if key in {"fields", "within"} else super().text(key)

    def among(self, selection: str) -> Alike:
        """The count of the rows of a selection that agree with the subject, itself among them."""
        fields, within = tuple(listed(self.fields_)), tuple(listed(self.within or []))
        return Alike(of=selection, by={path: path for path in (*within, *fields)}, at_most="1", same=fields, of_the=within)

    def measure(self, site: Site) -> Measure:
        """See `Alike`, which stands in its place as soon as it is known whom the rule is about."""
        raise TypeError(site)

    def sentence(self, words: Words) -> str:
        """See `Alike`."""
        raise TypeError(words)


class Alike(Coverage):
    """The rows that agree with the subject, of which there is one: itself."""

    same: tuple[str, ...]
    """What they agree in."""
    of_the: tuple[str, ...] = ()
    """Of which they are the same."""

    def sentence(self, words: Words) -> str:
        """That no other agrees."""
        joined = message.Words(words.language)("and")

        def titles(paths: Sequence[str]) -> str:
            return joined.join(words.title(path, True) for path in paths)  # noqa: FBT003 -- of the related row

        fields = titles(self.same)
        if not self.of_the:
            return words.say("restated-unique", fields=fields)
        return words.say("restated-unique-within", fields=fields, within=titles(self.of_the))


def listed(said: Paths) -> list[str]:
    """One or several as several."""
    return [said] if isinstance(said, str) else list(said)
