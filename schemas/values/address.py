"""Swedish postal addresses: "Västra Storgatan 15, 646 80 Gnesta", "Box 17, 151 89 Södertälje", "403 40 Göteborg"."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.values.whitespace import SPACE, fold_spaces

_WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("address_words.toml").read_text("utf-8"))
_TOWN_BEGINNING = "|".join(_WORDS["town_beginnings"] + [word.upper() for word in _WORDS["town_beginnings"]])
_NO_TOWN = rf"(?!(?:{'|'.join(_WORDS['no_towns'])})\b|{'|'.join(_WORDS['no_town_beginnings'])})"
_TOWN = rf"(?P<town>{_NO_TOWN}(?:(?:{_TOWN_BEGINNING}) )?[A-ZÅÄÖ]\w+(?:-\w+)*)"
_BREAK = rf"(?:{SPACE}|[\n\r])"
# "646 80 Gnesta", "621 81  Visby". It must not match within longer numbers: "500 000", "031-390 06 12".
_PLACE = re.compile(rf"[1-9](?<![\w.,/+].)(?:(?<!-.)|(?<=\bSE-.))[0-9]{{2}}{SPACE}{{0,2}}[0-9]{{2}},?{_BREAK}{{1,4}}{_TOWN}")
_NUMBER = rf"[1-9][0-9]{{0,3}}(?![0-9])(?:{SPACE}?[A-Za-z](?![\wåäö]))?(?:[-–][1-9][0-9]{{0,3}}{SPACE}?[A-Z]?(?!\w))?"
_BOX = rf"(?:Box|BOX|FE|Fack|Postbox){SPACE}[0-9]{{1,5}}(?:{SPACE}[0-9]{{2,3}}(?![0-9]))?"
_FLOOR = rf"(?:,{SPACE}?(?:(?:plan|våning|vån|hus|ingång|port)\.?{SPACE}\w{{1,8}}|[0-9]{{1,2}}{SPACE}?tr\.?))?"  # "Storgatan 1, plan 3"
_NO_NAME = r"(?!(?:ligger|finns|vid|på|är|hos|har|till|och)\b)"  # "Kommunhuset ligger vid Storgatan 1"
_NAME = rf"[A-ZÅÄÖ][\w.:'’-]*(?:{SPACE}{_NO_NAME}[\w][\w.:'’-]*(?<![0-9])){{0,3}}"
# "Rådhuset", "Wämö Center", "Regionens hus": a building with a name.
_BUILDING_END = rf"(?:{'|'.join(_WORDS['building_ends'])})|{SPACE}(?:{'|'.join(_WORDS['building_words'])})(?!\w)"
_BUILDING = rf"(?:[A-ZÅÄÖ]|(?:Gamla|Nya|Stora|Lilla){SPACE}[A-Za-zÅÄÖåäö])[\w-]*(?:{_BUILDING_END})"
_GLUE = rf"(?:{_BREAK}*[,;|•·]{_BREAK}*|{_BREAK}+)"
# "Nya Stadens torg", "Stora torget": a square without a number; the gate "torget" alone is a building.
_SQUARE = rf"[A-ZÅÄÖ][\w-]+(?:{SPACE}[A-ZÅÄÖ][\w-]+)?{SPACE}[Tt]org(?:et)?(?!\w)"
# "c/o Granviks kommun", "C/o Regionens hus": at whose address.
_CARE_OF = rf"[Cc]/[Oo]{SPACE}[^\s,;|•·\n][^,;|•·\n]{{1,60}}?"
# What may end just before a postal code: any name with a number, a box, a square, or a building without one ("Rådhuset, 374 81 Karlshamn").
_BEFORE_PLACE = re.compile(
    rf"(?<![\w-])(?P<street>(?:{_CARE_OF}{_GLUE})?(?:{_BUILDING}{_GLUE}(?=\S))?(?:{_BOX}|{_NAME}{SPACE}{_NUMBER}{_FLOOR}|{_SQUARE})|{_BUILDING}|{_CARE_OF})"
    rf"(?:{_BREAK}*[,;|•·]{_BREAK}*|{SPACE}?[–-]{SPACE}|{_BREAK}+)?(?:SE?[- ])?\Z"
)
_BUILDING_BEFORE = re.compile(rf"(?<![\w-]){_BUILDING}(?:,{SPACE}?|{SPACE}?\n)\Z")  # "Nya rådhuset, " before "Österportstorg 2"
# The offices in Brussels: "Place du Champ de Mars 2, 1050 Brussels, Belgium", "Rue du Luxembourg 3, B-1000 Bryssel".
_BRUSSELS = re.compile(rf"(?<!\w)(?:BE?-)?1[0-9]{{3}}{SPACE}(?:Brussels|Bryssel|Bruxelles)(?:,{_BREAK}(?:Belgium|Belgien|Belgique)(?!\w))?")
_BEFORE_BRUSSELS = re.compile(rf"(?<![\w-])(?P<street>{_NAME}(?:{SPACE}[A-Z][\w'’-]+){{0,2}}{SPACE}{_NUMBER}),?{_BREAK}{{1,3}}\Z")
_WINDOW = 80
_STREET_ENDS = tuple(_WORDS["street_ends"])
_HOUSE_NUMBER = re.compile(rf"{SPACE}({_NUMBER}{_FLOOR})")
_STREET_BEFORE = re.compile(rf"(?<![\w-]){_NAME}\Z")
_BOX_ALONE = re.compile(rf"{_BOX}(?![0-9])")
_TOWN_AFTER = re.compile(rf"(?:,{SPACE}?|{SPACE}?[\n\r]+){_TOWN}(?={SPACE}*(?:[\n\r.,;]|\Z))")
_LEADING_LABEL = re.compile(
    r"(?:(?:Besöks|Post|Leverans|Faktura|Gatu)?adress|Besök|Postadress och besöksadress|"
    r"(?:(?:Visiting|Postal|Street|Mailing|Invoice|Billing) )?address)\b:?\s*",
    re.IGNORECASE,
)
_COUNTRY = re.compile(r"\bSE?[- ](?=[1-9][0-9]{2} ?[0-9]{2}\b)")  # "SE-403 40 Göteborg"
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
    joined = ", ".join(line for line in lines if line)
    joined = _COUNTRY.sub("", joined[_skip_label(joined, 0) :])
    found = find_addresses(joined)
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(joined)) else None


def find_addresses(text: str) -> list[tuple[int, int, Address]]:
    """Every address in the text as (start, end, Address), in order and apart: those with a postal code, and streets and boxes without."""
    found: list[tuple[int, int, Address]] = []
    for abroad in _BRUSSELS.finditer(text) if "Br" in text else ():
        window = max(0, abroad.start() - _WINDOW)
        if street := _BEFORE_BRUSSELS.search(text[window : abroad.start()]):
            found.append((window + street.start(), abroad.end(), Address(fold_spaces(street["street"]), None, _fold_lines(abroad[0]))))
    for place in _PLACE.finditer(text):
        address = _complete(text, place, after=found[-1][1] if found and found[-1][1] <= place.start() else 0)
        if address:
            found.append(address)
    taken = bytearray(len(text))
    for start, end, _ in found:
        taken[start:end] = b"x" * (end - start)
    for start, end in (*_find_streets(text), *_find_boxes(text)):
        if not any(taken[start:end]):
            found.append(_without_code(text, start, end))
            taken[start : found[-1][1]] = b"x" * (found[-1][1] - start)
    return sorted(found, key=lambda item: item[0])


def _complete(text: str, place: re.Match[str], after: int) -> tuple[int, int, Address] | None:
    """The address around a postal code and town; None for the end of a longer number ("08-508 290 00 Stockholm")."""
    code, town = read_postal_code(place[0][: place.start("town") - place.start()].rstrip(", \n\r")), fold_spaces(place["town"])
    window = max(after, place.start() - _WINDOW)
    before = _BEFORE_PLACE.search(text[window : place.start()])
    if before is None:
        is_rest_of_number = re.search(rf"[0-9]{SPACE}\Z", text[window : place.start()])
        return None if is_rest_of_number else (place.start(), place.end(), Address(None, code, town))
    start = _skip_label(text, window + before.start())
    return start, place.end(), Address(_fold_lines(text[start : window + before.end("street")]), code, town)


def _fold_lines(text: str) -> str:
    """Several lines as one, joined by commas: "c/o Granviks kommun, Storgatan 1"."""
    return fold_spaces(re.sub(rf"{SPACE}*[,;|•·\n\r]+[\s]*", ", ", text))


def _find_streets(text: str) -> Iterator[tuple[int, int]]:
    for number in _HOUSE_NUMBER.finditer(text):
        if text.endswith(_STREET_ENDS, max(0, number.start() - 12), number.start()):
            window = max(0, number.start() - _WINDOW)
            name = _STREET_BEFORE.search(text[window : number.start()])
            if name:
                building = _BUILDING_BEFORE.search(text[window : window + name.start()])
                yield _skip_label(text, window + (building or name).start()), number.end()


def _find_boxes(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _BOX_ALONE.finditer(text) if not text[max(0, match.start() - 1) : match.start()].isalnum())


def _without_code(text: str, start: int, end: int) -> tuple[int, int, Address]:
    """A street or box without postal code, with the town after it where one follows: "Almungevägen 33, Uppsala"."""
    town = _TOWN_AFTER.match(text, end)
    return start, town.end() if town else end, Address(_fold_lines(text[start:end]), None, fold_spaces(town["town"]) if town else None)


def _skip_label(text: str, start: int) -> int:
    """Past "Besöksadress" where the street begins with it."""
    label = _LEADING_LABEL.match(text, start)
    return label.end() if label else start
