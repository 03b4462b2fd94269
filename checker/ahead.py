"""Imports what will be needed later while the interpreter would be idle, waiting for the engine."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from threading import Thread


def import_ahead(module: str) -> None:
    """Imports a module in the background. Whatever is wrong with it shows when it is imported in earnest."""

    def load() -> None:
        with suppress(Exception):
            import_module(module)

    Thread(target=load, daemon=True).start()
