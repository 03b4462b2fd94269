"""What is decided by the kind of a measure, and by which ids rules about the file go."""

from __future__ import annotations

import pickle

import pytest

from checker.model.integrity import IntegrityId, IntegrityKind, is_integrity_id, record_of
from checker.model.measures import Ends, Kept, MeasureKind, kept, of_ends
from checker.model.quoting import literals


def test_every_kind_is_listed_in_one_way_and_has_ends_of_one_sort() -> None:
    assert sorted(kind for how in Kept for kind in kept(how)) == sorted(MeasureKind)
    assert sorted(kind for ends in Ends for kind in of_ends(ends)) == sorted(MeasureKind)


def test_a_kind_is_kept_with_a_compiled_rulebook() -> None:
    kind = pickle.loads(pickle.dumps(MeasureKind.RUN))  # noqa: S301 -- what was written here
    assert (kind is MeasureKind.RUN, kind.own_window, f"{kind}") == (True, True, "run")


def test_kinds_are_a_list_literals() -> None:
    assert literals((MeasureKind.DAYS, MeasureKind.RUN)) == "('days', 'run')"


@pytest.mark.parametrize(
    ("rule", "id_"),
    [
        (IntegrityId("meetings", ("held_on",), IntegrityKind.ALLOWED), "records/meetings/held_on/allowed"),
        (IntegrityId("branches", ("ward", "no"), IntegrityKind.UNIQUE), "records/branches/ward+no/unique"),
    ],
)
def test_the_id_of_a_rule_about_the_file(rule: IntegrityId, id_: str) -> None:
    assert str(rule) == id_
    assert is_integrity_id(id_)
    assert record_of(id_) == rule.record


@pytest.mark.parametrize("name", ["two-plenaries", "record", "records-are-kept"])
def test_other_ids_are_none(name: str) -> None:
    assert (is_integrity_id(name), record_of(name)) == (False, None)
