"""`condition`: a predicate is true of each subject."""

from __future__ import annotations

from typing import ClassVar

from checker.forms.base import Form, PerValue, PredicateText
from checker.forms.measure import Exact, Measure, m, template
from checker.forms.site import Site
from checker.forms.words import Words
from checker.model.measures import MeasureKind


class Condition(Form):
    """A predicate over the subject holds: fewer than nine full members, or a committee."""

    example: ClassVar[str] = """\
for: branches
require:
  condition: {that: "members < 9 or has_committee"}
"""

    that: PredicateText
    """The predicate over the subject, which may name indicators."""
    per: PerValue | None = None
    """The windows in each of which it must hold, those of the indicators that it names; without it, it must hold once."""

    def measure(self, site: Site) -> Measure:
        """Reads the predicate of the subject itself."""
        holds = m("holds")
        return Measure(
            kind=MeasureKind.TRUTH,
            exact=Exact({}),
            own={"holds": site.predicate("that", related=False)},
            met=template(":holds", holds=holds),
            breached=template("NOT :holds", holds=holds),
            limits=(("that", self.that),),
        )

    def sentence(self, words: Words) -> str:
        """The predicate."""
        return words.say("restated-true", that=words.expression(self.that))
