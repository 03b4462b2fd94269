"""The smallest rulebook that judges something: each test adds its rules, about the members of organisations."""

TINY = """\
rulebook: tiny
title: Tiny
sources: {law: {title: Law}}
records:
  organisations: {key: id, fields: {id: {}, members: {type: integer}}}
rules:
"""
