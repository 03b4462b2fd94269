"""A small right rulebook for tests."""

from __future__ import annotations

BOOK = """\
rulebook: clubs
title: {en: Clubs, vi: Câu lạc bộ}
languages: [en, vi]

sources:
  statute: {title: The statute, issued: 2010-05-01}

parameters:
  attendance:
    - {from: 2015-01-01, value: 80%, cites: statute s. 4}
    - {from: 2020-01-01, value: 2/3}
  fewest: 3

records:
  clubs:
    key: id
    label: name
    parent: parent
    lifespan: {from: founded, until: dissolved}
    fields:
      id: {headers: [Code]}
      name:
      parent: {ref: clubs}
      level: {enum: {national: [top], local: []}, default: local}
      members: {type: integer, min: 0, max: 1000}
      open: {type: boolean, default: "yes"}
      founded: {type: date, formats: ["%d/%m/%Y"]}
      dissolved: {type: date}
  meetings:
    key: id
    date: date
    fields:
      id: {}
      club: {ref: clubs, required: true}
      status: {enum: [held, cancelled]}
      date: {type: date, required: true}
      present: {type: integer, min: 0}
      eligible: {type: integer, min: 0}
  minutes:
    fields:
      meeting: {ref: meetings}
      pages: {type: number}

terms:
  local-club: {of: clubs, where: "level = 'local'"}
  open-club: {of: local-club, where: open}
  held: {of: meetings, where: "status = 'held'", title: meetings held}

rules:
  - id: meets
    title: {en: A club meets every quarter, vi: Câu lạc bộ họp mỗi quý}
    cites: statute s. 2
    for: local-club
    in_force: {from: 2010-05-01, until: 2030-12-31}
    require:
      frequency: {of: held, per: quarter, at_least: 1}
  - id: meets-often
    cites: [statute s. 2, statute s. 3]
    severity: minor
    for: clubs
    require:
      frequency: {of: held, per: year, at_least: members / 3}
  - id: attended
    cites: statute s. 4
    for: held
    require:
      rate: {part: present, whole: eligible, at_least: ":attendance"}
  - id: enough-members
    cites: statute s. 5
    for: clubs
    require:
      condition: {that: "members >= :fewest"}

exceptions:
  - id: open-clubs-meet-often
    cites: statute s. 3
    when: {subject: open}
    displaces: [meets]
    by: meets-often

standings:
  - id: bad
    when:
      any: [{violated: {severity: critical}}, {violated: {rule: [meets, records/clubs/name/allowed]}, at_least: 3}]
  - id: small
    when: {all: [{subject: members < 10}, {not: {undetermined: {}}}]}
  - id: good
"""
