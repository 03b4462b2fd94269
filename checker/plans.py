"""Compiled rulebooks, kept in the user's cache under the hash of all that went into them; safe to delete at any time.

A plan depends on the rulebook's files and those it uses or extends, on overridden parameters, and on the code that
compiled it. The cache holds pickles, as Python's own `__pycache__` holds marshalled code: it is the user's folder, created
readable by the user alone.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from checker import __version__
from checker.errors import EngineError, Place, RulesError
from checker.model.plan import Plan
from checker.rules.shelf import find, rules_folder

_PACKAGE = Path(__file__).parent


class Kept(NamedTuple):
    """A plan, and the files and folders besides the rulebook's own that it was made of, each with its hash."""

    plan: Plan
    used: tuple[tuple[str, str], ...] = ()


def compiled(rulebook: str | Path, overrides: Mapping[str, str], *, fresh: bool = False) -> Plan:
    """The plan of a rulebook, compiled now if `fresh` or not in the cache. Raises UsageError or RulesError."""
    source = find(str(rulebook), rules_folder())
    kept = _folder() / f"{_key(source, overrides)}.plan"
    if not fresh and (found := _kept(kept)) is not None and all(_digest(Path(path)) == was for path, was in found.used):
        return found.plan
    from checker.measure.compile import DIALECT, compile_rulebook  # noqa: PLC0415 -- sqlglot and pydantic only on a miss
    from checker.measure.overriding import overridden  # noqa: PLC0415
    from checker.rules.loading import load  # noqa: PLC0415

    book = load(source)
    plan = compile_rulebook(overridden(book, overrides), DIALECT)
    _refuse_what_cannot_be_reasoned(plan, source)
    _keep(kept, Kept(plan, tuple((str(used), _digest(used)) for used in book.used)))
    return plan


def _refuse_what_cannot_be_reasoned(plan: Plan, source: Path) -> None:
    """Raises RulesError where the rule engine does not take the rulebook's exceptions and standings."""
    from checker.adjudicate.network import network_of  # noqa: PLC0415 -- only on a miss

    try:
        network_of(plan.law)
    except EngineError as error:
        raise RulesError(*(replace(problem, place=Place(str(source))) for problem in error.problems)) from error


def _key(source: Path, overrides: Mapping[str, str]) -> str:
    digest = hashlib.sha256(f"{__version__} {sys.version} {sorted(overrides.items())}".encode())
    # Not by the library's metadata, whose reader takes longer to import than all else here.
    libraries = [find_spec(name) for name in ("sqlglot", "holidays")]
    origins = [library.origin for library in libraries if library is not None and library.origin]
    for path, stat in (*sorted(_modules(_PACKAGE)), *((origin, Path(origin).stat()) for origin in origins)):
        digest.update(f"{path} {stat.st_mtime_ns} {stat.st_size}\n".encode())
    digest.update(_digest(source).encode())
    return digest.hexdigest()


def _modules(folder: str | Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every module below the folder; `Path.rglob` takes four times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry.path, entry.stat()
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _modules(entry.path)


def _digest(source: Path) -> str:
    """What a file or folder of rules says, as a hash; that of nothing if it is not there any more."""
    digest = hashlib.sha256()
    with suppress(OSError):
        for file in sorted(source.rglob("*.y*ml")) if source.is_dir() else [source]:
            digest.update(f"{file}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _folder() -> Path:
    base = os.environ.get("CHECKER_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "checker"


def _kept(path: Path) -> Kept | None:
    """The plan in that file; None if it is not there, not ours, or cannot be read."""
    with suppress(OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        if all(_ours(each) for each in (path.parent, path)):
            kept = pickle.loads(path.read_bytes())  # noqa: S301 -- our own file in the user's own folder
            return kept if isinstance(kept, Kept) else None
    return None


def _ours(path: Path) -> bool:
    """Whether nobody but the user can have written there."""
    stat = path.stat()
    return not hasattr(os, "getuid") or (stat.st_uid == os.getuid() and not stat.st_mode & 0o022)


def _keep(path: Path, kept: Kept) -> None:
    """Writes the plan whole or not at all; a cache that cannot be written is no fault."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            new = Path(file.name)
        try:
            new.write_bytes(pickle.dumps(kept, protocol=pickle.HIGHEST_PROTOCOL))
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
