"""Swedish postal addresses: "Västra Storgatan 15, 646 80 Gnesta", "Box 17, 151 89 Södertälje", "403 40 Göteborg"."""

import re
from dataclasses import dataclass

from schemas.values.whitespace import SPACE, fold_spaces

# Towns whose name is two words begin with one of these: "Lilla Edet", "Västra Frölunda", "Upplands Väsby". Any other second word is not the town's.
_FIRST_WORDS = (
    "Lilla|Stora|Nya|Gamla|Norra|Södra|Östra|Västra|Övre|Nedre|Upplands|Hisings|Skånes|Dals|Saltsjö|Sankt|S:t|St|Bjärka|Ljusterö|Österåkers"
)
_TOWN = rf"(?:(?:{_FIRST_WORDS}|{_FIRST_WORDS.upper()}) )?[A-ZÅÄÖ][\wéü]+(?:-[A-ZÅÄÖ]?[\wéü]+)*"
# Words that stand where a town would, but are the next label: "403 40 Göteborg Telefon", "Storgatan 13, Telefon".
_LABELS = (
    r"Tel\w*|Tfn|Fax|Växel\w*|Mobil\w*|E|Epost|E-?post\w*|Mejl|Mail|Org\w*|Besök\w*|Post\w*|Leverans\w*|Faktura\w*|Box|Öppet\w*|Öppettider|"
    r"Karta|Hitta\w*|Kontakt\w*|Webb\w*|Adress\w*|Plan|Hus|Våning\w*|Sverige|Sweden|Bankgiro|Plusgiro|Postgiro|Måndag\w*|Reception\w*"
)
_GAP = rf"(?:{SPACE}|\n|\r)"
# "646 80 Gnesta", "621 81  Visby", "SE-403 40 Göteborg". It must not match within longer numbers: "500 000", "031-390 06 12".
_PLACE = re.compile(
    rf"(?<![\w.,/+-])(?:SE?[- ])?(?P<code>[1-9][0-9]{{2}}{SPACE}{{0,2}}[0-9]{{2}}),?{_GAP}{{1,4}}(?P<town>(?!(?:{_LABELS})\b){_TOWN})"
)
_NUMBER = rf"[1-9][0-9]{{0,3}}(?:{SPACE}?[A-Za-z](?![\wåäö]))?(?:[-–][1-9][0-9]{{0,3}}{SPACE}?[A-Z]?(?![\w]))?"
_BOX = rf"(?:Box|FE|Fack|Postbox|BOX){SPACE}[0-9]{{1,5}}(?:{SPACE}[0-9]{{2,3}}(?![0-9]))?"
_WORD = r"[A-ZÅÄÖa-zåäöéü][\wéü.:'’-]*"
_STREET_END = (
    r"(?:gatan|gata|vägen|väg|torget|torg|plan|planen|plats|platsen|allén|allé|gränd|gränden|stigen|stig|backen|backe|"
    r"esplanaden|kajen|leden|led|promenaden|parken|stranden|strand|gården|gård|kroken|ringen|bron|hamnen|holmen|området|liden|kullen|rondellen|udde)"
)
_FLOOR = (
    rf"(?:,{SPACE}?(?:(?:plan|våning|vån|hus|ingång|port)\.?{SPACE}[\wåäö]{{1,8}}|[0-9]{{1,2}}{SPACE}?tr\.?))?"  # "Storgatan 1, plan 3"
)
_STREET = re.compile(rf"(?<![\w-])[A-ZÅÄÖ](?:[\wéü.:'’-]*{SPACE}{_WORD}){{0,3}}?[\wéü.:'’-]*{_STREET_END}{SPACE}{_NUMBER}{_FLOOR}")
# Before a postal code the street may have any name and stand without a number: "Rådhuset, 374 81 Karlshamn", "Kyrkbyn 12".
_BEFORE_PLACE = re.compile(
    rf"(?<![\w-])(?P<street>{_BOX}|[A-ZÅÄÖ][\wéü.:'’-]*(?:{SPACE}{_WORD}){{0,3}}{SPACE}{_NUMBER}{_FLOOR}|"
    rf"[A-ZÅÄÖ][\wéü-]*(?:huset|gården|slottet|torget|palatset))(?:{SPACE}?[,;|•·]{SPACE}*|{SPACE}?[–-]{SPACE}|{SPACE}*[\n\r]+{SPACE}*|{SPACE}+)(?:SE?-)?$"
)
_BOX_ALONE = re.compile(rf"(?<![\w-]){_BOX}")
_TOWN_AFTER = re.compile(rf"(?:,{SPACE}?|{SPACE}?[\n\r]+)(?P<town>(?!(?:{_LABELS})\b){_TOWN})(?={SPACE}*(?:[\n\r.,;]|$))")
_LEADING_LABEL = re.compile(r"(?:(?:Besöks|Post|Leverans|Faktura|Gatu)?adress|Besök|Postadress och besöksadress)\b:?\s*", re.IGNORECASE)
_CODE = re.compile(r"(?:SE?[- ])?([1-9][0-9]{2}) ?([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Address:
    """A postal or visiting address; a part that the text does not state is None, never all three."""

    street_address: str | None = None
    """ "Västra Storgatan 15", "Box 17", "Rådhuset"."""
    postal_code: str | None = None
    """ "646 80"."""
    locality: str | None = None
    """The postal town, as written: "Gnesta"."""

    def __str__(self) -> str:
        """On one line, as it reads back: "Västra Storgatan 15, 646 80 Gnesta"."""
        place = " ".join(part for part in (self.postal_code, self.locality) if part)
        return ", ".join(part for part in (self.street_address, place) if part)


def read_postal_code(text: str) -> str | None:
    """The code as "403 40"; None for any other text."""
    match = _CODE.fullmatch(fold_spaces(text))
    return f"{match[1]} {match[2]}" if match else None


def read_address(text: str) -> Address | None:
    """The one address that the text is, on one line or several, with or without a label before it; None where it is none."""
    lines = (fold_spaces(line).strip(" ,;") for line in text.splitlines())
    joined = _LEADING_LABEL.sub("", ", ".join(line for line in lines if line), count=1)
    found = find_addresses(joined)
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(joined)) else None


def find_addresses(text: str) -> list[tuple[int, int, Address]]:
    """Every address in the text as (start, end, Address), in order and apart: those with a postal code, and streets and boxes without."""
    found = [address for place in _PLACE.finditer(text) if (address := _complete(text, place))]
    for match in (*_STREET.finditer(text), *_BOX_ALONE.finditer(text)):
        if all(match.end() <= start or end <= match.start() for start, end, _ in found):
            found.append(_without_code(text, match))
    return sorted(found, key=lambda item: item[0])


def _complete(text: str, place: re.Match[str]) -> tuple[int, int, Address] | None:
    """The address around a postal code and town, with the street before it; None for the end of a longer number ("08-508 290 00 Stockholm")."""
    code = read_postal_code(place["code"])
    window = max(0, place.start() - 80)
    before = _BEFORE_PLACE.search(text[window : place.start()])
    if before is None and re.search(rf"[0-9]{SPACE}$", text[window : place.start()]):
        return None
    if before is None:
        return place.start(), place.end(), Address(None, code, fold_spaces(place["town"]))
    label = _LEADING_LABEL.match(before["street"])
    start = before.start() + (label.end() if label else 0)
    street = fold_spaces(text[window + start : window + before.end("street")])
    return window + start, place.end(), Address(street, code, fold_spaces(place["town"]))


def _without_code(text: str, match: re.Match[str]) -> tuple[int, int, Address]:
    """A street or box without postal code, with the town after it where one follows: "Almungevägen 33, Uppsala"."""
    label = _LEADING_LABEL.match(match[0])
    start = match.start() + (label.end() if label else 0)
    town = _TOWN_AFTER.match(text, match.end())
    street = fold_spaces(text[start : match.end()])
    return start, town.end() if town else match.end(), Address(street, None, fold_spaces(town["town"]) if town else None)
