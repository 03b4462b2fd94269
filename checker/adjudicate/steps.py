"""The steps of reasoning by the names that explanations call them by, whichever adjudicator takes them."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

DISPLACES: Final = "an exception that holds displaces rules"
CALLS: Final = "an exception that holds calls for its replacement"
UNCALLED: Final = "a replacement holds only where an exception calls for it"
CONFLICT: Final = "exceptions that displace one rule differently are a conflict"
PERHAPS_CONFLICT: Final = "an exception that holds and one that may hold are perhaps a conflict"
BOTH_PERHAPS_CONFLICT: Final = "exceptions that both may hold are perhaps a conflict"
EFFECT: Final = "the strongest claim takes effect"
READ: Final = "an outcome is read in the light of what took effect"
READ_AS_IT_IS: Final = "an outcome is read as it is where nothing took effect"
BARS: Final = "a required rule with another verdict bars the rule that requires it"
BARRED: Final = "a reading is taken in the light of the strongest bar"
WAIVED: Final = "a violation that a waiver covers is waived"
NOT_WAIVED: Final = "a waiver does not bear on what is no violation"
FIRST_STANDING: Final = "the first standing whose condition holds is pronounced"
UNCERTAIN_STANDING: Final = "where the first standing is only possible, none is certain"

SURELY: Final = "surely"
POSSIBLY: Final = "possibly"
UNDETERMINED: Final = "undetermined"


class Claim(IntEnum):
    """What can be claimed of a rule, the strongest first."""

    DISPLACED = 0
    UNCALLED = 1
    DISPUTED = 2
    PERHAPS_DISPLACED = 3
    PERHAPS_DISPUTED = 4
    CALLED = 5
    PERHAPS_CALLED = 6

    @property
    def word(self) -> str:
        """The claim as explanations name it."""
        return self.name.lower().replace("_", "-")


def candidacy(standing: str) -> str:
    """The step by which a standing becomes one that can be pronounced."""
    return f"the condition of standing {standing} holds"
