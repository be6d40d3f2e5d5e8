"""The part of EDTF (ISO 8601-2) that the datasets use: "2023", "2023-05-03", "XXXX-05-04", "2022/2026", "2022/..", "../2018-09"."""

import re
from calendar import monthrange
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year"]

_POINT = re.compile(r"(?P<year>[0-9]{4}|XXXX)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_LEAP_YEAR = 2000  # a day of an unknown year may be 29 February


def is_edtf(text: str) -> bool:
    """Whether the text is a date or interval of this form that exists; the end of an interval does not lie before its start."""
    start, slash, end = text.partition("/")
    if not slash:
        return _is_point(start)
    if not all(side == ".." or _is_point(side) for side in (start, end)) or start == end:
        return False
    if ".." in (start, end):
        return True
    if (start[:4] == "XXXX") != (end[:4] == "XXXX"):
        return False
    length = min(len(start), len(end))  # "2022/2022-05": compared as far as both tell
    return start[:length] <= end[:length]


def edtf_bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and last day that it covers; None where the year is unknown or the side is open. ValueError where it is no EDTF."""
    if not is_edtf(edtf):
        raise ValueError(f"not an EDTF date: {edtf!r}")
    start, _, end = edtf.partition("/")
    return _first_day(start), _last_day(end or start)


def edtf_precision(edtf: str) -> Precision:
    """How exact it is; an interval is as exact as its coarser side. ValueError where it is no EDTF."""
    if not is_edtf(edtf):
        raise ValueError(f"not an EDTF date: {edtf!r}")
    shortest = min(len(side) for side in edtf.split("/") if side != "..")
    return "year" if shortest == len("2023") else "month" if shortest == len("2023-05") else "day"


def _is_point(text: str) -> bool:
    match = _POINT.fullmatch(text)
    if match is None or (match["year"] == "XXXX" and not match["month"]) or match["year"] == "0000":
        return False
    year = _LEAP_YEAR if match["year"] == "XXXX" else int(match["year"])
    month = int(match["month"] or 1)
    return 1 <= month <= 12 and 1 <= int(match["day"] or 1) <= monthrange(year, month)[1]


def _first_day(point: str) -> date | None:
    if point[:4] in ("..", "XXXX"):
        return None
    year, month, day = (int(part) for part in [*point.split("-"), "1", "1"][:3])
    return date(year, month, day)


def _last_day(point: str) -> date | None:
    first = _first_day(point)
    if first is None or len(point) == len("2023-05-03"):
        return first
    month = first.month if len(point) == len("2023-05") else 12
    return date(first.year, month, monthrange(first.year, month)[1])
