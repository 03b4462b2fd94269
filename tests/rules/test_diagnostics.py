"""One mistake each: the whole diagnostic, as an author reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checker.errors import RulesError
from checker.rules.loading import load

from .book import BOOK, spoiled

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

MISTAKES = {
    "unknown key": ("severity: minor", "severty: minor"),
    "unknown key at the top": ("terms:\n", "term:\n"),
    "unknown key of a field": ("{type: number}", "{type: number, maxi: 3}"),
    "missing key": ("    cites: statute s. 5\n", ""),
    "wrong type": ("displaces: [meets]", "displaces: {meets: meets}"),
    "value not among the possible": ("severity: minor", "severity: mayor"),
    "unknown form": ("      frequency: {of: held, per: quarter", "      frequence: {of: held, per: quarter"),
    "two forms": ('{that: "members >= :fewest"}', "{that: open}\n      coverage: {of: held}"),
    "form without bound": (", per: quarter, at_least: 1}", ", per: quarter}"),
    "unknown key of a form": ("per: quarter, at_least: 1", "per: quarter, at_leest: 1, at_least: 1"),
    "unknown window": ("per: quarter", "per: quarterly"),
    "key of the own row": ("rate: {part", "rate: {by: club, part"),
    "unknown field": ("status = 'held'", "state = 'held'"),
    "impossible value": ("level = 'local'", "level = 'lokal'"),
    "unknown parameter": (':fewest"', ':fewst"'),
    "bad bound": ("at_least: members / 3", "at_least: members / id"),
    "ratio above 1": ('":attendance"', "85"),
    "unknown record": ("held: {of: meetings", "held: {of: meeting"),
    "term cycle": ("local-club: {of: clubs", "local-club: {of: open-club"),
    "no such field": ("label: name", "label: names"),
    "parent without reference": ("parent: {ref: clubs}", "parent: {}"),
    "reference to nothing": ("meeting: {ref: meetings}", "meeting: {ref: meetngs}"),
    "reference without key": ("  meetings:\n    key: id\n", "  meetings:\n"),
    "date of another type": ("    date: date\n", "    date: status\n"),
    "limits exchanged": ("min: 0, max: 1000", "min: 1000, max: 0"),
    "default outside the values": ("default: local", "default: locale"),
    "common synonym": ("local: []", "local: [Top]"),
    "bad format": ("%d/%m/%Y", "dd/mm/yyyy"),
    "enum of a number": ("pages: {type: number}", "pages: {type: number, enum: [a]}"),
    "bad name": ("- id: attended", "- id: Attended_"),
    "duplicate id": ("- id: meets-often", "- id: meets"),
    "unknown source": ("cites: statute s. 5", "cites: statue s. 5"),
    "no provision": ("cites: statute s. 5", "cites: statute"),
    "not a day": ("issued: 2010-05-01", "issued: 2010-05-32"),
    "force ends before it begins": ("until: 2030-12-31", "until: 2003-12-31"),
    "parameter not in order": ("from: 2020-01-01", "from: 2010-01-01"),
    "parameter of two types": ("value: 2/3", "value: most"),
    "unknown language": ("{en: A club meets every quarter, vi:", "{en: A club meets every quarter, fr:"),
    "exception to an integrity rule": ("displaces: [meets]", "displaces: [records/clubs/name/required]"),
    "exception across records": ("displaces: [meets]", "displaces: [meets, attended]"),
    "unknown rule": ("by: meets-often", "by: meet-often"),
    "exception predicate": ("subject: open}", "subject: opened}"),
    "standing never reached": ("  - id: small\n    when: {all: [{subject: members < 10}, {not: {undetermined: {}}}]}\n",
                               "  - id: small\n"),
    "unknown condition": ("any: [{violated", "or: [{violated"),
    "two conditions": ("{violated: {severity: critical}}", "{violated: {severity: critical}, subject: open}"),
    "unknown severity": ("{severity: critical}", "{severity: criticle}"),
    "standing predicate": ("subject: members < 10", "subject: members"),
    "yaml": ("label: name", 'label: "name'),
    "duplicate key": ("label: name", "key: name"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told(mistake: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    file = tmp_path / "clubs.yaml"
    file.write_text(spoiled(*MISTAKES[mistake]), encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        load(file, shown="clubs.yaml")
    assert str(raised.value) == snapshot


def test_all_mistakes_are_told_at_once_in_order(tmp_path: Path) -> None:
    text = BOOK
    wanted = (
        "unknown field",
        "impossible value",
        "no such field",
        "unknown source",
        "unknown rule",
        "unknown severity",
    )
    for mistake in wanted:
        text = text.replace(*MISTAKES[mistake])
    file = tmp_path / "clubs.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        load(file)
    problems = raised.value.problems
    assert len(problems) == len(wanted)
    lines = [problem.place.line for problem in problems if problem.place and problem.place.line]
    assert lines == sorted(lines)
    assert len(lines) == len(wanted)
