"""Teasers: under a heading such as "Aktuellt", what stands in one item with a link tells of the page that the link leads to."""

from collections.abc import Iterator, Sequence

from parsers.page.chrome import is_teaser_heading
from parsers.page.document import Block, Element

ITEMS = ("article", "li")
LONGEST_DATE = 40
"""Characters: "tisdag 12 november 2026 kl. 10.00-11.30"."""
LONGEST_LEAD = 400
"""Characters: what is longer is an article of the page itself."""


def find_teasers(blocks: Sequence[Block], dropped: Sequence[bool]) -> Iterator[int]:
    """The places of the titles, leads and dates of teasers whose link is dropped already, or is the title, or stands with a date."""
    for heading in (index for index, block in enumerate(blocks) if block.kind == "heading" and is_teaser_heading(block.text)):
        around = set(blocks[heading].element.iterancestors())
        found = {place: find_item(blocks[place], around) for place in section_places(blocks, heading)}
        items = {place: place if item is None else item for place, item in found.items()}  # none in a table that lays the page out
        teasers = {item for place, item in items.items() if dropped[place] or is_linked_title(blocks[place])}
        yield from (place for place, item in items.items() if item in teasers and len(blocks[place].text) <= LONGEST_LEAD)


def is_linked_title(block: Block) -> bool:
    """Whether a block is a heading that is a link, or a link with little more than its date."""
    return block.is_all_links if block.kind == "heading" else 0 < block.linked >= len(block.text) - LONGEST_DATE


def find_item(block: Block, around: set[Element]) -> Element | None:
    """The list item or article that a block stands in, else the element around it, unless the heading stands in that, too."""
    inner = [element for element in (block.element, *block.element.iterancestors()) if element not in around]
    return next((element for element in inner if element.tag in ITEMS), inner[min(1, len(inner) - 1)] if inner else None)


def section_places(blocks: Sequence[Block], heading: int) -> Iterator[int]:
    """The places of the blocks under a heading."""
    for place in range(heading + 1, len(blocks)):
        block = blocks[place]
        if block.zone != blocks[heading].zone or (block.kind == "heading" and block.level <= blocks[heading].level):
            return
        yield place
