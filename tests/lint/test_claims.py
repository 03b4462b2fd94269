"""What lint states of random rulebooks is held against random submissions: nothing that it says is ever refuted.

The predicates are evaluated, and the verdicts reached, by the oracle.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from checker.lint import predicates
from checker.lint.desk import Desk, parsed
from checker.lint.suspicious import PASSES
from checker.lint.truth import EVERY, Truth, possible
from checker.rules.layers import Loaded
from checker.rules.loading import loaded
from checker.words.message import Message
from checker.yaml_tree import Path as Way
from tests.oracle.cells import Table
from tests.oracle.evaluate import consult
from tests.oracle.expressions import parse
from tests.oracle.generate import rulebook
from tests.oracle.indicators import mentioned
from tests.oracle.predicates import Records, predicate
from tests.oracle.submissions import Filing, filing
from tests.oracle.world import Span, World

PREDICATES, FILINGS = 400, 6
RULEBOOKS = (*range(38), 64, 89, 103, 141)
"""Seeds of rulebooks; those of the last three have rules that contradict each other, which others seldom have."""
OPERATORS = ("at_least", "more_than", "at_most", "less_than", "exactly")
YEAR = Span(date(2019, 1, 1), date(2019, 12, 31), "2019")


def load(folder: Path, book: dict[str, Any]) -> Loaded:
    file = folder / f"{book['rulebook']}.yaml"
    file.write_text(yaml.safe_dump(book, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return loaded(file)


# -- predicates over all kinds of fields ------------------------------------------------------------------------------


def some_records(random: Random) -> Records:
    """A record with a field of every kind, each with a default, limits or neither."""

    def perhaps(**keys: Any) -> dict[str, Any]:
        return {key: value for key, value in keys.items() if random.random() < 0.35}

    fields = {
        "id": {},
        "above": {"ref": "things", **perhaps(required=True)},
        "name": perhaps(default="Ann", required=True),
        "kind": {"enum": random.choice([["a", "c"], ["a", "b"], {"a": ["B"], "c": []}]), **perhaps(default="a", required=True)},
        "open": {"type": "boolean", **perhaps(default="true", required=True)},
        "size": {"type": "integer", **perhaps(min=random.choice([0, 1]), max=random.choice([1, 3]), default=1)},
        "cost": {"type": "number", **perhaps(min=random.choice([0, "0.5"]), max=random.choice([1, "2.5"]), default=1)},
        "day": {"type": "date", **perhaps(default="2019-03-31", required=True)},
        "end": {"type": "date"},
    }
    return {"things": {"key": "id", "fields": fields, "lifespan": {"from": "day", "until": "end"}}}


CELLS = {
    "id": ["A", "B", "C", ""],
    "above": ["A", "B", "Z", ""],
    "name": ["Ann", "ann", "ANN", "Bob", "A", "", " "],
    "kind": ["a", "B", "c", "?", ""],
    "open": ["yes", "no", "?", ""],
    "size": ["-1", "0", "1", "2", "3", "9", "x", ""],
    "cost": ["-1", "0", "0.5", "0.75", "1", "2.5", "3", "x", ""],
    "day": ["2018-12-31", "2019-01-01", "2019-03-31", "2019-12-31", "2020-02-29", "0001-01-01", "9999-12-31", "x", ""],
    "end": ["2018-12-31", "2019-03-31", "2030-01-01", "x", ""],
}
ODD = (
    "{p}day is null",
    "{p}day is not null",
    "{p}size is null",
    "{p}name is not null",
    "{p}above is null",
    "{p}open is null",
    "{p}size = {p}size",
    "{p}day <> {p}day",
    "{p}day < {p}end",
    "lower({p}name) = 'ann'",
    "lower({p}name) = 'Ann'",
    "upper({p}name) <> 'ANN'",
    "{p}name < 'B'",
    "{p}name between 'A' and 'B'",
    "{p}name like 'A%'",
    "{p}kind like '_'",
    "{p}name in ('Ann', 'Bob')",
    "length({p}name) >= 0",
    "coalesce({p}size, 0) <= 1",
    "coalesce({p}kind, 'a') = 'a'",
    "abs({p}size) < 0",
    "{p}size * 2 > {p}cost",
    "{p}size in (0, 1, 2.5)",
    "{p}size between 1.5 and 2.5",
    "{p}cost > 0.5 and {p}cost < 1",
    "{p}day > date '2019-03-31' and {p}day < date '2019-04-01'",
    "{p}day + 1 > {p}day",
    "{p}end - {p}day >= 0",
    "{p}size >= :few",
    "{p}size - :few > 2",
    "{p}kind = :word",
    "{p}open = (size > 1)",
    "true",
    "1 = 2",
)


def some_predicate(random: Random, records: Records) -> str:
    """One that may compare anything with anything."""
    chance = random.random()
    if chance < 0.4:
        return predicate(random, records, "things")
    one = random.choice(ODD).format(p=random.choice(["", "", "", "above.", "above.above."]))
    if chance < 0.7:
        return one
    other = some_predicate(random, records)
    return random.choice([f"({one}) or ({other})", f"({one}) and ({other})", f"not ({one})"])


def some_rows(random: Random) -> Table:
    """Rows of all that a cell can be; at times without some of the columns."""
    columns = [name for name in CELLS if random.random() < 0.9]
    return Table(tuple(columns), tuple({name: random.choice(CELLS[name]) or None for name in columns} for _ in range(30)))


def seen(world: World, text: str, given: list[str]) -> dict[Truth, object]:
    """The truth values that a predicate has of rows of which no given predicate is false, each with such a row."""
    found: dict[Truth, object] = {}
    for row in world.tables["things"] or ():
        for day in (date(2018, 1, 1), date(2019, 6, 30)):
            if world.holds([parse(each) for each in given], row, day) is not False:
                found.setdefault(world.holds([parse(text)], row, day), {name: cell.text for name, cell in row.cells.items()})
    return found


def test_what_a_predicate_cannot_be_it_never_is(tmp_path: Path) -> None:
    claimed = 0
    for seed in range(PREDICATES // 20):
        random = Random(seed)  # noqa: S311
        records = some_records(random)
        book = {
            "rulebook": f"things-{seed}",
            "title": "Things",
            "parameters": {"few": [{"from": "2010-01-01", "value": 1}, {"from": "2019-01-01", "value": 2}], "word": "a"},
            "records": records,
        }
        known = load(tmp_path, book)
        scope = Desk(known.book, known.tree).scope(known.book.records["things"])
        worlds = [World(book, {"things": some_rows(random)}, YEAR, YEAR.last) for _ in range(3)]
        for _ in range(20):
            text = some_predicate(random, records)
            given = [some_predicate(random, records)] if random.random() < 0.4 else []
            can = possible(parsed(text), [parsed(each) for each in given], scope)
            claimed += can != EVERY
            for world in worlds:
                for truth, row in seen(world, text, given).items():
                    assert truth in can, f"{text} is {truth} of {row}, where {given} may hold; {records}"
    assert claimed > PREDICATES / 20


# -- what is said of rulebooks ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Noting(Desk):
    """A desk that also remembers of which path each thing is said."""

    notes: list[tuple[Way, str, str]] = field(default_factory=list)

    def warn(self, path: Way, code: str, what: Message, fix: Message, *, offset: int | None = None, of_key: bool = False) -> None:
        self.notes.append((path, code, str(what)))
        super(Noting, self).warn(path, code, what, fix, offset=offset, of_key=of_key)


def notes_of(known: Loaded) -> Noting:
    desk = Noting(known.book, known.tree)
    for look in PASSES:
        look(desk)
    return desk


def sharpened(random: Random, book: dict[str, Any]) -> dict[str, Any]:
    """The rulebook with bounds, duplicates and exceptions that lint has something to say of."""
    for rule in list(book["rules"]):
        copy: dict[str, Any] = yaml.safe_load(yaml.safe_dump(rule))
        if random.random() < 0.5:
            rebound(random, rule)
        if random.random() < 0.4:
            rebound(random, copy)
            book["rules"].append({**copy, "id": f"{rule['id']}-again"})
    if random.random() < 0.5:
        selecting = [rule for rule in book["rules"] if rule["for"] in book["terms"] and "where" in book["terms"][rule["for"]]]
        for number, rule in enumerate(selecting):
            where = book["terms"][rule["for"]]["where"]
            exception = {"id": f"never-{number}", "cites": "law art. 2", "displaces": [rule["id"]]}
            book.setdefault("exceptions", []).append({**exception, "when": {"subject": f"not ({where})"}})
    return book


def rebound(random: Random, rule: dict[str, Any]) -> None:
    """Gives the rule's bounds other numbers, among them those that nothing, or everything, meets."""
    ((name, form),) = rule["require"].items()
    numbers: dict[str, list[object]] = {"share": [0, "0%", "100%"], "rate": [0, "100%"]}
    numbers |= {form: [0, 1, 2, 3] for form in ("frequency", "coverage", "streak")}
    if name in numbers:
        form |= {key: random.choice(numbers[name]) for key in OPERATORS[:4] if key in form}
        if random.random() < 0.3 and "exactly" not in form:
            lower = [key for key in ("at_least", "more_than") if key in form]
            form |= random.choice([{"at_most": 0}, {lower[0] if lower else "at_least": 1}])
            form.pop("less_than", None)
        if "exactly" not in form:
            form.pop("round", None)


Verdicts = dict[str, dict[tuple[str, str | None], tuple[str, str]]]
"""By rule: the verdict and reason of each subject and window."""


def verdicts(book: dict[str, Any], filed: Filing) -> Verdicts:
    found: Verdicts = defaultdict(dict)
    for each in consult(book, filed.tables, filed.period, filed.as_of, filed.overrides, filed.waivers).findings:
        found[each.rule][each.subject, each.window] = (str(each.verdict), str(each.reason))
    return found


def refuted(book: dict[str, Any], desk: Noting, filed: Filing) -> Iterator[str]:
    """What lint says, and a submission shows to be false."""
    said = verdicts(book, filed)
    displaced = Counter(name for each in book.get("exceptions", ()) for name in each["displaces"])
    for path, code, what in desk.notes:
        if path[0] not in {"rules", "exceptions"}:
            continue
        entry = at(book, path[:2])
        mine = said[entry["id"]]
        words = {verdict for verdict, _ in mine.values()}
        # Of several requirements another may be broken where one is always met.
        alone = code == "bound-always-met" and "all" not in entry["require"]
        single = alone and sum(key in OPERATORS for key in form_of(entry)) == 1
        if (code == "bound-never-met" and "satisfied" in words) or (single and "violated" in words):
            yield f"{what}, and {entry} gives {words}"
        elif code == "contradicting-rules" and "all" in entry["require"] and "'" not in what:
            yield from (f"two requirements of {entry} are said to contradict each other" for _ in words & {"satisfied"})
        elif code in {"contradicting-rules", "duplicate-rule"}:
            other = said[what.split("'")[3]]
            impossible = {"satisfied"} if code == "contradicting-rules" else {"satisfied", "violated"}
            yield from (what for where in mine.keys() & other.keys() if {mine[where][0], other[where][0]} == impossible)
        elif code == "displaces-nothing" and displaced[name := what.split("'")[1]] == 1:
            yield from (what for _, reason in said[name].values() if reason == "displaced")


def form_of(rule: dict[str, Any]) -> dict[str, Any]:
    ((_, form),) = rule["require"].items()
    return dict(form)


def without_the_unused(book: dict[str, Any], desk: Noting) -> dict[str, Any]:
    """The rulebook without anything that is said to be unused."""
    left: dict[str, Any] = yaml.safe_load(yaml.safe_dump(book, sort_keys=False))
    for path, code, _ in desk.notes:
        if code.startswith("unused-"):
            *above, last = path
            del at(left, above)[last]
    return left


def at(tree: Any, way: Sequence[str | int]) -> Any:
    for step in way:
        tree = tree[step]
    return tree


@pytest.mark.parametrize("seed", RULEBOOKS)
def test_what_is_said_of_a_rulebook_is_so(seed: int, tmp_path: Path) -> None:
    random = Random(f"claims {seed}")  # noqa: S311
    book = sharpened(random, rulebook(seed))
    desk = notes_of(load(tmp_path, book))
    for number in range(FILINGS):
        filed = filing(seed * FILINGS + number, book)
        if filed.overrides:
            continue
        assert not list(refuted(book, desk, filed)), number
        world = World(book, filed.tables, filed.period, filed.as_of)
        for written in predicates.written(desk):
            if mentioned(world, written.text, written.rows.record.name):
                continue  # What an indicator is, is told of a subject in a window, and not of a row.
            can = possible(parsed(written.text), written.rows.given, desk.scope(written.rows.record))
            given = [parse(each) for each in written.rows.where]
            for row in world.tables[written.rows.record.name] or ():
                if world.holds(given, row, world.ref) is not False:
                    assert world.holds([parse(written.text)], row, world.ref) in can, written.text
    load(tmp_path, without_the_unused(book, desk))


def test_the_rulebooks_give_lint_enough_to_say(tmp_path: Path) -> None:
    """What is tested above is said at all."""
    said: Counter[str] = Counter()
    for seed in RULEBOOKS:
        random = Random(f"claims {seed}")  # noqa: S311
        said.update(code for _, code, _ in notes_of(load(tmp_path, sharpened(random, rulebook(seed)))).notes)
    told = {"never-true", "never-false", "bound-never-met", "bound-always-met", "contradicting-rules", "duplicate-rule"}
    assert {
        code for code in told | {"displaces-nothing", "parameter-gap", "unused-term", "unused-field"} if said[code] < 2
    } == set()
