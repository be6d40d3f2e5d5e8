"""Whom to reach at a page's organisations, who holds their offices, and who is quoted: every contact once, with the words that state it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from parsers.contacts.assembly import Assembly
from parsers.contacts.cards import find_cards
from parsers.contacts.data import find_data_drafts, find_property_drafts
from parsers.contacts.drafts import Draft
from parsers.contacts.lines import read_lines
from parsers.contacts.merging import is_same_contact, merge_drafts
from parsers.contacts.owners import NamedBodies, assign_organisation
from parsers.contacts.parts import Names
from parsers.contacts.prose import find_mentions
from parsers.contacts.sections import find_empty_sections
from parsers.page.document import Block, Document
from schemas.facts import Contact, Evidence, Issue

__all__ = ["Names", "find_contacts"]

GENERAL_WORDS = frozenset(
    ("kommun", "stad", "region", "länsstyrelsen", "i", "och", "län", "förbund", "kommunalförbund", "samordningsförbund", "ab")
)
LONGEST_EVIDENCE = 300
MOST_COMPARED = 200
"""Contacts of one name, or without one, to which the next is compared: no real page has as many; one with 40,000 would take minutes."""
LONGEST_GAP = 60  # between two parts of one contact, in characters


def find_contacts(document: Document, names: Names) -> Iterator[Contact | Issue]:
    """Every contact of a page, one per (person, role, organisation) or per organisation or department, and the labels without value."""
    drafts: list[Draft] = []
    named = NamedBodies(document, names)
    alike: dict[str | None, list[Draft]] = defaultdict(list)  # by person; None: without one
    for found in find_drafts(document, names):
        if isinstance(found, Issue):
            yield found
            continue
        assign_organisation(found, document, names, named)
        group = alike[found.person.casefold() if found.person else None]
        known = next((draft for draft in group[-MOST_COMPARED:] if is_same_contact(draft, found)), None)
        if known is None:
            drafts.append(found)
            group.append(found)
        else:
            merge_drafts(known, found)
    for draft in drafts:
        yield make_contact(draft, document)


def find_drafts(document: Document, names: Names) -> Iterator[Draft | Issue]:
    """Drafts from cards and lines, from running text, and from the data for machines."""
    yield from find_empty_sections(document)
    cards = find_cards(document)
    hints = sorted(hint for card in cards for hint in card.hints)
    lines = [line for block in document.blocks for line in read_lines(block, names, hints_within(hints, block))]
    yield from Assembly(document, lines, cards).run()
    yield from find_mentions(document, names)
    for draft, name in (*find_data_drafts(document), *((found, None) for found in find_property_drafts(document))):
        if name is None or is_name_of(name, names.owner_id, names):
            draft.organisation_id = names.owner_id
            yield draft


def hints_within(hints: list[tuple[int, int, str]], block: Block) -> list[tuple[int, int, str]]:
    """Those of the hints (sorted) that begin in a block."""
    return hints[bisect_left(hints, (block.start,)) : bisect_left(hints, (block.end,))] if hints else []


def is_name_of(name: str, organisation_id: str | None, names: Names) -> bool:
    """Whether a name in the data is the organisation's, or there is none to compare with."""
    if organisation_id is None:
        return True
    known = names.name_of(organisation_id).casefold()
    shared = set(name.casefold().split()) & set(known.split()) - GENERAL_WORDS
    return name.casefold() in known or known in name.casefold() or bool(shared)


def make_contact(draft: Draft, document: Document) -> Contact:
    """The record of a draft."""
    return Contact(
        draft.organisation_id,
        kind_of_contact(draft),
        draft.context,
        quote_evidence(draft, document),
        draft.person,
        draft.role,
        draft.unit,
        draft.phone,
        draft.email,
        join_values(address.street_address for address in draft.addresses),
        join_values(address.postal_code for address in draft.addresses),
        join_values(address.locality for address in draft.addresses),
    )


def kind_of_contact(draft: Draft) -> str:
    """person | function (a department or role) | switchboard (the organisation's own number) | office (its address or e-mail)."""
    if draft.person:
        return "person"
    if draft.unit or draft.role:
        return "function"
    return "switchboard" if draft.phone else "office"


def join_values(values: Iterator[str | None]) -> str | None:
    """The different values joined with "; "; None where there is none."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


def quote_evidence(draft: Draft, document: Document) -> Evidence:
    """The words from its first part to its last; where these are far apart, the line of the first."""
    if draft.source != "text" or not draft.spans:
        return Evidence(draft.quote or "", None, None, draft.method, draft.confidence, draft.source)
    start, end = join_spans(draft.spans, draft.anchor or min(draft.spans), document.text)
    if end - start > LONGEST_EVIDENCE:
        start, end = draft.anchor or (start, start + LONGEST_EVIDENCE)
    has_value = draft.phone or draft.email or draft.addresses
    if has_value and not draft.in_text:  # "E-post" is in the text, the address only in the link's target
        return Evidence(document.text[start:end], None, None, draft.method, draft.confidence, "markup")
    return Evidence(document.text[start:end], start, end, draft.method, draft.confidence)


def join_spans(spans: list[tuple[int, int]], anchor: tuple[int, int], text: str) -> tuple[int, int]:
    """The stretch of text around the anchor that the spans near one another cover."""
    start, end = anchor
    for left, right in sorted(spans, key=lambda span: max(start - span[1], span[0] - end, 0)):
        gap = text[right:start] if right <= start else text[end:left]
        if len(gap) <= LONGEST_GAP:
            start, end = min(start, left), max(end, right)
    return start, end
