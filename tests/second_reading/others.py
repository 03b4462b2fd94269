"""Random rules: of organisations, and of other subjects."""

import random

from tests.second_reading.phrases import Phrases
from tests.second_reading.requiring import Maker, Said, bounds


class Others(Maker):
    """Makes the forms for subjects that are no organisations."""

    def meetings(self) -> tuple[str, Said]:
        """What is asked of a meeting, on its own day."""
        spans, kind = self.rng.choice(["7d", "1 month", "5 working days"]), self.rng.random()
        if kind < 0.2:
            return "condition", {"that": self.phrase.predicate("meetings")}
        if kind < 0.5:
            return "deadline", {"on": "filed", "within": spans} | self.maybe(0.3, never="breached") | self.maybe(
                0.3, early="counts"
            )
        if kind < 0.6:
            return "deadline", self.people() | {"on": "joined", "within": spans}
        if kind < 0.8:
            return "sequence", {"first": "filed", "then": "held", "at_least": spans} | self.maybe(0.3, at_most="60d")
        if kind < 0.9:
            return "rate", {"part": "present", "whole": "eligible"} | self.ratio()
        return "coverage", self.people() | bounds(self.rng, ["1", "2", "present", ":few"])

    def people(self) -> Said:
        """People of the same organisation."""
        return {"of": "people", "by": {"org": "org"}} | self.maybe(0.3, where=self.phrase.predicate("people"))

    def zones(self) -> tuple[str, Said]:
        """What is asked of a zone."""
        if self.rng.random() < 0.4:
            return "coverage", {"of": self.rng.choice(["people", "orgs"])} | bounds(self.rng, ["1", "2"])
        if self.rng.random() < 0.3:
            return "share", {"of": "people", "that": self.phrase.predicate("people")} | self.ratio()
        per = self.rng.choice(["year", "quarter", "term of mandates", "term of some-mandates"])
        return "frequency", {"of": "people", "on": "joined", "per": per} | bounds(self.rng, ["0", "1", "2"])

    def attending(self, subject: str) -> tuple[str, Said]:
        """What is asked of those who may be present at something."""
        said: Said = {"of": "due"} | self.maybe(0.3, where=self.phrase.predicate("due", parameters=False))
        that, kind = (
            self.rng.choice(["present", "not present", self.phrase.predicate("due", parameters=False)]),
            self.rng.random(),
        )
        if kind < 0.4 and subject == "people":
            return "streak", said | {"that": that} | bounds(self.rng, ["0", "1", "2"])
        if kind < 0.7:
            per = self.maybe(0.5, per=self.rng.choice(["quarter", "year", "period"])) if subject == "people" else {}
            return "share", said | {"that": that} | self.ratio() | per
        return "coverage", said | bounds(self.rng, ["1", "2", "3"])

    def goals(self) -> tuple[str, Said]:
        """What is asked of a goal."""
        if self.rng.random() < 0.3:
            return "deadline", {"of": "meetings", "by": {"org": "org"}, "after": "start", "within": "2 months"} | self.maybe(
                0.3, early="counts"
            )
        return "target", self.target()


FORMS = (
    "frequency", "frequency", "coverage", "rate", "share", "total", "condition", "freshness", "deadline", "sequence",
    "spacing", "streak", "target", "several", "several",
)  # fmt: skip


def rule(rng: random.Random, phrase: Phrases, number: int) -> Said:
    """A random rule."""
    form, maker = rng.choice(FORMS), Others(rng, phrase)
    subject = "goals" if form == "target" else rng.choice(["orgs", "orgs", "some-orgs", "fewer-orgs"])
    made = getattr(maker, form)()
    if rng.random() < 0.08:
        subject = rng.choice(["orgs", "some-orgs", "people", "some-people", "meetings", "some-meetings"])
        form, made = "unique", maker.unique(subject)
    elif "due" in phrase.records and rng.random() < 0.25:
        subject = rng.choice(["people", "meetings"])
        form, made = maker.attending(subject)
    elif form == "target" or rng.random() < 0.3:
        subject = "goals" if form == "target" else rng.choice(["meetings", "some-meetings", "zones"])
        form, made = getattr(maker, subject.removeprefix("some-"))()
    said: Said = {
        "id": f"r{number}",
        "cites": "s 1",
        "title": rng.choice(["A rule", "it's $1", 'a "b" {} -- ;', "Điều lệ ß İ"]),
        "for": subject,
        "require": {"all" if form == "several" else form: made},
    }
    if rng.random() < 0.3:
        said["severity"] = rng.choice(["note", "minor", "critical"])
    if rng.random() < 0.25:
        said["in_force"] = rng.choice(
            [
                {"from": "2019-02-10"},
                {"until": "2019-06-30"},
                {"from": "2019-01-01", "until": "2019-09-30"},
                {"from": "2020-01-01"},
            ]
        )
    if form in {"spacing", "streak"}:
        # What was handed in from before the period is not read here yet: all begin with the latest of the periods.
        said["in_force"] = {"from": "2019-04-01"}
    (asked,) = made[0].values() if isinstance(made, list) else [made]
    if rng.random() < 0.3 and "term" not in asked.get("per", "term"):
        said["parameters"] = "end"
    return said
