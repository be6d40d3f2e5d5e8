"""Dates and intervals in Swedish text, read to EDTF: "den 3 maj 2023" to "2023-05-03", "t.o.m. september 2018" to "../2018-09"."""

import re
import tomllib
from collections.abc import Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schemas.values.edtf import is_edtf
from schemas.values.whitespace import SPACE, fold_spaces

_DATA = tomllib.loads(Path(__file__).with_name("date_words.toml").read_text("utf-8"))
_WORDS = _DATA["words"]
_MONTH_OF = {word: int(number) for number, words in _DATA["months"].items() for word in words}


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


# All expressions read lower-case text with two dashes left, "-" and "–". A part of a date never stands on another line than the rest.
_S = f"{SPACE}{{1,3}}"
_YEAR = r"(?:18[5-9][0-9]|19[0-9]{2}|20[0-9]{2}|2100)"
_D = "[-–]"
# A full stop belongs to an abbreviation only: "15 sept. 2024", but "senast 4 maj."
_MONTH = r"(?:" + _any_of(_MONTH_OF) + r"(?![^\W_])(?:(?<=\b[a-z]{3})(?<!\bmaj)(?<!\bmay)\.|(?<=\bsept)\.|(?<=\bfebr)\.)?)"
_DEN = rf"(?:{_any_of(_WORDS['weekdays'])}(?:en)?\.?,?{_S}(?:den{_S})?|den{_S})"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_OF_YEAR = rf"(?:,?{_S}(?:år{_S})?(?P<year>{_YEAR})(?![0-9]))?"
_SEASON = _any_of(_WORDS["seasons"]) + _S

# The forms of one date, tried in this order. Groups year, month and day; `told`: a word before it says that "26/3" is a date.
_FORMS = tuple(
    re.compile(form)
    for form in (
        # "2023-05-03", "2023-05-03T10:00", "2023-05"; not "2023-456", "2023-05-03-12"
        rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])(?![0-9]|-[\w])",
        rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?![\w]|-[\w])",
        # "onsdagen den 3:e maj 2023", "1 juli år 2007", "första januari 2021", "4 maj", "3rd May 2023"
        rf"{_DEN}?(?P<day>{_DAY}|första)(?::[ae]|\.|st|nd|rd|th)?{SPACE}?(?P<month>{_MONTH}){_OF_YEAR}",
        # "3/5 2023", "3/5-2023"; "den 26/3"
        rf"(?P<told>{_DEN})?(?P<day>{_DAY})/(?P<month>1[0-2]|0?[1-9])(?![0-9/]|:[0-9])(?:(?:{_S}|-)(?P<year>{_YEAR})(?![0-9]))?",
        # English "May 3, 2023"
        rf"(?P<month>{_MONTH}){_S}(?P<day>{_DAY})(?:st|nd|rd|th)?,?{_S}(?P<year>{_YEAR})(?![0-9])",
        # "maj 2023", "oktober"
        rf"(?P<month>{_MONTH}){_OF_YEAR}",
        # "2023", "våren 2016", "läsåret 2023/2024" (of which this is the first half)
        rf"(?P<season>{_SEASON})?(?P<year>{_YEAR})(?![0-9])",
        # the first half of "26-27 maj 2024"
        rf"{_DEN}?(?P<day>{_DAY})(?={SPACE}?{_D}{SPACE}?{_DAY}(?:{_S}[a-z]|/))",
    )
)
# "årsskiftet 2006/2007", "årsskiftet 2006-07": the first day of the second year.
_TURN_OF_YEAR = re.compile(rf"årsskiftet{_S}(?P<first>{_YEAR}){SPACE}?[/–-]{SPACE}?(?P<second>{_YEAR}|[0-9]{{2}})(?![\w])")
# "mandatperioden 2022-26", "2011–12": of the first's century. After a hyphen what could be a month is one.
_SHORT_INTERVAL = re.compile(rf"(?P<first>{_YEAR})(?:-(?=1[3-9]|[2-9])|–)(?P<second>[0-9]{{2}})(?![\w]|[-–:/.,][\w])")

_UNTIL = rf"(?:till{_S}och{_S}med|t\.?{SPACE}?o\.?{SPACE}?m\.?|till{_S}o{_S}med)"
_FROM = rf"(?:från{_S}och{_S}med|fr\.?{SPACE}?o\.?{SPACE}?m\.?|från{_S}o{_S}med|med{_S}början)"
_OPENING = re.compile(rf"(?:(?P<since>{_FROM})|(?P<until>{_UNTIL})|(?P<between>mellan|between)|från|from){_S}(?:(?:åren|året|år){_S})?")
_JOIN = re.compile(rf"{SPACE}{{0,3}}{_D}{SPACE}{{0,3}}|{_S}(?:{_UNTIL}|till|to|through|until|(?P<och>och|and)){_S}|(?P<slash>/)")
# What may stand before the digits of a date and belong to it: "från och med den ", "mars-april ", "våren ", "sedan första januari ".
_LEAD = re.compile(
    rf"(?<![\w])(?:{re.sub(r'[?]P<[a-z]+>', '?:', _OPENING.pattern)})?"
    rf"(?P<own>{_DEN}|{_DEN}?(?:första{_S})?(?:{_MONTH}{SPACE}?(?:{_D}|till|och){SPACE}?)?{_MONTH},?{_S}(?:år{_S})?|{_SEASON})?$"
)
_LEAD_LENGTH = 48
# Where a date may be: at digits that go on like one, and at a month without a day ("i oktober").
_DIGITS = re.compile("[0-9]+")
_GOES_ON = re.compile(
    rf"{_YEAR}(?![0-9])|{_DAY}(?:(?::[ae]|\.|st|nd|rd|th)?{SPACE}?{_MONTH}|/[01]?[0-9](?![0-9])"
    rf"|{SPACE}?{_D}{SPACE}?{_DAY}(?:/|{_S}{_MONTH})|(?:st|nd|rd|th)?,{SPACE}{_YEAR}(?![0-9]))"
)
_IN_MONTH = re.compile(rf" i (?={_MONTH})")

# What must not stand before a date: "ks-2023", "/2023", "1.2023", "12:2023" (but "uppdaterad:2023-05-03"), "protokoll 2017-11-27".
_BAD_BEFORE = re.compile(rf"(?:[\w][-–./@#=&+%§]|[\w/]|[0-9][:,]|(?<![\w]){_any_of(_WORDS['documents'])}{_S}(?:för{_S})?)$")
# What must not stand before a bare year: "cirka 2000 titlar", "10 2000"; two years beside each other are two years.
_BAD_BEFORE_MONTH = re.compile(rf"(?<![0-9])[0-9]{{1,2}}(?::[ae]|\.)?{SPACE}?$")  # "31 februari 2023" is no date, so not February either
_BAD_BEFORE_YEAR = re.compile(rf"(?:(?<![\w]){_any_of(_WORDS['quantities'])}\.?{_S}|(?<![0-9](?:18|19|20))[0-9]{SPACE})$")
_YEAR_BEFORE = re.compile(rf"(?<![0-9]){_YEAR}{SPACE}$")
# What must not stand after a date ("2023-05-03.pdf" is a file), and after a bare year ("2023:123" a law, "2023/456" a diary number,
# "2000-talet", "2000 kr", "2000 000"; but "2018 19 mars").
_BAD_AFTER = re.compile(r"(?!t[0-9]{2}:)\w|[.,:/–-][0-9]|\.(?:pdf|docx?|xlsx?|html?)\b")
_BAD_AFTER_YEAR = re.compile(
    rf"[\w%]|{_D}[\w]|[:/.,][\w]|{SPACE}?{_any_of(_WORDS['units'])}(?![^\W_])|{SPACE}[0-9]{{2,3}}(?![0-9.:]|{SPACE}?{_MONTH}|{SPACE}?{_D})"
)
# Rare dashes, and "İ", whose lower case is two characters and would move the offsets.
_FOLDED = (("\u2010", "-"), ("\u2011", "-"), ("\u2012", "–"), ("\u2014", "–"), ("\u2212", "–"), ("İ", "I"))
_STOCKHOLM = ZoneInfo("Europe/Stockholm")
# "20230503", "2023-05-03 10:32", "2023-05-03T10:00:00.000Z", "2023-05-03T10:00+02:00"
_TIMESTAMP = re.compile(
    r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})(?:(?:T|t| |, )([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]+)?)? ?(Z|z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_CLOCK = re.compile(
    r",? (?:kl\.?|klockan) ?[0-9]{1,2}(?:[.:][0-9]{2})?(?: ?- ?[0-9]{1,2}(?:[.:][0-9]{2})?)?$|,? [0-9]{1,2}[.:][0-9]{2}(?::[0-9]{2})?$"
)


class _Point(NamedTuple):
    """One date as read so far, from `start` to `end` of the text; a bare day waits for the month of the other side."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    is_told: bool
    """False for "26/3", which only a neighbour makes a date."""

    @property
    def is_year(self) -> bool:
        return self.month is None and self.day is None

    @property
    def edtf(self) -> str | None:
        """As EDTF; None where there is no such day."""
        if self.month is None and self.day is not None:
            return None
        year = "XXXX" if self.year is None else str(self.year)
        text = "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part is not None)])
        return text if is_edtf(text) else None


def read_date(text: str) -> str | None:
    """The date or interval that the text is, as EDTF; None where it is none.

    Besides what `find_dates` finds: EDTF itself, "20230503", time stamps and HTTP dates, which become the calendar date in Stockholm.
    """
    text = fold_spaces(text)
    if is_edtf(text):
        years = re.findall(r"[0-9]{4}", text) if "XXXX" not in text else []
        return text if all(1850 <= int(year) <= 2100 for year in years) else None
    stamp = _TIMESTAMP.fullmatch(text)
    if stamp:
        return _read_timestamp(*stamp.group(1, 3, 4, 5, 6, 7, 8))
    if text.endswith(("GMT", "+0000", "+0100", "+0200")):
        return _read_http_date(text)
    text = _fold(_CLOCK.sub("", text).strip(" .,;"))
    found = _find(text, with_bare_months=True)
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(text)) else None


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """Every date and interval in the text as (start, end, EDTF), in order and apart.

    Not found: years outside 1850 to 2100, dates in document names, law and diary numbers, quantities, "24/7", months that "i" does not precede.
    """
    return _find(_fold(text))


def _fold(text: str) -> str:
    """The text in lower case with two kinds of dashes; offsets are kept."""
    for character, folded in _FOLDED:  # many times faster than str.translate
        text = text.replace(character, folded)
    return text.lower()


def _find(text: str, with_bare_months: bool = False) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    position = 0
    for anchor in [0] * with_bare_months + _find_anchors(text):
        if anchor < position:
            continue
        lead = _LEAD.search(text, max(position, anchor - _LEAD_LENGTH), anchor)
        own = lead.start("own") if lead and lead["own"] else anchor
        for start in dict.fromkeys((lead.start() if lead else own, own)):
            span = _match_span(text, start)
            if span:
                found.append(span)
                position = span[1]
                break
    return found


def _find_anchors(text: str) -> list[int]:
    """Where dates may be, in order. Looking for digits first is several times faster than looking for dates."""
    digits = [match.start() for match in _DIGITS.finditer(text) if _GOES_ON.match(text, match.start())]
    return sorted([*digits, *(match.end() for match in _IN_MONTH.finditer(text))])


def _match_span(text: str, start: int) -> tuple[int, int, str] | None:
    """The longest date or interval that begins at `start`; None where none does."""
    before = text[max(0, start - 40) : start]
    if _BAD_BEFORE.search(before):
        return None
    special = _match_turn_of_year(text, start) or _match_short_interval(text, start)
    if special:
        return special
    opening = _OPENING.match(text, start)
    first = _match_point(text, opening.end() if opening else start)
    if first is None or (not opening and _is_spoilt(first, before)):
        return None
    since, until, between = opening.group("since", "until", "between") if opening else (None, None, None)
    interval = _match_second(text, first, bool(between))
    if interval:
        return start, interval[0], interval[1]
    edtf = first.edtf
    if edtf is None or not _ends_well(text, first) or not (first.is_told or since or until):
        return None
    if since or until:
        return start, first.end, f"{edtf}/.." if since else f"../{edtf}"
    return None if opening else (start, first.end, edtf)


def _is_spoilt(point: _Point, before: str) -> bool:
    """Whether the words before make a bare year a quantity, or a bare month part of an impossible date."""
    if point.is_year:
        return bool(_BAD_BEFORE_YEAR.search(before)) and not _YEAR_BEFORE.search(before)
    return point.day is None and bool(_BAD_BEFORE_MONTH.search(before))


def _match_second(text: str, first: _Point, is_between: bool) -> tuple[int, str] | None:
    """The end and EDTF of the interval that `first` begins; None where it begins none."""
    join = _JOIN.match(text, first.end)
    if join is None or (join["och"] and not is_between):
        return None
    second = _match_point(text, join.end())
    if second is None or not _ends_well(text, second) or (join["slash"] and not (first.is_year and second.is_year)):
        return None
    start, end = _borrow(first, second).edtf, _borrow(second, first).edtf
    if start is None or end is None:
        return None
    edtf = start if start == end else f"{start}/{end}"
    return (second.end, edtf) if is_edtf(edtf) else None


def _borrow(point: _Point, other: _Point) -> _Point:
    """The point with the year, and for a bare day the month, of the other side: "26-27 maj 2024", "1 mars - 30 april 2024"."""
    month = other.month if point.month is None and point.day is not None else point.month
    return point._replace(month=month, year=point.year if point.year is not None else other.year)


def _match_point(text: str, start: int) -> _Point | None:
    for form in _FORMS:
        match = form.match(text, start)
        if match:
            parts = match.groupdict()
            year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
            return _Point(
                start=start,
                end=match.end(),
                year=int(year) if year else None,
                month=_number_of_month(month) if month else None,
                day=1 if day == "första" else int(day) if day else None,
                is_told="told" not in parts or bool(parts["told"] or year),
            )
    return None


def _number_of_month(word: str) -> int:
    return int(word) if word.isdecimal() else _MONTH_OF[word.rstrip(".")]


def _ends_well(text: str, point: _Point) -> bool:
    bad = _BAD_AFTER_YEAR if point.month is None else _BAD_AFTER
    return not bad.match(text, point.end)


def _match_turn_of_year(text: str, start: int) -> tuple[int, int, str] | None:
    match = _TURN_OF_YEAR.match(text, start)
    if match is None:
        return None
    second = match["second"] if len(match["second"]) == 4 else match["first"][:2] + match["second"]
    return (start, match.end(), f"{second}-01-01") if int(second) == int(match["first"]) + 1 else None


def _match_short_interval(text: str, start: int) -> tuple[int, int, str] | None:
    match = _SHORT_INTERVAL.match(text, start)
    if match is None:
        return None
    edtf = f"{match['first']}/{match['first'][:2]}{match['second']}"
    return (start, match.end(), edtf) if is_edtf(edtf) else None


def _read_timestamp(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> str | None:
    """The calendar date of a time stamp; where it names its zone, the date in Stockholm at that instant."""
    date = f"{year}-{month}-{day}"
    if not is_edtf(date) or not 1850 <= int(year) <= 2100:
        return None
    if hour is None or zone is None:
        return date
    try:
        instant = datetime.fromisoformat(f"{date}T{hour}:{minute}:{second or '00'}{zone.upper()}")
        return instant.astimezone(_STOCKHOLM).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _read_http_date(text: str) -> str | None:
    """The date in Stockholm of "Wed, 03 May 2023 10:00:00 GMT" (RFC 9110); None where it cannot be read."""
    try:
        instant = parsedate_to_datetime(text)
        return instant.astimezone(_STOCKHOLM).date().isoformat() if 1850 <= instant.year <= 2100 else None
    except (ValueError, OverflowError, TypeError):
        return None
