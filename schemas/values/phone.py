"""Swedish telephone numbers, read to E.164 ("+46313355188")."""

import re
from functools import lru_cache
from urllib.parse import unquote

import phonenumbers

from schemas.values.whitespace import DASH, SPACE, fold_spaces

# Between two digits: "08 - 508", "090- 16", "0155-24 50 00", "070  17"; never a line break, comma or full stop.
_GAP = rf"(?:{SPACE}{{0,2}}{DASH}{SPACE}{{0,2}}|{SPACE}{{1,2}})"
# A number starts with 0, +46 or 0046 ("+46 (0)31", "(08) 508", "08/508"): that keeps out 202100-2361, 403 40, 2023-05-03 and bankgiro
# 5051-1234. A word may end right before an area code with its hyphen (`<span>Samordnare</span><span>0980-319 261</span>`). After it no
# further digit, unless another number begins ("090-16 10 00 0155-24 50 00", "08-465 004 21 / 08-465 004 22").
_NUMBER = re.compile(
    rf"(?:(?<![\w+])|(?<=[a-zåäö])(?=0[0-9]{{1,3}}-))(?<![0-9][-.,:/\u2013])"
    rf"(?P<prefix>(?:\+{SPACE}?46|\(\+46\)|0046){_GAP}?(?:\(0\){_GAP}?|0{_GAP}?(?=[1-9]))?|\(?0(?=[1-9]))"
    rf"(?P<digits>[1-9][0-9]{{0,2}}\)?/?(?:{_GAP}?[0-9]){{5,8}})"
    rf"(?![0-9]|{_GAP}(?!0[1-9])[0-9]|[.,:][0-9])"
)
_AREA_CODE = re.compile(rf"\(?0[0-9]{{1,3}}\)?{SPACE}?{DASH}")
_START = re.compile(r"\(?0|\(?\+")
# "ankn 12", "anknytning: 1234", "ext. 12": an extension is no part of the number, and phonenumbers would swallow it.
_EXTENSION = re.compile(r"[,;]?\s*(?:\(?\s*)(?:ankn(?:ytning)?|anslutning|ext(?:ension)?)\b[.:=]?\s*[0-9]{1,5}\s*\)?", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:tel(?:efon)?(?:nummer|nr)?|tfn|tele|phone|mobil(?:telefon|nummer|nr)?|växel(?:n)?|direkt(?:nummer|nr)?|kontaktcenter|ring)\b[.:]*\s*",
    re.IGNORECASE,
)
_SWEDEN_WITHOUT_PLUS = re.compile(r"^46(?=[1-9][0-9]{7,8}$)")  # "tel:46313900612"
_REMARK = re.compile(r"\s*(?:\([^0-9()]{1,30}\)|[.,;])\Z")  # "010-516 25 00 (växel)"
# "03-05-2023", "08-12 13-16": a date, opening hours; a dash far into the number, "010203-1234": a person's number.
_DATE_OR_HOURS = re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{2,4}|[0-9]{2}-[0-9]{2} [0-9]{2}-[0-9]{2}|[0-9]{5,}-[0-9]+")


def read_phone(text: str) -> str | None:
    """The one number that the text is, as E.164; None where it is none, several, foreign or impossible.

    A `tel:` link, a label ("Tfn:"), an extension and a remark in parentheses beside the number are passed over.
    """
    text = fold_spaces(text)
    if text[:4].lower() == "tel:":
        text = _SWEDEN_WITHOUT_PLUS.sub("+46", fold_spaces(re.split("[;,]", unquote(text[4:]))[0]).removeprefix("//"))
    text = _REMARK.sub("", _EXTENSION.sub("", _LABEL.sub("", text))).strip()
    found = find_phones(text)
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(text)) else None


def find_phones(text: str) -> list[tuple[int, int, str]]:
    """Every Swedish number in the text as (start, end, E.164). Whether it is a fax is for the caller to tell from the words before it."""
    found: list[tuple[int, int, str]] = []
    for begin in _START.finditer(text):  # many times faster than to search for the whole expression
        start = begin.start()
        if found and start < found[-1][1]:
            continue
        match = _NUMBER.match(text, start)
        number = _form_e164(match) if match and not _continues_number(text, start, found) else None
        if match and number:
            found.append((start, match.end(), number))
    return found


def _continues_number(text: str, start: int, found: list[tuple[int, int, str]]) -> bool:
    """Whether digits and a space stand before, as in the account "5000 0000 0583".

    Not where those are a number found, nor where a hyphen marks the area code ("Storgatan 12 031-390 06 12").
    """
    before = text[max(0, start - 2) : start]
    is_after_digits = len(before) == 2 and before[0].isdecimal() and before[1].isspace()
    return is_after_digits and not (found and start - found[-1][1] <= 2) and not _AREA_CODE.match(text, start)


def _form_e164(match: re.Match[str]) -> str | None:
    spelled = re.sub(DASH, "-", match[0])
    if "46" not in match["prefix"] and _DATE_OR_HOURS.fullmatch(re.sub(rf"{SPACE}+", " ", spelled)):
        return None
    number = "+46" + re.sub(r"[^0-9]", "", match["digits"])
    return number if _is_assigned(number) else None


@lru_cache(maxsize=4096)  # the switchboard stands on every page of a site
def _is_assigned(number: str) -> bool:
    """Whether the Swedish numbering plan has such a number (PTS's ranges for fiction included)."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
