"""A small rulebook in four files, with texts of several alphabets, for an editor to open."""

from __future__ import annotations

from pathlib import Path

HEAD = """\
rulebook: clubs
title: {vi: Câu lạc bộ, en: Clubs}
languages: [vi, en]
body: clubs
sources:
  statute-2020: {title: {vi: Điều lệ, en: Statute of the association}}
parameters:
  meetings_due:
    - {from: 2020-01-01, value: 2, cites: statute-2020 art. 7}
"""
RECORDS = """\
records:
  clubs:
    title: {vi: Câu lạc bộ 𝒳, en: Clubs}
    key: id
    label: name
    fields: {id: {}, name: {}, members: {type: integer, title: {vi: Hội viên, en: Members}}}
  meetings:
    title: {vi: Cuộc họp, en: Meetings}
    date: held_on
    unique: [[club, held_on]]
    fields:
      club: {ref: clubs}
      kind: {enum: [plenary, board]}
      held_on: {type: date}
terms:
  plenary: {of: meetings, where: "kind = 'plenary'", title: {vi: hội nghị toàn thể, en: plenaries}}
"""
RULES = """\
rules:
  - id: meets
    title: {vi: "Câu lạc bộ 𝒳 họp hai lần mỗi năm", en: A club meets twice a year}
    cites: statute-2020 art. 7
    in_force: {from: 2020-01-01}
    for: clubs
    require: {frequency: {of: plenary, where: "club.members > 0", at_least: ":meetings_due", per: year}}
    remedy: {vi: Họp., en: Hold it.}
  - id: large
    title: {vi: Ít nhất ba hội viên, en: At least three members}
    cites: statute-2020 art. 2
    for: clubs
    require: {condition: {that: "members >= 3"}}
    requires: meets
    remedy: {vi: Tìm thêm., en: Find more.}
standings:
  - {id: poor, title: {vi: Kém, en: Poor}, when: {violated: {rule: records/clubs/members/allowed}}}
  - {id: good, title: {vi: Tốt, en: Good}}
"""
CASES = """\
- name: hai lần
  period: 2021
  set: {meetings_due: 1}
  tables:
    clubs: [{id: A, Members: 3}]
    meetings:
      - {club: A, kind: plenary, held_on: 2021-03-01}
  expect: satisfied
- name: không họp
  period: 2021
  tables: {clubs: [{id: A, members: 3}], meetings: []}
  expect: violated
- {name: không biết, period: 2021, tables: {clubs: [{id: A, members: 3}]}, expect: undetermined}
"""


def made(folder: Path) -> Path:
    """The rulebook, in a folder of that folder."""
    files = {"rulebook.yaml": HEAD, "records.yaml": RECORDS, "rules.yaml": RULES, "cases/meets.yaml": CASES}
    files["cases/large.yaml"] = "".join(CASES.partition("- name: không họp")[:1])
    for name, text in files.items():
        (folder / "clubs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "clubs" / name).write_text(text, encoding="utf-8")
    return folder.resolve()
