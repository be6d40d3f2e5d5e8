"""Dates and intervals in Swedish text, read to EDTF: "den 3 maj 2023" to "2023-05-03", "t.o.m. september 2018" to "../2018-09"."""

import re
from itertools import pairwise

from schemas.values.date_forms import (
    DAY,
    DEN,
    ENUMERATION,
    GAP,
    HYPHEN,
    LOOK_BACK,
    MONTH,
    SEASON,
    YEAR,
    DatePoint,
    ends_well,
    is_preceded_badly,
    is_spoilt,
    match_point,
)
from schemas.values.edtf import is_edtf
from schemas.values.timestamps import read_timestamp
from schemas.values.whitespace import SPACE, fold_spaces

# "årsskiftet 2006/2007", "årsskiftet 2006-07": the first day of the second year.
_TURN_OF_YEAR = re.compile(
    rf"(?:årsskiftet|the{GAP}turn{GAP}of{GAP}the{GAP}year){GAP}(?P<first>{YEAR}){SPACE}?[/–-]{SPACE}?(?P<second>{YEAR}|[0-9]{{2}})(?![\w])"
)
# "vid utgången av 2020": its last day.
_END_OF_YEAR = re.compile(rf"utgången{GAP}av{GAP}(?:år{GAP})?(?P<year>{YEAR})(?![\w-]|[/–][0-9])")
# "mandatperioden 2022-26", "2011–12": of the first's century. After a hyphen what could be a month is one.
_SHORT_INTERVAL = re.compile(rf"(?P<first>{YEAR})(?:-(?=1[3-9]|[2-9])|–)(?P<second>[0-9]{{2}})(?![\w]|[-–:/.,][\w])")
# English "May 17–18, 2025".
_ENGLISH_DAYS = re.compile(rf"{MONTH}{GAP}(?P<first>{DAY}){SPACE}?{HYPHEN}{SPACE}?(?P<second>{DAY}),?{GAP}(?P<year>{YEAR})(?![0-9])")
_LONGEST_SHORT_INTERVAL = 10  # years: a term or an agreement. "2005-27" is the number of a regulation
_UNTIL = rf"(?:till{GAP}och{GAP}med|t\.?{SPACE}?o\.?{SPACE}?m\.?|till{GAP}o{GAP}med)"
_FROM = rf"(?:från{GAP}och{GAP}med|fr\.?{SPACE}?o\.?{SPACE}?m\.?|från{GAP}o{GAP}med|med{GAP}början)"
_OPENING = re.compile(
    rf"(?:(?P<since>{_FROM})|(?P<until>{_UNTIL}|up{GAP}to{GAP}and{GAP}including|until|till(?={GAP}(?:utgången|slutet){GAP}av))|(?P<between>mellan|between)|från|from):?{GAP}"
    rf"(?:(?:åren|året|år|slutet{GAP}av|utgången{GAP}av|the{GAP}end{GAP}of){GAP})?"
)
_JOIN = re.compile(
    rf"{SPACE}{{0,3}}{HYPHEN}{{1,2}}{SPACE}{{0,3}}|{GAP}(?:{_UNTIL}|till|to|through|until|(?P<och>och|and)){GAP}|(?P<slash>/)"
)
# "12/2, 16/4 och 8/10": days, where their months rise or most are no fractions ("en 1/3 och 2/3", "1/4 eller 1/2").
_NUMERIC = rf"{DAY}/(?:1[0-2]|0?[1-9])(?![0-9/])"
_NUMERIC_DAYS = re.compile(
    rf"(?<![\w/.,-]){_NUMERIC}(?:(?:{GAP}kl\.?{GAP}[0-9.:–-]{{1,11}}|{GAP}\([^()\n]{{1,40}}\))?(?:,|{GAP}(?:och|samt|&)){GAP}(?:den{GAP})?{_NUMERIC})+"
)
# "senast 26/9" is a day; not "möttes senast 1/3 av ledamöterna".
_LED_NUMERIC = re.compile(rf"(?<=senast )(?<![\w-]senast ){_NUMERIC}(?!{SPACE}?%|{GAP}(?:av|del|delar)(?![\w]))")
_WINDOW = 150  # characters on each side of a day in which its enumeration is looked for
# What may stand before the digits of a date and belong to it: "från och med den ", "mars-april ", "våren ", "sedan första januari ".
_LEAD = re.compile(
    rf"(?<![\w])(?:{re.sub(r'[?]P<[a-z]+>', '?:', _OPENING.pattern)})?"
    rf"(?P<own>{DEN}|{DEN}?(?:första|sist[ae]){GAP}|{DEN}?(?:(?:första|sist[ae]){GAP})?(?:{MONTH}{SPACE}?(?:{HYPHEN}|till|och){SPACE}?)?{MONTH},?{GAP}(?:år{GAP})?|{SEASON})?\Z"
)
# Where a date may be: at digits that go on like one, and at a month without a day ("i oktober").
_DIGITS = re.compile("[0-9]+")
_GOES_ON = re.compile(
    rf"{YEAR}(?![0-9])|{DAY}(?:(?::[ae]|\.|st|nd|rd|th)?{SPACE}?(?:of{GAP})?{MONTH}|{SPACE}?{HYPHEN}{SPACE}?{DAY},{GAP}{YEAR}|/[01]?[0-9](?![0-9])"
    rf"|{ENUMERATION}|{SPACE}?{HYPHEN}{SPACE}?{DAY}(?:/|{GAP}{MONTH})|(?:st|nd|rd|th)?,{SPACE}{YEAR}(?![0-9]))"
)
_IN_MONTH = re.compile(rf" (?:i(?: (?:början|mitten|slutet) av)?|första|sist[ae]) (?={MONTH})")

# Rare dashes, and "İ", whose lower case is two characters and would move the offsets.
_FOLDED = (("\u2010", "-"), ("\u2011", "-"), ("\u2012", "–"), ("\u2014", "–"), ("\u2212", "–"), ("İ", "I"))
_CLOCK = re.compile(
    r",? (?:kl\.?|klockan) ?[0-9]{1,2}(?:[.:][0-9]{2})?(?: ?- ?[0-9]{1,2}(?:[.:][0-9]{2})?)?\Z|,? [0-9]{1,2}[.:][0-9]{2}(?::[0-9]{2})?\Z"
)


def read_date(text: str) -> str | None:
    """The date or interval that the text is, as EDTF; None where it is none.

    Besides what `find_dates` finds: EDTF itself, "20230503", time stamps and HTTP dates, which become the calendar date in Stockholm.
    """
    text = fold_spaces(text)
    if is_edtf(text):
        years = re.findall(r"[0-9]{4}", text) if "XXXX" not in text else []
        return text if all(1850 <= int(year) <= 2100 for year in years) else None
    stamp = read_timestamp(text)
    if stamp:
        return stamp
    text = _fold(_CLOCK.sub("", text).strip(" .,;"))
    found = _find(text, with_bare_months=True)
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(text)) else None


def find_dates(text: str) -> list[tuple[int, int, str]]:
    """Every date and interval in the text as (start, end, EDTF), in order and apart.

    Not found: years outside 1850 to 2100; dates in names of documents and in law and diary numbers; quantities; "24/7"; months without
    day and year, unless "i" precedes them.
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
        lead = _LEAD.search(text, max(position, anchor - LOOK_BACK), anchor)
        own = lead.start("own") if lead and lead["own"] else anchor
        for start in dict.fromkeys((lead.start() if lead else own, own, anchor if text[anchor : anchor + 1].isalpha() else own)):
            span = _match_span(text, start)
            if span and span[1] > anchor:  # else the month alone of "September 18-17, 2025"
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
    before = text[max(0, start - LOOK_BACK) : start]
    if is_preceded_badly(before):
        return None
    special = next((span for match in _SPECIAL_FORMS if (span := match(text, start))), None)
    if special:
        return special
    opening = _OPENING.match(text, start)
    if opening and (turn := _match_turn_of_year(text, opening.end())):  # "från och med årsskiftet 2026/2027"; "från ..." is the day itself
        edtf = f"{turn[2]}/.." if opening["since"] else f"../{turn[2]}" if opening["until"] else None
        return (start, turn[1], edtf) if edtf else None
    first = match_point(text, opening.end() if opening else start)
    if first is None or (not opening and is_spoilt(first, before)):
        return None
    since, until, between = opening.group("since", "until", "between") if opening else (None, None, None)
    interval = _match_second(text, first, bool(between))
    if interval:
        return start, interval[0], interval[1]
    edtf = first.edtf
    if edtf is None or not ends_well(text, first) or not (first.is_told or since or until or _is_among_days(text, start)):
        return None
    if since or until:
        return start, first.end, f"{edtf}/.." if since else f"../{edtf}"
    return None if opening else (start, first.end, edtf)


def _is_among_days(text: str, start: int) -> bool:
    """Whether a day in digits ("16/4") stands after "senast", or among others."""
    if _LED_NUMERIC.match(text, start):
        return True
    window = max(0, start - _WINDOW)
    for days in _NUMERIC_DAYS.finditer(text, window, start + _WINDOW):
        if days.start() <= start < days.end():
            numbers = [(int(day), int(month)) for day, month in re.findall(r"([0-9]+)/([0-9]+)", days[0])]
            is_calendar = all(a[1] < b[1] for a, b in pairwise(numbers)) and len({day for day, _ in numbers}) > 1
            return is_calendar or sum(day >= month for day, month in numbers) * 2 > len(numbers)
    return False


def _match_second(text: str, first: DatePoint, is_between: bool) -> tuple[int, str] | None:
    """The end and EDTF of the interval that `first` begins; None where it begins none."""
    join = _JOIN.match(text, first.end)
    if join is None or (join["och"] and not is_between):
        return None
    second = match_point(text, join.end())
    if second is None or not ends_well(text, second) or (join["slash"] and not (first.is_year and second.is_year)):
        return None
    start, end = _borrow(first, second).edtf, _borrow(second, first).edtf
    if start is None or end is None:
        return None
    edtf = start if start == end else f"{start}/{end}"
    return (second.end, edtf) if is_edtf(edtf) else None


def _borrow(point: DatePoint, other: DatePoint) -> DatePoint:
    """The point with the year, and for a bare day the month, of the other side: "26-27 maj 2024", "1 mars - 30 april 2024"."""
    month = other.month if point.month is None and point.day is not None else point.month
    return point._replace(month=month, year=point.year if point.year is not None else other.year)


def _match_turn_of_year(text: str, start: int) -> tuple[int, int, str] | None:
    match = _TURN_OF_YEAR.match(text, start)
    if match is None:
        return None
    second = match["second"] if len(match["second"]) == 4 else match["first"][:2] + match["second"]
    return (start, match.end(), f"{second}-01-01") if int(second) == int(match["first"]) + 1 else None


def _match_end_of_year(text: str, start: int) -> tuple[int, int, str] | None:
    match = _END_OF_YEAR.match(text, start)
    return (start, match.end(), f"{match['year']}-12-31") if match else None


def _match_short_interval(text: str, start: int) -> tuple[int, int, str] | None:
    match = _SHORT_INTERVAL.match(text, start)
    if match is None:
        return None
    first, second = match["first"], match["first"][:2] + match["second"]
    is_period = 0 < int(second) - int(first) <= _LONGEST_SHORT_INTERVAL
    return (start, match.end(), f"{first}/{second}") if is_period else None


def _match_english_days(text: str, start: int) -> tuple[int, int, str] | None:
    match = _ENGLISH_DAYS.match(text, start)
    if match is None:
        return None
    month, year = text[start : match.start("first")], match["year"]
    sides = [match_point(f"{month}{day}, {year}", 0) for day in match.group("first", "second")]
    edtf = "/".join(side.edtf or "" for side in sides if side)
    return (start, match.end(), edtf) if is_edtf(edtf) else None


_SPECIAL_FORMS = (_match_turn_of_year, _match_end_of_year, _match_short_interval, _match_english_days)
