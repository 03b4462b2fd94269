"""The page of what is unmet as plain values: an overview by body, what is due, and each duty; once in each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import ALL, Narrowing, Presentation
from checker.report.corrections import corrections_of
from checker.report.grouping import body_text, by_body, rule_of
from checker.report.html.bodies import BodyView, bodies_of
from checker.report.html.choices import Choices, choices_of
from checker.report.html.corrections import CorrectionsView, corrections_view
from checker.report.html.entries import Entries, Entry
from checker.report.html.figures import Figure, Head, head_of
from checker.report.html.listing import MOST, TO_CORRECT, Listing, unmet_listing
from checker.report.html.page import languages_of, name_of
from checker.report.html.settling import SettlingView, settling_view
from checker.report.narrowing import narrowing_text
from checker.report.overview import due_soon
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.settling import settling_of
from checker.report.tables import Cell
from checker.report.unmet.requirements import UNMET
from checker.report.unmet.text import days_text

KINDS = (*(verdict.value for verdict in UNMET), TO_CORRECT)
"""What is counted of a body; what is to be corrected in the file breaches nothing."""


@dataclass(frozen=True, slots=True)
class Summed:
    """A body, how often it has each of the kinds, and the first day by which something of it is due, also as it is sorted."""

    key: str
    name: str
    above: str
    counts: tuple[int, ...]
    due: str
    due_sorted: str


@dataclass(frozen=True, slots=True)
class UnmetEdition:
    """The page in one language, its parts in their order."""

    language: str
    say: Wording
    head: Head
    narrowed: str
    choices: Choices
    left_out: str
    kinds: tuple[tuple[str, str], ...]
    overview: tuple[Summed, ...]
    due_columns: tuple[str, ...]
    due: tuple[tuple[tuple[str, str], ...], ...]
    settling: SettlingView
    bodies: tuple[BodyView, ...]
    corrections: CorrectionsView
    standings: None = None

    @property
    def language_name(self) -> str:
        """What the language calls itself."""
        return name_of(self.language)

    @property
    def contents(self) -> tuple[str, ...]:
        """The parts in their order."""
        others = ("by-body", "due", "settling", "unmet")
        return ("figures", "correct", *others) if self.corrections.first else ("figures", *others, "correct")


@dataclass(frozen=True, slots=True)
class UnmetPage:
    """The page in all its languages, that of the report first, and the template that lays out one of them."""

    editions: tuple[UnmetEdition, ...]
    template: str = "unmet.html"

    @property
    def language(self) -> str:
        """The language in which it opens."""
        return self.editions[0].language


class _Duties(Entries):
    """Entries that also say by when what they are about must be done."""

    def entry(self, findings: Sequence[Finding], message: str = "") -> Entry:
        entry, wording = super().entry(findings, message), self.wording
        due = days_text([(each.due, each.window) for each in findings if each.due is not None], wording)
        return replace(entry, facts=((wording("due"), due), *entry.facts)) if due else entry


def unmet_page_of(report: Report, presentation: Presentation, most: int = MOST) -> UnmetPage:
    """The page of what a report tells to be unmet, which lists so many findings at most."""
    listing, found = unmet_listing(report, presentation.narrowing, most)
    return UnmetPage(tuple(_edition(report, listing, found, language, presentation) for language in languages_of(report)))


def _edition(
    report: Report, listing: Listing, found: Sequence[Finding], language: str, presentation: Presentation
) -> UnmetEdition:
    wording, rule, narrowing = Wording(language, report.names), rule_of(report), presentation.narrowing
    entries = _Duties(report, wording)
    own = [finding for finding in listing.findings if rule(finding.rule).own]
    of_file = corrections_of(report._replace(findings=listing.findings), narrowing)
    due = due_soon(report, wording, narrowing._replace(due_by=narrowing.due_by or date.max))
    return UnmetEdition(
        language=language,
        say=wording,
        head=replace(
            head_of(report, wording, presentation),
            title=wording("unmet"),
            figures=tuple(_figures(report, found, narrowing, wording)),
        ),
        narrowed=narrowing_text(report, narrowing, wording, counted=True),
        choices=choices_of(listing, report, wording),
        left_out=_left_out(listing, wording),
        kinds=tuple((kind, wording(kind)) for kind in KINDS),
        overview=tuple(_overview(report, found, wording)),
        due_columns=tuple(map(wording, due.columns)),
        due=tuple(tuple(_cell(cell, wording) for cell in row) for row in due.rows),
        settling=settling_view(settling_of(report, narrowing), Places(report.run.submission, wording)),
        bodies=bodies_of(own, report, entries, wording),
        corrections=corrections_view(of_file, entries, Places(report.run.submission, wording)),
    )


def _cell(cell: Cell, wording: Wording) -> tuple[str, str]:
    """A cell as it is read, and as it is sorted."""
    if isinstance(cell, date):
        return wording.day(cell), cell.isoformat()
    return (wording.number(cell), str(cell)) if isinstance(cell, int) else (str(cell), str(cell))


def _kinds(report: Report, findings: Iterable[Finding]) -> Counter[str]:
    """How many of the findings are of each kind."""
    rule, counts = rule_of(report), Counter[str]()
    for finding in findings:
        counts[finding.verdict.value if rule(finding.rule).own else TO_CORRECT] += finding.windows
    return counts


def _figures(report: Report, found: Sequence[Finding], narrowing: Narrowing, wording: Wording) -> Iterator[Figure]:
    counts = _kinds(report, found)
    if narrowing == ALL:
        # Of a large submission the report lists some findings only.
        counts.clear()
        for rule in report.rules:
            for verdict in UNMET:
                counts[verdict.value if rule.own else TO_CORRECT] += rule.count(verdict)
    for kind in KINDS:
        yield Figure(kind, wording("page-breached" if kind == Verdict.VIOLATED else kind), counts[kind])


def _overview(report: Report, found: Sequence[Finding], wording: Wording) -> Iterator[Summed]:
    """The bodies in the order of the tree."""
    for body, findings in by_body(found):
        counts = _kinds(report, findings)
        due = min((finding.due for finding in findings if finding.due is not None), default=date.max)
        yield Summed(
            key=quote(body[-1][0], safe="") if body else "",
            name=body_text(body) if body else wording("submission-itself"),
            above=" › ".join(name or key for key, name in body[:-1]),
            counts=tuple(counts[kind] for kind in KINDS),
            due="" if due == date.max else wording.day(due),
            due_sorted="" if due == date.max else due.isoformat(),
        )


def _left_out(listing: Listing, wording: Wording) -> str:
    if not listing.left_out:
        return ""
    verdicts = ", ".join(f"{wording(verdict.value)} {n}" for verdict, n in listing.left_out)
    return wording("page-left-out", n=len(listing.findings), verdicts=verdicts)
