"""What all requirement forms share: strict models of their YAML, bounds, and how related rows are named."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from keyword import iskeyword
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from checker.errors import nearest
from checker.forms.measure import Measure
from checker.forms.site import Site
from checker.forms.words import OPERATORS, Words
from checker.model.days import DAY
from checker.model.period import Per, PeriodError, Unit, read_per
from checker.words.message import Message, message

LOWER = frozenset({"at_least", "more_than", "exactly"})
"""The bounds that say how little is too little."""

UPPER = frozenset({"at_most", "less_than", "exactly"})
"""The bounds that say how much is too much."""


class Tighter(StrEnum):
    """How another value of a key can be seen to ask for at least as much; of other keys only the same value can."""

    SMALLER = "smaller"
    SHORTER = "shorter"
    GIVEN = "given"


DAY_OF_YEAR = re.compile(r"(next\s+)?([0-9]{2})-([0-9]{2})")
"""A day of every year, as a rulebook writes it: `03-01`; `next 03-01` is the first such day after a window."""

_DAY = re.compile(DAY)


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_TRUTHS = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def _date_text(value: object) -> object:
    return f"date '{value}'" if isinstance(value, str) and _DAY.fullmatch(value.strip()) else _text(value)


def _flag(value: object) -> object:
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    if isinstance(value, bool):
        return value
    instead = _TRUTHS.get(value.lower()) if isinstance(value, str) else None
    raise wrong("wrong_type", message("value-flag"), message("write-true-or-false"), instead)


DurationText = Annotated[str, WithJsonSchema({"title": "span of time", "type": "string"})]
"""So many days, working days, months or years, as written."""

_SCALAR = {"type": ["string", "number", "boolean"]}

ExpressionText = Annotated[str, BeforeValidator(_text), WithJsonSchema({"title": "expression", **_SCALAR})]
"""A numeric expression, as written."""

PredicateText = Annotated[str, BeforeValidator(_text), WithJsonSchema({"title": "predicate", **_SCALAR})]
"""A predicate, as written."""

BoundText = Annotated[str, BeforeValidator(_text), WithJsonSchema({"title": "bound", **_SCALAR})]
"""A number, a percentage, a fraction, a parameter or an expression, as written."""

DateText = Annotated[str, BeforeValidator(_date_text), WithJsonSchema({"title": "date expression", "type": "string"})]
"""An expression that is a date; a bare `2019-01-31` is one too, where an expression would be a subtraction."""

Flag = Annotated[bool, BeforeValidator(_flag)]
"""`true` or `false`, and none of YAML's other words for them."""


class Mistake(NamedTuple):
    """What is wrong with a value, how to fix it, and what was probably meant; a placeholder `this` is the key it stands under."""

    message: Message
    fix: Message
    instead: str | None = None


def wrong(code: str, said: Message, fix: Message, instead: str | None = None) -> PydanticCustomError:
    """The error of a value, in the words that its author reads."""
    return PydanticCustomError(code, code, {"mistake": Mistake(said, fix, instead)})


def unfit(said: Message) -> PydanticCustomError:
    """The error of keys of a form that are not complete, or do not go together."""
    return wrong("bad_form", said, message("book-form-keys-fix"))


def _per(value: object) -> Per:
    text = value.strip() if isinstance(value, str) else ""
    try:
        return read_per(text)
    except ValueError as error:
        units = message("value-per-fix", units=", ".join(Unit))
        fix = error.message if isinstance(error, PeriodError) else units
        raise wrong("unknown_value", message("value-per", value=value), fix, nearest(text, Unit)) from None


_PER_TEXT = r"^([0-9]{1,5}\s*(d|days?)|[0-9]{1,4}\s*(month|year)s?(\s+from\s+[0-9]{4}-[0-9]{2})?|term of [a-z][a-z0-9_-]*)$"
_PER_SCHEMA = {"title": "window", "anyOf": [{"enum": list(Unit)}, {"type": "string", "pattern": _PER_TEXT}]}
PerValue = Annotated[Per, PlainValidator(_per), PlainSerializer(str), WithJsonSchema(_PER_SCHEMA)]
"""The windows in which a rule is judged, as written."""


class Form(BaseModel, ABC):
    """Base of the requirement forms: frozen, and every unknown key is an error.

    A form's sentence, the text under each of its keys and its example are what editors and docs/reference.md say of it
    (`python -m docs.make`).
    `tighter` tells of keys, bounds apart, which values a rulebook that extends another may give them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    tighter: ClassVar[Mapping[str, Tighter]] = MappingProxyType({})

    example: ClassVar[str]
    """A rule of that form, `for` and `require` in YAML, over the records of docs/example.yaml; the tests run it."""

    def text(self, key: str) -> str | None:
        """What is written under that key; a key that is a word of Python is an attribute with `_` after it."""
        found = getattr(self, f"{key}_" if iskeyword(key) else key, None)
        return None if found is None else str(found)

    durations: ClassVar[tuple[str, ...]] = ()
    """The keys that are spans of time."""

    @property
    def dated(self) -> bool:
        """Whether it reads the day of each row."""
        return False

    @abstractmethod
    def measure(self, site: Site) -> Measure:
        """What the form measures at that site, as trees."""

    @abstractmethod
    def sentence(self, words: Words) -> str:
        """What the form demands, in words: a clause without a capital or a full stop, after *for each of the subjects*."""


class Bounded(Form):
    """Bounds, each as written; two must both hold, and more would say nothing new."""

    at_least: BoundText | None = None
    """As much as this, or more: a number, `85%`, a fraction `2/3`, a parameter `:name`, or an expression over the subject."""
    more_than: BoundText | None = None
    """More than this: this much itself does not do."""
    at_most: BoundText | None = None
    """As much as this, or less."""
    less_than: BoundText | None = None
    """Less than this: this much itself does not do."""
    exactly: BoundText | None = None
    """This, neither more nor less."""

    @model_validator(mode="after")
    def _has_two_ends(self) -> Bounded:
        if len(self.bounds()) > 2:  # noqa: PLR2004 -- an interval has two ends
            raise unfit(message("form-two-bounds"))
        return self

    def bounds(self) -> tuple[tuple[str, str], ...]:
        """(key, text) of each bound that is given."""
        return tuple((key, text) for key in OPERATORS if (text := getattr(self, key)) is not None)


class Related(Form):
    """Which rows are measured, and by which reference they belong to the subject."""

    of: str | None = None
    """The record, or the term, whose rows are measured; without it the subject's own row is."""
    where: PredicateText | None = None
    """A predicate over these rows: only those of which it is true count."""
    by: str | dict[str, str] | None = None
    """The field, or path, that refers to the subject; or `{theirs: its, …}`, fields or paths of the two with equal values."""
    via: Literal["children", "descendants"] | None = None
    """Rows of the subject's children, or of all that is below it in the tree, instead of its own."""

    @model_validator(mode="after")
    def _own_row_has_no_link(self) -> Related:
        if self.of is None:
            for key in ("where", "by", "via", "per"):
                if getattr(self, key, None) is not None:
                    raise unfit(message("form-needs-of", key=key))
        return self


class Ratio(Form):
    """What a part of nothing is."""

    tighter = MappingProxyType({"nothing": Tighter.GIVEN})

    nothing: Literal["breached"] | None = None
    """`breached`: where the whole is 0, the rule is breached; without it the rule does not apply there."""

    def and_nothing(self, words: Words, said: str) -> str:
        """The sentence, with what a whole of 0 is."""
        if self.nothing is None:
            return said
        return words.say("restated-nothing-breaches", said=said)


class Windowed(Form):
    """In which windows, and by which date, rows are measured."""

    on: str | None = None
    """The date field that says in which window a row is; the record's own `date`, if not given."""
    per: PerValue | None = None
    """The windows in each of which the bound must hold; without it, it must hold once for the subject."""


class Partial(Windowed):
    """Windowed forms that may be asked of a part of a window."""

    prorates: ClassVar[bool] = False
    """Whether the bounds are numbers of things, of which there can be half as many in half the time."""

    partial: Literal["require", "prorate"] | None = None
    """Judges parts of windows too, as of a body founded in mid-year: `require` the same of a part, or `prorate` by its days."""

    @model_validator(mode="after")
    def _has_windows_to_cut(self) -> Partial:
        if self.partial is not None and self.per is None:
            raise unfit(message("form-partial-per"))
        if self.partial == "prorate" and not self.prorates:
            raise unfit(message("form-partial-ratio"))
        return self
