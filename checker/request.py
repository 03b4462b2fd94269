"""What a run is asked for, and the thresholds by which it chooses its way: two values that are passed whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from checker.errors import Problem, UsageError
from checker.model.days import read_day
from checker.model.period import Period, PeriodError
from checker.words.message import Message, message

if TYPE_CHECKING:
    from checker.model.report import Report

Given = ParamSpec("Given")
Asked = TypeVar("Asked")
Made = TypeVar("Made")
Progress = Callable[[str], None]
PerBody = Callable[["Report", Iterator["Report"]], None]


class Tuning(NamedTuple):
    """The thresholds at which a run takes another way to the same verdicts. They change how long it takes, and how much it lists.

    small: up to so many bytes of text a submission is small.
    memory: the bytes that a large submission may take where no limit is given; None: as many as the engine likes.
    few_rows: up to so many rows it takes longer to ask for the statistics of a Parquet file than to do without.
    sampled_rows: of so many rows of a large file it is looked whether the cells of a column are values of a type, or plain.
    folded: so many columns are folded in one scan; with many more, what is kept of each subject takes so much memory that to
        read the rows once again takes less time.
    levels: trees of more levels are concluded body by body, since the engine is asked about each level.
    alike_rows, alike_keys: in tables of more rows, and of more keys, it is not looked for what is suspiciously alike.
    listed: of a large submission so many findings of each rule and verdict are listed, and bodies of each standing.
    finding: the bytes of a finding in a report that is made and written, at most: as measured, with the rows behind it.
    batch: so many findings are written at once, or as many as the body or subject has with which a batch begins.
    of_body: so many subjects of one body are told under each rule and verdict.
    marked: of so many rows at once it is found whose they are.
    without: the passes (`checker.plan.PASSES`) that are left out.
    """

    small: int = 8_000_000
    memory: int | None = 1_000_000_000
    few_rows: int = 10_000
    sampled_rows: int = 10_000
    folded: int = 16
    levels: int = 50
    alike_rows: int = 1_000_000
    alike_keys: int = 100_000
    listed: int = 100
    finding: int = 3_000
    batch: int = 10_000
    of_body: int = 1_000
    marked: int = 2_000_000
    without: frozenset[str] = frozenset()


USUAL = Tuning()


class Since(NamedTuple):
    """A revision of the repository, and what is asked for as it was then; where there is no such `request`, why not.

    `keeps` is what the files of then last as long as.
    """

    name: str
    commit: str
    request: CheckRequest | None
    why: Message | str | None = None
    keeps: object = None


@dataclass(frozen=True)
class CheckRequest:
    """What `checker.api.check` is asked for. What is not given, the submission says.

    `submission` is a file of any kind that is read, a folder or archive of these, the address of a database, or `-` for
    standard input, which `stdin_filename` names; `read_limits` give limits of what is read (`checker.records.limits`) other
    values. `rulebook` is a shipped one's name or a path, by default the one that the submission names. `period` and `as_of`
    may be texts, as on the command line; they default to what the submission says, `as_of` further to today.
    `select` and `ignore` take ids of rules and indicators, and prefixes of them; of some rules alone no standings are concluded.
    `overrides` gives parameters other values. `waivers` are files of waivers, read beside the one that the submission itself
    names, if it does.
    `previous` and `baseline` are reports as JSON: violations of the first too are repeated, and those of the second known.
    `max_findings` is how many findings of each rule and verdict the report lists (0: all); by default a hundred of a large
    submission, and all of others.
    `findings` are files that get every finding, as their suffix says: as data (`.parquet`, `.ndjson`), or for people (`.xlsx`,
    `.csv`), who are told what is not satisfied. Of a large submission what is satisfied is only counted. `all_findings` asks
    for that too. `indicators` are such files that get every value of an indicator. `per_body` is given the report and parts of
    it, each of which lists all that is unmet by some of the bodies.
    `memory_limit` is what the process may take altogether, in bytes: beyond it data goes to temporary files, of which
    `disk_limit` is the most. `trace` asks where the subject of each finding stands, and by which steps the rule engine came to
    the verdict; `areas` what is violated or undetermined along other trees of records than that of the bodies. Of what was so
    `since` a revision already (`checker.revisions`), the report tells only how many findings there are.
    `progress` is told what begins, and may be called by several threads at once.
    """

    submission: str | Path
    rulebook: str | Path | None = None
    _: KW_ONLY
    period: Period | str | None = None
    as_of: date | str | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    overrides: Mapping[str, str] | None = None
    waivers: Sequence[str | Path] = ()
    previous: str | Path | None = None
    baseline: str | Path | None = None
    language: str | None = None
    max_findings: int | None = None
    findings: Sequence[str | Path] = ()
    all_findings: bool = False
    indicators: Sequence[str | Path] = ()
    memory_limit: int | None = None
    disk_limit: int | None = None
    stdin_filename: str | None = None
    read_limits: Mapping[str, int] | None = None
    per_body: PerBody | None = None
    trace: bool = False
    areas: bool = False
    since: Since | None = None
    progress: Progress | None = None
    tuning: Tuning = USUAL

    @property
    def asked_period(self) -> Period | None:
        """The period that is asked for. Raises UsageError where a text is none."""
        if not isinstance(self.period, str):
            return self.period
        try:
            return Period.parse(self.period)
        except PeriodError as error:
            raise UsageError(Problem("no-period", error.message, message("no-period-fix"))) from None

    @property
    def asked_day(self) -> date | None:
        """The day as of which is to be judged. Raises UsageError where a text is none."""
        if not isinstance(self.as_of, str):
            return self.as_of
        day = read_day(self.as_of)
        if day is None:
            raise UsageError(Problem("no-day", message("not-a-day", text=self.as_of), message("bad-date-fix")))
        return day


def by_keywords(request: Callable[Given, Asked], function: Callable[[Asked], Made]) -> Callable[Given, Made]:
    """A function of a request, called with what makes the request: what can be asked for is written down once."""

    def asked(*given: Given.args, **named: Given.kwargs) -> Made:
        return function(request(*given, **named))

    asked.__doc__, asked.__wrapped__ = request.__doc__, request  # type: ignore[attr-defined]
    return asked
