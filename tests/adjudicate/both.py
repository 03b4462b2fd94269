"""durable-rules and the reference, asked the same: what one of them says is what the other says, to the last step."""

from __future__ import annotations

from checker.adjudicate.durable.network import Network
from checker.adjudicate.reference import Reference
from checker.model.law import BodyCase, Case, Law, Pronouncement, Ruling


class Both:
    """An adjudicator that is both, and fails where they disagree."""

    name = "both"

    def __init__(self, law: Law) -> None:
        self._network, self._reference = Network(law), Reference(law)

    def adjudicate(self, case: Case) -> Ruling:
        ruling = self._network.adjudicate(case)
        assert self._reference.adjudicate(case) == ruling
        return ruling

    def pronounce(self, case: BodyCase) -> Pronouncement:
        pronouncement = self._network.pronounce(case)
        assert self._reference.pronounce(case) == pronouncement
        return pronouncement
