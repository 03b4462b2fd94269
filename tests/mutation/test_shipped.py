"""The shipped rulebook leaves no mistake alive: some rules here, for all of them take minutes."""

import pytest

from checker.mutation.survey import survey


@pytest.mark.parametrize("rule", ["hamlets-covered", "member-ratings-add-up", "excellent-members-capped"])
def test_no_mistake_in_the_rule_is_alive(rule: str) -> None:
    found = survey("vn-party-grassroots", [rule], jobs=1)
    assert found.failing == ()
    assert [(str(each.variant.place), each.variant.before, each.variant.after) for each in found.alive] == []
    assert len(found.results) > 5
