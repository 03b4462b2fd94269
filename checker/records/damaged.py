"""What is raised where a packed file is damaged, be it an archive or a workbook."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,  # names that are no text, places before the beginning
    RuntimeError,  # parts that are encrypted, or packed in a way that is not known
)
