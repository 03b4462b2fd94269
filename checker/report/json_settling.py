"""What would settle most of what is undetermined, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.report.json_corrections import missing_json, row_places
from checker.report.say.places import Places
from checker.report.say.settling import group_text
from checker.report.settling import Group, Settling

if TYPE_CHECKING:
    from checker.report.json_shape import SettlingJson, SettlingOfJson

_MOST = 1000


def settling_json(settling: Settling, places: Places) -> list[SettlingJson]:
    """The groups with most effect."""
    return [_group(group, places) for group in settling.groups[:_MOST]]


def settling_of_json(settling: Settling) -> SettlingOfJson:
    """What they count."""
    return {
        "undetermined": settling.undetermined,
        "listed": settling.listed,
        "others": settling.others,
        "left_out": len(settling.groups[_MOST:]),
    }


def _group(group: Group, places: Places) -> SettlingJson:
    return {
        "message": group_text(group, places),
        "keeps": group.keeps,
        "settles": group.settles,
        "rules": list(group.rules),
        "rows": group.count,
        "places": row_places(group.rows),
        "missing": None if group.missing is None else missing_json(group.missing, places),
    }
