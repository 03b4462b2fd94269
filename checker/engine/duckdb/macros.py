"""What the statements that read cells have in common, as macros of the engine: said once, and not again for every cell."""

from __future__ import annotations

from checker.model.blanks import BLANK
from checker.records.values import OPEN, UNREADABLE

MACROS = {
    "blanks()": f"'{BLANK}'",
    # Few cells have blanks, and to trim takes the engine long.
    "bare(cell)": (
        "CASE WHEN CONTAINS(BLANKS(), LEFT(cell, 1)) OR CONTAINS(BLANKS(), RIGHT(cell, 1)) "
        "THEN NULLIF(TRIM(NFC_NORMALIZE(cell), BLANKS()), '') ELSE NFC_NORMALIZE(cell) END"
    ),
    # A list of JSON is one that was submitted as a list.
    "elements(cell, signs, missing)": (
        f"CASE WHEN cell IS NULL OR STARTS_WITH(cell, '{UNREADABLE}') THEN cell ELSE NULLIF(ARRAY_TO_STRING("
        "LIST_SORT(LIST_DISTINCT([element FOR element IN ["
        "BARE(part) FOR part IN CASE WHEN STARTS_WITH(cell, '[') AND JSON_VALID(cell) "
        """THEN FROM_JSON(cell, '["VARCHAR"]') ELSE REGEXP_SPLIT_TO_ARRAY(cell, signs) END] """
        "IF NOT element IS NULL AND NOT LIST_CONTAINS(missing, LOWER(element))])), CHR(31)), '') END"
    ),
    "cell_state(cell, value, other)": (
        f"CASE WHEN cell IS NULL OR NOT value IS NULL THEN 0 WHEN cell IN ('{UNREADABLE}', '{OPEN}') THEN 2 ELSE other END"
    ),
}
"""By name and parameters: what is blank; a cell in NFC without blanks around it, NULL where nothing is left; and what is known
of a cell of which that value is read, where it is `other` than empty, readable or not submitted."""
