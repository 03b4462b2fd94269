"""Makes every CSV file a UTF-8 file: checks it in pieces, or writes a decoded copy, and says what was assumed."""

from __future__ import annotations

import codecs
import re
import shutil
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from checker.display_width import encodable
from checker.errors import Place, Problem, RecordsError
from checker.model.blanks import BLANK
from checker.temporary import temporary_folder
from checker.words.message import message

_CHUNK = 4 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r")
# By the bytes of blanks, since a pattern of their signs takes long to compile: what else these make up is just as rare.
_BLANK_BYTES = b"[" + re.escape(bytes({*BLANK.encode(), *b",;|\"'"} - {*b"\r\n"})) + b"]*"
_BLANK_ROW = re.compile(b"\n" + _BLANK_BYTES + rb"[,;|\t]" + _BLANK_BYTES + rb"\r?\n")
_BLANK_SIGNS = frozenset({*(sign.encode()[:1] for sign in BLANK), *(sign.encode() for sign in ",;|\"'")})
_BLANK_START = re.compile(b"\n[" + b"".join(sorted(_BLANK_SIGNS)) + b"]")
_LONGEST_BLANK_ROW = 1 << 16
_PATTERN_SIGNS = frozenset("*?[")


class Scratch:
    """A temporary directory, made when first needed and removed when no table refers to it any more, or at exit.

    So many bytes were `unpacked` into it: of archives in archives all count together.
    """

    def __init__(self) -> None:
        self.unpacked = 0
        self._path: Path | None = None
        self._files = 0

    def file(self) -> Path:
        """A new path in the directory."""
        if self._path is None:
            self._path = temporary_folder(self)
        self._files += 1
        return self._path / f"{self._files}.csv"

    def folder(self) -> Path:
        """A new folder in the directory."""
        folder = self.file().with_suffix("")
        folder.mkdir()
        return folder


@dataclass(frozen=True, slots=True)
class Utf8File:
    """A UTF-8 file, and what occurs somewhere in it.

    It is `odd` if it has rows of nothing but delimiters, NUL, or characters that stand for what could not be decoded. No line is
    longer than `longest` by more than a few million bytes.
    """

    path: Path
    quotes: bool
    blank_lines: bool
    odd: bool
    longest: int = 0
    notices: tuple[Problem, ...] = ()
    keep: Scratch | None = field(default=None, repr=False, compare=False)


def as_utf8(file: Path, shown: str, declared: str | None, scratch: Scratch) -> Utf8File:
    """The file itself if it is UTF-8, else a decoded copy: by its byte order mark, as declared, or by a notified guess.

    Raises UnicodeError if it cannot be decoded so.
    """
    found = _decoded(file, shown, declared, scratch)
    plain = under_plain_name(found.path, scratch)
    return found if plain is found.path else replace(found, path=plain, keep=scratch)


def undecodable(error: UnicodeError, declared: str | None, place: Place) -> Problem:
    """The problem of a file that cannot be decoded as it is declared, or as its byte order mark says."""
    if isinstance(error, UnicodeDecodeError):
        byte, at = f"{error.object[error.start]:#04x}", str(error.start + 1)
        # Python calls all encodings of one byte a letter so; without a declared one, what is no UTF-8 was tried as such.
        encoding = (declared or "UTF-8") if error.encoding == "charmap" else error.encoding
        wrong = message("bad-encoding-at", encoding=encoding, byte=byte, at=at)
    else:
        wrong = message("bad-encoding", encoding=declared or "UTF-16")
    return Problem("bad-encoding", wrong, message("bad-encoding-fix"), place)


def under_plain_name(file: Path, scratch: Scratch) -> Path:
    """The file itself, or another path to it: DuckDB takes m[1].csv for a pattern, and takes no name that is not UTF-8."""
    if _PATTERN_SIGNS.isdisjoint(str(file)) and encodable(str(file)) == str(file):
        return file
    path = scratch.file()
    try:
        path.symlink_to(file.resolve())
    except OSError:  # Windows grants symbolic links only to some.
        shutil.copyfile(file, path)
    return path


def _decoded(file: Path, shown: str, declared: str | None, scratch: Scratch) -> Utf8File:
    with file.open("rb") as stream:
        start = stream.read(4)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    if marked not in {None, "utf-8"}:
        return _copy(file, marked or "", scratch)
    try:
        return _survey(file)
    except UnicodeDecodeError as error:
        sample = _sample(file, error.start)
    from checker.records.readers.legacy import NAMES  # noqa: PLC0415 -- few files need it, and it takes 2 ms

    if declared is not None and declared.lower() in NAMES:
        return _copy_legacy(file, NAMES[declared.lower()], scratch)
    if _is_damaged_utf8(sample) and (declared is None or codecs.lookup(declared).name == "utf-8"):
        return _copy(file, "utf-8", scratch, errors="replace")
    return _copy(file, declared, scratch) if declared is not None else _guessed(file, shown, sample, scratch)


def _guessed(file: Path, shown: str, sample: bytes, scratch: Scratch) -> Utf8File:
    """A copy decoded by what the words of the file say. Raises RecordsError where they say too little."""
    from checker.records.readers.legacy import recognised  # noqa: PLC0415 -- see above

    found = recognised(sample.decode("latin-1"))
    if found is not None and not found.certain:
        wrong = message("perhaps-legacy", encoding=found.title)
        raise RecordsError(Problem("unsure-encoding", wrong, message("to-unicode-fix"), Place(shown)))
    if found is not None:
        said, fix = message("legacy-encoding", encoding=found.title), message("legacy-encoding-fix", encoding=found.encoding)
        return _copy_legacy(file, found.encoding, scratch, (Problem("legacy-encoding", said, fix, Place(shown)),))
    guess = "cp1258" if _is_vietnamese(sample) else "cp1252"
    notice = Problem(
        "assumed-encoding",
        message("assumed-encoding", encoding=guess),
        message("assumed-encoding-fix", encoding=guess),
        Place(shown),
    )
    return _copy(file, guess, scratch, notices=(notice,))


def _survey(file: Path) -> Utf8File:
    """Looks through a file in pieces. Raises UnicodeDecodeError, with the offset in the file, where it is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    quotes = blank_lines = odd = False
    done, tail = 0, b""
    line = longest = 0
    with file.open("rb") as stream:
        while True:
            # Pieces of whole lines, but for lines so long that nobody writes them.
            chunk = stream.read(_CHUNK) + stream.readline(_LONGEST_BLANK_ROW)
            pending = len(decoder.getstate()[0])
            if pending or not chunk.isascii() or not chunk:
                try:
                    decoder.decode(chunk, final=not chunk)
                except UnicodeDecodeError as error:
                    error.start += done - pending
                    raise
            odd = odd or b"\0" in chunk
            if not tail.endswith(b"\n") or not chunk.endswith(b"\n") or _may_be_blank(chunk):
                # All patterns need the line ends around the line, and the last line may have none.
                seen = tail + (chunk or b"\n")
                odd = odd or _BLANK_ROW.search(seen) is not None
                blank_lines = blank_lines or (bool(chunk) and any(blank in seen for blank in _BLANK_LINES))
            line = 0 if b"\n" in chunk or b"\r" in chunk else line + len(chunk)
            longest = max(longest, line)
            if not chunk:
                return Utf8File(file, quotes, blank_lines, odd, longest)
            quotes = quotes or b'"' in chunk
            done, tail = done + len(chunk), (tail + chunk if len(chunk) < _LONGEST_BLANK_ROW else chunk)[-_LONGEST_BLANK_ROW:]


def _may_be_blank(lines: bytes) -> bool:
    """Whether a line may be blank: it begins as such a line does, which few others do, or ends in an unusual way."""
    double = b"\r" in lines and b"\r\r" in lines  # one sign is looked for much faster than two
    return double or lines[:1] in _BLANK_SIGNS or _BLANK_START.search(lines) is not None


def _copy(file: Path, encoding: str, scratch: Scratch, errors: str = "strict", notices: tuple[Problem, ...] = ()) -> Utf8File:
    path = scratch.file()
    with (
        file.open(encoding=encoding, errors=errors, newline="") as source,
        path.open("w", encoding="utf-8", newline="") as target,
    ):
        shutil.copyfileobj(source, target, _CHUNK)
    found = _survey(path)
    return Utf8File(path, found.quotes, found.blank_lines, found.odd or errors == "replace", found.longest, notices, scratch)


def _copy_legacy(file: Path, encoding: str, scratch: Scratch, notices: tuple[Problem, ...] = ()) -> Utf8File:
    from checker.records.readers.legacy import decoded  # noqa: PLC0415

    path = scratch.file()
    with file.open(encoding="latin-1", newline="") as source, path.open("w", encoding="utf-8", newline="") as target:
        # Pieces of whole lines, so that no letter of two signs is cut; see `_survey`.
        while text := source.read(_CHUNK) + source.readline(_LONGEST_BLANK_ROW):
            target.write(decoded(text, encoding))
    found = _survey(path)
    return replace(found, notices=notices, keep=scratch)


def _sample(file: Path, start: int) -> bytes:
    with file.open("rb") as stream:
        stream.seek(max(0, start - _CHUNK // 4))
        return stream.read(_CHUNK)


def _is_damaged_utf8(sample: bytes) -> bool:
    """Whether more of the letters beyond ASCII are good UTF-8 than are not."""
    beyond = [sign for sign in sample.decode("utf-8", "replace") if not sign.isascii()]
    return beyond.count("\ufffd") * 2 < len(beyond)


def _is_vietnamese(sample: bytes) -> bool:
    """Whether it reads as Vietnamese in cp1258: it has tone marks, and each stands on a vowel."""
    text = sample.decode("cp1258", "replace")
    marked = [before for before, sign in pairwise(text) if sign in _TONES]
    return bool(marked) and all(_is_vowel(sign) for sign in marked)


def _is_vowel(sign: str) -> bool:
    return unicodedata.normalize("NFD", sign)[0].casefold() in "aeiouy"
