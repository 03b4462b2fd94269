"""The files of a repository as they were at one of its revisions, for what is compared with them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import MutableMapping
from pathlib import Path
from typing import NoReturn

from checker.errors import Problem, UsageError
from checker.temporary import temporary_folder
from checker.words.message import Message, message

_HERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What a hook is told of the repository that it runs in, in words that hold only in the folder where it is called."""

_ABBREVIATED = 10


class Revision:
    """A revision of a repository, and all files as they were then, in a temporary folder that goes with it."""

    def __init__(self, name: str, commit: str, root: Path) -> None:
        self.name = name
        self.commit = commit[:_ABBREVIATED]
        self._root = root
        folder = temporary_folder(self)
        self._tree = folder / "tree"
        self._tree.mkdir()
        index = {"GIT_INDEX_FILE": str(folder / "index")}
        _git(root, "read-tree", "--no-sparse-checkout", commit, **index)
        _git(root, "checkout-index", "--all", "--force", f"--prefix={self._tree}{os.sep}", **index)

    def at(self, path: Path) -> Path:
        """Where a file or folder is as it was then; the path itself, where it is not of the repository."""
        real = Path(os.path.realpath(path.parent), path.name) if path.name not in {"", ".."} else Path(os.path.realpath(path))
        return self._tree / real.relative_to(self._root) if real.is_relative_to(self._root) else path


def revision_of(name: str, path: Path, known: MutableMapping[tuple[str, Path], Revision]) -> Revision:
    """That revision of the repository in which a file or folder lies; those that are `known` need not be made again.

    Raises UsageError where there is none.
    """
    folder = path if path.is_dir() else path.parent
    root = Path(os.path.realpath(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n")))
    if (name, root) in known:
        return known[name, root]
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except UsageError:
        shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
        _refuse(message("no-revision", name=name), message("no-revision-shallow-fix" if shallow else "no-revision-fix"))
    return known.setdefault((name, root), Revision(name, commit.strip(), root))


def _git(folder: Path, *arguments: str, **variables: str) -> str:
    """What git prints. Raises UsageError where it is not installed, there is no repository, or it does not do it."""
    command = ["git", "-C", str(folder), *arguments]
    told = {key: value for key, value in os.environ.items() if key not in _HERE}
    try:
        done = subprocess.run(  # noqa: S603 -- no shell; what a user names stands behind --end-of-options
            command, env={**told, "LC_ALL": "C", **variables}, capture_output=True, text=True, errors="replace", check=False
        )
    except FileNotFoundError:
        _refuse(message("no-git"), message("no-git-fix"))
    if "not a git repository" in done.stderr:
        _refuse(message("no-repository", folder=folder), message("no-repository-fix"))
    if done.returncode != 0:
        why = " ".join(done.stderr.split()).removeprefix("fatal: ") or str(done.returncode)
        _refuse(message("git-refuses", why=why), message("git-fix"))
    return done.stdout


def _refuse(wrong: Message, fix: Message) -> NoReturn:
    raise UsageError(Problem("no-revision", wrong, fix))
