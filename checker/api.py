"""The walks through the rooms: check a submission, compile, lint and describe a rulebook. Read `checked` to know the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker import __version__
from checker.errors import Problem, RecordsError, RulesError, UsageError, WaiversError, speaking
from checker.model.indicator_plan import IndicatorPlan, measured_for
from checker.model.law import Source, with_required
from checker.model.period import Period, PeriodError
from checker.model.plan import ParameterPlan, Plan, RulePlan
from checker.model.report import Report, RuleSummary, Run, SinceRevision
from checker.model.schema import NOTHING_STATED, Stated
from checker.model.words import Text
from checker.plan_cache import compiled, compiled_now
from checker.request import CheckRequest, Since, Tuning, by_keywords
from checker.rules.shelf import find, named_by, rules_folder, shipped_names
from checker.selection import selected
from checker.supplied import earlier_reports, granted
from checker.words.message import message

if TYPE_CHECKING:
    from checker.adjudicate.protocol import Adjudicator
    from checker.assembly import Assembly
    from checker.engine.protocol import Engine
    from checker.model.waivers import Waiver
    from checker.records.submission import Opened
    from checker.rules.texts import Texts
    from checker.run.history import EarlierReports
    from checker.run.session import Rule

__all__ = [
    "CheckRequest",
    "Judged",
    "RulebookFace",
    "Tuning",
    "check",
    "checked",
    "compile_named",
    "compile_rules",
    "describe",
    "judge",
    "judged",
    "lint",
    "open_asked",
    "rulebook_of",
    "rulebooks",
]


class RulebookFace(NamedTuple):
    """What a rulebook says of itself without judging anything."""

    name: str
    title: Text
    version: str
    languages: tuple[str, ...] = ()
    rules: tuple[RuleSummary, ...] = ()
    parameters: tuple[ParameterPlan, ...] = ()
    sources: tuple[Source, ...] = ()


class Judged(NamedTuple):
    """A run that has come to its verdicts: the report in the making, and the adjudicator, which can be asked why."""

    assembly: Assembly
    adjudicator: Adjudicator


def checked(request: CheckRequest) -> Report:
    """Evaluates a rulebook against a submission: what `check` does, for a request that was made before.

    Only one may run in a process at a time. Raises UsageError, RecordsError, RulesError, WaiversError, LimitError or
    EngineError, each with its problems.
    """
    from checker.provenance.exporting import Kind, refuse  # noqa: PLC0415 -- listing rulebooks needs no engine

    if request.max_findings is not None and request.max_findings < 0:
        raise UsageError(Problem("max-findings", message("max-findings"), message("max-findings-fix")))
    written = {Kind.FINDINGS: request.findings, Kind.INDICATORS: request.indicators}
    files = {kind: [Path(file) for file in files] for kind, files in written.items()}
    refuse(files)
    changes = None if request.since is None else _changes(request.since, request.max_findings)
    assembly = judged(request)
    with speaking(assembly.run.language):
        assembly.export(files, everything=request.all_findings)
        report = assembly.report(request.max_findings if changes is None else 0, request.memory_limit)
        if changes is not None:
            report = changes(report)
        if request.per_body is not None:
            request.per_body(report, assembly.by_body(report))
        if request.trace:
            from checker.adjudicate.choice import adjudicator_of  # noqa: PLC0415 -- few ask for it
            from checker.provenance.tracing import traced  # noqa: PLC0415

            report = traced(report, assembly.lookup, adjudicator_of(assembly.measurement.plan.law).adjudicate)
        if request.areas and changes is None:
            from checker.assembly.areas import with_areas  # noqa: PLC0415 -- the page alone shows them

            report = with_areas(report, assembly.measurement)
        return report


check = by_keywords(CheckRequest, checked)
"""`check(submission, rulebook, period="2019", …)`: `checked`, with what `CheckRequest` takes."""


def _changes(since: Since, most: int | None) -> Callable[[Report], Report]:
    """What takes from a report whatever was so at that revision already: it is judged first, as it was then."""
    from checker.report.compare.since import changes_of  # noqa: PLC0415 -- few ask for it

    then, why = None, since.why
    if since.request is not None:
        try:
            then = checked(replace(since.request, max_findings=0))
        except (UsageError, RecordsError, RulesError, WaiversError) as error:
            why = error.problems[0].message
    revision = SinceRevision(since.name, since.commit)
    if then is not None:
        return partial(changes_of, then=then, since=revision, most=most)
    wrong = message("since-nothing", name=since.name, why=why)
    return partial(
        changes_of, then=None, since=revision, most=most, notice=Problem("nothing-before", wrong, message("since-nothing-fix"))
    )


def judged(request: CheckRequest) -> Assembly:
    """Evaluates as `check` does, and gives what its report is made of, for what is to be known besides."""
    opened, engine = open_asked(request)
    plan = compile_named(request.rulebook, opened, request.overrides)
    with speaking(request.language or plan.languages[0]):
        waivers, earlier = granted(request.waivers, opened, plan), earlier_reports(plan, request.previous, request.baseline)
        return judge(request, plan, opened, engine=engine, waivers=waivers, earlier=earlier).assembly


def open_asked(request: CheckRequest) -> tuple[Opened, Engine]:
    """The submission that is asked for, and an engine to judge it with."""
    from checker.engine.duckdb.database import Duck  # noqa: PLC0415 -- see `checked`
    from checker.engine.limits import Limits  # noqa: PLC0415
    from checker.records.limits import Limits as ReadLimits  # noqa: PLC0415
    from checker.records.opening import open_submission  # noqa: PLC0415

    engine = Duck(limits=Limits.of(request.memory_limit, request.disk_limit), tuning=request.tuning)
    limits, name = ReadLimits(**(request.read_limits or {})), request.stdin_filename
    return open_submission(request.submission, engine.describe, take=engine.take, limits=limits, stdin_filename=name), engine


def compile_rules(rulebook: str | Path, overrides: Mapping[str, str] | None = None, stated: Stated = NOTHING_STATED) -> Plan:
    """The compiled rulebook, from the cache if it is there, for submissions that say that of how values are written.

    Raises UsageError or RulesError.
    """
    return compiled(rulebook, overrides or {}, stated)


def judge(
    request: CheckRequest,
    plan: Plan,
    opened: Opened,
    *,
    engine: Engine | None = None,
    waivers: Sequence[Waiver] = (),
    earlier: EarlierReports | None = None,
) -> Judged:
    """Evaluates a compiled rulebook against an opened submission, and gives what a report or an explanation is made of.

    `engine` may have been started before.
    """
    from checker.adjudicate.choice import adjudicator_of  # noqa: PLC0415 -- see `checked`
    from checker.assembly import Assembly  # noqa: PLC0415
    from checker.assembly.notices import read_otherwise  # noqa: PLC0415
    from checker.engine.duckdb.database import Duck  # noqa: PLC0415
    from checker.plan import optimised  # noqa: PLC0415
    from checker.records.readers.csv_records import repair  # noqa: PLC0415
    from checker.run.history import EarlierReports, recognise  # noqa: PLC0415
    from checker.run.measuring import measure  # noqa: PLC0415
    from checker.run.session import Session  # noqa: PLC0415
    from checker.run.standings import conclude  # noqa: PLC0415
    from checker.run.verdicts import settle  # noqa: PLC0415
    from checker.run.waivers import cover  # noqa: PLC0415

    manifest = opened.manifest
    asked = request.asked_period or manifest.period
    if asked is None:
        raise UsageError(Problem("no-period", message("no-period"), message("no-period-fix")))
    try:
        period = asked.in_years(plan.year_starts)
    except PeriodError as error:
        raise UsageError(Problem("no-period", error.message, message("no-period-fix"))) from None
    day, source = _as_of(request.asked_day, manifest.as_of)
    rules, indicators = _selected(plan, request.select, request.ignore)
    submission = opened.tables([each.record for each in plan.records if not each.record.made])
    own = engine or Duck(tuning=request.tuning)
    measurement = Session(plan, period, day, rules, own, repair, request.all_findings, optimised, indicators=indicators)
    measurement.notices.extend(read_otherwise(asked, period, plan.year_starts))
    measurement.load(submission)
    measure(measurement, request.progress)
    adjudicator = adjudicator_of(plan.law)
    cover(measurement, waivers)
    disputes = settle(measurement, adjudicator.adjudicate)
    known = earlier or EarlierReports()
    recognise(measurement, known)
    if len(rules) == len(plan.all_rules):
        # A standing is concluded from all rules or not at all.
        conclude(measurement, adjudicator.pronounce)
    run = Run(
        checker=__version__,
        engine=measurement.engine.version,
        adjudicator=adjudicator.name,
        rulebook=plan.name,
        rulebook_title=plan.title,
        rulebook_version=plan.version,
        submission=opened.shown,
        submitted_by=manifest.submitted_by,
        period=period,
        as_of=day,
        as_of_source=source,
        language=request.language or plan.languages[0],
        selected=tuple(each.id for each in (*rules, *indicators)) if request.select or request.ignore else (),
        overrides=tuple(sorted((request.overrides or {}).items())),
    )
    return Judged(Assembly(measurement, submission, run, disputes, waivers, known), adjudicator)


def lint(
    rulebook: str | Path,
    *,
    submission: str | Path | None = None,
    as_of: date | str | None = None,
    period: Period | str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    stdin_filename: str | None = None,
    read_limits: Mapping[str, int] | None = None,
    texts: Texts | None = None,
) -> tuple[Problem, ...]:
    """Every problem of a rulebook: its errors; if it has none, and so can run, what is suspicious or worth knowing.

    `texts` are those of its files, where they are not those on the disk.

    With a `submission`, judged as `check` does, also which rules decide nothing of it, and which words that they compare it
    spells otherwise. `select` and `ignore` take codes of
    warnings and notes. Raises UsageError if there is no such rulebook or code, and what `check` raises of the submission.
    """
    from checker.lint.catalogue import chosen  # noqa: PLC0415 -- see `checked`
    from checker.lint.suspicious import Judged, mistakes_in_cases, suspicious  # noqa: PLC0415
    from checker.provenance.spellings import spelled_otherwise  # noqa: PLC0415
    from checker.rules.intact import IncompleteError  # noqa: PLC0415
    from checker.rules.texts import DISK  # noqa: PLC0415

    source = find(str(rulebook), rules_folder()) if texts is None else Path(rulebook)
    try:
        if texts is None:
            compiled(source, {}, fresh=True)
        else:
            compiled_now(source, {}, texts=texts)
    except IncompleteError as error:
        return chosen((*error.problems, *mistakes_in_cases(source, error.rest, error.lost, texts or DISK)), select, ignore)
    except RulesError as error:
        return chosen(error.problems, select, ignore)
    if submission is None:
        return chosen(suspicious(source, texts=texts or DISK), select, ignore)
    request = CheckRequest(submission, source, period=period, as_of=as_of, stdin_filename=stdin_filename, read_limits=read_limits)
    opened, engine = open_asked(request)
    stated = opened.manifest.stated
    plan = compile_rules(source, stated=stated) if texts is None else compiled_now(source, {}, stated, texts)[0]
    assembly = judge(request, plan, opened, engine=engine, waivers=granted((), opened, plan)).assembly
    found = Judged(assembly.report(), partial(spelled_otherwise, assembly.measurement))
    return chosen(suspicious(source, found, texts or DISK), select, ignore)


def rulebooks() -> tuple[RulebookFace, ...]:
    """The shipped rulebooks, by name."""
    return tuple(describe(name)._replace(rules=()) for name in shipped_names(rules_folder()))


def describe(rulebook: str | Path) -> RulebookFace:
    """What a rulebook says of itself and of each of its rules. Raises UsageError or RulesError."""
    from checker.assembly.summaries import face  # noqa: PLC0415 -- see `checked`

    plan = compiled(rulebook, {})
    rules = tuple(map(face, plan.rules))
    return RulebookFace(plan.name, plan.title, plan.version, plan.languages, rules, plan.parameters, plan.sources)


def compile_named(rulebook: str | Path | None, opened: Opened, overrides: Mapping[str, str] | None = None) -> Plan:
    """The compiled rulebook that the caller names, else the one that the submission names, which no message quotes.

    Raises UsageError or RulesError.
    """
    named = rulebook_of(rulebook, opened)
    try:
        return compile_rules(named, overrides, opened.manifest.stated)
    except RulesError as error:
        if rulebook is not None:
            raise
        from checker.rules.quoting import RULES, unquoted  # noqa: PLC0415 -- YAML only where something is wrong

        raise RulesError(*unquoted(error.problems, RULES)) from None


def rulebook_of(given: str | Path | None, opened: Opened) -> str | Path:
    """The rulebook that the caller names, else the one that the submission names. Raises UsageError if neither does."""
    if given is not None:
        return given
    manifest = opened.manifest
    if manifest.rulebook is None:
        wrong = message("no-rulebook-named", submission=opened.shown)
        raise UsageError(Problem("no-rulebook", wrong, message("no-rulebook-named-fix")))
    return named_by(manifest.rulebook, opened.folder, manifest.rulebook_at, rules_folder())


def _as_of(given: date | None, said: date | None) -> tuple[date, str]:
    """The as-of date and where it is from. The clock enters the program here and nowhere else."""
    if given is not None:
        return given, "option"
    if said is not None:
        return said, "submission"
    return datetime.now(tz=UTC).astimezone().date(), "clock"


def _selected(plan: Plan, select: Sequence[str], ignore: Sequence[str]) -> tuple[tuple[Rule, ...], tuple[IndicatorPlan, ...]]:
    """The rules and the indicators that are selected, with the rules that they require and the indicators that they name."""
    ids = [*(rule.id for rule in plan.all_rules), *(each.id for each in plan.indicators)]
    chosen, kept = selected(ids, select, ignore), selected(ids, (), ignore)
    required = with_required(plan.law, chosen & {rule.id for rule in plan.all_rules})
    if ignored := sorted(required - kept):
        rule = next(law.rule for law in plan.law.requirements if law.required == ignored[0] and law.rule in required)
        wrong = message("ignored-requirement", required=ignored[0], rule=rule)
        raise UsageError(Problem("ignored-requirement", wrong, message("ignored-requirement-fix", rule=rule)))
    rules = tuple(rule for rule in plan.all_rules if rule.id in required)
    own = [rule for rule in rules if isinstance(rule, RulePlan)]
    indicators = measured_for(plan.indicators, own, chosen)
    if unkept := [each.id for each in indicators if each.id not in kept]:
        naming = {rule.id: rule.indicators for rule in own} | {each.id: each.indicators for each in indicators}
        by = next(name for name, named in naming.items() if unkept[0] in named)
        wrong = message("ignored-indicator", indicator=unkept[0], by=by)
        raise UsageError(Problem("ignored-requirement", wrong, message("ignored-requirement-fix", rule=by)))
    return rules, indicators
