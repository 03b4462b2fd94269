"""Collects every problem while a rulebook is read, and says pydantic's in words that an author understands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from checker.errors import Problem, nearest
from checker.model.words import Text
from checker.rules.merged import LISTS, MAPPINGS, Merged
from checker.rules.tokens import PredicateError
from checker.words.message import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from checker.forms.base import Mistake
    from checker.yaml_tree import Path, Value

NAME = re.compile(r"[a-z][a-z0-9-]*")
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")

_EMPTY = "empty-value"
_NAMES = {"unknown-name", "unknown-field", "unknown-parameter"}
_Model = TypeVar("_Model", bound=BaseModel)
_KINDS = {
    "model_type": "type-mapping",
    "dict_type": "type-mapping",
    "list_type": "type-list",
    "string_type": "type-text",
}


@dataclass(slots=True)
class Reader:
    """The tree being read, its problems so far, and what could not be read (and is not to be missed elsewhere).

    `faulty` is where the problems are. Of records that could be read but for some fields, `unread` are these.
    """

    tree: Merged
    languages: tuple[str, ...] = ("en",)
    problems: list[Problem] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)
    faulty: set[Path] = field(default_factory=set)
    unread: dict[str, frozenset[str]] = field(default_factory=dict)

    def report(self, path: Path, code: str, wrong: Message, fix: Message, *, instead: str | None = None) -> None:
        """Notes a problem with what stands at that path, and what was probably meant."""
        self.note(path, self.tree.problem(path, code, wrong, fix, instead=instead))

    def note(self, path: Path, problem: Problem) -> None:
        """Notes a problem with what stands at that path."""
        self.faulty.add(path)
        self.problems.append(problem)

    def report_empty(self) -> None:
        """Notes keys without a value: a restriction that was forgotten must not be taken for none."""
        for path in self.tree.keys:
            match path:
                case () | (_,) | ("records", _, "fields", _) | ("records", _, "fields", _, "enum", _):
                    continue
                case _ if self.tree.at(path) is None and not self._misshapen(path[0]):
                    wrong = message("book-empty-value", key=_subject(path))
                    self.report(path, _EMPTY, wrong, message("book-empty-value-fix"))

    def _misshapen(self, section: str | int) -> bool:
        """Whether a section is a list and should be a mapping, or the other way round: that is one mistake."""
        value = self.tree.at((section,))
        return (section in MAPPINGS and isinstance(value, list)) or (section in LISTS and isinstance(value, dict))

    def ordered(self) -> list[Problem]:
        """The problems in the order of files and lines, each once."""
        files = {name: position for position, name in enumerate(self.tree.documents)}
        empty = {problem.place for problem in self.problems if problem.code == _EMPTY}
        unique = dict.fromkeys(each for each in self.problems if each.code == _EMPTY or each.place not in empty)
        return sorted(
            _gathered(unique),
            key=lambda each: (
                (files.get(each.place.file, -1), each.place.line or 0, each.place.column or 0) if each.place else (-1, 0, 0)
            ),
        )

    def report_predicate(self, path: Path, error: PredicateError) -> None:
        """Notes what is wrong with the predicate, expression or bound at that path, pointing into it."""
        problem = self.tree.problem(path, error.code, error.message, error.fix, offset=error.offset, instead=error.instead)
        self.note(path, problem)

    def unknown(self, path: Path, wrong: Message, name: str, known: Iterable[str], kinds: Message) -> None:
        """Notes a name that names nothing; `kinds` says what is known."""
        names = tuple(known)
        listed = message("known-are", kinds=kinds, names=", ".join(names)) if names else message("known-none", kinds=kinds)
        of_key, meant = path[-1] == name, nearest(name, names)
        self.note(path, self.tree.problem(path, "unknown-name", wrong, listed, of_key=of_key, word=name, instead=meant))

    def validate(
        self, model: type[_Model], path: Path, value: Value | dict[str, Value], *, also: tuple[str, ...] = ()
    ) -> _Model | None:
        """The value as that model; None, with every problem noted, if it does not fit.

        `also` are keys to suggest that are read elsewhere.
        """
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self.broken.add(path)
            seen: set[tuple[Path, str]] = set()
            found = error.errors(include_url=False)
            misspelt = _misspelt(found)
            for details in found:
                if details["type"] == "missing" and details["loc"] in misspelt:
                    continue
                where = self._path(path, details)
                if (where, details["type"]) not in seen and not (seen and self._is_union_branch(path, details)):
                    seen.add((where, details["type"]))
                    self._explain(model, where, details, also)
            return None

    def entries(self, section: str) -> dict[str, Value]:
        """The entries of a section that is a mapping."""
        value = self.tree.value.get(section)
        if value is None or isinstance(value, dict):
            return value or {}
        self.broken.add((section,))
        where: Path = (section, 0) if isinstance(value, list) else (section,)
        fix = message("book-not-a-list-fix")
        self.report(where, "wrong-type", message("book-not-a-list", section=section), fix)
        return {}

    def items(self, section: str) -> list[Value]:
        """The entries of a section that is a list."""
        value = self.tree.value.get(section)
        if value is None or isinstance(value, list):
            return value or []
        if (section,) not in self.broken:
            self.broken.add((section,))
            where: Path = (section, next(iter(value))) if isinstance(value, dict) and value else (section,)
            fix = message("book-a-list-fix")
            self.report_key(where, "wrong-type", message("book-a-list", section=section), fix)
        return []

    def each(self, path: Path, names: tuple[str, ...]) -> list[tuple[Path, str]]:
        """The names under a key that takes one or a list of them, each with its own path."""
        listed = isinstance(self.tree.at(path), list)
        return [((*path, index) if listed else path, name) for index, name in enumerate(names)]

    def unsure(self, section: str, *names: str) -> bool:
        """Whether a section, or one of these names in it, could not be read, so that nothing is said of what names it."""
        return (section,) in self.broken or any((section, name) in self.broken for name in names)

    def name(self, path: Path, name: str, *, of_field: bool = False) -> None:
        """Notes a name that is not well-formed."""
        if (FIELD_NAME if of_field else NAME).fullmatch(name):
            return
        fix = message("book-field-name-fix" if of_field else "book-name-fix")
        self.report(path, "bad-name", message("book-bad-name", name=name), fix)

    def text(self, path: Path, value: str | dict[str, str] | None, otherwise: str = "") -> Text:
        """A text in the rulebook's languages; `otherwise` stands in where none is given."""
        if value is None:
            return Text.of(otherwise, self.languages[0]) if otherwise else Text()
        if isinstance(value, dict):
            for language in value:
                if language not in self.languages:
                    wrong = message("book-not-its-language", language=language)
                    self.unknown((*path, language), wrong, language, self.languages, message("known-languages"))
            first = [language for language in self.languages if language in value]
            return Text(tuple((language, value[language]) for language in first))
        return Text.of(value, self.languages[0])

    def _path(self, path: Path, details: ErrorDetails) -> Path:
        """The path of an error, without the steps that pydantic adds for the branches of a union."""
        where = path
        for step in details["loc"]:
            value = self.tree.at(where)
            known = (isinstance(value, dict) and step in value) or (isinstance(value, list) and isinstance(step, int))
            if not known:
                break
            where = (*where, step)
        return where

    def _is_union_branch(self, path: Path, details: ErrorDetails) -> bool:
        missing = details["type"] == "missing"
        return len(self._path(path, details)) - len(path) + missing < len(details["loc"])

    def _explain(self, model: type[BaseModel], where: Path, details: ErrorDetails, also: tuple[str, ...]) -> None:
        kind, key = details["type"], str(details["loc"][-1]) if details["loc"] else ""
        context: dict[str, Any] = details.get("ctx", {})
        if kind == "extra_forbidden":
            known = (*_keys_at(model, details["loc"][:-1]), *also)
            fix = message("book-unknown-key-fix", known=", ".join(known))
            self.report_key(where, "unknown-key", message("book-unknown-key", key=key), fix, instead=nearest(key, known))
        elif kind == "missing":
            self.report_key(where, "missing-key", message("book-missing-key", key=key), message("book-missing-key-fix", key=key))
        elif kind in _KINDS:
            self.report(
                where,
                "wrong-type",
                message("book-wrong-type", key=_subject(where), kind=message(_KINDS[kind])),
                message("book-see-language"),
            )
        elif kind == "too_short":
            self.report(where, "empty", message("book-empty", key=_subject(where)), message("name-at-least-one"))
        elif kind in {"literal_error", "enum"}:
            expected = tuple(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
            given = str(details["input"])
            wrong, fix = (
                message("book-not-possible", given=given, key=_subject(where)),
                message("write-one-of", known=", ".join(expected)),
            )
            self.report(where, "unknown-value", wrong, fix, instead=nearest(given, expected))
        elif "mistake" in context:
            mistake: Mistake = context["mistake"]
            report = self.report_key if kind == "bad_form" else self.report
            wrong = mistake.message.about(this=_subject(where))
            report(where, kind.replace("_", "-"), wrong, mistake.fix, instead=mistake.instead)
        else:
            wrong = message("book-unreadable-value", key=_subject(where))
            self.report(where, "bad-value", wrong, message("book-see-language"))

    def report_key(self, path: Path, code: str, wrong: Message, fix: Message, *, instead: str | None = None) -> None:
        """Notes a problem with a key rather than with its value."""
        self.note(path, self.tree.problem(path, code, wrong, fix, instead=instead, of_key=True))


def _gathered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with one for all places of a name that is unknown: it is misspelt once, where it is defined."""
    alike: dict[object, list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.code, problem.message) if problem.code in _NAMES else problem, []).append(problem)
    return [_first(*group) for group in alike.values()]


def _first(problem: Problem, *others: Problem) -> Problem:
    places = list(dict.fromkeys(str(other.place) for other in others))
    return problem._replace(fix=message("book-same-at", fix=problem.fix, places=", ".join(places))) if places else problem


def _misspelt(found: Iterable[ErrorDetails]) -> set[tuple[int | str, ...]]:
    """The missing keys that stand there under a name much like theirs."""
    missing = [details["loc"] for details in found if details["type"] == "missing"]
    return {
        (*details["loc"][:-1], meant)
        for details in found
        if details["type"] == "extra_forbidden"
        for meant in [nearest(str(details["loc"][-1]), [str(loc[-1]) for loc in missing if loc[:-1] == details["loc"][:-1]])]
        if meant is not None
    }


def _subject(path: Path) -> Message | str:
    names = [step for step in path if isinstance(step, str)]
    return f"'{names[-1]}'" if names else message("book-the-file")


def _keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys of the model that a path leads to through models and mappings of models, those it has in common last."""
    current: type[BaseModel] = model
    for step in path:
        for name, info in current.model_fields.items():
            if step == (info.alias or name):
                inner = [each for each in _types(info.annotation) if isinstance(each, type) and issubclass(each, BaseModel)]
                current = inner[0] if inner else current
    last: frozenset[str] = getattr(current, "said_last", frozenset())
    return tuple(info.alias or name for name, info in sorted(current.model_fields.items(), key=lambda each: each[0] in last))


def _types(annotation: object) -> list[object]:
    parts = getattr(annotation, "__args__", ())
    return [annotation, *(inner for part in parts for inner in _types(part))]
