"""Small mistakes in a rulebook: for each value that decides a verdict, what might have been written instead.

They are made in the YAML, not in what it means, so that every form is mutated by what its keys look like: a bound, a
number, a day, a span of time, one of a few words, the name of a selection, a predicate. Whether a mistake gives a
rulebook at all is left to the reader of rulebooks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from checker.forms import FORMS
from checker.forms.base import Bounded, Form
from checker.forms.indicators import MEASURES
from checker.forms.several import SEVERAL
from checker.forms.words import OPERATORS
from checker.model.days import DAY
from checker.model.period import Unit
from checker.mutation import expressions
from checker.rules.indicators import IndicatorEntry

if TYPE_CHECKING:
    from checker.errors import Place
    from checker.rules.merged import Merged
    from checker.yaml_tree import Path, Value

SILENT = frozenset({"id", "title", "cites", "verified", "severity", "remedy", "note", "url"})
"""Keys that decide no verdict and no value: what they say is shown, and a case states nothing of it."""

_DAY = re.compile(DAY)
_SPAN = re.compile(r"([0-9]{1,5})(\s*(?:d|days?|months?|years?)(?: end to end| or the next day)?)")
_NUMBER = re.compile(r"(-?[0-9]{1,18})(?:\.([0-9]{1,6}))?(\s*%)?")
_FRACTION = re.compile(r"([0-9]{1,18})\s*/\s*([0-9]{1,18})")
_STRICTNESS = {"at_least": "more_than", "more_than": "at_least", "at_most": "less_than", "less_than": "at_most"}
_UPWARDS = frozenset({"more_than", "at_most"})
"""With a whole number, strictness turns these bounds into the same with the number below: the one above is left."""

_FORMS_UNDER: Mapping[str, Mapping[str, type[Form]]] = {"require": FORMS, "measure": MEASURES}
"""The forms by the keys under which one of them stands."""

_NAMES = frozenset({"of", "for", "by", "on", "via", "per", "displaces"})


@dataclass(frozen=True, slots=True)
class Variant:
    """One mistake: what kind it is, where, the text before and after, and the value that then stands at `at`.

    `part` is the rule, indicator, term, parameter or exception that it is made in.
    """

    what: str
    part: Path
    place: Place
    before: str
    after: str
    at: Path
    value: Value

    def applied(self, tree: Value) -> Value:
        """The whole tree with the mistake in it; nothing of the given one is changed."""
        return _replaced(tree, self.at, self.value)


def variants(tree: Merged) -> Iterator[Variant]:
    """The mistakes that can be made in a rulebook's rules, indicators, exceptions, terms and parameters."""
    walk = _Walk(tree)
    for index, rule in enumerate(_list(tree, "rules")):
        if isinstance(rule, dict):
            yield from walk.entry(("rules", index), rule)
    for index, indicator in enumerate(_list(tree, "indicators")):
        if isinstance(indicator, dict):
            yield from walk.entry(("indicators", index), indicator)
    for index, exception in enumerate(_list(tree, "exceptions")):
        if isinstance(exception, dict):
            others = [each for each in _list(tree, "exceptions") if each is not exception]
            yield walk.dropped(("exceptions", index), f"exception {exception.get('id')}", ("exceptions",), others)
            yield from walk.entry(("exceptions", index), exception)
    for name, term in _mapping(tree, "terms").items():
        if isinstance(term, dict):
            yield from walk.entry(("terms", name), term)
    for name, value in _mapping(tree, "parameters").items():
        yield from walk.parameter(("parameters", name), value)


class _Walk:
    """Goes through the values of one part of the rulebook after the other."""

    def __init__(self, tree: Merged) -> None:
        self._tree = tree
        self._terms = _mapping(tree, "terms")
        self._siblings = _siblings(tree)
        self._schemas = {
            (key, name): form.model_json_schema() for key, forms in _FORMS_UNDER.items() for name, form in forms.items()
        }
        self._windows = IndicatorEntry.model_json_schema()["properties"]["per"]
        self._part: Path = ()
        self._step = 0

    def entry(self, path: Path, entry: dict[str, Value]) -> Iterator[Variant]:
        """The mistakes in a rule, an indicator, an exception or a term."""
        self._part, self._step = path, _months(entry)
        for key, value in entry.items():
            if key in SILENT:
                continue
            if key not in {"for", "of", "when", "displaces", *_FORMS_UNDER}:
                yield self.dropped((*path, key), f"{key}: {_shown(value)}", path, _without(entry, key))
            if key in _FORMS_UNDER:
                yield from self._forms(key, (*path, key), value)
            else:
                yield from self._value((*path, key), value, self._windows if key == "per" else {})

    def parameter(self, path: Path, value: Value) -> Iterator[Variant]:
        """The mistakes in a parameter's values, and in the days from which they hold."""
        self._part, self._step = path, 0
        dated = value if isinstance(value, list) else []
        if isinstance(value, str):
            yield from self._scalar(path, value, {})
        for index, each in enumerate(dated):
            if isinstance(each, dict):
                for key in ("from", "value"):
                    yield from self._value((*path, index, key), each.get(key), {})

    def dropped(self, path: Path, before: str, at: Path, value: Value) -> Variant:
        """The mistake of leaving out what stands at that path; `value` then stands at `at`."""
        self._part = self._part if self._part and path[:2] == self._part else path[:2]
        place = self._tree.keys.get(path) or self._tree.keys[path[:-1]]
        return Variant("dropped", self._part, place, before, "", at, value)

    def _forms(self, under: str, path: Path, value: Value) -> Iterator[Variant]:
        if not isinstance(value, dict):
            return
        for name, form in value.items():
            if name == SEVERAL and isinstance(form, list):
                yield from self._several(path, form)
                continue
            schema = self._schemas.get((under, name), {})
            if isinstance(form, dict):
                yield from self._unsaid((*path, name), _FORMS_UNDER[under][name], form, schema)
            yield from self._value((*path, name), form, schema)

    def _several(self, path: Path, parts: list[Value]) -> Iterator[Variant]:
        """The mistakes in each of several requirements, and that of leaving one out."""
        for place, each in enumerate(parts):
            rest = [*parts[:place], *parts[place + 1 :]]
            at = (*path, SEVERAL, place)
            yield self.dropped(at, _shown(each), path, {SEVERAL: rest} if len(rest) > 1 else rest[0])
            yield from self._forms("require", at, each)

    def _unsaid(self, path: Path, model: type[Form], form: dict[str, Value], schema: Mapping[str, Any]) -> Iterator[Variant]:
        """The mistakes in what holds where nothing is said: the default bound of a form, and its default numbers."""
        defaults = {
            key: text for key, each in schema.get("properties", {}).items() if isinstance(text := each.get("default"), str)
        }
        said = model.model_validate(form)
        if isinstance(said, Bounded) and not OPERATORS.keys() & form.keys():
            defaults |= dict(said.bounds())
        for key, text in defaults.items():
            if key not in form:
                for what, new_key, new in _other_bound(key, text):
                    yield self._made(
                        what, path, f"{key}: {text} (not written)", f"{new_key}: {new}", path, {**form, new_key: new}
                    )

    def _value(self, path: Path, value: Value, schema: Mapping[str, Any]) -> Iterator[Variant]:
        if isinstance(value, str):
            yield from self._scalar(path, value, schema)
        elif isinstance(value, list):
            for index, each in enumerate(value):
                if len(value) > 1:
                    rest = [*value[:index], *value[index + 1 :]]
                    yield self.dropped((*path, index), _shown(each), path, rest)
                yield from self._value((*path, index), each, schema)
        elif isinstance(value, dict):
            yield from self._mapping(path, value, schema)

    def _mapping(self, path: Path, value: dict[str, Value], schema: Mapping[str, Any]) -> Iterator[Variant]:
        properties = schema.get("properties", {})
        for key, each in value.items():
            if key in SILENT:
                continue
            if len(value) > 1:
                yield self.dropped((*path, key), f"{key}: {_shown(each)}", path, _without(value, key))
            if key in OPERATORS and isinstance(each, str):
                for what, new_key, new in _other_bound(key, each):
                    renamed = {new_key if old == key else old: new if old == key else kept for old, kept in value.items()}
                    yield self._made(what, (*path, key), f"{key}: {each}", f"{new_key}: {new}", path, renamed)
                if not _NUMBER.fullmatch(each) and not _FRACTION.fullmatch(each):
                    yield from self._scalar((*path, key), each, {})
            else:
                yield from self._value((*path, key), each, properties.get(key, {}))
        texts = [key for key, each in value.items() if isinstance(each, str) and key not in SILENT | _NAMES | OPERATORS.keys()]
        # Who agrees in the one, of those who agree in the other, agrees in both.
        for one, other in combinations(texts, 2) if path[-1:] != ("unique",) else ():
            if not _choices(properties.get(one, {})) and not _choices(properties.get(other, {})):
                swapped = {**value, one: value[other], other: value[one]}
                before, after = (f"{one}: {each[one]}, {other}: {each[other]}" for each in (value, swapped))
                yield self._made("swapped", (*path, one), before, after, path, swapped)

    def _scalar(self, path: Path, text: str, schema: Mapping[str, Any]) -> Iterator[Variant]:
        for what, new in self._others(path, text.strip(), schema):
            key = f"{path[-1]}: " if isinstance(path[-1], str) and path[0] != "parameters" else ""
            yield self._made(what, path, f"{key}{text}", f"{key}{new}", path, new)

    def _others(self, path: Path, text: str, schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if text in {"true", "false"}:
            yield "other value", "false" if text == "true" else "true"
        elif _DAY.fullmatch(text):
            yield from (("day", moved) for moved in _other_days(text, self._step))
        elif text in (words := _choices(schema)):
            at = words.index(text)
            yield from (("other value", word) for word in (*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]))
        elif match := _SPAN.fullmatch(text):
            yield from (("span", f"{count}{match[2]}") for count in (int(match[1]) - 1, int(match[1]) + 1))
        elif _NUMBER.fullmatch(text) or _FRACTION.fullmatch(text):
            yield from (("bound by one", number) for number in _other_numbers(text))
        elif isinstance(selection := self._terms.get(text), dict) and isinstance(of := selection.get("of"), str):
            yield "wider selection", of
        elif not _NAMES.intersection(path[-2:]):
            yield from expressions.variants(text, self._siblings)

    def _made(self, what: str, path: Path, before: str, after: str, at: Path, value: Value) -> Variant:
        place = self._tree.values.get(path) or self._tree.keys[path]
        return Variant(what, self._part, place, before, after, at, value)


def _other_bound(key: str, text: str) -> Iterator[tuple[str, str, str]]:
    """(what, key, text) of the bounds that might have been meant: strict for inclusive, and one more or less."""
    if key in _STRICTNESS:
        yield "strictness", _STRICTNESS[key], text
    elif key == "exactly":
        yield from (("one end only", end, text) for end in ("at_least", "at_most"))
    for number in _other_numbers(text):
        whole = key in _STRICTNESS and re.fullmatch(r"-?[0-9]+", text) is not None
        if not whole or (Fraction(number) > Fraction(text)) == (key in _UPWARDS):
            yield "bound by one", key, number


def _other_numbers(text: str) -> list[str]:
    """The numbers beside it: one unit of the last place up and down; beside 2/3 are 2/4 and 3/4."""
    if match := _FRACTION.fullmatch(text):
        part, whole = int(match[1]), int(match[2])
        return [f"{part}/{whole + 1}", f"{part + 1}/{whole + 1}"]
    if match := _NUMBER.fullmatch(text):
        value = Decimal(text.rstrip("% "))
        unit = Decimal(1).scaleb(-len(match[2] or ""))
        return [f"{value + step}{match[3] or ''}" for step in (-unit, unit) if value + step >= 0]
    return []


def _other_days(text: str, months: int) -> list[str]:
    """The days around it: a window of so many months, or a day."""
    try:
        day = date.fromisoformat(text)
        if months:
            return [_in_months(day, step).isoformat() for step in (-months, months)]
        return [(day + timedelta(days=step)).isoformat() for step in (-1, 1)]
    except (ValueError, OverflowError):
        return []


def _in_months(day: date, months: int) -> date:
    """The day so many months later; never beyond the 28th, which every month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def _months(entry: Mapping[str, Value]) -> int:
    """How many months the calendar windows of a rule have; 0 where it has none, and days count."""
    require = entry.get("require")
    forms = [*require.values()] if isinstance(require, dict) else []
    forms += [
        form for each in forms if isinstance(each, list) for part in each if isinstance(part, dict) for form in part.values()
    ]
    for form in forms:
        per = form.get("per") if isinstance(form, dict) else None
        if isinstance(per, str) and per in set(Unit) - {Unit.WEEK, Unit.PERIOD}:
            return Unit(per).months
    return 0


def _choices(schema: object) -> tuple[str, ...]:
    """The words that a key may say, as its JSON schema lists them."""
    found: list[str] = []
    if isinstance(schema, dict):
        found += [word for word in schema.get("enum", ()) if isinstance(word, str)]
        found += [word for part in (*schema.get("anyOf", ()), schema.get("items")) for word in _choices(part)]
    return tuple(found)


def _siblings(tree: Merged) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for record in _mapping(tree, "records").values():
        fields = record.get("fields") if isinstance(record, dict) else None
        for name, declared in fields.items() if isinstance(fields, dict) else ():
            enum = declared.get("enum") if isinstance(declared, dict) else None
            words = tuple(word for word in enum if isinstance(word, str)) if isinstance(enum, dict | list) else ()
            found.setdefault(name, {})[words] = None
    return {name: tuple(enums) for name, enums in found.items()}


def _replaced(tree: Value, at: Path, value: Value) -> Value:
    if not at:
        return value
    step, rest = at[0], at[1:]
    if isinstance(tree, dict) and isinstance(step, str):
        return {**tree, step: _replaced(tree.get(step), rest, value)}
    if isinstance(tree, list) and isinstance(step, int):
        return [_replaced(each, rest, value) if index == step else each for index, each in enumerate(tree)]
    raise KeyError(step)


def _without(value: Mapping[str, Value], key: str) -> dict[str, Value]:
    return {name: each for name, each in value.items() if name != key}


def _list(tree: Merged, section: str) -> list[Value]:
    value = tree.value.get(section)
    return value if isinstance(value, list) else []


def _mapping(tree: Merged, section: str) -> dict[str, Value]:
    value = tree.value.get(section)
    return value if isinstance(value, dict) else {}


def _shown(value: Value) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_shown(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_shown, value)) + "]"
        case _:
            return value or "null"
