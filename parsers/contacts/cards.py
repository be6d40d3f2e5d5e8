"""Contact cards that the markup itself marks: hCard, microdata, and the cards of the known platforms. BeautifulSoup reads inside a card."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from lxml import etree

from parsers.page.document import Document, Element, Region, clean_text

# The container of one contact: hCard; "contact-card", "contact-card-data", "c-card--contact", "page-contact", "kontaktkort", "c-person".
_CARD = re.compile(
    r"(?:^|\s)(?:(?:[\w-]*-)?(?:contact-?card|kontaktkort|contact-person|kontaktperson)(?:-data|-item)?|c-card--contact|page-contact|c-person|"
    r"person-card|personkort)(?=\s|$)",
    re.IGNORECASE,
)
# Containers by general words, one contact each where one name is marked in them: "staff-card", "lst-contact__person", "medarbetare".
_PERSONAL = re.compile(
    r"(?:^|[\s_-])(?:person|staff|employee|medarbetare|team-?member|co-?worker|kontakt|contact|profile?)(?=[\s_-]|$)", re.IGNORECASE
)
_HCARD = re.compile(r"(?:^|\s)(?:vcard|h-card)(?=\s|$)", re.I)
_ITEM = re.compile(r"schema\.org/(?:Person|\w*Organization|GovernmentOffice|LocalBusiness|ContactPoint|CivicStructure)\b", re.I)
# What a part of a card is, by its microdata property or the last word of its class ("contact-card__title", "page-contact__role", "fn").
_PROPERTIES = {"name": "person", "jobTitle": "role", "department": "unit", "faxNumber": "other"}
_CLASS_WORDS = {
    "name": "person",
    "fn": "person",
    "title": "role",
    "role": "role",
    "jobtitle": "role",
    "job": "role",
    "position": "role",
    "unit": "unit",
    "department": "unit",
    "fax": "other",
    "namn": "person",
    "titel": "role",
    "yrkestitel": "role",
    "befattning": "role",
    "roll": "role",
    "enhet": "unit",
    "avdelning": "unit",
}
_LAST_WORD = re.compile(r"[a-z]+$")
_HEADING = re.compile(r"h[1-6]")


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
    marked = list(document.find_regions(mark_of_element))
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


def mark_of_element(element: Element) -> str | None:
    """By what an element is marked as a contact: vcard | microdata | contact_card; None where it is not."""
    classes, item_type = element.get("class"), element.get("itemtype")
    mark = mark_of_words(classes or "", item_type or "") if classes or item_type else None
    return mark if mark != "personal" else "contact_card" if marks_one_name(element) else None


@lru_cache(maxsize=4096)  # the pages of a site share their classes
def mark_of_words(classes: str, item_type: str) -> str | None:
    """The same by the words of class and itemtype; "personal" where it depends on what is in it."""
    if _HCARD.search(classes):
        return "vcard"
    if _ITEM.search(item_type):
        return "microdata"
    if _CARD.search(classes):
        return "contact_card"
    return "personal" if _PERSONAL.search(classes) else None


def marks_one_name(element: Element) -> bool:
    """Whether the classes in a container mark one name, and its role."""
    kinds = [kind for inner in element.iterdescendants() if (kind := kind_of_classes(inner.get("class") or "", inner.tag))]
    return kinds.count("person") == 1 and "role" in kinds


def read_card(document: Document, region: Region, method: str) -> Card:
    """A card with what its markup says of its parts."""
    soup = BeautifulSoup(etree.tostring(region.element, encoding="unicode", with_tail=False), "lxml", multi_valued_attributes=None)
    card = Card(region.start, region.end, method)
    text = document.text[region.start : region.end]
    for node in soup.find_all(True):
        if (kind := kind_of_node(node)) and (place := locate(own_text(node), text)):
            card.hints.append((region.start + place[0], region.start + place[1], kind))
    return card


def kind_of_node(node: Tag) -> str | None:
    """What a tag of a card holds: person | role | unit | other (a fax number); None where its markup does not say.

    A heading with "title" in its class is the name: `h3.page-contact__title > small.page-contact__role`.
    """
    if kind := _PROPERTIES.get(str(node.get("itemprop"))):
        return kind
    if kind := kind_of_classes(str(node.get("class") or ""), node.name):
        return kind
    if node.get("class") == "tel" and (type_ := node.find(class_="type")) and "fax" in type_.get_text().casefold():
        return "other"
    return None


def kind_of_classes(classes: str, tag: str) -> str | None:
    """What a tag holds by the last word of one of its classes."""
    for name in classes.casefold().split():
        word = _LAST_WORD.search(name)
        if word and (kind := _CLASS_WORDS.get(word[0])):
            return "person" if kind == "role" and _HEADING.fullmatch(tag) else kind
    return None


def own_text(node: Tag) -> str:
    """The text that stands in a tag itself; all of its text where that is none."""
    own = clean_text(" ".join(str(string) for string in node.find_all(string=True, recursive=False)))
    return own or clean_text(node.get_text(" "))


def locate(words: str, text: str) -> tuple[int, int] | None:
    """Where words first stand in a text, white space aside; None where they do not."""
    match = re.search(r"\s+".join(map(re.escape, words.split())), text) if words else None
    return match.span() if match else None
