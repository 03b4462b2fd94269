"""Temporary files and folders, none of which outlives the program: not even where a signal ends it.

It is loaded before all else, and loads as little as can be: until it stands ready, an interruption is a traceback.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType
    from typing import NoReturn

_kept: set[Path] = set()
"""What is to be removed where a signal ends the process."""

_INTERRUPTED = 130
_ATTEMPTS = 50


def temporary_folder(owner: object) -> Path:
    """A new folder that only the user may read; it goes when its owner does, or at exit."""
    import tempfile  # noqa: PLC0415 -- see above, as with all that is imported here
    import weakref  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    folder = Path(tempfile.gettempdir(), f"checker-{os.urandom(8).hex()}")
    # Before it is there: a signal may come at any moment.
    expect(folder)
    folder.mkdir(mode=0o700)
    weakref.finalize(owner, remove, folder)
    return folder


def expect(path: Path) -> None:
    """From now on a file or folder is removed where a signal ends the process, unless it is released before."""
    _kept.add(path)


def release(path: Path) -> None:
    """The file or folder is not temporary any more, or is gone."""
    _kept.discard(path)


def remove(path: Path) -> None:
    """Removes a temporary file or folder with all that is in it."""
    _remove(path)
    release(path)


def tidy_up_on_signals() -> None:
    """From now on a signal that ends the process ends it at once, wherever it is, and removes what is temporary.

    Nothing is unwound: an exception would be lost, or written out as a traceback, inside a callback of the engines. A
    signal that is ignored, as under `nohup`, stays so.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def tidy_up_as_a_helper() -> None:
    """The same in a process that helps another, which ends it: Ctrl-C, which reaches both, is the other's business."""
    tidy_up_on_signals()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end(number: int, _: FrameType | None) -> NoReturn:
    import time  # noqa: PLC0415

    for each in {signal.SIGINT, number}:
        signal.signal(each, signal.SIG_IGN)
    _end_helpers()
    # Threads of the engine may still be writing there.
    for attempt in range(_ATTEMPTS):
        for path in tuple(_kept):
            _remove(path)
        if not any(map(os.path.lexists, _kept)):
            break
        time.sleep(0.001 * attempt)
    if number == signal.SIGINT:
        _say("\r\x1b[KInterrupted.\n" if os.isatty(2) else "Interrupted.\n")
        os._exit(_INTERRUPTED)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


def _end_helpers() -> None:
    """Ends the processes that help this one, if there are any; each tidies up after itself."""
    multiprocessing = sys.modules.get("multiprocessing")
    if multiprocessing is None:
        return
    helpers = multiprocessing.active_children()
    for helper in helpers:
        helper.terminate()
    for helper in helpers:
        helper.join(5)
    # Else the standard library tells of semaphores that were left behind.
    sys.modules["multiprocessing.util"]._run_finalizers(0)  # noqa: SLF001


def _remove(path: Path) -> None:
    import shutil  # noqa: PLC0415

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:  # It stays, as a folder does that cannot be emptied.
        return


def _say(text: str) -> None:
    try:
        os.write(2, text.encode())
    except OSError:  # Nobody listens.
        return
