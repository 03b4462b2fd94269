"""The ways to the same verdicts that a run can take: by the thresholds that lead into them, and by what passes are left out."""

from random import Random

from checker.plan import PASSES
from checker.request import USUAL, Tuning

SMALL = USUAL
LARGE = Tuning(small=-1, few_rows=-1, sampled_rows=1, folded=1)
"""Any submission is judged as a large one is; no two columns are folded in one scan, and one row speaks for all of a file."""

OF_EACH_FORM = (
    *("cell-monthly", "cell-meeting-long-enough", "cell-committee-meets-first", "cell-meeting-attended"),
    *("regulations-state-self-criticism", "working-regulations-issued", "working-regulations-reviewed", "total-members"),
    *("good-organisations", "admissions-reach-target", "no-four-excuses-running", "admission-ceremony-in-time"),
    *("records/meetings", "records/organisations"),
)
"""Of the shipped rulebook of grassroots, whose 130 rules take long, a rule of each form, and those of some records."""

ALL_PASSES = frozenset(PASSES)


def without(seed: int) -> frozenset[str]:
    """The passes that are left out: of every fourth seed all, of every fourth some at random, else none."""
    match seed % 4:
        case 0:
            return ALL_PASSES
        case 1:
            chance = Random(seed)  # noqa: S311 -- not a secret
            return frozenset(name for name in PASSES if chance.random() < 0.5)
        case _:
            return frozenset()
