"""How dates are written (section 2 of the contract)."""

import re
from datetime import date, timedelta

NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
PATTERNS = {
    "Y": "(?P<Y>[0-9]{4})",
    "y": "(?P<y>[0-9]{2})",
    "m": "(?P<m>[0-9]{1,2})",
    "d": "(?P<d>[0-9]{1,2})",
    "j": "(?P<j>[0-9]{1,3})",
    "b": f"(?P<b>{'|'.join(name[:3] for name in NAMES)})",
    "B": f"(?P<B>{'|'.join(NAMES)})",
}


def written(text: str, forms: tuple[str, ...]) -> date | None:
    """The day that a text is, by the first of the ways in which it is one."""
    for form in ("%Y-%m-%d", *forms):
        pattern = "[0-9]{4}-[0-9]{2}-[0-9]{2}" if form == "%Y-%m-%d" else ""
        if pattern and re.fullmatch(pattern, text) is None:
            continue
        found = day(text, form)
        if found is not None:
            return found
    return None


def day(text: str, form: str) -> date | None:
    """The day that a text is by one format."""
    parts = re.findall(r"%(.)|(\s+)|(.)", form)
    source = "".join(PATTERNS[letter] if letter else r"\s+" if space else re.escape(sign) for letter, space, sign in parts)
    match = re.fullmatch(source, text, re.IGNORECASE)
    if match is None:
        return None
    said = match.groupdict()
    year = int(said["Y"]) if "Y" in said else int(said["y"]) + (1900 if int(said["y"]) >= 69 else 2000)
    try:
        if "j" in said:
            found = date(year, 1, 1) + timedelta(days=int(said["j"]) - 1)
            return found if found.year == year else None
        month = (
            int(said["m"]) if "m" in said else [name[:3] for name in NAMES].index((said.get("b") or said["B"])[:3].lower()) + 1
        )
        return date(year, month, int(said["d"]))
    except (ValueError, OverflowError):
        return None
