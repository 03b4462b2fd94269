"""The page as plain values: everything it says, once in each language of the rulebook. Nothing here knows of HTML."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.grouping import rule_of
from checker.report.html.bodies import BodyView, bodies_of
from checker.report.html.choices import Choices, choices_of
from checker.report.html.entries import Entries
from checker.report.html.figures import Head, head_of
from checker.report.html.listing import MOST, Listing, listing_of
from checker.report.html.words import WORDS
from checker.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Edition:
    """The page in one language."""

    language: str
    say: Wording
    head: Head
    choices: Choices
    breaches: tuple[BodyView, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page in all its languages, that of the report first."""

    editions: tuple[Edition, ...]

    @property
    def language(self) -> str:
        """The language in which it opens."""
        return self.editions[0].language


def page_of(report: Report, presentation: Presentation, most: int = MOST) -> Page:
    """The page of a report that lists so many findings at most."""
    listing = listing_of(report, most)
    return Page(tuple(_edition(report, listing, language, presentation) for language in languages_of(report)))


def languages_of(report: Report) -> tuple[str, ...]:
    """The languages of the rulebook, that of the report first."""
    texts = (report.run.rulebook_title, *(rule.title for rule in report.rules if rule.own))
    return tuple(dict.fromkeys((report.run.language, *(language for text in texts for language, _ in text.variants))))


def _edition(report: Report, listing: Listing, language: str, presentation: Presentation) -> Edition:
    wording = Wording(language, WORDS)
    entries, own = Entries(report, wording), rule_of(report)
    breaches = [
        finding for finding in listing.findings if finding.verdict in {Verdict.VIOLATED, Verdict.WAIVED} and own(finding.rule).own
    ]
    bodies = bodies_of(breaches, report, entries, wording)
    return Edition(
        language=language,
        say=wording,
        head=head_of(report, wording, presentation),
        choices=choices_of(listing, report, wording),
        breaches=bodies,
        left_out=_left_out(listing, wording),
    )


def _left_out(listing: Listing, wording: Wording) -> str:
    if not listing.left_out:
        return ""
    verdicts = ", ".join(f"{wording(verdict.value)} {n}" for verdict, n in listing.left_out)
    return wording("page-left-out", n=len(listing.findings), verdicts=verdicts)
