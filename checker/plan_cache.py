"""Compiled rulebooks, kept in the user's cache under the hash of all that went into them; safe to delete at any time.

A plan depends on where the rulebook is and how it is named, on its files and those it uses or extends, on overridden
parameters, and on the code that compiled it. The cache holds pickles, as Python's own `__pycache__` holds marshalled code:
the folder is the user's own, and nobody else may read or write it. What is in a file is believed only if its checksum, which
covers the key too, is right: a plan that was damaged, cut off or exchanged is compiled anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker import __version__
from checker.atomic_write import draft_of
from checker.errors import CheckerError, EngineError, Place, RulesError
from checker.files import regular_bytes
from checker.model.plan import Plan
from checker.model.schema import NOTHING_STATED, Stated
from checker.rules.shelf import find, libraries_folder, rule_files, rules_folder, shipped_names

if TYPE_CHECKING:
    from checker.rules.texts import Texts

_PACKAGE = Path(__file__).parent
_CHECKSUM = hashlib.sha256().digest_size
_CLOCK = 20_000_000
"""By how many nanoseconds the times of files may lag behind the clock."""


class Kept(NamedTuple):
    """A plan, and the files and folders besides the rulebook's own that it was made of, each with its hash."""

    plan: Plan
    used: tuple[tuple[str, str], ...] = ()


def compiled(rulebook: str | Path, overrides: Mapping[str, str], stated: Stated = NOTHING_STATED, *, fresh: bool = False) -> Plan:
    """The plan of a rulebook for submissions of which that is `stated`, compiled now if `fresh` or not in the cache.

    Raises UsageError or RulesError.
    """
    source = find(str(rulebook), rules_folder())
    begun = time.time_ns()
    key = _key(source, overrides, stated)
    if not fresh and (found := _kept(key)) is not None and all(_digest(Path(path)) == was for path, was in found.used):
        return found.plan
    plan, used = compiled_now(source, overrides, stated)
    if not any(_changed_since(begun, each) for each in (source, *used)):
        _keep(key, Kept(plan, tuple((str(each), _digest(each)) for each in used)))
    return plan


def compiled_now(
    source: Path, overrides: Mapping[str, str], stated: Stated = NOTHING_STATED, texts: Texts | None = None
) -> tuple[Plan, tuple[Path, ...]]:
    """The plan of the rulebook there, and the files and folders besides its own that it was made of.

    `texts` are those it is made of, where they are not those on the disk. Raises RulesError.
    """
    from checker.plan.compile import DIALECT, compile_rulebook, mistakes  # noqa: PLC0415 -- sqlglot and pydantic only on a miss
    from checker.plan.overriding import overridden  # noqa: PLC0415
    from checker.rules.intact import IncompleteError  # noqa: PLC0415
    from checker.rules.loading import load  # noqa: PLC0415
    from checker.rules.texts import DISK  # noqa: PLC0415

    try:
        book = load(source, texts=texts or DISK)
    except IncompleteError as error:
        raise IncompleteError(*error.problems, *mistakes(error.rest, DIALECT), rest=error.rest, lost=error.lost) from None
    book = overridden(book, overrides).as_stated(stated)
    try:
        plan = compile_rulebook(book, DIALECT)
    except RulesError as error:
        raise IncompleteError(*error.problems, rest=book) from None
    _refuse_what_cannot_be_reasoned(plan, source)
    return plan, book.used


def _refuse_what_cannot_be_reasoned(plan: Plan, source: Path) -> None:
    """Raises RulesError where the rule engine does not take the rulebook's exceptions and standings."""
    from checker.adjudicate.choice import adjudicator_of  # noqa: PLC0415 -- only on a miss

    try:
        adjudicator_of(plan.law)
    except EngineError as error:
        raise RulesError(*(problem._replace(place=Place(str(source))) for problem in error.problems)) from error


def _key(source: Path, overrides: Mapping[str, str], stated: Stated) -> str:
    digest = hashlib.sha256(f"{__version__} {sys.version} {sorted(overrides.items())} {stated}".encode())
    # Not by the library's metadata, whose reader takes longer to import than all else here.
    libraries = [find_spec(name) for name in ("sqlglot", "holidays", "pydantic", "yaml", "durable")]
    origins = [library.origin for library in libraries if library is not None and library.origin]
    for path, stat in (*sorted(_modules(_PACKAGE)), *((origin, Path(origin).stat()) for origin in origins)):
        digest.update(f"{path} {stat.st_mtime_ns} {stat.st_size}\n".encode())
    # By all names of the place: what the rulebook uses or extends is named from there, and messages name it as it was given.
    here = () if source.is_absolute() else (_here(),)
    names = (source, *here, source.resolve(), source.parent.resolve())
    shelves = (shipped_names(folder) for folder in (rules_folder(), libraries_folder()))
    digest.update(repr([*map(str, names), *shelves, _digest(source)]).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _here() -> str:
    """The working directory; nothing where it was removed."""
    with suppress(OSError):
        return os.getcwd()  # noqa: PTH109 -- `Path.cwd` does the same
    return ""


def _modules(folder: str | Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every module and catalogue below the folder, of whose texts plans are made; `Path.rglob` takes four times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".po")):
                yield entry.path, entry.stat()
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _modules(entry.path)


def _digest(source: Path) -> str:
    """What a file or folder of rules says, as a hash; that of nothing if it cannot be read any more."""
    digest = hashlib.sha256()
    with suppress(OSError, CheckerError):
        for file in _files(source):
            said = hashlib.sha256(regular_bytes(file)).hexdigest()
            digest.update(f"{str(file)!r} {said}\n".encode())
    return digest.hexdigest()


def _files(source: Path) -> list[Path]:
    return [source / each for each in rule_files(source)] if source.is_dir() else [source]


def _changed_since(begun: int, source: Path) -> bool:
    """Whether a file or folder may have been written since: then it is not known which of its texts was read."""
    places = [source, *_files(source)] if source.is_dir() else [source]
    return any(max(stat.st_mtime_ns, stat.st_ctime_ns) > begun - _CLOCK for stat in map(Path.stat, places))


def _folder() -> Path | None:
    """The folder of the cache; None where the user has none."""
    given = os.environ.get("CHECKER_CACHE")
    shared = os.environ.get("XDG_CACHE_HOME", "")
    with suppress(RuntimeError):  # there is no home
        return Path(given or (shared if Path(shared).is_absolute() else Path.home() / ".cache")) / "checker"
    return None


def _kept(key: str) -> Kept | None:
    """The plan under that key; None if it is not there, not ours, or not as it was written."""
    folder = _folder()
    if folder is None:
        return None
    path = folder / f"{key}.plan"
    with suppress(OSError, CheckerError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError):
        if all(_ours(each) for each in (folder, path)):
            written = regular_bytes(path)
            checksum, pickled = written[:_CHECKSUM], written[_CHECKSUM:]
            if checksum == _checksum(key, pickled):
                kept = pickle.loads(pickled)  # noqa: S301 -- our own file in the user's own folder, as we wrote it
                return kept if isinstance(kept, Kept) else None
    return None


def _checksum(key: str, pickled: bytes) -> bytes:
    return hashlib.sha256(key.encode() + pickled).digest()


def _ours(path: Path) -> bool:
    """Whether nobody but the user can have written there."""
    stat = path.stat()
    return not hasattr(os, "getuid") or (stat.st_uid == os.getuid() and not stat.st_mode & 0o022)


def _keep(key: str, kept: Kept) -> None:
    """Writes the plan whole or not at all; a cache that cannot be written is no fault."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _ours(folder) and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        pickled = pickle.dumps(kept, protocol=pickle.HIGHEST_PROTOCOL)
        with draft_of(folder / f"{key}.plan") as draft:
            draft.write_bytes(_checksum(key, pickled) + pickled)
