"""What all requirement forms share: strict models of their YAML, bounds, and how related rows are named."""

from __future__ import annotations

from abc import ABC, abstractmethod
from difflib import get_close_matches
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from checker.forms.measure import Measure, Site
from checker.forms.words import Words
from checker.model.period import Per, Unit, read_per

OPERATORS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "exactly": "="}


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _flag(value: object) -> object:
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    if isinstance(value, bool):
        return value
    raise ValueError("write true or false")


ExpressionText = Annotated[str, BeforeValidator(_text)]
"""An expression, a number, a percentage, a fraction or a parameter, as written."""

Flag = Annotated[bool, BeforeValidator(_flag)]
"""`true` or `false`, and none of YAML's other words for them."""


def _per(value: object) -> Per:
    text = value.strip() if isinstance(value, str) else ""
    try:
        return read_per(text)
    except ValueError as error:
        near = get_close_matches(text.lower(), tuple(Unit), 1, 0.65)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        context = {"what": f"'{value}' is not possible for this{hint}", "mend": f"{str(error).capitalize()}."}
        raise PydanticCustomError("unknown_value", "{what}", context) from error


_PER_SCHEMA = {"anyOf": [{"enum": list(Unit)}, {"type": "string", "pattern": r"^[0-9]{1,5}\s*(d|days?)$"}]}
PerValue = Annotated[Per, PlainValidator(_per), PlainSerializer(str), WithJsonSchema(_PER_SCHEMA)]
"""The windows in which a rule is judged, as written."""


class Form(BaseModel, ABC):
    """Base of the requirement forms: frozen, and every unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def measure(self, site: Site) -> Measure:
        """What the form measures at that site, as trees."""

    @abstractmethod
    def sentence(self, words: Words) -> str:
        """What the form demands, in words: a clause without a capital or a full stop, after *for each of the subjects*."""


class Bounded(Form):
    """Bounds, each as written; two must both hold, and more would say nothing new."""

    at_least: ExpressionText | None = None
    more_than: ExpressionText | None = None
    at_most: ExpressionText | None = None
    less_than: ExpressionText | None = None
    exactly: ExpressionText | None = None

    @model_validator(mode="after")
    def _has_two_ends(self) -> Bounded:
        if len(self.bounds()) > 2:  # noqa: PLR2004 -- an interval has two ends
            raise ValueError("give at most two bounds, a lower and an upper one")
        return self

    def bounds(self) -> tuple[tuple[str, str], ...]:
        """(key, text) of each bound that is given."""
        return tuple((key, text) for key in OPERATORS if (text := getattr(self, key)) is not None)


class Related(Form):
    """Which rows are measured, and by which reference they belong to the subject."""

    of: str | None = None
    where: ExpressionText | None = None
    by: str | dict[str, str] | None = None
    via: Literal["children", "descendants"] | None = None

    @model_validator(mode="after")
    def _own_row_has_no_link(self) -> Related:
        if self.of is None:
            for key in ("where", "by", "via", "per"):
                if getattr(self, key, None) is not None:
                    raise ValueError(f"'{key}' needs 'of': without it the subject's own row is measured")
        return self


class Windowed(Form):
    """In which windows, and by which date, rows are measured."""

    on: str | None = None
    per: PerValue | None = None
