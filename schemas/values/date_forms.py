"""How one date is written in Swedish text, and what must not stand beside it. The words are in `date_words.toml`.

The expressions read lower-case text with two dashes left, "-" and "–". A part of a date never stands on another line than the rest.
"""

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from schemas.values.edtf import is_edtf
from schemas.values.whitespace import SPACE

_DATA = tomllib.loads(Path(__file__).with_name("date_words.toml").read_text("utf-8"))
_WORDS = _DATA["words"]
_MONTH_OF = {word: int(number) for number, words in _DATA["months"].items() for word in words}


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


GAP = f"{SPACE}{{1,3}}"
YEAR = r"(?:18[5-9][0-9]|19[0-9]{2}|20[0-9]{2}|2100)"
HYPHEN = "[-–]"
# A full stop belongs to an abbreviation only: "15 sept. 2024", but "senast 4 maj."
MONTH = r"(?:" + _any_of(_MONTH_OF) + r"(?![^\W_])(?:(?<=\b[a-z]{3})(?<!\bmaj)(?<!\bmay)\.|(?<=\bsept)\.|(?<=\bfebr)\.)?)"
DEN = rf"(?:{_any_of(_WORDS['weekdays'])}(?:en)?\.?,?{GAP}(?:den{GAP})?|den{GAP})"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
LOOK_BACK = 48
"""How many characters before its digits may belong to a date or tell that it is none."""
# A year before those read takes the day with it: "den 3 maj 1728" is no day of every year.
_OF_YEAR = rf"(?:,?{GAP}(?:år{GAP})?(?P<year>{YEAR})(?![0-9]))?(?!,?{GAP}(?:år{GAP})?1[0-8][0-9]{{2}}(?![0-9]))"
SEASON = _any_of(_WORDS["seasons"]) + GAP

_ENUMERATION = (
    rf"(?=(?:,{GAP}(?:den{GAP})?{DAY}){{0,8}}{GAP}(?:och|samt|and|&){GAP}(?:den{GAP})?{DAY}(?::[ae])?{SPACE}?(?P<month>{MONTH}){_OF_YEAR})"
)
ENUMERATION = re.sub(r"[?]P<[a-z]+>", "?:", _ENUMERATION)
"""What follows the first of "7, 14 och 21 mars", whose month stands with the last."""

# The forms of one date, tried in this order. Groups year, month and day; `told`: a word before it says that "26/3" is a date.
_FORMS = tuple(
    re.compile(form)
    for form in (
        # "2023-05-03", "2023-05-03T10:00", "2023-05"; not "2023-456", "2023-05-03-12"
        rf"(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])(?![0-9]|-[\w])",
        rf"(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])(?![\w]|-[\w])",
        # "onsdagen den 3:e maj 2023", "1 juli år 2007", "första januari 2021", "den sista mars", "4 maj", "3rd of May 2023"
        rf"{DEN}?(?P<day>{DAY}|första|sist[ae])(?::[ae]|\.|st|nd|rd|th)?{SPACE}?(?:of{GAP})?(?P<month>{MONTH}){_OF_YEAR}",
        # "3/5 2023", "3/5-2023"; "den 26/3"
        rf"(?P<told>{DEN})?(?P<day>{DAY})/(?P<month>1[0-2]|0?[1-9])(?![0-9/]|:[0-9])(?:(?:{GAP}|-)(?P<year>{YEAR})(?![0-9]))?",
        # English "May 3, 2023"
        rf"(?P<month>{MONTH}){GAP}(?P<day>{DAY})(?:st|nd|rd|th)?,?{GAP}(?P<year>{YEAR})(?![0-9])",
        # "maj 2023", "oktober"
        rf"(?P<month>{MONTH}){_OF_YEAR}",
        # "2023", "våren 2016", "läsåret 2023/2024" (of which this is the first half)
        rf"(?P<season>{SEASON})?(?P<year>{YEAR})(?![0-9])",
        # the first days of "7, 14 och 21 mars 2024"
        rf"{DEN}?(?P<day>{DAY}){_ENUMERATION}",
        # the first half of "26-27 maj 2024"
        rf"{DEN}?(?P<day>{DAY})(?={SPACE}?{HYPHEN}{SPACE}?{DAY}(?:{GAP}[a-z]|/))",
    )
)

# The look-backs end in \Z: $ would also match before a line break, and take the line above for the words just before.
# What must not stand before a date: "ks-2023", "/2023", "1.2023", "12:2023" (but "uppdaterad:2023-05-03"), "protokoll 2017-11-27".
_BAD_BEFORE = re.compile(rf"(?:[\w][-–./@#=&+%§]|[\w/]|[0-9][:,]|(?<![\w]){_any_of(_WORDS['documents'])}{GAP}(?:för{GAP})?)\Z")
# What must not stand before a month without a day: "31 februari 2023" is no date, so not February either.
_BAD_BEFORE_MONTH = re.compile(rf"(?<![0-9])[0-9]{{1,2}}(?::[ae]|\.)?{SPACE}?\Z")
# What must not stand before a bare year: "cirka 2000 titlar", "10 2000"; but "2015 2016", "vecka 12 2023".
_BAD_BEFORE_YEAR = re.compile(rf"(?:(?<![\w]){_any_of(_WORDS['quantities'])}\.?{GAP}|[0-9]{SPACE})\Z")
_NUMBER_APART = re.compile(rf"(?:(?<![0-9]){YEAR}|(?<![\w])(?:vecka|v\.?|kvartal|etapp){GAP}[0-9]{{1,2}}){SPACE}\Z")
# What must not stand after a date ("2023-05-03.pdf" is a file), and after a bare year ("2023:123" a law, "2023/456" a diary number,
# "2000-talet", "2000 kr", "2000 000"; but "2018 19 mars").
_BAD_AFTER = re.compile(r"(?!t[0-9]{2}:)\w|[.,:/–-][0-9]|\.(?:pdf|docx?|xlsx?|html?)\b")
_BAD_AFTER_YEAR = re.compile(
    rf"[\w%]|{HYPHEN}[\w]|[:/.,][\w]|{SPACE}?{_any_of(_WORDS['units'])}(?![^\W_])|{SPACE}[0-9]{{2,3}}(?![0-9.:]|{SPACE}?{MONTH}|{SPACE}?{HYPHEN})"
)


class DatePoint(NamedTuple):
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


def match_point(text: str, start: int) -> DatePoint | None:
    """The date that is written at `start`, in the first form that fits; None where there is none."""
    for form in _FORMS:
        match = form.match(text, start)
        if match:
            parts = match.groupdict()
            year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
            return DatePoint(
                start=start,
                end=match.end(),
                year=int(year) if year else None,
                month=_number_of_month(month) if month else None,
                day=_number_of_day(day, month, year) if day else None,
                is_told="told" not in parts or bool(parts["told"] or year),
            )
    return None


def _number_of_day(word: str, month: str | None, year: str | None) -> int | None:
    """The day of a month; None for the last of a February whose year is unknown: it is told as the month."""
    if month is None or word.isdecimal():
        return int(word)
    if word == "första":
        return 1
    number = _number_of_month(month)
    return monthrange(int(year or 2001), number)[1] if year or number != 2 else None


def _number_of_month(word: str) -> int:
    return int(word) if word.isdecimal() else _MONTH_OF[word.rstrip(".")]


def ends_well(text: str, point: DatePoint) -> bool:
    """Whether nothing just after the date says that it is something else."""
    bad = _BAD_AFTER_YEAR if point.month is None else _BAD_AFTER
    return not bad.match(text, point.end)


def is_preceded_badly(before: str) -> bool:
    """Whether the text just before says that no date begins here."""
    return bool(_BAD_BEFORE.search(before))


def is_spoilt(point: DatePoint, before: str) -> bool:
    """Whether the words before make a bare year a quantity, or a bare month part of an impossible date."""
    if point.is_year:
        return bool(_BAD_BEFORE_YEAR.search(before)) and not _NUMBER_APART.search(before)
    return point.day is None and bool(_BAD_BEFORE_MONTH.search(before))
