"""Where contacts stand and where seats are listed: the headings that announce them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from parsers.contacts.parts import WORDS, Part
from parsers.page.document import Block, Document
from schemas.facts import Issue

HEADINGS = WORDS["headings"]
BOARDS = frozenset(HEADINGS["boards"])
_CONTACT = re.compile(
    rf"(?:{'|'.join(map(re.escape, HEADINGS['contact']))})(?:person(?:er)?(?:na)?|uppgifter|information|a)?(?!\w)(?!\s+och\s+svar)", re.I
)
_OFFICE = re.compile(rf"(?:.*\s)?(?:{'|'.join(map(re.escape, HEADINGS['office']))})", re.I)
_BARE_CONTACT = re.compile(r"kontakt(?:a oss|uppgifter|person(?:er)?|information)?:?", re.I)

# Labels of addresses; the nearest above one says what it is for.
_INVOICE = re.compile(r"(?P<invoice>faktur|invoic|billing)|besök|\bpost(?!n)|leverans|visit|gatuadress", re.I)


@lru_cache(maxsize=4096)
def is_contact_heading(text: str) -> bool:
    """Whether a heading announces whom to reach ("Kontaktpersoner på ...", "Har du frågor?")."""
    return len(text) < 90 and _CONTACT.match(text.strip()) is not None


@lru_cache(maxsize=4096)
def is_office_heading(text: str) -> bool:
    """Whether a heading announces who holds seats ("Styrelsens ledamöter", "Medlemmar i arbetsgruppen")."""
    return len(text) < 90 and _OFFICE.match(text.strip()) is not None


def is_in_contact(document: Document, block: Block) -> bool:
    """Whether a block stands in the foot or under a heading that announces contacts."""
    return block.zone == "footer" or any(is_contact_heading(heading.text) for heading in document.headings_above(block))


def is_in_office(document: Document, block: Block) -> bool:
    """Whether a block stands under a heading that announces seats."""
    heading = document.heading_of(block)
    return heading is not None and is_office_heading(heading.text)


def is_board_heading(text: str) -> bool:
    """Whether a heading is the name of a board alone ("Direktionen"): who is listed under it is a member."""
    return text.strip(" :").casefold() in BOARDS


def is_in_board(document: Document, block: Block) -> bool:
    """Whether a block stands under the name of a board alone."""
    return any(is_board_heading(heading.text) for heading in document.headings_above(block))


def is_for_invoices(document: Document, part: Part, block: Block) -> bool:
    """Whether the nearest label above an address, or the heading, says that it is for invoices: nobody is reached there."""
    heading = document.heading_of(block)
    start = max(part.start - 100, heading.end if heading else 0)
    labels = [*_INVOICE.finditer(document.text, start, part.start)] or (_INVOICE.findall(heading.text) if heading else [])
    return bool(labels) and bool(labels[-1]["invoice"] if isinstance(labels[-1], re.Match) else labels[-1])


def find_empty_sections(document: Document) -> Iterator[Issue]:
    """An issue for every heading "Kontakt" with nothing under it: the page fills it by script, or its editor forgot it."""
    for index, block in enumerate(document.blocks):
        if block.kind != "heading" or not _BARE_CONTACT.fullmatch(block.text.strip()):
            continue
        if index + 1 == len(document.blocks) or document.blocks[index + 1].section != index:
            message = f'Nothing stands under the heading "{block.text}"'
            yield Issue("contact_section_empty", message, "info", "contacts", None, block.text)
