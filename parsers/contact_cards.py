"""Contact cards that the markup itself marks: hCard, microdata, and the cards of the known platforms. BeautifulSoup reads inside a card."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from lxml import etree

from parsers.document import Document, Element, Region, clean_text

# The container of one contact: hCard; "contact-card", "contact-card-data", "c-card--contact", "page-contact", "kontaktkort", "c-person".
_CARD = re.compile(
    r"(?:^|\s)(?:(?:[\w-]*-)?(?:contact-?card|kontaktkort|contact-person|kontaktperson)(?:-data|-item)?|c-card--contact|page-contact|c-person|"
    r"person-card|personkort)(?=\s|$)",
    re.IGNORECASE,
)
_HCARD = re.compile(r"(?:^|\s)(?:vcard|h-card)(?=\s|$)", re.I)
_ITEM = re.compile(r"schema\.org/(?:Person|\w*Organization|GovernmentOffice|LocalBusiness|ContactPoint|CivicStructure)\b", re.I)
# What a part of a card is, by property or by the last word of its class.
_SELECTORS = {
    "person": (".fn:not(.org)", ".p-name", "[itemprop=name]", "[class*=__name]", "[class*=-name]", "[class*=__title]:has([class*=__role])"),
    "role": (
        ".title", ".role", ".p-job-title", "[itemprop=jobTitle]", "[class*=__role]", "[class*=-role]",
        "[class*=card__title]", "[class*=card-title]", "[class*=person__title]", "[class*=jobtitle]",
    ),
    "unit": (".organization-unit", "[itemprop=department]", "[class*=__unit]", "[class*=-unit]", "[class*=department]"),
    "other": ("[itemprop=faxNumber]", ".fax", "[class*=-fax]", ".tel:has(.type:-soup-contains(fax))"),
}  # fmt: skip


@dataclass(slots=True)
class Card:
    """A marked contact: its span of the text, and what its parts are as (start, end, kind)."""

    start: int
    end: int
    method: str
    """contact_card | vcard | microdata"""
    hints: list[tuple[int, int, str]] = field(default_factory=list)


def find_cards(document: Document) -> list[Card]:
    """The innermost marked contacts of a page, in order."""
    marked = [(region, method) for region in document.regions if (method := mark_of(region.element))]
    return [
        read_card(document, region, method)
        for region, method in marked
        if not any(
            other is not region and region.start <= other.start and other.end <= region.end and is_inside(other.element, region.element)
            for other, _ in marked
        )
    ]


def is_inside(element: Element, container: Element) -> bool:
    """Whether an element stands somewhere in another."""
    return any(ancestor is container for ancestor in element.iterancestors())


def mark_of(element: Element) -> str | None:
    """By what an element is marked as a contact: vcard | microdata | contact_card; None where it is not."""
    classes = element.get("class") or ""
    if _HCARD.search(classes):
        return "vcard"
    if _ITEM.search(element.get("itemtype") or ""):
        return "microdata"
    return "contact_card" if _CARD.search(classes) else None


def read_card(document: Document, region: Region, method: str) -> Card:
    """A card with what its markup says of its parts."""
    markup = etree.tostring(region.element, encoding="unicode", with_tail=False)
    soup = BeautifulSoup(markup, "lxml")
    card = Card(region.start, region.end, method)
    text = document.text[region.start : region.end]
    for kind, selectors in _SELECTORS.items():
        for node in soup.select(", ".join(selectors)):
            for start, end in locate(own_text(node), text):
                card.hints.append((region.start + start, region.start + end, kind))
                break
    return card


def own_text(node: Tag) -> str:
    """The text that stands in a tag itself; all of its text where that is none."""
    own = clean_text(" ".join(str(string) for string in node.find_all(string=True, recursive=False)))
    return own or clean_text(node.get_text(" "))


def locate(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, white space aside."""
    if words:
        pattern = r"\s+".join(map(re.escape, words.split()))
        yield from (match.span() for match in re.finditer(pattern, text))
