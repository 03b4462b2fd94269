"""What holds for all tests: random examples are the same in every run, and none is refused for being slow."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("checker", deadline=None, derandomize=True, database=None)
settings.load_profile("checker")
