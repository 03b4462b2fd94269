"""The README of the faulty submission: every seeded fault, and every verdict it must get."""

from __future__ import annotations

from generator.faults import Fault

_HEAD = """# {title}, with faults

The submission of [`../{name}`](../{name}/) as of {day}, with {faults} seeded
faults and near-faults. The table lists every verdict they must get, one a line. The lines that are *violated* or
*undetermined* are all that `checker check examples/{name}-faulty` may find; the *satisfied* ones are there
because somebody might think otherwise. The window is `-` for a rule without windows.

| # | fault | rule | subject | window | verdict |
|--|--|--|--|--|--|
"""


def listed(faults: list[Fault], *, name: str, title: str, day: str) -> str:
    """The whole text of the README of the faulty submission of that name."""
    lines = (
        f"| {number} | {fault.what} | `{each.rule}` | `{each.subject}` | {each.window} | {each.verdict} |\n"
        for number, fault in enumerate(faults, 1)
        for each in fault.expected
    )
    return _HEAD.format(faults=len(faults), name=name, title=title, day=day) + "".join(lines)
