"""Random rules, of every form that the second reading knows."""

import random
from typing import Any

from tests.second_reading.phrases import Phrases

Said = dict[str, Any]
NAMES = ("at_least", "more_than", "at_most", "less_than", "exactly")
CHILDREN = {"meetings", "people", "orgs"}

UNIQUE = {
    "orgs": (["kind", "members", "size", "note", "above", "zone.name", "opened"], ["zone", "active", "zone.big"]),
    "people": (["role", "age", "zone", "paid", "org.kind", "zone.big"], ["org", "org.zone", "left"]),
    "meetings": (["kind", "present", "held", "note", "org.members"], ["org", "org.zone", "ok"]),
}
"""Of each record the fields and paths in which its rows may agree, and those within which they are compared."""


def bounds(rng: random.Random, values: list[str]) -> Said:
    """One bound, or two."""
    first = rng.choice(NAMES)
    found = {first: rng.choice(values)}
    if rng.random() < 0.15:
        found |= (
            {"at_least": "1", "at_most": rng.choice(["2", "3"])}
            if "%" not in "".join(values)
            else {"at_least": "1/3", "at_most": "2/3"}
        )
        found = {name: found[name] for name in ("at_least", "at_most")}
    return found


class Maker:
    """Makes the forms."""

    def __init__(self, rng: random.Random, phrase: Phrases) -> None:
        self.rng, self.phrase, self.changes = rng, phrase, rng.random() < 0.5

    def maybe(self, chance: float, **said: Any) -> Said:
        """Perhaps some keys."""
        return said if self.rng.random() < chance else {}

    def of(self, *records: str, via: float = 0.3) -> Said:
        """What is measured."""
        record = self.rng.choice(records)
        term = {"meetings": "some-meetings", "people": "some-people", "orgs": "some-orgs"}.get(record)
        found: Said = {"of": term if term and self.rng.random() < 0.3 else record}
        found |= self.maybe(0.4, where=self.phrase.predicate(record, parameters=self.changes))
        if record in CHILDREN and self.rng.random() < via:
            found |= {"via": self.rng.choice(["children", "descendants"])}
        return found

    def per(self) -> str:
        """A window; what is asked of rows in a term of office may not change with time."""
        found = str(
            self.rng.choice(
                ["month", "quarter", "half", "year", "period", "90d", "45d", "term of mandates", "term of some-mandates"]
            )
        )
        self.changes &= not found.startswith("term")
        return found

    def frequency(self) -> Said:
        per = self.per()
        said = self.of("meetings") | {"per": per} | bounds(self.rng, ["0", "1", "2", "3", ":few", "members / 2", "3/2"])
        said |= self.maybe(0.15, on="filed") | self.maybe(0.2, each=self.rng.choice(["kind", {"kind": ["board", "plenary"]}]))
        if self.rng.random() < 0.3:
            said |= {"partial": self.rng.choice(["require", "prorate"])}
        if said.get("partial") == "prorate" and "exactly" in said:
            said["at_least"] = said.pop("exactly")
        return self.rounding(said, 0.4)

    def rounding(self, said: Said, chance: float) -> Said:
        """Perhaps a way to round, where a bound may be no whole number."""
        broken = any("/" in str(bound) for key, bound in said.items() if key in NAMES) or said.get("partial") == "prorate"
        return said | (self.maybe(chance, round=self.rng.choice(["up", "down", "nearest"])) if broken else {})

    def coverage(self) -> Said:
        said = self.of("meetings", "people", "orgs") | self.maybe(
            0.6, **bounds(self.rng, ["0", "1", "2", ":few", "members", "members / 2"])
        )
        if self.rng.random() < 0.15:
            said = {"of": "people", "by": {"zone": "zone"}}
        return said | self.maybe(0.15, nothing="not-applicable")

    def ratio(self) -> Said:
        return bounds(self.rng, ["0%", "50%", "100%", "2/3", "0.25", "1/3", *([":part"] if self.changes else [])]) | self.maybe(
            0.3, nothing="breached"
        )

    def windows(self) -> Said:
        return self.maybe(0.6, per=self.per())

    def rate(self) -> Said:
        if self.rng.random() < 0.2:
            return {"part": "size", "whole": "members"} | self.ratio()
        said = (
            {"part": "present", "whole": "eligible"}
            | self.windows()
            | self.of("meetings")
            | self.ratio()
            | self.maybe(0.3, mean="rows")
        )
        return (
            said
            | (self.maybe(0.2, partial="require") if "per" in said else {})
            | (self.maybe(0.2, on="filed") if "per" in said else {})
        )

    def share(self) -> Said:
        record = self.rng.choice(["meetings", "people"])
        said = (self.windows() if record == "meetings" else {}) | self.of(record) | self.ratio()
        said |= {"that": self.phrase.predicate(record, parameters=self.changes)}
        return said | self.maybe(0.3, base=self.phrase.predicate(record, parameters=self.changes))

    def total(self) -> Said:
        record = self.rng.choice(["people", "meetings"])
        number = {"people": ["age", "age", "paid", "age + 1"], "meetings": ["present", "eligible", "present * 2"]}[record]
        said = self.of(record) | {"declared": self.rng.choice(["members", "size", "members + 1", "coalesce(members, 1)"])}
        said |= {"count": "true"} if self.rng.random() < 0.4 else {"sum": self.rng.choice(number)}
        said |= self.maybe(0.3, opening=self.rng.choice(["size", "members"])) | self.maybe(
            0.3, tolerance=self.rng.choice(["1", "0.5", "2"])
        )
        said |= self.maybe(0.3, **{"in": self.phrase.predicate(record)}) | self.maybe(0.3, out=self.phrase.predicate(record))
        return said

    def condition(self) -> Said:
        return {"that": self.phrase.predicate("orgs")}

    def several(self) -> list[Said]:
        """Several requirements in the same windows, or without any."""
        per = self.per() if self.rng.random() < 0.5 else None
        partial = self.maybe(0.2, partial=self.rng.choice(["require", "prorate"])) if per else {}
        forms = ["coverage", "rate", "share", "total", "condition", "freshness", "deadline", "sequence"]
        if per:
            forms = ["frequency", "rate", "share"] + (["deadline"] if per == "year" and not partial else [])
        if partial == {"partial": "prorate"}:
            forms = ["frequency"]
        return [self.part(self.rng.choice(forms), {"per": per} if per else {}, partial) for _ in range(self.rng.randint(2, 3))]

    def part(self, form: str, windows: Said, partial: Said) -> Said:
        """One of several requirements."""
        said = getattr(self, form)()
        while windows and ("of" not in said or said["of"] not in {"meetings", "some-meetings"}):
            said = getattr(self, form)()
        while form == "deadline" and ("per" in said) != bool(windows):
            said = self.deadline()
        away = {"per", "partial"} | ({"round"} if form == "frequency" else set())
        away |= {"on"} if form == "rate" and not windows else set()
        said = {key: what for key, what in said.items() if key not in away} | windows | partial
        if partial == {"partial": "prorate"} and "exactly" in said:
            said["at_least"] = said.pop("exactly")
        return {form: said}

    def unique(self, subject: str) -> Said:
        """No two of these agree."""
        fields, within = UNIQUE[subject.removeprefix("some-").removeprefix("fewer-")]
        said: Said = {"fields": self.rng.choice([self.rng.choice(fields), self.rng.sample(fields, 2)])}
        return said | self.maybe(0.4, within=self.rng.choice(within))

    def freshness(self) -> Said:
        within = self.rng.choice(["30d", "90 days", "3 months", "1 year"])
        if self.rng.random() < 0.3:
            return {"on": "opened", "within": within} | self.maybe(0.4, never="breached")
        return self.of("meetings") | {"within": within} | self.maybe(0.2, on="filed")

    def deadline(self) -> Said:
        kind, within = self.rng.random(), self.rng.choice(["30d", "2 months", "1 year", "10 working days"])
        if kind < 0.3:
            return (
                {"on": "opened", "after": "since", "within": within}
                | self.maybe(0.3, never="breached")
                | self.maybe(0.3, early="counts")
            )
        if kind < 0.5:
            return {"on": "opened", "until": "until"} | self.maybe(0.3, after="since") | self.maybe(0.3, never="breached")
        if kind < 0.7:
            return self.of("meetings") | self.yearly(within)
        return (
            self.of("meetings")
            | {"after": "opened", "within": within}
            | self.maybe(0.3, early="counts")
            | self.maybe(0.2, on="filed")
        )

    def yearly(self, within: str) -> Said:
        """A duty that comes again."""
        kind = self.rng.random()
        if kind < 0.5:
            return {"until": self.rng.choice(["03-01", "06-30", "12-31"]), "per": "year"}
        said = self.maybe(0.5, about="filed")
        if kind < 0.75:
            return said | {"until": self.rng.choice(["next 03-01", "next 06-30"]), "per": "year"}
        return said | {"within": within, "per": self.rng.choice(["year", "quarter", "month", "period"])}

    def sequence(self) -> Said:
        spans = ["1d", "7d", "1 month", "5 working days"]
        said = self.maybe(0.7, at_least=self.rng.choice(spans))
        said |= self.maybe(0.5 if said else 1, at_most=self.rng.choice(["60d", "3 months", "90d"]))
        if self.rng.random() < 0.3:
            return {"first": "since", "then": self.rng.choice(["opened", "until", "opened + 5"])} | said
        return self.of("meetings") | {self.rng.choice(["before", "after"]): self.rng.choice(["opened", "since"])} | said

    def spacing(self) -> Said:
        said = self.of("meetings") | self.maybe(0.2, on="filed")
        kind = self.rng.random()
        if kind < 0.7:
            said |= {"at_most": self.rng.choice(["30d", "60d", "2 months", "100d"])}
        if kind > 0.6:
            said |= {"at_least": self.rng.choice(["1d", "10d", "20d", "1 month"])}
        return said | (self.maybe(0.3, ends="open") if "at_most" in said else {})

    def streak(self) -> Said:
        said = self.of("meetings") | {"that": self.phrase.predicate("meetings")} | self.maybe(0.2, on="filed")
        return said | bounds(self.rng, ["0", "1", "2", "3"]) | self.maybe(0.25, since=self.phrase.predicate("meetings"))

    def target(self) -> Said:
        what = {"count": "true"} if self.rng.random() < 0.5 else {"sum": self.rng.choice(["present", "eligible", "present + 1"])}
        said = {
            "of": "meetings",
            "by": {"org": "org"},
            "target": self.rng.choice(["wanted", "wanted * 2"]),
            "from": "start",
            "until": "finish",
        }
        return (
            said | what | self.maybe(0.6, **bounds(self.rng, ["50%", "100%", "3/2", "1", ":part"])) | self.maybe(0.2, on="filed")
        )
