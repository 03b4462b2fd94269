"""Random ways in which rows of records belong to a subject."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.oracle.derived import source_of
from tests.oracle.predicates import Records, fields, kind_of

Link = tuple[str, dict[str, Any]]
"""A record, and how its rows find the subject."""


def links_of(records: Records, terms: dict[str, Any], subject: str) -> list[Link]:
    """The ways in which rows of records belong to a subject."""
    found: list[Link] = []
    if subject == "submission":
        return [(name, {}) for name in records if name != subject]
    if "derive" in records[subject] and not of_lists(records, terms, subject):
        found += [(source_of({"terms": terms}, records[subject]["derive"]), {})] * 4
    for name in records:
        references = [field for field in fields(records, name, "ref") if records[name]["fields"][field]["ref"] == subject]
        for field in references:
            by = {"by": field} if len(references) > 1 else {}
            if name != subject:
                found += [(name, by)] * 2
            if subject == "organisations":
                found += [(name, {**by, "via": via}) for via in ("children", "descendants")]
    if subject != "organisations" and "organisation" not in records[subject]["fields"]:
        return found
    if subject != "organisations":
        shared = [name for name in records if "organisation" in records[name]["fields"]]
        found += [(name, {"by": {"organisation": "organisation"}}) for name in shared]
    else:
        found += [("organisations", {"by": {"level": "level"}}), ("organisations", {"by": {"parent": "parent"}})]
    return found


def of_lists(records: Records, terms: dict[str, Any], subject: str) -> bool:
    """Whether a record is made of a list, by which none of the rows that it is made of is found."""
    derive = records[subject]["derive"]
    kinds = dict(paths(records, source_of({"terms": terms}, derive)))
    return any(kinds.get(text) == "list" for text in derive["key"].values())


def some_pairs(random: Random, records: Records, subject: str, related: str) -> dict[str, Any]:
    """Values that are equal, at the ends of paths, by which rows are found instead, in some rulebooks.

    Nothing is drawn from what the rest of the rulebook is drawn from, so that this stays as it is.
    """
    own = Random(str(random.getstate()))  # noqa: S311
    theirs, its = ([each for each in paths(records, name) if each[1] != "list"] for name in (related, subject))
    alike = [(one, other) for one, kind in theirs for other, another in its if kind == another]
    if not alike or subject == "submission" or own.random() < 0.7:
        return {}
    leading = [one for one, other in alike if other == records[subject].get("key") and "." in one]
    if leading and own.random() < 0.3:
        return {"by": own.choice(leading)}
    return {"by": dict(own.sample(alike, min(len(alike), own.choice([1, 2, 2, 3]))))}


def paths(records: Records, record: str, way: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    """The paths that there are from a record, and what stands at the end of each."""
    for name, spec in records[record]["fields"].items():
        kind = kind_of(spec)
        yield way + name, {"ref": f"key of {spec.get('ref')}", "enum": str(spec.get("enum"))}.get(kind, kind)
        if name == records[record].get("key"):
            yield way + name, f"key of {record}"
        if kind == "ref" and depth:
            yield from paths(records, spec["ref"], f"{way}{name}.", depth - 1)


def a_derivation(random: Random, records: Records, terms: dict[str, Any]) -> dict[str, Any]:
    """What a record is made of: one column or two of a record that is submitted."""
    given = [name for name, record in records.items() if "roll_call" not in record]
    source = random.choice(given)
    columns = []
    for path, kind in paths(records, source):
        if kind == "date":
            columns += [f"month({path})", f"quarter({path})", f"year({path})", path]
        elif kind not in {"number", "text"} and not kind.startswith(f"key of {source}"):
            columns.append(path)
    if not columns:
        return {}
    chosen = random.sample(columns, min(len(columns), random.choice([1, 2, 2])))
    term = [name for name in terms if terms[name]["of"] == source]
    return {"from": random.choice([source, *term]), "key": {f"c{n}": text for n, text in enumerate(chosen)}}
