"""How dates are written (section 2 of the contract)."""

import calendar
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


def partly(text: str, forms: tuple[str, ...], precision: str) -> tuple[date, date] | None:
    """The first and the last day of the month or year that a text is, where a field may be as vague as that."""
    for form in ("%Y-%m", *map(without_day, forms)) if precision != "day" else ():
        found = day("01 " + text, "%d " + form) if form != "%Y-%m" or re.fullmatch("[0-9]{4}-[0-9]{2}", text) else None
        if found is not None:
            return found, date(found.year, found.month, calendar.monthrange(found.year, found.month)[1])
    if precision == "year" and re.fullmatch("[0-9]{4}", text) and int(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    return None


def without_day(form: str) -> str:
    """A format without its day, and the signs after it, or before it where it comes last."""
    if form.endswith("%d"):
        return re.sub(r"[^%\w]*%d$", "", form)
    return re.sub(r"%d[^%\w]*", "", form)


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
