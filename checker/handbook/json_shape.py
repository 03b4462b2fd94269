"""The shape of the JSON that says what changed from one version of a rulebook to another."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from checker.handbook.changes import Kind, State


class VersionJson(TypedDict):
    """A rulebook that is compared."""

    rulebook: str
    """Its name."""
    version: str
    """Its version, as it says."""
    title: str
    """Its title."""


class PartJson(TypedDict):
    """What of a rule reads otherwise."""

    part: str
    """Which part: `rule-title`, `clause`, `severity`, `in-words` (what it demands), `in-force`, `exceptions` and so on."""
    before: str | None
    """What it said; null where there was nothing."""
    after: str | None
    """What it says; null where there is nothing."""


class RuleChangeJson(TypedDict):
    """What became of a rule, an indicator or a term."""

    state: State
    """Whether it is new, gone, or reads otherwise."""
    kind: Kind
    """Whether it is a rule, an indicator, or a term in which rules speak."""
    id: str
    """Its name in the rulebook."""
    title: str
    """Its title."""
    parts: list[PartJson]
    """What reads otherwise, in words."""


class RulesDiffJson(TypedDict):
    """What changed from one version of a rulebook to another, as `checker rules --diff OLD NEW -f json` writes it."""

    format: Literal["checker-rules-diff"]
    """What this file is."""
    version: Literal[1]
    """Raised whenever a key changes its meaning or goes away."""
    language: str
    """The language of its texts."""
    old: VersionJson
    """The earlier rulebook."""
    new: VersionJson
    """The later rulebook."""
    counts: dict[State, int]
    """How many rules and terms are new, gone, or read otherwise."""
    changes: list[RuleChangeJson]
    """What changed."""
