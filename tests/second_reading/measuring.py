"""Random indicators, and rules that name them."""

import random

from tests.second_reading.others import Others
from tests.second_reading.phrases import Phrases
from tests.second_reading.requiring import NAMES, Said, bounds

TERMS = {"orgs": ["orgs", "some-orgs", "fewer-orgs"], "meetings": ["meetings", "some-meetings"], "zones": ["zones"]}
DISTINCT = {
    "meetings": ["kind", "org", "org.zone", "note", "present", "held"],
    "people": ["role", "zone", "zone.big", "age", "org.kind", "org.above"],
    "orgs": ["zone", "kind", "zone.name", "size"],
}
SUMMED = {
    "meetings": ["present", "eligible", "present * 2", "eligible - present", "count(topics)"],
    "people": ["age", "paid", "paid * 0.1"],
}
OWN = {"orgs": ["members", "size", "count(tags)"], "meetings": ["present", "eligible"], "zones": ["2", "1.5"]}


class Measures(Others):
    """Makes what is measured, and what compares it."""

    def __init__(self, rng: random.Random, phrase: Phrases, earlier: list[Said]) -> None:
        super().__init__(rng, phrase)
        self.earlier = earlier

    def indicator(self, number: int) -> Said:
        """A random indicator."""
        record = self.rng.choice(["orgs", "orgs", "orgs", "zones", "meetings"])
        said: Said = {"id": f"n-{number}", "for": self.rng.choice(TERMS[record])}
        if record != "meetings":
            said |= self.maybe(0.6, per=self.per())
        if "per" not in said:
            self.changes = True
        names = self.names(record, said.get("per"))
        if self.rng.random() < (0.4 if names else 0.1):
            return said | {"measure": {"value": self.expression(record, names)}}
        return said | {"measure": self.measure(record, windows="per" in said)}

    def names(self, record: str, per: str | None) -> list[str]:
        """The names of the indicators about a record in such windows."""
        return [each["id"].replace("-", "_") for each in self.earlier if each["for"] in TERMS[record] and each.get("per") == per]

    def rows(self, record: str, *, windows: bool) -> tuple[str, Said]:
        """The rows that are measured, and of which record they are."""
        if record == "meetings":
            return "people", self.people()
        if record == "zones":
            found = {"of": "people", "by": "zone"} | self.maybe(0.4, where=self.phrase.predicate("people", parameters=False))
        else:
            found = self.of("meetings", *(["people"] if windows else ["people", "orgs"]))
        related = {"some-meetings": "meetings", "some-people": "people", "some-orgs": "orgs"}.get(found["of"], found["of"])
        if related == "people" and windows:
            found |= {"on": "joined"}
        return related, found | (self.maybe(0.2, on="filed") if related == "meetings" else {})

    def measure(self, record: str, *, windows: bool) -> Said:
        """What is measured of related rows."""
        related, rows = self.rows(record, windows=windows)
        kind = self.rng.choice(["count", "count", "sum", "share", "rate"])
        if kind == "count" or related == "orgs":
            return {"count": rows | self.maybe(0.4, distinct=self.rng.choice(DISTINCT[related]))}
        if kind == "sum":
            return {"sum": rows | {"value": self.rng.choice(SUMMED[related])}}
        if kind == "share" or related == "people":
            return {"share": rows | {"that": self.phrase.predicate(related, parameters=self.changes)}}
        return {"rate": rows | {"part": "present", "whole": "eligible"}}

    def own(self, record: str) -> str:
        """A number of a subject."""
        return self.rng.choice(OWN[record])

    def expression(self, record: str, names: list[str]) -> str:
        """An expression over a subject and indicators."""
        own = self.own(record)
        if not names:
            return own
        one, other = self.rng.choice(names), self.rng.choice([*names, own])
        return self.rng.choice(
            [
                one, one, f"{one} + 1", f"{one} * 2", f"{one} - {other}", f"{one} * {other}", f"abs({one} - {other})",
                f"coalesce({one}, {other})", f"coalesce({one}, 0)", f"-{one}", f"{own} * {one} - 0.5", f"coalesce({own}, {one})",
            ]
        )  # fmt: skip

    def comparison(self, record: str, names: list[str]) -> str:
        """A predicate that names an indicator."""
        left, one, own = self.expression(record, names), self.rng.choice(names), self.own(record)
        right = self.rng.choice([own, "0", "1", "2", "50%", one])
        found = self.rng.choice(
            [
                f"{left} {self.rng.choice(['<', '<=', '>', '>=', '=', '<>'])} {right}",
                f"{one} {self.rng.choice(['<', '<=', '>', '>='])} {own} / 2",
                f"{one} is null", f"{one} is not null", f"{one} between 1 and 3", f"{one} in (0, 1)", f"{one} / 2 < {own}",
            ]
        )  # fmt: skip
        found = f"not ({found})" if self.rng.random() < 0.2 else found
        if self.rng.random() < 0.3:
            found = f"{found} {self.rng.choice(['and', 'or'])} {self.phrase.predicate(record, parameters=self.changes)}"
        return found

    def naming(self) -> tuple[str, str, Said]:
        """Whom a rule that names an indicator is for, its form, and what it asks."""
        chosen = self.rng.choice(self.earlier)
        (record,) = (record for record, terms in TERMS.items() if chosen["for"] in terms)
        windows = {"per": chosen["per"]} if "per" in chosen else {}
        self.changes &= not windows.get("per", "").startswith("term")
        names, subject = self.names(record, chosen.get("per")), self.rng.choice([chosen["for"], *TERMS[record]])
        if self.rng.random() < 0.6:
            return subject, "condition", {"that": self.comparison(record, names)} | windows
        said = self.rows(record, windows=bool(windows))[1]
        if not windows:
            said.pop("on", None)
        said |= bounds(self.rng, [self.expression(record, names), f"{self.rng.choice(names)} / 2"])
        if any(sign in "".join(said[key] for key in NAMES if key in said) for sign in ("/", ".", "*")):
            said |= self.maybe(0.3, round=self.rng.choice(["up", "down", "nearest"]))
        return subject, "frequency" if windows else "coverage", said | windows


def indicators(rng: random.Random, phrase: Phrases) -> list[Said]:
    """Random indicators, of which the later ones may name the earlier."""
    found: list[Said] = []
    for number in range(rng.randint(3, 7)):
        found.append(Measures(rng, phrase, [*found]).indicator(number))
    return found
