"""Random submissions, damaged in the ways that the contract speaks of."""

import csv
import random
from pathlib import Path
from typing import Any

import yaml

Row = dict[str, str]
TEXTS = (
    "x",
    "it's",
    'a "b"',
    "$x",
    "{}",
    "--",
    "; drop",
    '"s".',
    "t_x",
    "Đảng bộ",
    "e\u0301",
    "ß",
    "SS",
    "%",
    "a,b",
    "  x ",
    "-",
    "\u00a0",
    "\u200bx",
    "\ufeff",
    "İ",
    "😀",
)
FIXED = (
    "2018-06-01", "2018-12-31", "2019-01-01", "2019-01-31", "2019-02-01", "2019-02-28", "2019-03-15", "2019-03-31", "2019-04-30",
    "2019-05-31", "2019-06-30", "2019-07-01", "2019-09-30", "2019-10-15", "2019-12-31", "2020-01-01", "2020-02-29",
    "9999-12-31", "0001-01-01",
)  # fmt: skip
WRONG = ("?", "2019-13-01", "1.5.2", "maybe", "31/02/2019", "1,000", "1e3", "20190131", "２０１９-01-31", "２")
VAGUE = ("2018-12", "2019", "2018", "2020-01")
BIG = (2**63 - 1, -(2**63), 2**63, 10**22)
PERIODS = (
    ("2019", "2019-12-31"), ("2019", "2020-03-01"), ("2019", "2019-06-30"), ("2019", "2019-05-17"), ("2019", "2018-11-30"),
    ("2019-01-01..2019-06-30", "2019-06-30"), ("2019-03-10..2019-10-20", "2019-12-31"), ("2018-04-01..2019-03-31", "2019-03-31"),
)  # fmt: skip
ORDINARY = {"orgs": ("A", "B", "C", "D", "E"), "zones": ("Z1", "Z2")}


class Submission:
    """A random submission to a rulebook with these records."""

    def __init__(self, rng: random.Random, records: dict[str, Any]) -> None:
        self.rng, self.records = rng, records
        self.harm = rng.choice([0.1, 0.5, 1.0])
        self.keys = {name: [key if self.often(0.9) else rng.choice(TEXTS) for key in keys] for name, keys in ORDINARY.items()}
        if self.broken(0.3):
            # The references `A`, `a` and `Ａ` are near both.
            self.keys["orgs"][1:3] = ["A.", "a-"]
            self.keys["orgs"][0] = "F"

    def often(self, chance: float) -> bool:
        """Whether something happens."""
        return self.rng.random() < chance

    def broken(self, chance: float) -> bool:
        """Whether something is damaged: in some submissions more, in others less."""
        return self.rng.random() < chance * self.harm

    def cell(self, said: dict[str, Any]) -> str:
        """A random cell."""
        if "list" in said:
            one = {key: what for key, what in said.items() if key != "list"}
            return str(self.rng.choice(said["list"])).join(self.cell(one) for _ in range(self.rng.choice([0, 1, 1, 2, 3])))
        if self.broken(0.08):
            return self.rng.choice(["", "", " ", "\u00a0", "\u200b", "N/A", "-"])
        if self.broken(0.04) and said.get("type"):
            return self.rng.choice(WRONG)
        if "ref" in said:
            return (
                self.rng.choice(["A", "B", "QQ", "a", "b-", "Ａ", "В", "z1", "C.0"])
                if self.broken(0.06)
                else self.rng.choice(self.keys[said["ref"]])
            )
        if "enum" in said:
            return self.word(said["enum"])
        kinds = {"boolean": self.truth, "date": lambda: self.day(said), "integer": self.number, "number": self.number}
        return kinds.get(said.get("type", "text"), lambda: self.rng.choice(TEXTS))()

    def word(self, enum: Any) -> str:
        """One of the words of an enumeration, or none of them."""
        words = [*enum, *(other for others in enum.values() for other in others)] if isinstance(enum, dict) else [*enum]
        word = str(self.rng.choice(words))
        return "nothing" if self.broken(0.03) else word.upper() if self.often(0.1) else word

    def truth(self) -> str:
        """A boolean."""
        return self.rng.choice(["true", "false", "yes", "NO", "1", "0", "có", "Không"])

    def number(self) -> str:
        """A number, mostly a small one."""
        if self.broken(0.03):
            return str(self.rng.choice(BIG))
        return (
            self.rng.choice(["0.5", "2.5", "1.000001", "-0.5", "3.0", "2.00", "1.000", "0.3333333", "2.5000000", "-0.0000001"])
            if self.often(0.1)
            else str(self.rng.randint(-1, 5))
        )

    def day(self, said: dict[str, Any]) -> str:
        """A random day, mostly of 2019."""
        day, month = self.rng.randint(1, 28), self.rng.randint(1, 12)
        if "precision" in said and self.often(0.3):
            return self.rng.choice([f"2019-{month:02}", f"2019-{month:02}", f"{month:02}/2019", *VAGUE])
        if said.get("formats") and self.often(0.3):
            return self.rng.choice(
                [f"{day:02}/{month:02}/2019", f"{day}/{month}/2019", f"{day:02}.{month:02}.19", f"{month:02}/{day:02}/25"]
            )
        return self.rng.choice(FIXED) if self.often(0.5) else f"2019-{month:02}-{day:02}"

    def row(self, name: str, number: int) -> Row:
        """One row."""
        self.keys |= {other: [f"{other[0]}{count}" for count in range(6)] for other in ("people", "meetings")}
        fields = self.records[name]["fields"]
        row = {column: self.cell(said) for column, said in fields.items()}
        if "id" in fields and not self.broken(0.05):
            row["id"] = self.keys[name][number] if name in ORDINARY else f"{name[0]}{number}"
        if name == "meetings" and row["present"].isdecimal() and row["eligible"].isdecimal() and self.often(0.8):
            row["present"], row["eligible"] = sorted([row["present"], row["eligible"]], key=int)
        if name == "orgs" and self.often(0.8):
            row["above"] = self.rng.choice(["", *self.keys["orgs"][:number]])
            for column, days in {"since": ["2018-06-01", "2019-02-01"], "until": ["", "2019-09-30", "2019-03-31"]}.items():
                vague = ["2018-12", "2019-02", "2019-03"] if "precision" in fields[column] else []
                row[column] = self.rng.choice(["", *days, *vague])
        return row

    def damaged(self, name: str, rows: list[Row]) -> None:
        """Adds twins and blank rows, and takes columns away."""
        if rows and self.broken(0.3):
            twin = dict(self.rng.choice(rows))
            if self.often(0.5):
                column = self.rng.choice(list(twin))
                twin[column] = self.cell(self.records[name]["fields"][column])
            rows.insert(self.rng.randint(0, len(rows)), twin)
        if rows and self.broken(0.1):
            rows.insert(self.rng.randint(0, len(rows)), dict.fromkeys(rows[0], ""))
        if rows and self.broken(0.1):
            for row in rows:
                row["remark"] = self.rng.choice(TEXTS)
        for column in self.records[name]["fields"]:
            if self.broken(0.03):
                for row in rows:
                    row.pop(column)

    def tables(self) -> dict[str, list[Row]]:
        """All tables; one may be missing."""
        many = {
            "orgs": 5,
            "zones": 2,
            "attendance": self.rng.randint(0, 12),
            "meetings": self.rng.randint(2, 14),
            "people": self.rng.randint(0, 6),
        }
        found = {}
        for name in (name for name, said in self.records.items() if "fields" in said):
            rows = [self.row(name, number) for number in range(many.get(name, self.rng.randint(0, 4)))]
            self.damaged(name, rows)
            if not self.broken(0.05):
                found[name] = rows
        return found

    def write(self, folder: Path) -> None:
        """Writes it, with its manifest."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables().items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
                writer = csv.DictWriter(target, list(rows[0] if rows else self.records[name]["fields"]))
                writer.writeheader()
                writer.writerows(rows)
        period, as_of = self.rng.choice(PERIODS)
        said = {"period": period, "as_of": as_of}
        if self.often(0.5):
            said["waivers"] = "waivers.yaml"
            (folder / "waivers.yaml").write_text(
                yaml.safe_dump({"waivers": self.waivers()}, allow_unicode=True), encoding="utf-8"
            )
        (folder / "submission.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")

    def waivers(self) -> list[dict[str, str]]:
        """Random waivers."""
        found = []
        for _ in range(self.rng.randint(2, 16)):
            rule = self.rng.choice([f"r{self.rng.randint(0, 7)}", "records/orgs/kind/allowed", "records/orgs/zone/reference"])
            said = {
                "rule": rule,
                "subject": self.rng.choice([key for key in self.keys["orgs"] if key.strip("\ufeff\u00a0\u200b ")]),
                "reason": "flood",
                "approved_by": "board",
            }
            said |= {
                "from": self.rng.choice(["2018-01-01", "2019-04-01"]),
                "until": self.rng.choice(["2019-06-30", "2020-12-31"]),
            }
            found.append(
                said | ({"window": self.rng.choice(["2019", "2019-03", "2019-Q2", "2019-H1"])} if self.often(0.3) else {})
            )
        return found
