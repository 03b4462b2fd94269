"""The addresses of files as a service sees them: seen from the root of the repository, with slashes on every system."""

from __future__ import annotations

from pathlib import Path


def repository(folder: Path) -> Path:
    """The nearest folder, from that one upwards, that is the root of a repository; the folder itself, where there is none."""
    folder = folder.absolute()
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)


class Addresses:
    """Names files as seen from a root; those that do not lie below it keep their whole path."""

    def __init__(self, root: Path | None) -> None:
        self._root = (root or Path()).absolute()

    def path(self, file: str) -> str:
        """The path of a file, relative to the root where it lies below it."""
        if _elsewhere(file):
            return file
        path = Path(file).absolute()
        return (path.relative_to(self._root) if path.is_relative_to(self._root) else path).as_posix()

    def uri(self, file: str) -> tuple[str, bool]:
        """The address of a file, and whether it is relative to the root."""
        from urllib.parse import quote  # noqa: PLC0415 -- 2 ms that only some formats need

        if _elsewhere(file):
            return quote(file, safe=":/?#@!$&'()*+,;=%"), False
        path = Path(file).absolute()
        if path.is_relative_to(self._root):
            return quote(path.relative_to(self._root).as_posix()), True
        return path.as_uri(), False


def _elsewhere(file: str) -> bool:
    """Whether it is the address of no file, but of a database."""
    return "://" in file
