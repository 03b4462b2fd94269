"""The whole of a rulebook as one model. The program itself reads it section by section, to tell every mistake."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field, create_model

from checker.forms import FORMS
from checker.forms.base import ExpressionText
from checker.forms.indicators import MEASURES, MeasuredValue
from checker.forms.several import ALONE, SEVERAL, Several
from checker.rules.indicators import IndicatorEntry
from checker.rules.layers import LibraryHeader
from checker.rules.scalars import FieldName, Name
from checker.rules.written import (
    Entry,
    ExceptionEntry,
    Header,
    ParameterEntry,
    RecordEntry,
    RuleEntry,
    SourceEntry,
    StandingConditionEntry,
    StandingEntry,
    TermEntry,
)
from checker.schemas.docstrings import sentence

_PARTS = {name: form for name, form in FORMS.items() if name not in ALONE}
_ONE_FORM: dict[str, Any] = {"oneOf": [{"required": [name]} for name in (*FORMS, SEVERAL)]}

PartEntry = create_model(
    "PartEntry",
    __config__=ConfigDict(extra="forbid", json_schema_extra={"oneOf": [{"required": [name]} for name in _PARTS]}),
    __doc__="One of several requirements: exactly one form, of those whose windows are not what is found.",
    **{name: (form | None, Field(None, description=sentence(form))) for name, form in _PARTS.items()},  # type: ignore[call-overload]
)


RequireEntry = create_model(
    "RequireEntry",
    __config__=ConfigDict(extra="forbid", json_schema_extra=_ONE_FORM),
    __doc__="What a rule requires: exactly one form.",
    **{name: (form | None, Field(None, description=sentence(form))) for name, form in FORMS.items()},  # type: ignore[call-overload]
    all=(
        list[PartEntry] | None,  # type: ignore[valid-type]
        Field(None, min_length=2, description=sentence(Several)),
    ),
)


_ONE_MEASURE: dict[str, Any] = {"oneOf": [{"required": [name]} for name in MEASURES]}

MeasureEntry = create_model(
    "MeasureEntry",
    __config__=ConfigDict(extra="forbid", json_schema_extra=_ONE_MEASURE),
    __doc__="What an indicator measures: exactly one of these.",
    **{
        name: (ExpressionText if measure is MeasuredValue else measure | None, Field(None, description=sentence(measure)))
        for name, measure in MEASURES.items()
    },  # type: ignore[call-overload]
)


class Indicator(IndicatorEntry):  # noqa: D101 -- its base says what it is
    measure: MeasureEntry  # type: ignore[valid-type]


class Rule(RuleEntry):  # noqa: D101 -- its base says what it is
    require: RequireEntry  # type: ignore[valid-type]


class Standing(StandingEntry):  # noqa: D101 -- its base says what it is
    when: StandingConditionEntry | None = None


class Declared(Entry):
    """What rulebooks and libraries declare."""

    sources: dict[Name, SourceEntry] | None = None
    """The regulations that rules cite, by name."""
    parameters: dict[FieldName, ParameterEntry] | None = None
    """The limits that the law changes, by name; rules write `:name`."""
    records: dict[FieldName, RecordEntry] | None = None
    """The tables that are submitted, by name."""
    terms: dict[Name, TermEntry] | None = None
    """Named selections of rows, by name."""


class LibraryEntry(Declared, LibraryHeader):
    """A library of records, which rulebooks name under `uses`: a file, or all YAML files of a folder."""


class RulebookEntry(Declared, Header):
    """A rulebook: one YAML file, or all YAML files of a folder, each with some of these keys."""

    rules: list[Rule] | None = None
    """The rules."""
    indicators: list[Indicator] | None = None
    """What is measured without being required, by name: rules compare it, and bound by it."""
    exceptions: list[ExceptionEntry] | None = None
    """The law's own exceptions from its rules."""
    standings: list[Standing] | None = None
    """What is concluded about a body; the first that matches, from the top."""
