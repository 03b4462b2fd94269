"""The ways to the same verdicts that a run can take, by the thresholds that lead into them."""

from checker.request import USUAL, Tuning

SMALL = USUAL
LARGE = Tuning(small=-1, few_rows=-1, sampled_rows=1, folded=1)
"""Any submission is judged as a large one is; no two columns are folded in one scan, and one row speaks for all of a file."""
