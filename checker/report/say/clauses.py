"""Says from which clause a rule follows, whether that could be checked against the text, and what it is a clause of."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.law import Source
from checker.model.report import RuleSummary
from checker.report.say.wording import Wording


def clause_text(rule: RuleSummary, wording: Wording) -> str:
    """The provisions that a rule cites, marked where they could not be checked; nothing for a rule that cites none."""
    return marked("; ".join(rule.cites), rule, wording) if rule.cites else ""


def clause_in_full(rule: RuleSummary, sources: Iterable[Source], wording: Wording) -> str:
    """The provisions that a rule cites, by the titles of what they are in: to a reader of a page or a letter ids say nothing."""
    titles = {source.name: source.title.in_(wording.language) for source in sources}
    cites = (cite.partition(" ") for cite in rule.cites)
    said = "; ".join(", ".join(filter(None, (titles.get(name) or name, rest))) for name, _, rest in cites)
    return marked(said, rule, wording) if said else ""


def marked(clause: str, rule: RuleSummary, wording: Wording) -> str:
    """The clause, and that it could not be checked against its text, if the rule says so."""
    return clause if rule.verified else f"{clause} {wording('unverified')}"


def cited(rules: Iterable[RuleSummary], sources: Iterable[Source]) -> list[Source]:
    """Those of the regulations that the rules cite."""
    names = {cite.split(" ")[0] for rule in rules for cite in rule.cites}
    return [source for source in sources if source.name in names]
