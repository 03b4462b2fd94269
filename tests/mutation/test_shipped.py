"""Shipped rulebooks leave no mistake alive: the two smaller ones here, since the largest takes minutes."""

import pytest

from checker.mutation.survey import survey


@pytest.mark.parametrize(("rulebook", "least"), [("open-source-governance", 50), ("gb-parish-councils", 80)])
def test_no_mistake_is_alive(rulebook: str, least: int) -> None:
    found = survey(rulebook, jobs=1)
    assert found.failing == ()
    assert [(str(each.variant.place), each.variant.before, each.variant.after) for each in found.alive] == []
    assert len(found.results) > least
