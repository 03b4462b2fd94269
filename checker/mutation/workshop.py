"""Makes rulebooks with a mistake in them, as small as the rule in question allows, and compiles them for verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import MAXYEAR, date
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from checker import api
from checker.errors import RulesError
from checker.forms.share import Share
from checker.forms.words import OPERATORS
from checker.model.period import Months, Period, Unit
from checker.model.words import Text
from checker.mutation.variants import SILENT, Variant, variants
from checker.plan.compile import DIALECT, compile_indicator, compile_rule
from checker.plan.overriding import overridden
from checker.rules.bounds import read_number
from checker.rules.cases import RuleCase, load_cases
from checker.rules.loading import loaded, resolved
from checker.rules.merged import Merged
from checker.rules.rulebook import Rulebook
from checker.words.message import Message, message

if TYPE_CHECKING:
    from checker.model.plan import Plan, RulePlan
    from checker.yaml_tree import Value

NOT_TAKEN = message("mutant-not-taken")

_TERM_OF = "term of "
_WORD = re.compile(r"\w+")
_PARAMETER = re.compile(r":([a-z][a-z0-9_]*)")


class Workshop:
    """One rulebook, its cases, and the mistakes that can be made in it."""

    def __init__(self, source: FilePath) -> None:
        self._shown = str(source).rstrip("/")
        found = loaded(source)
        self.tree: Merged = found.tree
        self.book: Rulebook = found.book
        self.plan: Plan = api.compile_rules(source)
        self.cases: tuple[RuleCase, ...] = load_cases(source, self.book)
        self._excerpts: dict[str, frozenset[str]] = {}

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """All mistakes in the rulebook's own files, in the order of the tree; not in what it uses or extends."""
        own = (self._shown, f"{self._shown}/")
        return tuple(each for each in variants(self.tree) if each.place.file == own[0] or each.place.file.startswith(own[1]))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The rules and the indicators."""
        return (*(rule.id for rule in self.book.rules), *(indicator.id for indicator in self.book.indicators))

    def cases_of(self, rule: str) -> tuple[RuleCase, ...]:
        """The cases of a rule, or an indicator, in their order."""
        return tuple(case for case in self.cases if case.rule == rule)

    def concerned(self, variant: Variant) -> tuple[str, ...]:
        """The rules and indicators that the mistake can change: those that name what it is made in, the nearest first."""
        match variant.part:
            case ("rules", int(index)):
                return (self.book.rules[index].id,)
            case ("indicators", int(index)):
                own = self.book.indicators[index].id
                return tuple(dict.fromkeys((own, *(each for each in self.ids if own in self._reached(each)["indicators"]))))
            case ("exceptions", int(index)):
                exception = self.book.exceptions[index]
                return tuple(dict.fromkeys((*exception.displaces, *((exception.by,) if exception.by else ()))))
            case (section, name):
                near = [rule for rule, named in self._named.items() if name in named[str(section)]]
                far = [each for each in self.ids if name in self._reached(each)[str(section)]]
                return tuple(dict.fromkeys((*near, *far)))
        raise ValueError(variant.part)

    def compiled(self, rule: str, overrides: Mapping[str, str], variant: Variant | None = None) -> Plan | None:
        """The plan of a rule or indicator, and of what bears on it, with the mistake in it; None if that is no rulebook at all.

        Its records are those of the whole rulebook. Two such plans are equal where no submission tells them apart by
        verdicts.
        """
        tree = self.tree.value if variant is None else variant.applied(self.tree.value)
        if not isinstance(tree, dict):
            return None
        try:
            book = resolved(replace(self.tree, value=self._excerpt(tree, rule), keys={}, values={}))
            asked = next((each for each in book.rules if each.id == rule), None)
            book = overridden(book, overrides)
            plan = (
                compile_indicator(book, rule, DIALECT, self.plan.records)
                if asked is None
                else compile_rule(book, asked, DIALECT, self.plan.records)
            )
        except RulesError:
            return None
        indicators = tuple(each._replace(title=Text(), restated=Text(), note=Text(), cites=()) for each in plan.indicators)
        return plan._replace(rules=tuple(map(_as_judged, plan.rules)), indicators=indicators)

    def proof(self, variant: Variant) -> Message | None:
        """Why no submission can tell the mistake from what is written, where that is known without asking; else None."""
        match variant.part, variant.at[2:], variant.value:
            case ("parameters", str(name)), (int(index), "from"), str(day):
                first = self.book.parameters[name].values[index].first
                settled = first and max(first, date.fromisoformat(day))
                taken = [self._taken_from(rule) for rule in self.concerned(variant) if name in self._takes(rule)]
                return NOT_TAKEN if settled and taken and all(each and each >= settled for each in taken) else None
            case ("rules", int(index)), _, dict() as form if form.keys() & OPERATORS.keys():
                return self._at_the_end(self.book.rules[index].id, variant, form)
        return None

    def _takes(self, rule: str) -> frozenset[str]:
        """The parameters whose values a rule takes itself, and not only others that exceptions tie to it."""
        excerpt = self._excerpt(self.tree.value, rule)
        own = [each for each in _entries(excerpt, "rules") if _id(each) == rule]
        return frozenset(_parameters([*own, *(excerpt.get(section) for section in ("exceptions", "indicators", "terms"))]))

    def _taken_from(self, rule: str) -> date | None:
        """The first day for which a rule takes the values of parameters: that of a window, where it has windows.

        An indicator is always in force.
        """
        asked = next((each for each in self.plan.rules if each.id == rule), None)
        if asked is None:
            return None
        first = asked.in_force.first
        if first is None or not isinstance(asked.unit, Unit | Months) or asked.unit is Unit.PERIOD or first.year >= MAXYEAR - 2:
            return first
        around = Period(first, first.replace(year=first.year + 2, day=1), "")
        if asked.partial:
            around = replace(around, first=first.replace(day=1))
            return min(first, around.windows(asked.unit, first, self.plan.year_starts, partial=True)[0].first)
        return around.windows(asked.unit, first, self.plan.year_starts)[0].first

    def _at_the_end(self, rule: str, variant: Variant, form: Mapping[str, Value]) -> Message | None:
        """Why a bound of a ratio is the same: no part is above its whole, and none is below nothing."""
        before = self.tree.at(variant.at)
        exact = read_number(str(before.get("exactly", ""))) if isinstance(before, dict) else None
        ends = {key: read_number(str(form.get(key, ""))) for key in ("at_least", "at_most")}
        # The path of a requirement is that of its rule, or (…, "require", "all", place) where there are several.
        place = next((step for step in variant.at[2:] if isinstance(step, int)), 0)
        require = next(each.parts[place].require for each in self.book.rules if each.id == rule)
        # What is counted need not be among the rows of a base of its own.
        base = isinstance(require, Share) and require.base is not None
        ratio = not base and any(each.id == rule and each.requirements[place].kind.ratio for each in self.plan.rules)
        if ratio and exact == 1 and ends["at_least"] == 1:
            return message("mutant-ratio-above")
        if ratio and exact == 0 and ends["at_most"] == 0:
            return message("mutant-ratio-below")
        return None

    def texts(self, rule: str) -> tuple[str, ...]:
        """What a rule says, and what bears on it: the texts that decide something, parameters included."""
        excerpt = self._excerpt(self.tree.value, rule)
        parameters = excerpt.get("parameters")
        used = self._reached(rule)["parameters"]
        values = [value for name, value in parameters.items() if name in used] if isinstance(parameters, dict) else []
        return tuple(_texts([excerpt["rules"], excerpt["exceptions"], excerpt.get("indicators"), excerpt.get("terms"), values]))

    # -- what bears on a rule -----------------------------------------------------------------------------------------

    def _excerpt(self, tree: dict[str, Value], rule: str) -> dict[str, Value]:
        """The tree without rules, exceptions, indicators, standings and terms that say nothing about one rule, or indicator."""
        ids, known = {rule}, 0
        exceptions: list[Value] = []
        while len(ids) > known:
            known = len(ids)
            exceptions = [each for each in _entries(tree, "exceptions") if ids & set(_texts(each))]
            ids |= {word for each in exceptions for word in _texts(each)}
            ids |= {word for each in _entries(tree, "rules") if _id(each) in ids for word in _required(each)}
        rules = [each for each in _entries(tree, "rules") if _id(each) in ids]
        own = [each for each in _entries(tree, "indicators") if _id(each) == rule]
        indicators = _with_named(_entries(tree, "indicators"), own, [*own, *rules, *exceptions])
        terms = tree.get("terms")
        named = [*rules, *exceptions, *indicators, tree.get("records")]
        reached = _reached(named, terms if isinstance(terms, dict) else {})
        kept: dict[str, Value] = {key: value for key, value in tree.items() if key not in {"standings", "terms"}}
        kept |= {"rules": rules, "exceptions": exceptions, "indicators": indicators}
        if isinstance(terms, dict):
            kept["terms"] = {name: term for name, term in terms.items() if name in reached}
        return kept

    def _reached(self, rule: str) -> dict[str, frozenset[str]]:
        """The terms, parameters and indicators on which a rule, or an indicator, stands."""
        if rule not in self._excerpts:
            excerpt = self._excerpt(self.tree.value, rule)
            terms = excerpt.get("terms")
            self._excerpts[rule] = frozenset(
                _parameters([excerpt["rules"], excerpt["exceptions"], excerpt.get("indicators"), terms])
            )
            self._excerpts[f"{rule} terms"] = frozenset(terms if isinstance(terms, dict) else ())
            self._excerpts[f"{rule} indicators"] = frozenset(str(_id(each)) for each in _entries(excerpt, "indicators"))
        return {
            "parameters": self._excerpts[rule],
            "terms": self._excerpts[f"{rule} terms"],
            "indicators": self._excerpts[f"{rule} indicators"],
        }

    @cached_property
    def _named(self) -> dict[str, dict[str, frozenset[str]]]:
        """The terms and parameters that each rule, or indicator, itself names."""
        terms = self.book.terms.keys()
        return {
            str(_id(rule)): {"parameters": frozenset(_parameters(rule)), "terms": frozenset(_texts(rule)) & terms}
            for section in ("rules", "indicators")
            for rule in _entries(self.tree.value, section)
        }


def _as_judged(rule: RulePlan) -> RulePlan:
    """The plan of a rule without what is only shown."""
    return rule._replace(
        bounds=(), restated=rule.title, noun=rule.title, narrowing=Text(), cells=(), parts=tuple(map(_as_judged, rule.parts))
    )


def _entries(tree: Mapping[str, Value], section: str) -> list[Value]:
    value = tree.get(section)
    return value if isinstance(value, list) else []


def _id(value: Value) -> Value:
    return value.get("id") if isinstance(value, dict) else None


def _required(rule: Value) -> list[str]:
    required = rule.get("requires") if isinstance(rule, dict) else None
    return [required] if isinstance(required, str) else [word for word in required or () if isinstance(word, str)]


def _with_named(indicators: Iterable[Value], own: Iterable[Value], values: Iterable[Value]) -> list[Value]:
    """Those indicators, those that some values name, and those that these name, in their order."""
    named: list[Value] = [*own]
    waiting = [*values]
    while waiting:
        words = {word for text in _texts(waiting) for word in _WORD.findall(text)}
        waiting = [each for each in indicators if each not in named and str(_id(each)).replace("-", "_") in words]
        named += waiting
    return [each for each in indicators if each in named]


def _reached(values: list[Value], terms: Mapping[str, Value]) -> set[str]:
    """The terms that some values name, and those that these name."""
    reached: set[str] = set()
    waiting = set(_texts(values)) & terms.keys()
    while waiting:
        reached |= waiting
        waiting = {word for name in waiting for word in _texts(terms[name]) if word in terms} - reached
    return reached


def _texts(value: Value) -> Iterator[str]:
    """The texts that decide something, however deep."""
    match value:
        case str():
            yield value.removeprefix(_TERM_OF)
        case list():
            for each in value:
                yield from _texts(each)
        case dict():
            for key, each in value.items():
                if key not in SILENT - {"id"}:
                    yield from _texts(each)


def _parameters(value: Value) -> Iterator[str]:
    for text in _texts(value):
        yield from _PARAMETER.findall(text)
