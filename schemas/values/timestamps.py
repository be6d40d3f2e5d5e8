"""Dates as machines write them: ISO 8601 time stamps and HTTP dates, read to the calendar date in Stockholm."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_STOCKHOLM = ZoneInfo("Europe/Stockholm")
_FIRST_YEAR, _LAST_YEAR = 1850, 2100
# "20230503", "2023-05-03 10:32", "2023-05-03T10:00:00.000Z", "2023-05-03T10:00+02:00". Not "19121212 1212", a person's number.
_ISO = re.compile(
    r"(?P<year>[0-9]{4})(?P<dash>-?)(?P<month>[0-9]{2})(?P=dash)(?P<day>[0-9]{2})"
    r"(?:(?:[Tt ]|, )(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)? ?(?P<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?"
)
# "Wed, 03 May 2023 10:00:00 GMT" (RFC 9110), "Wed, 03 May 2023 10:00:00 +0200" (RFC 5322).
_HTTP = re.compile(r"(?:[A-Za-z]{3,9}, ?)?[0-9]{1,2}[ -][A-Za-z]{3}[ -][0-9]{4} [0-9]{2}:[0-9]{2}(?::[0-9]{2})? (?:GMT|UTC|[+-][0-9]{4})")


def read_timestamp(text: str) -> str | None:
    """The date as "2023-05-03"; None where the text is no such stamp, or no day from 1850 to 2100.

    A stamp with a zone gives the date in Stockholm at that instant, one without the date that it names.
    """
    try:
        moment = _parse(text)
        if moment is None:
            return None
        day = stockholm_date(moment) if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        return None
    return day.isoformat() if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def stockholm_date(moment: datetime) -> date:
    """The calendar date in Stockholm at an instant, which must bear its zone."""
    return moment.astimezone(_STOCKHOLM).date()


def stockholm_day_end(day: date) -> datetime:
    """The last millisecond of a calendar date in Stockholm, in UTC."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=_STOCKHOLM) + timedelta(days=1)
    return midnight.astimezone(UTC) - timedelta(milliseconds=1)


def _parse(text: str) -> datetime | None:
    iso = _ISO.fullmatch(text)
    if iso:
        year, month, day, time, zone = iso.group("year", "month", "day", "time", "zone")
        return datetime.fromisoformat(f"{year}-{month}-{day}T{time or '00:00'}{(zone or '').upper()}")
    return parsedate_to_datetime(text) if _HTTP.fullmatch(text) else None
