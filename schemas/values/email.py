"""E-mail addresses, also those written to be hidden from robots: "namn(at)kommun.se"."""

import re
from functools import lru_cache
from urllib.parse import unquote

from email_validator import EmailNotValidError, validate_email

from schemas.values.whitespace import fold_spaces

# "@", " @ ", "(at)", " [at] ", "(a)", "{at}", "(snabel-a)", " snabel-a "; a bare word " at " is English prose and stays one.
_AT = re.compile(r"(?<=\S) @ (?=\S)|@|\ssnabel-?a\s|[(\[{<]\s?(?:at|a|@|snabel[- ]?a)\s?[)\]}>]\s?", re.IGNORECASE)
# Of what RFC 5322 allows only what people use, so that the path in "www.kommun.se/info@kommun.se" stays out.
_SPELLED = r"\s?[(\[{](?:punkt|dot|\.)[)\]}]\s?"  # "eva [punkt] ekdal"
_LOCAL_BEFORE = re.compile(rf"\w[\w.+-]{{0,63}}(?:(?<=\w){_SPELLED}\w[\w.+-]{{0,31}}){{0,3}}\Z", re.IGNORECASE)
_DOT = rf"(?:\.|{_SPELLED})"
# Labels joined by single dots and a top domain of letters. It must not match the masked "naturv...se".
_DOMAIN_AFTER = re.compile(
    rf"\w[\w-]{{0,62}}(?:{_DOT}\w[\w-]{{0,62}})*?{_DOT}(?:[^\W\d_]{{2,24}}|xn--[\w-]+)(?![\w-])(?!\.\w|@)", re.IGNORECASE
)
_SPELLED_DOT = re.compile(_SPELLED, re.IGNORECASE)
_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|css|js)\Z")  # "logo@2x.png"
# "fornamn.efternamn@vaxjo.se" tells how addresses are made; it is none.
_PATTERN = re.compile(r"(?:för|for)?namn[._]efternamn|(?:för|for)namn|firstname[._]lastname")
_WRAPPING = " \t<>()[]\"'.,;:"


def read_email(text: str) -> str | None:
    """The address that the text is, in lower case with a readable domain ("info@västkom.se"); None where it is none.

    A `mailto:` and its query are passed over; share links without an address and masked addresses give None.
    """
    text = fold_spaces(text)
    if text[:7].lower() == "mailto:":
        text = fold_spaces(unquote(text[7:].split("?")[0]))
    text = text.strip(_WRAPPING)
    found = find_emails(text)
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(text)) else None


def find_emails(text: str) -> list[tuple[int, int, str]]:
    """Every address in the text as (start, end, address)."""
    found: list[tuple[int, int, str]] = []
    for sign in _AT.finditer(text):
        end = sign.start() - 1 if sign[0] != "@" and text[: sign.start()].endswith(" ") else sign.start()
        before = _LOCAL_BEFORE.search(text, max(0, end - 64, found[-1][1] if found else 0), end)
        after = _DOMAIN_AFTER.match(text, sign.end())
        if before is None or after is None or (sign[0] == " @ " and "." not in before[0]):  # "Vi ses @ granvik.se"
            continue
        address = _normalise(f"{_SPELLED_DOT.sub('.', before[0])}@{_SPELLED_DOT.sub('.', after[0])}")
        if address:
            found.append((before.start(), after.end(), address))
    return found


@lru_cache(maxsize=4096)  # the footer's address stands on every page of a site
def _normalise(address: str) -> str | None:
    """The address in lower case, its domain in Unicode; None where it is a file name, a pattern or not valid by RFC 5322 and 5321."""
    address = address.lower()
    if _FILE.search(address) or _PATTERN.fullmatch(address.partition("@")[0]):
        return None
    try:
        return validate_email(address, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None
