"""`python -m tests.second_reading SEED COUNT [FOLDER]`: compares random pairs, and keeps in FOLDER those that differ."""

import collections
import shutil
import sys
import tempfile
import time
from pathlib import Path

from checker.errors import CheckerError
from tests.second_reading import pairs

SUBMISSIONS = 3


def tell(*words: object) -> None:
    """Writes a line."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Compares COUNT rulebooks from SEED on, each with three submissions."""
    first, count = int(sys.argv[1]), int(sys.argv[2])
    keep = Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp())
    tally: collections.Counter[str] = collections.Counter()
    began = time.monotonic()
    for seed in range(first, first + count):
        folder, differs = keep / str(seed), False
        try:
            for name, verdicts, told in pairs.differences(seed, folder, SUBMISSIONS):
                tally.update(pairs=1, verdicts=verdicts, differences=len(told))
                differs |= bool(told)
                for line in told:
                    tell(seed, name, line)
        except CheckerError as error:
            tell(seed, "refused", *(line for line in str(error).splitlines() if "rror:" in line))
            tally.update(refused=1)
            differs = True
        if not differs:
            shutil.rmtree(folder)
    tell(dict(tally), f"{time.monotonic() - began:.0f} s")
    return 1 if tally["differences"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
