"""Towns abroad that a page names as partners or as fellows of a network; they have a part in bodies, as municipalities do."""

import re
from collections import Counter
from collections.abc import Iterator

from parsers.names.body_patterns import BodyName
from parsers.names.countries import COUNTRY, WORDS
from parsers.names.near import Near, Scan
from parsers.page.document import Block, Document

UP = "[A-ZÅÄÖÆØÉŁŠŽÜ]"
TOWN = rf"{UP}[\w’'-]+(?:[ -](?:am|an der|la|le|de|sur|upon|{UP}[\w’'-]+)){{0,3}}"
# A page, or a section of one, that speaks of such towns.
TWINNED = re.compile(
    r"\b(?:vän(?:ort|stad|kommun|städ)|syster(?:stad|städ)|partnerst[aä]d|twin(?:ned)? (?:town|cit)|(?:sister|partner) cit)", re.I
)
# Of which each holds one.
TWIN_STEMS = ("vänort", "vänstad", "vänkommun", "vänstäd", "systers", "partnerst", "twin", "sister", "partner cit")
# "Tønder i Danmark", "Porvoo, Finland", "Eidsberg (Norge)", "Rakvere – Estland"
WITH_COUNTRY = re.compile(rf"(?<![\w-])({TOWN})(?:(?: kommun)?(?: i |, | in )|\s\(|\s[–-]\s)(?:{COUNTRY})\b")
# "tyska Rostock", "Danska Helsingör": two of them in a block at least, or the page may speak of a person or a firm
WITH_ADJECTIVE = Near(
    re.compile(rf"\b(?i:{'|'.join(WORDS['adjectives'])}) ({UP}[\wåäöæøéüłąę’'-]+)(?=,| och | samt | bildade| är | i |[.;])"),
    tuple(f"{adjective} " for adjective in WORDS["adjectives"]),
    16,
    40,
)


# Places that a section of twin towns names for another reason: whence guests came, what was a twin town once, who reigns there.
OTHERWISE = re.compile(
    r"\b(?:flykting\w*|turist\w*|föreläs\w+|artist\w*|resa|resor|född|tidigare|sades upp"
    r"|avslutade?s|saknar|upphörde|kungen|drottningen|presidenten|ambassad\w*)\b",
    re.I,
)


def is_otherwise_told(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a town says something else of it than that it is a twin."""
    stop = text.find(". ", end)
    return OTHERWISE.search(text, text.rfind(". ", 0, start) + 1, stop if stop >= 0 else len(text)) is not None


# "samt Torneå, Kemi och Uleåborg på finska sidan"
ACROSS = re.compile(
    rf"((?:{UP}[\wåäöæøéü-]+(?:, | och | and )){{0,4}}{UP}[\wåäöæøéü-]+) (?:på den |på |on the )(?:norska|finska|danska|svenska"
    rf"|Norwegian|Finnish|Danish) (?:sidan|side)\b"
)


def find_foreign_towns(document: Document, scan: Scan) -> Iterator[BodyName]:
    """The towns that a page names beside others, or as twin towns."""
    for block in find_twin_blocks(document):
        if block.cell and is_before_country(document, block):
            yield BodyName(block.text, "other", "twin_town", 0.85)
        told = (town for town in WITH_COUNTRY.finditer(block.text) if not is_otherwise_told(block.text, town.start(), town.end()))
        towns = (re.sub(r"^(?:Vänort|Vänkommun)en ", "", town[1]) for town in told)
        yield from (BodyName(town, "other", "twin_town", 0.85) for town in towns)
    if " sid" in document.text:
        for across in ACROSS.finditer(document.text):
            yield from (BodyName(town, "other", "foreign_town", 0.75) for town in re.split(r", | och | and ", across[1]))
    named = Counter[int]()
    found = []
    for hit in scan.find(WITH_ADJECTIVE):
        if covering := document.block_at(hit.start()):
            named[covering.index] += 1
            found.append((covering.index, hit[1]))
    yield from (BodyName(town, "other", "foreign_town", 0.75) for index, town in found if named[index] > 1)


def is_before_country(document: Document, cell: Block) -> bool:
    """Whether the next cell of a table's row is a country's name."""
    following = document.blocks[cell.index + 1] if cell.index + 1 < len(document.blocks) else None
    is_beside = following is not None and following.cell is not None and cell.cell is not None and following.cell[0] == cell.cell[0]
    return is_beside and following is not None and re.fullmatch(COUNTRY, following.text) is not None and len(cell.text.split()) < 4


def find_twin_blocks(document: Document) -> Iterator[Block]:
    """The blocks of the content that speak of twin towns, or stand in a section or under a lead-in that does."""
    if not any(stem in document.lower_text for stem in TWIN_STEMS):
        return
    twinned: set[int] = set()
    for block in document.blocks:
        leads = (block.section, block.head) if block.kind != "paragraph" else (block.section,)
        if block.zone == "content" and (TWINNED.search(block.text) or twinned.intersection(leads)):
            if block.kind == "heading":
                twinned.add(block.index)
            elif block.section >= 0 and TWINNED.search(block.text):
                twinned.add(block.section)
            yield block
