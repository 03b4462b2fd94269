"""Resolves `calendar:`: which days are worked, with the public holidays of a country where one is named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

from checker.rules.rulebook import Calendar
from checker.rules.scalars import Weekday
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checker.rules.reader import Reader
    from checker.rules.written import CalendarEntry


def calendar(reader: Reader, entry: CalendarEntry) -> Calendar:
    """The calendar; a country that is not known, and years between others of which no holiday is listed, are reported."""
    weekend = tuple(sorted({get_args(Weekday).index(each) + 1 for each in entry.weekend}))
    always = Calendar(weekend)
    if entry.country is not None:
        public = _public(reader, entry.country, range(always.first.year, always.last.year + 1))
        return Calendar(weekend, tuple(sorted({*entry.holidays, *public})))
    years = sorted({each.year for each in entry.holidays})
    if not years:
        return always
    for year in range(years[0], years[-1]):
        if year not in years:
            fix = message("calendar-gap-fix", year=str(year))
            reader.report(("calendar", "holidays"), "calendar-gap", message("calendar-gap", year=str(year)), fix)
    return Calendar(weekend, tuple(sorted({*entry.holidays})), date(years[0], 1, 1), date(years[-1], 12, 31))


def _public(reader: Reader, country: str, years: Iterable[int]) -> Iterable[date]:
    path = ("calendar", "country")
    try:
        import holidays  # noqa: PLC0415 -- an optional extra, read only where a rulebook names a country
    except ImportError:
        fix = message("calendar-no-library-fix")
        reader.report(path, "no-library", message("calendar-no-library"), fix)
        return ()
    code, _, part = country.upper().partition("-")
    known = holidays.list_supported_countries(include_aliases=False)
    if code not in known:
        fix = message("calendar-country-fix")
        reader.report(path, "unknown-name", message("calendar-country", country=country), fix)
        return ()
    if part and part not in known[code]:
        wrong = message("calendar-part", part=part, code=code)
        reader.unknown(path, wrong, part, known[code], message("known-parts", code=code))
        return ()
    return holidays.country_holidays(code, subdiv=part or None, years=years)
