"""Whether a rulebook that extends another asks for at least as much, rule by rule (docs/meaning.md, section 11).

Only what can be proven from the text is: where two requirements differ otherwise, the author says `overrides`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from checker.errors import RulesError
from checker.forms.base import LOWER, UPPER, Bounded, Related
from checker.forms.words import OPERATORS
from checker.model.law import Change, Origin
from checker.model.period import Term
from checker.model.words import Verdict
from checker.rules.reader import Reader
from checker.rules.rulebook import Indicator, Rule
from checker.rules.sights import named_in
from checker.rules.tightening import PARAMETER, reads_its_days, steps, tighter, value_on
from checker.words.message import Message, message

if TYPE_CHECKING:
    from checker.errors import Place
    from checker.rules.merged import Merged
    from checker.rules.rulebook import Rulebook
    from checker.yaml_tree import Path

_STRICT = frozenset({"more_than", "less_than"})
_COMPARED = {"severity", "subject", "in_force", "form", "require"}
_FREE = {"id", "title", "cites", "verified", "remedy", "note", "path", "origin"}
_OTHER_KEYS = set(Rule._fields) - _COMPARED - _FREE
"""What a rule says besides, which must stay as it is."""


class Departure(NamedTuple):
    """Something in which a rule is not provably as strict as the one it is built on: where, what, and where that one says it.

    The message has a placeholder `there`.
    """

    path: Path
    message: Message
    there: Path


def with_origins(
    tree: Merged, book: Rulebook, base: Rulebook, overrides: Sequence[tuple[Path, str]], *, whole: bool = True
) -> Rulebook:
    """The rulebook with the origin of each rule told. Of one that is not `whole`, some parts have been left out.

    Raises RulesError with all that is less strict than the base without `overrides`.
    """
    reader = Reader(tree)
    allowed = {name for _, name in overrides}
    before = {rule.id: rule for rule in base.rules}
    comparison = _Comparison(base, book)
    excepted = comparison.exceptions()
    required = comparison.required(allowed, excepted)
    needed, rules = set[str](), []
    for rule in book.rules:
        old = before.get(rule.id)
        if old is None:
            rules.append(rule._replace(origin=Origin(book.name)))
            continue
        departures = [*comparison.rule(old, rule), *excepted.get(rule.id, ()), *required.get(rule.id, ())]
        again = reader.tree.layer((*rule.path, "id")) is None
        if rule.id in allowed and (departures or again):
            needed.add(rule.id)
            change = [(book.name, Change.OVERRIDDEN)]
        else:
            for departure in departures:
                _report(reader, departure, base, rule)
            change = [(book.name, Change.TIGHTENED)] if comparison.differ(old, rule) else []
        rules.append(rule._replace(origin=old.origin._replace(changes=(*old.origin.changes, *change))))
    _used_overrides(reader, base, overrides, needed if whole else {*needed, *before})
    if whole:
        _same_bodies(reader, book, base)
    if reader.problems:
        raise RulesError(*reader.ordered())
    of_base = {each.id: each for each in base.indicators}
    indicators = [
        each._replace(origin=there.origin._replace(changes=(*there.origin.changes, (book.name, Change.OVERRIDDEN))))
        if (there := of_base.get(each.id)) is not None and comparison.measures_otherwise(there)
        else each._replace(origin=Origin(book.name) if there is None else there.origin)
        for each in book.indicators
    ]
    return book._replace(rules=tuple(rules), indicators=tuple(indicators))


def _used_overrides(reader: Reader, base: Rulebook, overrides: Sequence[tuple[Path, str]], needed: AbstractSet[str]) -> None:
    """Reports overrides of rules that are not there, and of those from which nothing departs."""
    known = {rule.id for rule in base.rules}
    for path, name in overrides:
        if name == "standings" and "standings" in reader.tree.value:
            continue
        if name not in known:
            reader.unknown(
                path,
                message("stricter-not-a-rule", name=name, base=base.name),
                name,
                (rule.id for rule in base.rules),
                message("known-its-rules"),
            )
        elif name not in needed:
            fix = message("stricter-unused-fix")
            reader.report(path, "unused-override", message("stricter-unused", name=name, base=base.name), fix)


def _same_bodies(reader: Reader, book: Rulebook, base: Rulebook) -> None:
    """Reports records that belong to other bodies than in the base, for a reference was added."""
    for name, record in base.records.items():
        now = book.records[name].belongs_to
        if now != record.belongs_to:
            key = "stricter-bodies" if now else "stricter-no-bodies"
            wrong = message(key, name=name, now=now, belongs_to=record.belongs_to)
            fix = message("stricter-bodies-fix", base=base.name, belongs_to=record.belongs_to)
            reader.report(("records", name, "fields"), "changed", wrong, fix)


def _report(reader: Reader, departure: Departure, base: Rulebook, rule: Rule) -> None:
    there: Place | None = None
    path = departure.there
    while there is None:
        there, path = base.places.get(path), path[:-1]
    wrong = departure.message.about(there=message("stricter-there", base=base.name, place=there))
    fix = message("stricter-fix", rule=rule.id)
    reader.report(departure.path, "less-strict", wrong, fix)


class _Comparison(NamedTuple):
    """The rules of a rulebook beside those of the one it extends."""

    base: Rulebook
    book: Rulebook

    def differ(self, old: Rule, new: Rule) -> bool:
        """Whether anything that is judged is different."""
        return old.severity != new.severity or self._judges_otherwise(old, new)

    def _judges_otherwise(self, old: Rule, new: Rule) -> bool:
        alike = (old.subject, old.in_force, old.form, old.require)
        return alike != (new.subject, new.in_force, new.form, new.require) or any(
            self.base.parameters[name].values != self.book.parameters[name].values for name in self._parameters(old)
        )

    def measures_otherwise(self, old: Indicator) -> bool:
        """Whether a parameter that an indicator reads, or one that it names, has other values."""
        by_name = {each.name: each for each in self.base.indicators}
        waiting, read = [old], dict[str, Indicator]()
        while waiting:
            each = waiting.pop()
            read[each.name] = each
            waiting += (by_name[name] for name in named_in(each.measure) if name in by_name and name not in read)
        return any(self._changed(name) for each in read.values() for name in self._parameters(each.as_rule))

    def rule(self, old: Rule, new: Rule) -> Iterator[Departure]:
        """Everything in which the new rule is not provably as strict as the old one."""
        if new.severity.rank < old.severity.rank:
            yield Departure(
                (*new.path, "severity"),
                message("stricter-severity", rule=new.id, severity=new.severity, before=old.severity),
                (*old.path, "severity"),
            )
        if new.subject not in self._selections(old.subject):
            wrong = message("stricter-subject", rule=new.id, subject=new.subject, before=old.subject)
            yield Departure((*new.path, "for"), wrong, (*old.path, "for"))
        earlier = new.in_force.first is None or (old.in_force.first is not None and new.in_force.first <= old.in_force.first)
        later = new.in_force.last is None or (old.in_force.last is not None and new.in_force.last >= old.in_force.last)
        if not (earlier and later):
            yield Departure((*new.path, "in_force"), message("stricter-shorter", rule=new.id), (*old.path, "in_force"))
        elif new.in_force != old.in_force and any(reads_its_days(part.require) for part in old.parts):
            wrong = message("stricter-longer", rule=new.id)
            yield Departure((*new.path, "in_force"), wrong, (*old.path, "in_force"))
        for key in sorted(_OTHER_KEYS):
            if getattr(new, key) != getattr(old, key):
                yield Departure((*new.path, key), message("stricter-key", key=key, rule=new.id), (*old.path, key))
        if new.form != old.form or len(new.parts) < len(old.parts):
            yield self._of_another_form(old, new)
            return
        for before, now in zip(old.parts, new.parts, strict=False):
            if before.form != now.form:
                yield self._of_another_form(before, now)
                continue
            yield from self._keys(before, now)
            yield from self._bounds(before, now)
            yield from self._used(before, now)

    def _of_another_form(self, old: Rule, new: Rule) -> Departure:
        there = (*old.path, old.under)
        return Departure((*new.path, new.under), message("stricter-form", rule=new.id, form=old.form), there)

    def required(self, overridden: AbstractSet[str], excepted: Iterable[str]) -> Mapping[str, list[Departure]]:
        """By rule: the rules that it requires and that are not what they were, so that it may hold of fewer.

        Where it requires that another is violated, one that is only stricter lets it hold of more.
        """
        before = {rule.id: rule for rule in self.base.rules}
        again = [rule for rule in self.book.rules if rule.id in before]
        changed = {rule.id for rule in again if self._judges_otherwise(before[rule.id], rule)} | {*excepted}
        found: dict[str, list[Departure]] = {}
        size = -1
        while size != len(found):
            size = len(found)
            for rule in self.base.rules:
                for name, verdict in rule.requires:
                    if rule.id in found or not (name in found or name in changed):
                        continue
                    if {name} & (found.keys() | overridden) or verdict is not Verdict.VIOLATED:
                        wrong = message("stricter-required", rule=rule.id, name=name)
                        where = next(each.path for each in self.book.rules if each.id == name)
                        found[rule.id] = [Departure(where, wrong, before[name].path)]
        return found

    def exceptions(self) -> Mapping[str, list[Departure]]:
        """By rule: the exceptions that the rulebook adds to rules of its base, or that hold otherwise by its parameters."""
        before = {each.id for each in self.base.exceptions}
        instead = {each.by for each in self.base.exceptions}
        found: dict[str, list[Departure]] = {}
        rules = {rule.id: rule for rule in self.base.rules}
        for each in self.book.exceptions:
            if each.id in before:
                for name in filter(self._changed, PARAMETER.findall(each.when.text)):
                    wrong = message("stricter-exception-reads", exception=each.id, name=name)
                    departure = Departure(("parameters", name), wrong, ("parameters", name))
                    for displaced in (*each.displaces, *([each.by] if each.by else [])):
                        found.setdefault(displaced, []).append(departure)
                continue
            for name in each.displaces:
                if name in rules:
                    wrong = message("stricter-exception-displaces", exception=each.id, name=name)
                    found.setdefault(name, []).append(Departure((*each.path, "displaces"), wrong, rules[name].path))
                    wrong = message("stricter-exception-other", exception=each.id, name=name)
                    for old in self.base.exceptions:
                        if name in old.displaces and old.by not in {None, each.by}:
                            departure = Departure((*each.path, "displaces"), wrong, (*old.path, "by"))
                            found.setdefault(str(old.by), []).append(departure)
            if each.by in rules and each.by not in instead:
                wrong = message("stricter-exception-by", exception=each.id, rule=each.by)
                found.setdefault(each.by, []).append(Departure((*each.path, "by"), wrong, rules[each.by].path))
        return found

    # -- the parts of a requirement ---------------------------------------------------------------------------------------

    def _keys(self, old: Rule, new: Rule) -> Iterator[Departure]:
        for attribute, info in type(new.require).model_fields.items():
            before, now, key = getattr(old.require, attribute), getattr(new.require, attribute), info.alias or attribute
            if before == now or (key in OPERATORS and isinstance(new.require, Bounded)):
                continue
            if tighter(new.require, key, before, now):
                continue
            wrong = message("stricter-key", key=key, rule=new.id)
            there = (*old.path, old.under, old.form, key)
            yield Departure((*new.path, new.under, new.form, key), wrong, there)

    def _bounds(self, old: Rule, new: Rule) -> Iterator[Departure]:
        """Each end of the old bounds must be implied by an end of the new ones on its side."""
        if not isinstance(old.require, Bounded) or not isinstance(new.require, Bounded):
            return
        now = new.require.bounds()
        rounds = getattr(old.require, "round", None) is not None or getattr(old.require, "partial", None) == "prorate"
        for key, text in old.require.bounds():
            for side in (LOWER, UPPER):
                if key not in side:
                    continue
                beside = [each for each in now if each[0] in side]
                if not any(self._implies(each, (key, text), upper=side is UPPER, rounds=rounds) for each in beside):
                    yield self._looser(old, new, (key, text), beside[0] if beside else None)
                    break

    def _looser(self, old: Rule, new: Rule, bound: tuple[str, str], said: tuple[str, str] | None) -> Departure:
        if said == bound and (match := PARAMETER.fullmatch(bound[1].strip())):
            wrong = message("stricter-parameter", rule=new.id, key=bound[0], value=bound[1])
            return Departure(("parameters", match[1]), wrong, ("parameters", match[1]))
        path = (*new.path, new.under, new.form, *(said[:1] if said else ()))
        values = {"rule": new.id, "key": bound[0], "value": bound[1]}
        wrong = (
            message("stricter-bound", here=f"{said[0]}: {said[1]}", **values) if said else message("stricter-no-bound", **values)
        )
        return Departure(path, wrong, (*old.path, old.under, old.form, bound[0]))

    def _implies(self, new: tuple[str, str], old: tuple[str, str], *, upper: bool, rounds: bool) -> bool:
        """Whether what keeps the new bound keeps the old one, on every day on which the old one has a value."""
        opened = new[0] not in _STRICT and old[0] in _STRICT
        if opened and rounds:
            return False  # A greater bound may be rounded to the same number, which is then enough.
        before, now = steps(old[1], self.base.parameters), steps(new[1], self.book.parameters)
        if before is None or now is None:
            # An expression is as strict as itself; the parameters that it reads are compared apart.
            return new[1].strip() == old[1].strip() and not opened
        for day in sorted({*before, *now}):
            asked, got = value_on(before, day), value_on(now, day)
            if asked is None:
                continue
            if got is None or (got > asked if upper else got < asked) or (got == asked and opened):
                return False
        return True

    def _used(self, old: Rule, new: Rule) -> Iterator[Departure]:
        """The parameters that are read other than as a bound by themselves, and have other values."""
        bounds = {text.strip() for _, text in old.require.bounds()} if isinstance(old.require, Bounded) else set()
        for name in sorted(self._parameters(old, but={text for text in bounds if PARAMETER.fullmatch(text)})):
            if self._changed(name):
                wrong = message("stricter-reads", rule=new.id, name=name)
                yield Departure(("parameters", name), wrong, ("parameters", name))

    def _changed(self, name: str) -> bool:
        before, now = self.base.parameters.get(name), self.book.parameters.get(name)
        return before is not None and now is not None and before.values != now.values

    def _selections(self, name: str) -> list[str]:
        """That selection and those that include it: what its term is of, down to the record."""
        chain = [name]
        while (term := self.base.terms.get(chain[-1])) is not None:
            chain.append(term.of)
        return chain

    def _parameters(self, rule: Rule, but: set[str] | None = None) -> set[str]:
        """The parameters that a rule reads, in its selections too; `but` are texts left out."""
        per = getattr(rule.require, "per", None)
        counted = [part.require.of for part in rule.parts if isinstance(part.require, Related)]
        waiting = [rule.subject, *filter(None, counted)]
        waiting += [per.of] if isinstance(per, Term) else []
        selections = dict.fromkeys(waiting)
        while waiting:
            records = [self.base.records[name] for name in self._selections(waiting.pop()) if name in self.base.records]
            new = [each.selects for each in records if each.selects is not None and each.selects not in selections]
            selections |= dict.fromkeys(new)
            waiting += new
        terms = [self.base.terms.get(name) for selection in selections for name in self._selections(selection)]
        texts = [term.where.text for term in terms if term is not None and term.where is not None]
        texts += [text for text in _texts(rule.require.model_dump()) if text.strip() not in (but or ())]
        return {name for text in texts for name in PARAMETER.findall(text) if name in self.base.parameters}


def _texts(value: object) -> Iterator[str]:
    """Every text in the dump of a form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
