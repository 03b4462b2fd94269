"""A letter to one body, as plain values: what it says and in which order. Nothing here knows of HTML or of word processors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from checker.model.report import Finding, Report
from checker.model.words import Verdict
from checker.report import Narrowing
from checker.report.corrections import Fault
from checker.report.grouping import Body, body_text, is_body, is_submission, rows, subject_text
from checker.report.say.clauses import cited, clause_text, source_title
from checker.report.say.faults import expected_text
from checker.report.say.message import describe_windows
from checker.report.say.places import Places
from checker.report.say.wording import Wording
from checker.report.unmet.requirements import UNMET, Duty, unmet
from checker.report.unmet.text import facts

_MOST = 500
"""How many duties, and how many corrections, a letter lists: nobody reads more of them on paper."""


@dataclass(frozen=True, slots=True)
class Item:
    """A duty under one verdict: its title, of whom it is if not of the body, and what is said of it, each with its label."""

    title: str
    subject: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The duties under one verdict, and what that verdict says and does not say. `more` says how many others there are."""

    verdict: Verdict
    title: str
    lead: str
    items: tuple[Item, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be corrected in the file: where, what stands there, and what would be right."""

    place: str
    found: str
    right: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """What is to be corrected in the file, under a heading of its own: it breaches nothing."""

    title: str
    lead: str
    columns: tuple[str, str, str]
    rows: tuple[Correction, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a body; `to` is its head, each line with its label.

    `counts` are the duties under each verdict that is unmet, and the corrections; `due` is the first day that is still to come.
    """

    body: Body
    language: str
    title: str
    subtitle: str
    to: tuple[tuple[str, str], ...]
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    corrections: Corrections | None
    sources: tuple[str, tuple[str, ...]]
    foot: str
    made: date
    counts: tuple[int, ...]
    due: str | None


def letters_of(report: Report, narrowing: Narrowing) -> Iterator[Letter]:
    """A letter to each body of which something is unmet, in the order of the tree; one of no body goes to who submitted."""
    writer = _Writer(report, narrowing)
    told = False
    for body, duties in unmet(report, narrowing, of_file=True):
        told = told or not body
        yield writer.letter(body, duties)
    if report.problems and not told and narrowing.body is None:
        yield writer.letter((), ())


class _Writer:
    """Writes the letters of one report."""

    def __init__(self, report: Report, narrowing: Narrowing) -> None:
        self._report, self._narrowing = report, narrowing
        self._wording = Wording(report.run.language, report.names)
        self._places = Places(report.run.submission, self._wording)

    def letter(self, body: Body, duties: Sequence[Duty]) -> Letter:
        wording, run = self._wording, self._report.run
        own = [duty for duty in duties if duty.rule.own]
        wrong = [duty for duty in duties if not duty.rule.own and duty.verdict is not Verdict.PENDING]
        parts = tuple(self._part(verdict, [duty for duty in own if duty.verdict is verdict]) for verdict in UNMET)
        corrections = self._corrections(wrong, told=not body)
        due = min((duty.due for duty in own if duty.due is not None), default=None)
        return Letter(
            body=body,
            language=wording.language,
            title=wording("letter"),
            subtitle=wording(
                "letter-about", rulebook=run.rulebook_title.in_(wording.language), period=wording.window(run.period)
            ),
            to=tuple(self._to(body)),
            lead=tuple(self._lead()),
            parts=tuple(part for part in parts if part.items),
            corrections=corrections if corrections.rows else None,
            sources=(wording("sources"), tuple(self._sources(own))),
            foot=wording("letter-made", checker=f"checker {run.checker}", day=run.as_of),
            made=run.as_of,
            counts=(*(sum(duty.verdict is verdict for duty in own) for verdict in UNMET), len(corrections.rows)),
            due=None if due is None else wording.day(due),
        )

    def _to(self, body: Body) -> Iterator[tuple[str, str]]:
        wording, run = self._wording, self._report.run
        by = run.submitted_by or wording("letter-submitter")
        yield wording("letter-to"), _line(body_text(body) if body else by)
        if len(body) > 1:
            yield wording("column-under"), _line(" › ".join(name or key for key, name in body[:-1]))
        yield wording("submission"), _line(run.submission)
        yield wording("period"), wording.window(run.period)
        yield wording("page-as-of"), wording.day(run.as_of)

    def _lead(self) -> Iterator[str]:
        wording, report = self._wording, self._report
        yield wording("letter-lead")
        if self._narrowing.due_by is not None:
            yield wording("only-due-by", day=self._narrowing.due_by)
        left_out = {verdict: count for verdict, count in report.left_out if verdict in UNMET}
        if left_out:
            verdicts = ", ".join(f"{wording(verdict.value)} {n}" for verdict, n in left_out.items())
            yield wording("letter-left-out", verdicts=verdicts)

    def _part(self, verdict: Verdict, duties: Sequence[Duty]) -> Part:
        wording = self._wording
        more = len(duties) - _MOST
        return Part(
            verdict=verdict,
            title=wording(f"letter-{verdict.value}"),
            lead=wording(f"letter-{verdict.value}-lead"),
            items=tuple(map(self._item, duties[:_MOST])),
            more=wording("letter-more", n=more) if more > 0 else "",
        )

    def _item(self, duty: Duty) -> Item:
        wording, subject = self._wording, duty.subject
        clause = clause_text(duty.rule, wording)
        told = ((key, clause if key == "clause" else text) for key, text in facts(duty, self._places))
        said = [(wording(key), _line(text)) for key, text in told if text]
        if duty.verdict is Verdict.VIOLATED and not duty.open:
            said.append((wording("due"), self._until_when(duty)))
        about = "" if is_body(subject) or is_submission(subject) else subject_text(subject)
        return Item(_line(duty.rule.title.in_(wording.language)), _line(about), tuple(said))

    def _until_when(self, duty: Duty) -> str:
        """By when it could be done, where nothing of the duty is still to come."""
        if not duty.windows:
            return self._wording("letter-no-day")
        last = max(window.last for window in duty.windows)
        key = "letter-over" if last <= self._report.run.as_of else "letter-runs"
        return self._wording(key, day=last)

    def _corrections(self, duties: Sequence[Duty], *, told: bool) -> Corrections:
        wording = self._wording
        found = [*self._problems()] if told else []
        found += [self._correction(duty, finding) for duty in duties for gap in duty.gaps for finding in gap.findings]
        more = len(found) - _MOST
        return Corrections(
            title=wording("sheet-corrections"),
            lead=wording("letter-correct-lead"),
            columns=(wording("where"), wording("found"), wording("letter-right")),
            rows=tuple(found[:_MOST]),
            more=wording("letter-more", n=more) if more > 0 else "",
        )

    def _correction(self, duty: Duty, finding: Finding) -> Correction:
        rule, wording = duty.rule, self._wording
        expected = expected_text(Fault(rule, rule.columns, 1, ()), wording) if rule.columns is not None else ""
        right = (expected or rule.title.in_(wording.language), rule.remedy.in_(wording.language))
        return Correction(
            place=_line(self._places.many(rows([finding], "subject", "counted", "could-decide"))),
            found=_line(describe_windows([finding], duty.rule, self._wording)),
            right=_line(". ".join(text[:1].upper() + text[1:].rstrip(".") for text in right if text)),
        )

    def _problems(self) -> Iterator[Correction]:
        for problem in self._report.problems:
            where = "" if problem.place is None else self._places.place(problem.place)
            found, right = problem.message_in(self._wording), problem.fix_in(self._wording)
            yield Correction(_line(where), _line(found), _line(right))

    def _sources(self, duties: Sequence[Duty]) -> Iterator[str]:
        for source in cited([duty.rule for duty in duties], self._report.sources):
            texts = (source_title(source, self._wording), source.note.in_(self._wording.language))
            yield _line(". ".join(filter(None, texts)))


def _line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
