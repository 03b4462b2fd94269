"""Says from which clause a rule follows, whether that could be checked against the text, and what it is a clause of."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.law import Source
from checker.model.report import RuleSummary
from checker.report.say.wording import Wording


def clause_text(rule: RuleSummary, wording: Wording) -> str:
    """The provisions that a rule cites, marked where they could not be checked; nothing for a rule that cites none."""
    return marked(provisions(rule.cites, wording), rule, wording) if rule.cites else ""


def provisions(cites: Iterable[str], wording: Wording) -> str:
    """The provisions, each after the short title of what it is in, or its title: `Act 1972, s. 85(1)`."""
    said = []
    for cite in cites:
        name, _, provision = cite.partition(" ")
        source = wording.names.sources.get(name)
        if source is None:
            said.append(", ".join(filter(None, (name, provision))))
            continue
        title = source.short.in_(wording.language) or source.title.in_(wording.language)
        said.append(", ".join(filter(None, (title or name, source.provision(provision, wording.language)))))
    return "; ".join(said)


def marked(clause: str, rule: RuleSummary, wording: Wording) -> str:
    """The clause, and that it could not be checked against its text, if the rule says so."""
    return clause if rule.verified else f"{clause} {wording('unverified')}"


def source_title(source: Source, wording: Wording) -> str:
    """The title of a regulation, after the short one by which it is cited."""
    title, short = (text.in_(wording.language) for text in (source.title, source.short))
    return ": ".join(filter(None, (short, title))) or source.name


def cited(rules: Iterable[RuleSummary], sources: Iterable[Source]) -> list[Source]:
    """Those of the regulations that the rules cite."""
    names = {cite.split(" ")[0] for rule in rules for cite in rule.cites}
    return [source for source in sources if source.name in names]
