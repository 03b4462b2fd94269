"""What may happen to a file on its way, or be done to it with intent: each mutation makes of bytes others, by a random source."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

Mutate = Callable[[bytes, Random], bytes]

_LONGEST = 4_000_000
"""No mutated file is longer, so that many can be tried."""
_ODD_BYTES = (b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"\n\n", b'"', b"\x1a", b"\xed\xa0\x80", b"\xf4\x90\x80\x80")
_ODD_TEXTS = (
    *("9" * 400, "-" + "9" * 40, "1e999", "1e-999", "-0", "NaN", "Infinity", "0x1f", "1_000", "١٢٣", "½"),
    *("0000-00-00", "9999-12-31", "10000-01-01", "2019-02-30", "2019-03-01T00:00:00+25:99", "-2019-01-01"),
    *("\u202egpj.exe", "\ufeff", "\u0000", "\ud7ff", "\ufffd\u0001", "\ufffd", "e" + "\u0301" * 300, "\U0010ffff", "a\u2028b"),
    *("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "'; DROP TABLE members; --", "$ref", '"s".', "{{7*7}}", "%s%n", "\\", "\\N"),
    *("x" * 70_000, "true", "null", "~", "*", "&a", "<b>", "../../etc/passwd", "file:///etc/passwd", "C:\\x", ""),
)
_YAML = (
    "&a [*a, *a]\n",
    "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n",
    "!!python/object/apply:os.system ['true']\n",
    "<<: *nowhere\n",
    "? [a, b]\n: c\n",
    "--- !<tag:x>\n",
    "...\n---\n",
    "%YAML 9.9\n---\n",
    "x: !!binary ////\n",
    "x: |2\n  y\n z\n",
    "\t- x\n",
    "2019-03-01: 12:30:45\n",
)
_ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "utf-7", "latin-1", "cp1258", "cp437", "utf-8-sig", "cp1252", "shift_jis")
_NESTED = (("[", "]"), ('{"a":', "}"), ("- ", ""), ("[", ""), ("{a: ", "}"), ("(", ")"))


def flip_a_bit(content: bytes, random: Random) -> bytes:
    """One bit of all."""
    return _at(content, random, lambda byte: byte ^ 1 << random.randrange(8))


def overwrite(content: bytes, random: Random) -> bytes:
    """Some bytes that stand together."""
    at, size = random.randrange(len(content) + 1), random.choice((1, 2, 4, 8, 64))
    new = random.choice((random.randbytes(size), b"\0" * size, b"\xff" * size, struct.pack("<I", random.getrandbits(31))))
    return content[:at] + new + content[at + len(new) :]


def truncate(content: bytes, random: Random) -> bytes:
    """The end is lost, as of a transfer that broke off."""
    return content[: random.randrange(len(content) + 1)]


def lose_the_start(content: bytes, random: Random) -> bytes:
    """The start is lost."""
    return content[random.randrange(min(len(content), 600) + 1) :]


def double_a_block(content: bytes, random: Random) -> bytes:
    """A block stands there twice, or very often."""
    begin, end = _block(content, random)
    return content[:end] + content[begin:end] * random.choice((1, 1, 2, 50, 300)) + content[end:]


def lose_a_block(content: bytes, random: Random) -> bytes:
    """A block is missing."""
    begin, end = _block(content, random)
    return content[:begin] + content[end:]


def swap_blocks(content: bytes, random: Random) -> bytes:
    """Two blocks stand in each other's place."""
    first, second, third, fourth = sorted(random.randrange(len(content) + 1) for _ in range(4))
    return content[:first] + content[third:fourth] + content[second:third] + content[first:second] + content[fourth:]


def swap_bytes(content: bytes, random: Random) -> bytes:
    """Neighbours are swapped, as between machines of different order."""
    begin, end = _block(content, random)
    block = bytearray(content[begin : begin + (end - begin) // 2 * 2])
    block[::2], block[1::2] = block[1::2], block[::2]
    return content[:begin] + bytes(block) + content[begin + len(block) :]


def insert_bytes(content: bytes, random: Random) -> bytes:
    """Bytes that no text has, or that mean something."""
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(_ODD_BYTES) * random.choice((1, 1, 3, 5000)) + content[at:]


def odd_text(content: bytes, random: Random) -> bytes:
    """A word or number is replaced by one that programs stumble over."""
    words = _words(content)
    if not words:
        return content
    begin, end = random.choice(words)
    return content[:begin] + random.choice(_ODD_TEXTS).encode("utf-8", "surrogatepass") + content[end:]


def odd_texts(content: bytes, random: Random) -> bytes:
    """Several of these."""
    for _ in range(random.randrange(2, 9)):
        content = odd_text(content, random)
    return content


def double_lines(content: bytes, random: Random) -> bytes:
    """Some lines are doubled, and some moved."""
    lines = content.splitlines(keepends=True)
    for _ in range(random.randrange(1, 5)):
        if lines:
            lines.insert(random.randrange(len(lines) + 1), random.choice(lines))
    return b"".join(lines)


def other_line_ends(content: bytes, random: Random) -> bytes:
    """Lines end otherwise, all or one."""
    end = random.choice((b"\r", b"\r\n", b"\n\r", b"\x0b", b"\xe2\x80\xa8", b"\0\n", b"\x1e"))
    return content.replace(b"\n", end, random.choice((-1, 1)))


def encode_otherwise(content: bytes, random: Random) -> bytes:
    """The text is in another encoding, whatever the file says of it."""
    return content.decode("utf-8", "replace").encode(random.choice(_ENCODINGS), random.choice(("replace", "ignore")))


def encode_twice(content: bytes, random: Random) -> bytes:
    """The text was taken for another encoding, and encoded once more."""
    return content.decode(random.choice(("latin-1", "cp437"))).encode()


def nest(content: bytes, random: Random) -> bytes:
    """Brackets in brackets, in place of something or of all."""
    opening, closing = random.choice(_NESTED)
    depth = random.choice((3, 90, 1000, 100_000))
    begin, end = random.choice([*_words(content), (0, len(content))])
    return content[:begin] + (opening * depth + closing * depth).encode() + content[end:]


def speak_yaml(content: bytes, random: Random) -> bytes:
    """A piece of YAML that harms whoever reads it carelessly."""
    lines = content.splitlines(keepends=True)
    at = random.randrange(len(lines) + 1)
    return b"".join([*lines[:at], random.choice(_YAML).encode(), *lines[at:]])


BYTES: Sequence[Mutate] = (
    *(flip_a_bit, flip_a_bit, overwrite, truncate, lose_the_start, double_a_block, lose_a_block, swap_blocks, swap_bytes),
    insert_bytes,
)
TEXTS: Sequence[Mutate] = (
    *(odd_text, odd_text, odd_texts, double_lines, other_line_ends, encode_otherwise, encode_twice, nest, speak_yaml),
)


def mutate(content: bytes, random: Random, *, text: bool) -> bytes:
    """The content after one mutation or several; of an archive mostly something that is packed in it."""
    if content.startswith(b"PK") and random.random() < 0.7:
        return _repacked(content, random)[:_LONGEST]
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        kinds = (*BYTES, *TEXTS, *TEXTS) if text else (*BYTES, *BYTES, *BYTES, *TEXTS)
        content = random.choice(kinds)(content, random)[:_LONGEST]
    return content


def _repacked(content: bytes, random: Random) -> bytes:
    """The archive with a member that is changed, lost, doubled or called otherwise, or that does not hold what is said."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = {name: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, zlib.error):
        return flip_a_bit(content, random)
    name = random.choice(sorted(members))
    what = random.choice(("change", "change", "change", "change", "lose", "double", "call", "bomb", "empty"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that is there twice is meant
        for each, held in members.items():
            if each != name:
                packed.writestr(each, held)
            elif what == "change":
                packed.writestr(each, mutate(held, random, text=not held.startswith(b"PK")))
            elif what == "double":
                packed.writestr(each, held)
                packed.writestr(each, truncate(held, random))
            elif what == "call":
                packed.writestr(
                    random.choice(("../x.csv", "/x.csv", "a\\b.csv", "con", "x" * 300, "é\u0301", each.upper())), held
                )
            elif what == "bomb":
                packed.writestr(each, held + b" " * 20_000_000)
            elif what == "empty":
                packed.writestr(each, b"")
    return made.getvalue()


def _at(content: bytes, random: Random, new: Callable[[int], int]) -> bytes:
    if not content:
        return content
    at = random.randrange(len(content))
    return content[:at] + bytes([new(content[at])]) + content[at + 1 :]


def _block(content: bytes, random: Random) -> tuple[int, int]:
    begin = random.randrange(len(content) + 1)
    return begin, min(len(content), begin + random.choice((1, 3, 16, 200, 3000)))


def _words(content: bytes) -> list[tuple[int, int]]:
    """Where words and numbers begin and end, between the signs that separate them in most formats."""
    found, begin = [], None
    for at, byte in enumerate(content[:20_000]):
        if chr(byte) in " ,;\t\r\n\"'<>{}[]:=":
            if begin is not None:
                found.append((begin, at))
            begin = None
        elif begin is None:
            begin = at
    return found
