"""`all`: several requirements in one rule, each of them of a form."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from pydantic import SerializeAsAny

from checker.forms.base import Form
from checker.forms.measure import Measure
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.period import Per

SEVERAL = "all"
"""The key under which several requirements are listed."""

ALONE = frozenset({"spacing", "streak", "occupancy"})
"""The forms whose windows are what is found: they are about no window of which another form could say something too."""


class Requirement(NamedTuple):
    """One of several requirements: the name of its form, and what is written of it."""

    name: str
    form: SerializeAsAny[Form]


class Several(Form):
    """Several requirements of the same subjects in the same windows: each of them must be met where it applies."""

    example: ClassVar[str] = """\
for: branches
require:
  all:
    - frequency: {of: meetings, per: year, at_least: 2}
    - rate: {of: meetings, per: year, part: present, whole: eligible, more_than: 50%}
"""

    parts: tuple[Requirement, ...]
    """The requirements, in their order."""

    @property
    def per(self) -> Per | None:
        """The windows of all of them."""
        found: Per | None = getattr(self.parts[0].form, "per", None)
        return found

    def text(self, key: str) -> None:
        """It has no texts of its own."""

    def measure(self, site: Site) -> Measure:
        """Each requirement is measured by itself (`checker.rules.rulebook.Rule.parts`)."""
        raise TypeError(type(site))

    def sentence(self, words: Words) -> str:
        """Each requirement has a sentence of its own."""
        raise TypeError(words.language)
