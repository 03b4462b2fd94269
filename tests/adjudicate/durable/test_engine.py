"""How the rule engine really behaves, and that each of its traps is guarded.

What could kill or hang the interpreter runs in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable

import pytest
from durable.engine import Ruleset

from checker.adjudicate.durable import inference as door
from checker.adjudicate.durable.engine import Engine
from checker.adjudicate.durable.inference import Clause, Fact, Inference, Match, Of, Pattern
from checker.errors import EngineError

SETUP = """
    import resource, sys
    from checker.adjudicate.durable.network import Network
    from checker.model.law import *
    from checker.model.words import *
    RULES = tuple((f"rule-{n}", Severity.MAJOR) for n in range(4))
"""


def outcome_of(program: str, setup: str = SETUP) -> str:
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(setup) + textwrap.dedent(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def copy(kind: str, stratum: str = "first", *clauses: Clause) -> Inference:
    """Infers a `copy` from each fact of the kind."""

    def then(match: Match) -> tuple[Fact, ...]:
        return ({**match["fact"], "kind": "copy"},)

    return Inference(f"copy {kind}", stratum, (Pattern("fact", kind, clauses),), then)


def copied(engine: Engine, *facts: Fact) -> list[str]:
    inferred, _ = engine.infer(facts, ["first"])
    return sorted(str(fact["v"]) for fact in inferred if fact["kind"] == "copy")


def test_the_room_is_imported_without_the_engine() -> None:
    program = "import sys, checker.adjudicate.choice, checker.adjudicate.reference; print('durable' in sys.modules)"
    assert outcome_of(program, setup="") == "False"


def test_on_linux_the_engine_is_bound_lazily_and_the_flags_are_restored() -> None:
    program = """
        import os, sys
        sys.platform = "linux"
        flags, seen = sys.getdlopenflags(), []
        set_flags = sys.setdlopenflags
        sys.setdlopenflags = lambda value: (seen.append(value), set_flags(value))
        import checker.adjudicate.durable.engine
        print(seen == [os.RTLD_LAZY, flags], sys.getdlopenflags() == flags)
    """
    assert outcome_of(program, setup="") == "True True"


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="binds a symbol that is not there, unless lazily")
def test_elsewhere_the_engine_is_imported_plainly() -> None:
    program = """
        import sys
        sys.platform = "win32"
        del sys.setdlopenflags, sys.getdlopenflags
        import checker.adjudicate.durable.engine
        print("durable.engine" in sys.modules)
    """
    assert outcome_of(program, setup="") == "True"


def test_no_facts_are_no_batch() -> None:
    program = """
        network = Network(Law(()))
        print(network.adjudicate(Case(())), network.pronounce(BodyCase(())))
    """
    assert "RuleVerdict" not in outcome_of(program)


@pytest.mark.parametrize("value", [None, 1.5, 1e30, "", "x" * 20_000, 2**70, b"x", ["x"], "\ud800"])
def test_only_what_the_engine_reads_rightly_may_cross(value: object) -> None:
    engine = Engine([copy("thing")])
    with pytest.raises(EngineError):
        copied(engine, {"kind": "thing", "v": value})  # type: ignore[dict-item]
    assert copied(engine, {"kind": "thing", "v": "fine"}) == ["fine"]


@pytest.mark.parametrize("value", ["a.b", "it's", '"quoted"', "\\", "{[,]}", "họp 会議 🏛", "two\nlines", " ", "null", "1"])
def test_awkward_strings_cross_unchanged(value: str) -> None:
    engine = Engine(
        [
            copy("constant", "first", Clause("v", "=", value)),
            Inference(
                "joined",
                "first",
                (Pattern("one", "left"), Pattern("other", "right", (Clause("v", "=", Of("one", "v")),))),
                lambda match: ({"kind": "copy", "v": match["other"]["v"]},),
            ),
        ]
    )
    assert copied(engine, {"kind": "constant", "v": value}, {"kind": "constant", "v": value + "x"}) == [value]
    facts: list[Fact] = [
        {"kind": "left", "v": value},
        {"kind": "right", "v": value},
        {"kind": "right", "v": value + '"'},
    ]
    assert copied(engine, *facts) == [value]


def test_facts_that_meet_no_rule_do_not_hide_those_that_do() -> None:
    engine = Engine([copy("thing")])
    facts: list[Fact] = [{"kind": kind, "v": number} for number, kind in enumerate(["other", "thing", "other", "thing"])]
    assert copied(engine, *facts) == ["1", "3"]


def test_a_fact_stated_twice_counts_once() -> None:
    assert copied(Engine([copy("thing")]), {"kind": "thing", "v": 1}, {"kind": "thing", "v": 1}) == ["1"]


def test_cases_do_not_see_each_other() -> None:
    engine = Engine([copy("thing")])
    assert copied(engine, {"kind": "thing", "v": 1}) == ["1"]
    assert copied(engine, {"kind": "thing", "v": 2}) == ["2"]


@pytest.mark.parametrize("order", [1, -1])
def test_absence_is_judged_when_the_lower_stratum_is_complete(order: int) -> None:
    alone = Inference(
        "alone",
        "second",
        (Pattern("fact", "thing"), Pattern("copy", "copy", (Clause("v", "=", Of("fact", "v")),), absent=True)),
        lambda match: ({"kind": "alone", "v": match["fact"]["v"]},),
    )
    rules = [copy("thing", "first", Clause("v", "<", 2)), alone]
    facts: list[Fact] = [{"kind": "thing", "v": v} for v in range(4)]
    inferred, _ = Engine(rules[::order]).infer(facts[::order], ["first", "second"])
    assert sorted(int(fact["v"]) for fact in inferred if fact["kind"] == "alone") == [2, 3]


def test_more_rules_than_fit_are_refused() -> None:
    rules = [copy("thing", f"stratum {number}") for number in range(door.MAX_RULES + 1)]
    with pytest.raises(EngineError, match=f"room for {door.MAX_RULES}"):
        Engine(rules)


def test_as_many_rules_as_are_allowed_fit() -> None:
    program = """
        from itertools import combinations, islice
        pairs = list(islice(combinations([f"a{n}" for n in range(40)], 2), 225))
        law = Law(RULES, (), tuple(StandingLaw(f"s{n}", All(tuple(map(Attribute, p)))) for n, p in enumerate(pairs)))
        print(Network(law).pronounce(BodyCase((), tuple((key, Truth.YES) for key in pairs[217]))).standing)
    """
    assert outcome_of(program) == "s217"


def test_more_conditions_at_once_than_fit_are_refused() -> None:
    patterns = tuple(Pattern(f"p{n}", f"kind{n}") for n in range(door.MAX_PATTERNS + 1))
    with pytest.raises(EngineError, match="16 conditions at once"):
        Engine([Inference("wide", "first", patterns, lambda _: ())])


def test_as_many_conditions_at_once_as_are_allowed_fit() -> None:
    patterns = tuple(Pattern(f"p{n}", f"kind{n}") for n in range(door.MAX_PATTERNS))
    _, fired = Engine([Inference("wide", "first", patterns, lambda _: ())]).infer(
        [{"kind": pattern.kind} for pattern in patterns], ["first"]
    )
    assert [len(match) for _, match in fired] == [door.MAX_PATTERNS]


def test_more_constants_than_fit_are_refused() -> None:
    patterns = [Pattern("p", "thing", (Clause("v", "=", number),)) for number in range(door.MAX_CONSTANTS + 1)]
    chunks = [patterns[start : start + 10] for start in range(0, len(patterns), 10)]
    rules = [
        Inference("r", "first", tuple(Pattern(f"p{n}", p.kind, p.clauses) for n, p in enumerate(chunk)), lambda _: ())
        for chunk in chunks
    ]
    with pytest.raises(EngineError, match="401 different conditions"):
        Engine(rules)


def test_as_many_constants_as_are_allowed_fit() -> None:
    program = """
        keys = [f"a{n}" for n in range(400)]
        standings = tuple(StandingLaw(f"s{n}", All(tuple(map(Attribute, keys[n:n + 10])))) for n in range(0, 400, 10))
        body = BodyCase((), tuple((key, Truth.YES) for key in keys[10:]))
        print(Network(Law(RULES, (), standings)).pronounce(body).standing)
    """
    assert outcome_of(program) == "s10"


def test_three_thousand_cases_leave_no_memory_behind() -> None:
    program = """
        exceptions = (ExceptionLaw("x", ("rule-0",), "rule-1"), ExceptionLaw("y", ("rule-0",)))
        network = Network(Law(RULES, exceptions, (StandingLaw("s", Attribute("a")),)))
        def used():
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1 << 20)
        for number in range(3000):
            network.adjudicate(Case((Matter("rule-0", Outcome.BREACHED),), (("x", Truth.YES),)))
            if number == 300:
                before = used()
        print(used() - before)
    """
    assert int(outcome_of(program)) < 5


def test_several_networks_in_one_process_do_not_break_each_other() -> None:
    program = """
        networks = [Network(Law(RULES[:n], (), (StandingLaw("s", Attribute("a")),))) for n in range(1, 5)]
        for number in range(200):
            for network in networks:
                network.pronounce(BodyCase(()))
                network.adjudicate(Case((Matter("rule-0", Outcome.MET),)))
        print("done")
    """
    assert outcome_of(program) == "done"


class Refusing(list[object]):
    def append(self, item: object) -> None:
        raise RuntimeError(f"no room for {type(item).__name__}")


def test_what_an_action_raises_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine([copy("thing")])
    monkeypatch.setattr(engine, "_fired", Refusing())
    with pytest.raises(EngineError, match="no room for tuple"):
        copied(engine, {"kind": "thing", "v": 1})


Answer = Callable[[object, object], None]


def answering(*answers: BaseException | None) -> Callable[[Ruleset, int, Answer], None]:
    def do_actions(_: Ruleset, __: int, complete: Answer) -> None:
        for answer in answers:
            complete(answer, None)

    return do_actions


@pytest.mark.parametrize(
    ("answers", "what"),
    [((), "did not finish"), ((None,), "does not fire"), ((ValueError("bad"),), "bad")],
)
def test_an_engine_that_does_not_work_is_found_at_once(
    monkeypatch: pytest.MonkeyPatch, answers: tuple[BaseException | None, ...], what: str
) -> None:
    monkeypatch.setattr(Ruleset, "do_actions", answering(*answers))
    with pytest.raises(EngineError, match=what):
        Engine([])


def test_an_interruption_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine([])
    monkeypatch.setattr(Ruleset, "do_actions", answering(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        engine.infer([], ["first"])
