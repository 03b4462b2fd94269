"""The words of reports in each language: one table, read by every format that a person reads."""

from __future__ import annotations

from collections.abc import Mapping

from checker.report import words_en, words_vi

FALLBACK = "en"

WORDS: Mapping[str, Mapping[str, str]] = {"en": words_en.WORDS, "vi": words_vi.WORDS}
"""Texts by language and key; a text that is missing in a language is taken from English."""
