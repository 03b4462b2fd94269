"""The page as plain values: everything it says, once in each language of the rulebook. Nothing here knows of HTML."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.corrections import corrections_of
from checker.report.grouping import rule_of
from checker.report.html.areas import AreaTree, area_trees_of
from checker.report.html.background import Background, background_of
from checker.report.html.bodies import BodyView, bodies_of
from checker.report.html.choices import Choices, choices_of
from checker.report.html.corrections import CorrectionsView, corrections_view
from checker.report.html.due import Stretch, due_of
from checker.report.html.entries import Entries
from checker.report.html.figures import Head, head_of
from checker.report.html.heat import HeatMap, heat_maps_of
from checker.report.html.indicators import FactsView, IndicatorView, indicators_of
from checker.report.html.listing import MOST, Listing, listing_of
from checker.report.html.rates import Rate, rates_of
from checker.report.html.settling import SettlingView, settling_view
from checker.report.html.standings import Standings, standings_of
from checker.report.narrowing import narrowed, narrowing_text
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.settling import Settling, settling_of
from checker.words.catalogue import languages
from checker.words.message import Words

_PARTS = (
    *("figures", "correct", "breaches", "areas", "heat", "rates", "indicators", "open", "due", "measured", "changes", "rules"),
    *("not-judged", "tables", "notices"),
)
"""The parts of the page, as its contents name them."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The page in one language, its parts in their order."""

    language: str
    say: Wording
    head: Head
    standings: Standings | None
    choices: Choices
    narrowed: str
    left_out: str
    corrections: CorrectionsView
    breaches: tuple[BodyView, ...]
    areas: tuple[AreaTree, ...]
    heat: tuple[HeatMap, ...]
    rates: tuple[Rate, ...]
    indicators: tuple[IndicatorView | FactsView, ...]
    settling: SettlingView
    undetermined: tuple[BodyView, ...]
    due: tuple[Stretch, ...]
    background: Background

    @property
    def language_name(self) -> str:
        """What the language calls itself."""
        return name_of(self.language)

    @property
    def contents(self) -> tuple[str, ...]:
        """The parts in their order, without those that this report has nothing for."""
        there = {
            "areas": self.areas,
            "heat": self.heat,
            "rates": self.rates,
            "indicators": self.indicators,
            "changes": self.background.changes,
            "tables": self.background.tables,
            "notices": self.background.notices,
        }
        return tuple(part for part in _PARTS if there.get(part, True))


@dataclass(frozen=True, slots=True)
class Page:
    """The page in all its languages, that of the report first, and the template that lays out one of them."""

    editions: tuple[Edition, ...]
    template: str = "edition.html"

    @property
    def language(self) -> str:
        """The language in which it opens."""
        return self.editions[0].language


def page_of(report: Report, presentation: Presentation, most: int = MOST) -> Page:
    """The page of a report, or of the part that is asked for, which lists so many findings at most."""
    settling, report = settling_of(report, presentation.narrowing), narrowed(report, presentation.narrowing)
    listing = listing_of(report, most)
    return Page(tuple(_edition(report, listing, settling, language, presentation) for language in languages_of(report)))


def name_of(language: str) -> str:
    """What a language calls itself; its code, where the page has no words of its own in it."""
    return Words(language)("language-name") if language in languages() else language


def languages_of(report: Report) -> tuple[str, ...]:
    """The languages of the rulebook, that of the report first."""
    texts = (report.run.rulebook_title, *(rule.title for rule in report.rules if rule.own))
    return tuple(dict.fromkeys((report.run.language, *(language for text in texts for language, _ in text.variants))))


def _edition(report: Report, listing: Listing, settling: Settling, language: str, presentation: Presentation) -> Edition:
    wording, rule = Wording(language, report.names), rule_of(report)
    entries = Entries(report, wording)
    listed = report._replace(findings=listing.findings)
    of_regulation = [finding for finding in listing.findings if rule(finding.rule).own]

    def verdicts(*wanted: Verdict) -> list[Finding]:
        return [finding for finding in of_regulation if finding.verdict in wanted]

    undetermined = verdicts(Verdict.UNDETERMINED)
    places = Places(report.run.submission, wording)
    return Edition(
        language=language,
        say=wording,
        head=head_of(report, wording, presentation),
        standings=standings_of(report, wording),
        choices=choices_of(listing, report, wording),
        narrowed=narrowing_text(report, presentation.narrowing, wording),
        left_out=_left_out(listing, wording),
        corrections=corrections_view(corrections_of(listed, presentation.narrowing), entries, places),
        breaches=bodies_of(verdicts(Verdict.VIOLATED, Verdict.WAIVED), report, entries, wording, presentation.by),
        areas=() if presentation.narrowing.body else area_trees_of(report, wording),
        heat=heat_maps_of(report, wording),
        rates=rates_of(report, wording),
        indicators=indicators_of(report, wording),
        settling=settling_view(settling, places),
        undetermined=bodies_of(undetermined, report, entries, wording),
        due=due_of(verdicts(Verdict.PENDING), report, entries, wording),
        background=background_of(report, wording),
    )


def _left_out(listing: Listing, wording: Wording) -> str:
    if not listing.left_out:
        return ""
    verdicts = ", ".join(f"{wording(verdict.value)} {n}" for verdict, n in listing.left_out)
    return wording("page-left-out", n=len(listing.findings), verdicts=verdicts)
