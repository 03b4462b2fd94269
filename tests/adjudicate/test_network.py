"""What both adjudicators conclude: one test for each sentence of docs/meaning.md about exceptions and standings."""

from __future__ import annotations

import pytest

from checker.errors import EngineError
from checker.model.law import (
    All,
    Any,
    Attribute,
    BodyCase,
    Case,
    Condition,
    ExceptionLaw,
    Firing,
    Law,
    Matter,
    Not,
    RequirementLaw,
    StandingLaw,
    Stated,
    Tally,
    Truth,
)
from checker.model.words import Outcome, Reason, Severity, Verdict
from tests.adjudicate.both import Both

YES, PERHAPS = Truth.YES, Truth.PERHAPS
MET, BREACHED, UNKNOWN, OPEN, NONE = (
    Outcome.MET,
    Outcome.BREACHED,
    Outcome.UNKNOWN,
    Outcome.OPEN,
    Outcome.NONE,
)
OUTCOMES = (MET, BREACHED, UNKNOWN, OPEN, NONE)
PLAIN = ["satisfied", "violated", "undetermined", "pending", "not-applicable"]
DOUBTFUL = ["satisfied", "undetermined", "undetermined", "pending", "not-applicable"]
DISPUTED = ["undetermined", "undetermined", "undetermined", "pending", "not-applicable"]
NEVER = ["not-applicable"] * 5

DISPERSED = ExceptionLaw("dispersed", ("monthly", "weekly"), "quarterly")
REMOTE = ExceptionLaw("remote", ("monthly",), "yearly")
SMALL = ExceptionLaw("small", ("monthly",))
WEEK = ExceptionLaw("week", ("other",), "quarterly")
TINY = ExceptionLaw("tiny", ("quarterly",), "yearly")
RULES = ("monthly", "weekly", "quarterly", "yearly", "other")


def network(*exceptions: ExceptionLaw, standings: tuple[StandingLaw, ...] = ()) -> Both:
    severities = (Severity.CRITICAL, Severity.MAJOR, Severity.MAJOR, Severity.MINOR, Severity.NOTE)
    return Both(Law(tuple(zip(RULES, severities, strict=True)), exceptions, standings))


@pytest.mark.parametrize(
    ("exceptions", "holds", "rule", "verdicts", "reason", "because"),
    [
        ((), {}, "monthly", PLAIN, None, None),
        ((DISPERSED,), {}, "monthly", PLAIN, None, None),
        ((DISPERSED,), {}, "quarterly", NEVER, Reason.NO_EXCEPTION, None),
        ((DISPERSED,), {"dispersed": YES}, "monthly", NEVER, Reason.DISPLACED, "dispersed"),
        ((DISPERSED,), {"dispersed": YES}, "weekly", NEVER, Reason.DISPLACED, "dispersed"),
        ((DISPERSED,), {"dispersed": YES}, "quarterly", PLAIN, None, None),
        ((DISPERSED,), {"dispersed": YES}, "other", PLAIN, None, None),
        ((DISPERSED,), {"dispersed": PERHAPS}, "monthly", DOUBTFUL, Reason.PERHAPS, "dispersed"),
        ((DISPERSED,), {"dispersed": PERHAPS}, "quarterly", DOUBTFUL, Reason.PERHAPS, "dispersed"),
        # the smallest id, not the first that is written
        ((SMALL, DISPERSED), {"small": YES, "dispersed": YES}, "monthly", NEVER, Reason.DISPLACED, "dispersed"),
        # what certainly displaces beats what perhaps does
        ((SMALL, DISPERSED), {"small": YES, "dispersed": PERHAPS}, "monthly", NEVER, Reason.DISPLACED, "small"),
        # exceptions that displace a rule differently
        ((REMOTE, DISPERSED), {"remote": YES, "dispersed": YES}, "quarterly", DISPUTED, Reason.CONFLICT, None),
        ((REMOTE, DISPERSED), {"remote": YES, "dispersed": YES}, "yearly", DISPUTED, Reason.CONFLICT, None),
        ((REMOTE, DISPERSED), {"remote": YES, "dispersed": YES}, "monthly", NEVER, Reason.DISPLACED, "dispersed"),
        ((SMALL, DISPERSED), {"small": YES, "dispersed": YES}, "quarterly", DISPUTED, Reason.CONFLICT, None),
        # perhaps a conflict unless both certainly hold: each replacement perhaps applies
        ((REMOTE, DISPERSED), {"remote": YES, "dispersed": PERHAPS}, "yearly", DOUBTFUL, Reason.PERHAPS, "dispersed"),
        ((SMALL, DISPERSED), {"small": PERHAPS, "dispersed": YES}, "quarterly", DOUBTFUL, Reason.PERHAPS, "small"),
        ((SMALL, DISPERSED), {"small": YES, "dispersed": PERHAPS}, "quarterly", DOUBTFUL, Reason.PERHAPS, "dispersed"),
        (
            (REMOTE, DISPERSED),
            {"remote": YES, "dispersed": PERHAPS},
            "quarterly",
            DOUBTFUL,
            Reason.PERHAPS,
            "dispersed",
        ),
        # a rule that is certainly called for by one exception, and perhaps disputed between two others
        (
            (DISPERSED, SMALL, WEEK),
            {"dispersed": PERHAPS, "small": PERHAPS, "week": YES},
            "quarterly",
            DOUBTFUL,
            Reason.PERHAPS,
            "dispersed",
        ),
        # of several the first that only may hold is named
        (
            (REMOTE, DISPERSED, SMALL),
            {"remote": YES, "dispersed": PERHAPS, "small": PERHAPS},
            "yearly",
            DOUBTFUL,
            Reason.PERHAPS,
            "dispersed",
        ),
        # two that certainly hold are a conflict, whatever a third does
        (
            (REMOTE, DISPERSED, SMALL),
            {"remote": YES, "dispersed": YES, "small": PERHAPS},
            "yearly",
            DISPUTED,
            Reason.CONFLICT,
            None,
        ),
        # a replacement that is itself displaced
        ((DISPERSED, TINY), {"dispersed": YES, "tiny": YES}, "quarterly", NEVER, Reason.DISPLACED, "tiny"),
        ((DISPERSED, TINY), {"dispersed": YES, "tiny": PERHAPS}, "quarterly", DOUBTFUL, Reason.PERHAPS, "tiny"),
        ((DISPERSED, TINY), {"dispersed": PERHAPS, "tiny": PERHAPS}, "quarterly", DOUBTFUL, Reason.PERHAPS, "tiny"),
        # certainly not called for: whether it is displaced does not matter
        ((DISPERSED, TINY), {"tiny": PERHAPS}, "quarterly", NEVER, Reason.NO_EXCEPTION, None),
        # either it is displaced, or it is disputed: never satisfied
        (
            (REMOTE, DISPERSED, TINY),
            {"remote": YES, "dispersed": YES, "tiny": PERHAPS},
            "quarterly",
            DISPUTED,
            Reason.CONFLICT,
            None,
        ),
    ],
)
def test_exceptions(  # a table
    exceptions: tuple[ExceptionLaw, ...],
    holds: dict[str, Truth],
    rule: str,
    verdicts: list[str],
    reason: Reason | None,
    because: str | None,
) -> None:
    case = Case(tuple(Matter(rule, outcome) for outcome in Outcome), tuple(holds.items()))
    found = {verdict.matter.outcome: verdict for verdict in network(*exceptions).adjudicate(case).verdicts}
    assert [found[outcome].verdict for outcome in OUTCOMES] == verdicts
    deciding = {outcome for outcome, plain in zip(Outcome, PLAIN, strict=True) if found[outcome].verdict != plain}
    if reason in {Reason.PERHAPS, Reason.CONFLICT}:
        deciding.add(UNKNOWN)
    if verdicts == NEVER:
        deciding = set(Outcome)
    assert {outcome for outcome in Outcome if found[outcome].reason is reason} >= deciding
    assert {(found[outcome].reason, found[outcome].because) for outcome in deciding} <= {(reason, because)}
    assert {(found[outcome].reason, found[outcome].because) for outcome in set(Outcome) - deciding} <= {(None, None)}


@pytest.mark.parametrize(
    ("holds", "conflicts"),
    [
        ({"dispersed": YES}, ()),
        ({"dispersed": YES, "remote": PERHAPS}, ()),
        ({"dispersed": YES, "remote": YES}, (("monthly", ("dispersed", "remote")),)),
        ({"remote": YES, "small": YES, "dispersed": YES}, (("monthly", ("dispersed", "remote", "small")),)),
    ],
)
def test_conflicts(holds: dict[str, Truth], conflicts: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    case = Case((Matter("other", MET),), tuple(holds.items()))
    assert network(REMOTE, SMALL, DISPERSED).adjudicate(case).conflicts == conflicts


@pytest.mark.parametrize("other", [YES, PERHAPS])
def test_exceptions_that_agree_are_no_conflict(other: Truth) -> None:
    twins = (ExceptionLaw("b", ("monthly",), "yearly"), ExceptionLaw("a", ("monthly",), "yearly"))
    ruling = network(*twins).adjudicate(Case((Matter("yearly", BREACHED),), (("a", YES), ("b", other))))
    assert (ruling.conflicts, ruling.verdicts[0].verdict) == ((), Verdict.VIOLATED)


def test_there_is_a_verdict_for_each_matter_in_turn() -> None:
    matters = (Matter("weekly", OPEN), Matter("monthly", MET), Matter("weekly", BREACHED), Matter("monthly", MET))
    assert [verdict.matter for verdict in network(DISPERSED).adjudicate(Case(matters)).verdicts] == list(matters)


def stated(kind: str, **fields: str) -> Stated:
    return Stated(kind, tuple(sorted(fields.items())))


def test_firings_tell_the_story() -> None:
    ruling = network(DISPERSED).adjudicate(Case((Matter("weekly", BREACHED),), (("dispersed", YES),)))
    holds = stated("holds", exception="dispersed", truth="yes")
    displaced = {"rule": "weekly", "claim": "displaced", "exception": "dispersed"}
    assert [firing for firing in ruling.firings if firing.concerns("weekly")] == [
        Firing(
            "an exception that holds displaces rules",
            (holds, stated("displaces", exception="dispersed", rule="weekly", by="quarterly")),
            (stated("claim", **displaced, by="quarterly"),),
        ),
        Firing(
            "the strongest claim takes effect",
            (stated("claim", **displaced, by="quarterly"),),
            (stated("effect", **displaced),),
        ),
        Firing(
            "an outcome is read in the light of what took effect",
            (
                stated("outcome", rule="weekly", outcome="breached", covered="0"),
                stated("effect", **displaced),
            ),
            (
                stated(
                    "reading",
                    rule="weekly",
                    covered="0",
                    verdict="not-applicable",
                    reason="displaced",
                    because="dispersed",
                ),
            ),
        ),
    ]


def test_firings_about_other_rules_are_told_apart() -> None:
    ruling = network(DISPERSED).adjudicate(Case((Matter("weekly", BREACHED), Matter("other", MET)), (("dispersed", YES),)))
    assert [firing.rule for firing in ruling.firings if firing.concerns("other")] == [
        "an outcome is read as it is where nothing took effect"
    ]
    assert not [firing for firing in ruling.firings if firing.concerns("yearly")]


def violated(at_least: int, *severities: Severity, rules: tuple[str, ...] = ()) -> Tally:
    return Tally(Verdict.VIOLATED, severities, rules, at_least)


GRAVE = Any((violated(1, Severity.CRITICAL), violated(3, Severity.MAJOR)))
CLEAN = Not(violated(1, Severity.MAJOR, Severity.CRITICAL))
USUAL = (StandingLaw("poor", GRAVE), StandingLaw("good", CLEAN), StandingLaw("middling", All(())))


@pytest.mark.parametrize(
    ("findings", "standing"),
    [
        ((), "good"),
        ((("monthly", Verdict.SATISFIED, 5),), "good"),
        ((("monthly", Verdict.VIOLATED, 1),), "poor"),
        ((("weekly", Verdict.VIOLATED, 2),), "middling"),
        ((("weekly", Verdict.VIOLATED, 2), ("quarterly", Verdict.VIOLATED, 1)), "poor"),
        ((("yearly", Verdict.VIOLATED, 9), ("other", Verdict.UNDETERMINED, 9)), "good"),
        ((("weekly", Verdict.UNDETERMINED, 1),), "undetermined"),
        ((("weekly", Verdict.VIOLATED, 2), ("quarterly", Verdict.UNDETERMINED, 1)), "undetermined"),
        ((("weekly", Verdict.VIOLATED, 1), ("quarterly", Verdict.UNDETERMINED, 1)), "middling"),
        ((("weekly", Verdict.VIOLATED, 3), ("quarterly", Verdict.UNDETERMINED, 1)), "poor"),
        ((("monthly", Verdict.WAIVED, 3), ("weekly", Verdict.PENDING, 1)), "good"),
    ],
)
def test_standings_follow_the_findings(findings: tuple[tuple[str, Verdict, int], ...], standing: str) -> None:
    assert network(standings=USUAL).pronounce(BodyCase(findings)).standing == standing


@pytest.mark.parametrize(
    ("when", "standing"),
    [
        (All((Attribute("sure"), Attribute("doubtful"))), "undetermined"),
        (All((Attribute("doubtful"), Attribute("sure"))), "undetermined"),
        (All((Attribute("sure"), Not(Attribute("doubtful")))), "undetermined"),
        (All((Attribute("sure"), Not(Attribute("false")))), "s"),
        (All((Attribute("doubtful"), Attribute("false"))), None),
        (Any((Attribute("sure"), Attribute("doubtful"))), "s"),
        (Any((Attribute("false"), Attribute("doubtful"))), "undetermined"),
    ],
)
def test_a_chain_is_as_sure_as_its_weakest_link(when: Condition, standing: str | None) -> None:
    body = BodyCase((), (("sure", YES), ("doubtful", PERHAPS)))
    assert network(standings=(StandingLaw("s", when),)).pronounce(body).standing == standing


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [
        ("sure", "sure", "first"),
        ("false", "sure", "second"),
        ("doubtful", "sure", "undetermined"),
        ("sure", "doubtful", "first"),
        ("false", "doubtful", "undetermined"),
        ("doubtful", "false", "undetermined"),
        ("false", "false", None),
    ],
)
def test_the_first_standing_counts_unless_an_earlier_one_is_possible(first: str, second: str, standing: str | None) -> None:
    standings = (StandingLaw("first", Attribute(first)), StandingLaw("second", Attribute(second)))
    body = BodyCase((), (("sure", YES), ("doubtful", PERHAPS)))
    assert network(standings=standings).pronounce(body).standing == standing


@pytest.mark.parametrize(
    ("when", "truth", "standing"),
    [
        (Attribute("a"), None, None),
        (Attribute("a"), PERHAPS, "undetermined"),
        (Attribute("a"), YES, "s"),
        (Not(Attribute("a")), None, "s"),
        (Not(Attribute("a")), PERHAPS, "undetermined"),
        (Not(Attribute("a")), YES, None),
        (Not(Not(Attribute("a"))), YES, "s"),
        (All(()), None, "s"),
        (Any(()), None, None),
        (Not(Any(())), None, "s"),
        # Kleene: nothing is known of what is half known
        (Any((Attribute("a"), Not(Attribute("a")))), PERHAPS, "undetermined"),
        (All((Attribute("a"), Not(Attribute("a")))), PERHAPS, "undetermined"),
        (All((Attribute("a"), Not(Attribute("a")))), YES, None),
        (Any((Attribute("a"), All(()))), PERHAPS, "s"),
        (All((Attribute("a"), Attribute("b"))), PERHAPS, None),
    ],
)
def test_conditions_are_three_valued(when: Condition, truth: Truth | None, standing: str | None) -> None:
    body = BodyCase((), (("a", truth),) if truth else ())
    assert network(standings=(StandingLaw("s", when),)).pronounce(body).standing == standing


def test_a_tally_of_undetermined_findings_is_certain() -> None:
    standings = (StandingLaw("unclear", Tally(Verdict.UNDETERMINED, (), ("weekly",), 2)),)
    body = BodyCase((("weekly", Verdict.UNDETERMINED, 2), ("yearly", Verdict.UNDETERMINED, 2)))
    assert network(standings=standings).pronounce(body).standing == "unclear"


def test_firings_name_the_conditions_of_a_standing() -> None:
    firings = network(standings=USUAL).pronounce(BodyCase((("weekly", Verdict.VIOLATED, 3),))).firings
    assert firings[-1] == Firing(
        "the first standing whose condition holds is pronounced",
        (stated("candidate", degree="surely", standing="poor"),),
        (stated("pronounced", standing="poor"),),
    )
    condition = stated("literal", degree="surely", text="at least 3 violated (major)")
    candidate = stated("candidate", degree="surely", standing="poor")
    assert Firing("the condition of standing poor holds", (condition,), (candidate,)) in firings


def test_a_condition_with_too_many_alternatives_is_refused_before_it_grows() -> None:
    wide = All(tuple(Any((Attribute(f"a{n}"), Attribute(f"b{n}"))) for n in range(40)))
    with pytest.raises(EngineError, match="more than 240 alternatives"):
        network(standings=(StandingLaw("s", wide),))


def test_alternatives_that_others_imply_are_left_out() -> None:
    thin = All(tuple(Any((Attribute("a"), Attribute(f"b{n}"))) for n in range(12)))
    standings = (StandingLaw("s", thin),)
    assert network(standings=standings).pronounce(BodyCase((), (("a", YES),))).standing == "s"


def test_a_condition_with_too_many_parts_at_once_is_refused() -> None:
    long = All(tuple(Attribute(f"a{n}") for n in range(16)))
    with pytest.raises(EngineError, match="standing s holds: 16 conditions at once") as caught:
        network(standings=(StandingLaw("s", long),))
    assert "Simplify" in str(caught.value.problems[0].fix)


def test_a_case_about_what_the_law_does_not_have_is_a_fault() -> None:
    with pytest.raises(EngineError, match="exceptions that the law does not have: other"):
        network(SMALL).adjudicate(Case((Matter("monthly", MET),), (("other", YES),)))
    with pytest.raises(EngineError, match="rules that the law does not have: nowhere"):
        network().pronounce(BodyCase((("nowhere", Verdict.VIOLATED, 1),)))


def test_a_large_rulebook_fits() -> None:
    rules = tuple((f"rule-{n}", Severity.MAJOR) for n in range(1500))
    exceptions = tuple(ExceptionLaw(f"x-{n}", (f"rule-{n}",), f"rule-{n + 700}") for n in range(300))
    case = Case(tuple(Matter(rule, BREACHED) for rule, _ in rules), tuple((f"x-{n}", YES) for n in range(150)))
    found = [verdict.verdict for verdict in Both(Law(rules, exceptions)).adjudicate(case).verdicts]
    assert (found.count(Verdict.NOT_APPLICABLE), found.count(Verdict.VIOLATED)) == (300, 1200)


RIGHT = RequirementLaw("weekly", "monthly")
WRONG = RequirementLaw("weekly", "monthly", Verdict.VIOLATED)


@pytest.mark.parametrize(
    ("law", "required", "verdicts", "reason"),
    [
        (RIGHT, Verdict.SATISFIED, PLAIN, None),
        (RIGHT, Verdict.VIOLATED, NEVER, Reason.REQUIREMENT),
        (RIGHT, Verdict.WAIVED, NEVER, Reason.REQUIREMENT),
        (RIGHT, Verdict.NOT_APPLICABLE, NEVER, Reason.REQUIREMENT),
        (RIGHT, Verdict.UNDETERMINED, DOUBTFUL, Reason.PERHAPS),
        (RIGHT, Verdict.PENDING, DOUBTFUL, Reason.PERHAPS),
        (WRONG, Verdict.VIOLATED, PLAIN, None),
        (WRONG, Verdict.SATISFIED, NEVER, Reason.REQUIREMENT),
        (WRONG, Verdict.WAIVED, NEVER, Reason.REQUIREMENT),
        (WRONG, Verdict.PENDING, DOUBTFUL, Reason.PERHAPS),
    ],
)
def test_requirements(law: RequirementLaw, required: Verdict, verdicts: list[str], reason: Reason | None) -> None:
    case = Case(tuple(Matter("weekly", outcome, required=(("monthly", required),)) for outcome in OUTCOMES))
    severities = tuple((rule, Severity.MAJOR) for rule in RULES)
    found = Both(Law(severities, requirements=(law,))).adjudicate(case).verdicts
    assert [each.verdict for each in found] == verdicts
    assert {each.reason for each in found} - {None} == ({reason} - {None})
    assert {each.because for each in found} - {None} == ({"monthly"} if reason else set())


def test_of_several_requirements_the_surest_bars() -> None:
    laws = (RequirementLaw("weekly", "yearly"), RequirementLaw("weekly", "monthly"), RequirementLaw("weekly", "other"))
    required = (("monthly", Verdict.UNDETERMINED), ("other", Verdict.VIOLATED), ("yearly", Verdict.NOT_APPLICABLE))
    severities = tuple((rule, Severity.MAJOR) for rule in RULES)
    (found,) = Both(Law(severities, requirements=laws)).adjudicate(Case((Matter("weekly", MET, required=required),))).verdicts
    assert (found.verdict, found.reason, found.because) == (Verdict.NOT_APPLICABLE, Reason.REQUIREMENT, "other")


def test_a_waiver_waives_violations_and_nothing_else() -> None:
    case = Case(tuple(Matter("weekly", outcome, covered=True) for outcome in OUTCOMES))
    found = network().adjudicate(case).verdicts
    assert [each.verdict for each in found] == ["satisfied", "waived", "undetermined", "pending", "not-applicable"]


def test_a_waiver_does_not_waive_what_is_displaced_or_doubtful() -> None:
    case = Case((Matter("monthly", BREACHED, covered=True),), (("dispersed", YES),))
    assert network(DISPERSED).adjudicate(case).verdicts[0].verdict is Verdict.NOT_APPLICABLE
    case = Case((Matter("monthly", BREACHED, covered=True),), (("dispersed", PERHAPS),))
    assert network(DISPERSED).adjudicate(case).verdicts[0].verdict is Verdict.UNDETERMINED
