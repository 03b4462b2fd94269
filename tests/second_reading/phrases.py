"""Random predicates and expressions over the records of random rulebooks."""

import random
from typing import Any

WORDS = ("it''s", 'a "b"', "$x", "{}", "Đảng bộ", "ß", "%", "x")
DAYS = ("2018-12-31", "2019-01-01", "2019-03-15", "2019-06-30", "2019-12-31")


class Phrases:
    """Makes predicates that fit the records."""

    def __init__(self, rng: random.Random, records: dict[str, Any]) -> None:
        self.rng = rng
        fields = {
            "who": {"ref": "people"},
            "occasion": {"ref": "meetings"},
            "date": {"type": "date"},
            "present": {"type": "boolean"},
        }
        self.records = records | ({"due": {"fields": fields}} if "due" in records else {})

    def field(self, record: str, *kinds: str) -> str | None:
        """A field of a record of one of these types, perhaps through a reference."""
        fields = self.records[record]["fields"]
        found = [name for name, said in fields.items() if self.kind(said) in kinds]
        through = [(name, said["ref"]) for name, said in fields.items() if self.kind(said) == "ref"]
        if through and self.rng.random() < 0.15:
            name, other = self.rng.choice(through)
            further = [field for field, said in self.records[other]["fields"].items() if self.kind(said) in kinds]
            return f"{name}.{self.rng.choice(further)}" if further else None
        return self.rng.choice(found) if found else None

    @staticmethod
    def kind(said: dict[str, Any]) -> str:
        """The kind of a field."""
        return next((kind for kind in ("list", "enum", "ref") if kind in said), str(said.get("type", "text")))

    def said(self, record: str, path: str) -> dict[str, Any]:
        """The declaration of a field, through references."""
        for name in path.split(".")[:-1]:
            record = self.records[record]["fields"][name]["ref"]
        found: dict[str, Any] = self.records[record]["fields"][path.rsplit(".", maxsplit=1)[-1]]
        return found

    def number(self, record: str) -> str:
        """A numeric expression."""
        rng, name = self.rng, self.field(record, "integer", "number")
        if name is None:
            return str(rng.randint(0, 4))
        return rng.choice(
            [
                name,
                name,
                name,
                f"{name} + 1",
                f"{name} * 2",
                f"abs({name})",
                f"coalesce({name}, 0)",
                f"{name} / 2",
                f"{name} - 0.5",
            ]
        )

    def atom(self, record: str, *, parameters: bool) -> str:  # noqa: PLR0911 (one for each kind)
        """A simple predicate."""
        rng = self.rng
        kind = rng.choice(["integer", "enum", "boolean", "date", "text", "ref", "null", "null", "list"])
        if kind == "null":
            name = self.field(record, "integer", "enum", "boolean", "date", "text", "ref", "number", "list")
            return f"{name} is {rng.choice(['', 'not '])}null" if name else "true"
        if kind == "integer":
            limit = ":few" if parameters and rng.random() < 0.15 else str(rng.choice([0, 1, 2, 3, "2.5"]))
            number = self.number(record)
            if number.isdigit():
                return "true"
            return f"{number} {rng.choice(['<', '<=', '>', '>=', '=', '<>'])} {limit}"
        name = self.field(record, kind)
        if name is None:
            return "true"
        if kind == "list":
            return self.listing(record, name)
        if kind == "enum":
            listed = [word.replace("'", "''") for word in self.said(record, name)["enum"]]
            return rng.choice(
                [
                    f"{name} = '{rng.choice(listed)}'",
                    f"{name} <> '{rng.choice(listed)}'",
                    f"{name} in ('{listed[0]}', '{listed[1]}')",
                ]
            )
        if kind == "boolean":
            return str(name)
        if kind == "date":
            day = f"date '{rng.choice(DAYS)}'"
            return rng.choice(
                [
                    f"{name} >= {day}",
                    f"{name} < {day}",
                    f"{name} <= :as_of",
                    f"year({name}) = 2019",
                    f"{day} - {name} > 60",
                    f"{name} + 30 > {day}",
                ]
            )
        word = rng.choice(WORDS)
        if kind == "ref":
            return rng.choice([f"{name} = 'A'", f"{name} <> 'B'", f"{name} in ('A', 'Z1')"])
        return rng.choice(
            [
                f"{name} = '{word}'",
                f"{name} <> '{word}'",
                f"{name} like '%{word}%'",
                f"length({name}) > 1",
                f"lower({name}) = 'x'",
            ]
        )

    def listing(self, record: str, name: str) -> str:
        """A predicate of a list."""
        said = self.said(record, name)
        words = ["Z1", "Z2", "QQ"] if "ref" in said else [*said.get("enum", ["x", "it's", "a", "b", "-", "ß"])]
        word, other = self.rng.choice(words).replace("'", "''"), self.field(record, "text")
        return self.rng.choice(
            [
                f"contains({name}, '{word}')",
                f"contains({name}, {other or repr('x')})" if "enum" not in said else f"not contains({name}, '{word}')",
                f"count({name}) {self.rng.choice(['<', '>=', '=', '<>'])} {self.rng.randint(0, 3)}",
            ]
        )

    def predicate(self, record: str, *, parameters: bool = True) -> str:
        """A predicate of a few parts."""
        parts = [self.atom(record, parameters=parameters) for _ in range(self.rng.choice([1, 1, 1, 2, 2, 3]))]
        parts = [f"not ({part})" if self.rng.random() < 0.15 else part for part in parts]
        parts = [part for part in parts if part != "true"] or ["true"]
        if parts == ["true"]:
            return self.certain(record)
        return self.rng.choice([" and ", " or "]).join(parts)

    def certain(self, record: str) -> str:
        """A predicate for a record where the dice gave none."""
        name = next(iter(self.records[record]["fields"]))
        return f"{name} is not null"
