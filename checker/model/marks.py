"""Marks that people put into sheets: for present and absent, and for the same as above; and the words of totals."""

from __future__ import annotations

from checker.model.schema import FALSE, TRUE

PRESENT = (*TRUE, "x", "✓", "✔", "√", "☑", "có mặt", "present")
"""What says in a register, in lower case, that somebody was present, whoever wrote it."""

ABSENT = (*FALSE, "☐", "vắng", "vắng mặt", "absent")
"""What says that somebody was not."""

DITTO = r"""^[-–—.\s]*(["”“″〃]|''|nt|n\.t|như trên|ditto|idem|as above)[-–—.\s]*$"""
"""A regular expression of what stands, in lower case, for the same as above, as Python and the engine read it."""

TOTALS = ("tổng cộng", "tổng số", "tổng", "cộng", "cộng dồn", "total", "totals", "grand total", "subtotal", "sub-total", "sum")
TOTAL = f"^({'|'.join(TOTALS)})[^\\pL]*$"
"""A regular expression of the engine of what stands at the beginning of a row of totals: one of these words, and no other."""
