"""A verdict survives every completion of the data: no exception that only may hold refutes it by holding, or by not holding."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.law import Case, ExceptionLaw, Law, Matter, Truth
from checker.model.words import Outcome, Severity, Verdict
from tests.adjudicate.both import Both

RULES = ("base", "second", "one", "two")
MATTERS = tuple(Matter(rule, outcome) for rule in RULES for outcome in (Outcome.MET, Outcome.BREACHED))

exceptions = st.lists(
    st.builds(
        ExceptionLaw,
        st.sampled_from([f"e{number}" for number in range(6)]),
        st.sampled_from([("base",), ("base", "second"), ("second",), ("one",)]),
        st.sampled_from(["one", "two", None]),
    ),
    min_size=2,
    max_size=5,
    unique_by=lambda exception: exception.id,
).map(tuple)


def verdicts(network: Both, holds: dict[str, Truth]) -> list[Verdict]:
    return [found.verdict for found in network.adjudicate(Case(MATTERS, tuple(holds.items()))).verdicts]


@settings(max_examples=250)
@given(exceptions, st.data())
def test_verdicts_survive_completions(found: tuple[ExceptionLaw, ...], data: st.DataObject) -> None:
    truths = {each.id: data.draw(st.sampled_from([Truth.YES, Truth.PERHAPS, Truth.PERHAPS, None])) for each in found}
    network = Both(Law(tuple((rule, Severity.MAJOR) for rule in RULES), found, ()))
    sure = {name: Truth.YES for name, truth in truths.items() if truth is Truth.YES}
    doubtful = [name for name, truth in truths.items() if truth is Truth.PERHAPS]
    completions = [
        verdicts(network, sure | {name: Truth.YES for name, holds in zip(doubtful, chosen, strict=True) if holds})
        for chosen in product([False, True], repeat=len(doubtful))
    ]
    told = verdicts(network, sure | dict.fromkeys(doubtful, Truth.PERHAPS))
    for matter, verdict, later in zip(MATTERS, told, zip(*completions, strict=True), strict=True):
        possible = set(later)
        if matter.outcome is Outcome.BREACHED:  # a violation where, and only where, it is one in every completion
            assert (verdict is Verdict.VIOLATED) is (possible == {Verdict.VIOLATED})
            assert verdict is not Verdict.NOT_APPLICABLE or possible == {Verdict.NOT_APPLICABLE}
        elif verdict is Verdict.SATISFIED:  # it holds, whether or not it applies
            assert Verdict.VIOLATED not in possible
        else:
            assert possible <= {verdict, Verdict.NOT_APPLICABLE}
