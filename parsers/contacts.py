"""Whom to reach at a page's organisations, who holds their offices, and who is quoted: every contact once, with the words that state it."""

from collections.abc import Iterator
from typing import Protocol

from parsers.contact_assembly import Assembly, is_contact_heading
from parsers.contact_cards import find_cards
from parsers.contact_data import find_data_drafts
from parsers.contact_drafts import Draft, is_same_role
from parsers.contact_lines import read_lines
from parsers.contact_prose import find_mentions
from parsers.document import Block, Document
from parsers.persons import is_seat, kind_of_role
from schemas.facts import Contact, Evidence, Issue, Mention

CONTEXTS = ("contact", "office", "mention")
LONGEST_EVIDENCE = 300
LONGEST_GAP = 60  # between two parts of one contact, in characters


class Names(Protocol):
    """The page's organisations, as found before the contacts."""

    @property
    def owner_id(self) -> str | None:
        """The organisation that runs the site."""

    def at(self, start: int, end: int) -> list[Mention]:
        """The mentions inside a span of the page's text, in order."""

    def kind_of(self, organisation_id: str) -> str:
        """Kind as in the vocabulary: municipality, region, council ..."""

    def name_of(self, organisation_id: str) -> str:
        """The name it is filed under."""

    def subject_of(self, block: Block) -> str | None:
        """The body that a block's section is about; None where it leaves doubt."""


def find_contacts(document: Document, names: Names) -> Iterator[Contact | Issue]:
    """Every contact of a page, one per (person, role, organisation) or per organisation or department, and the labels without value."""
    drafts: list[Draft] = []
    for found in find_drafts(document, names):
        if isinstance(found, Issue):
            yield found
            continue
        assign_organisation(found, document, names)
        known = next((draft for draft in drafts if is_same_contact(draft, found)), None)
        if known is None:
            drafts.append(found)
        else:
            merge_drafts(known, found)
    for draft in drafts:
        yield make_contact(draft, document)


def find_drafts(document: Document, names: Names) -> Iterator[Draft | Issue]:
    """Drafts from cards and lines, from running text, and from the data for machines."""
    cards = find_cards(document)
    hints = [hint for card in cards for hint in card.hints]
    lines = [line for block in document.blocks for line in read_lines(block, names, hints)]
    yield from Assembly(document, lines, cards).run()
    yield from find_mentions(document, names)
    for draft, name in find_data_drafts(document):
        if name is None or is_name_of(name, names.owner_id, names):
            draft.organisation_id = names.owner_id
            yield draft


def is_name_of(name: str, organisation_id: str | None, names: Names) -> bool:
    """Whether a name in the data is the organisation's, or there is none to compare with."""
    if organisation_id is None:
        return True
    known = names.name_of(organisation_id).casefold()
    return name.casefold() in known or known in name.casefold() or set(name.casefold().split()) & set(known.split()) != set()


def assign_organisation(draft: Draft, document: Document, names: Names) -> None:
    """Where the role is held: a seat in the body that the section is about; else as the words beside it say, the role's kind, the owner."""
    block = draft.block
    if block is None:
        return
    if draft.role and is_seat(draft.role) and draft.context == "office":
        body = find_section_body(block, document, names) or names.subject_of(block)
        stated = draft.organisation_id
        is_body = draft.is_by_role and stated is not None and names.kind_of(stated) != "municipality"
        draft.organisation_id = stated if is_body else body or names.owner_id or stated
    if draft.organisation_id is None and draft.place:
        draft.organisation_id = find_municipality(draft.place, document, names)
    draft.is_assumed = draft.organisation_id is None
    if draft.organisation_id is None and draft.role:
        draft.organisation_id, is_settled = find_by_role(draft.role, document, names)
        if is_settled:
            return
    if draft.organisation_id is None and draft.is_subject:
        draft.organisation_id = names.subject_of(block)
    if draft.organisation_id is None and draft.context == "contact":
        draft.organisation_id = find_in_heading(block, document, names) or names.owner_id or names.subject_of(block)
    if draft.organisation_id is None:
        draft.organisation_id = names.subject_of(block) or names.owner_id


def find_section_body(block: Block, document: Document, names: Names) -> str | None:
    """The body whose short name heads the section ("Samarbetskommitté" over "Södertörns samarbetskommitté"), else None."""
    heading = document.heading_of(block)
    short = heading.text.strip(" :.").casefold() if heading else ""
    if heading is None or len(short) < 6 or " " in short:
        return None
    section = names.at(heading.end, block.end)
    return next((m.organisation_id for m in section if names.name_of(m.organisation_id).casefold().endswith(f" {short}")), None)


def find_municipality(place: str, document: Document, names: Names) -> str | None:
    """The municipality of a place, where the page names it: "Älmhult" for Älmhults kommun."""
    forms = {f"{place}{ending}" for ending in (" kommun", "s kommun", " stad", "s stad", " Stad", "s Stad")}
    named = {mention.organisation_id for mention in names.at(0, len(document.text))}
    return next((organisation for organisation in sorted(named) if names.name_of(organisation) in forms), None)


def find_by_role(role: str, document: Document, names: Names) -> tuple[str | None, bool]:
    """The organisation of the kind that a role belongs to (the owner, else the only one named), and whether the role settles it.

    A minister belongs to the government, whichever ministry; a landshövding to no other than a county board.
    """
    if role.casefold().endswith(("minister", "ministern")):
        return None, True
    kind = kind_of_role(role)
    if kind is None:
        return None, False
    if names.owner_id and names.kind_of(names.owner_id) == kind:
        return names.owner_id, True
    found = {m.organisation_id for m in names.at(0, len(document.text)) if names.kind_of(m.organisation_id) == kind}
    if kind == "agency":
        found = (
            {organisation for organisation in found if "polis" in names.name_of(organisation).casefold()}
            if "polis" in role.casefold()
            else found
        )
    return (found.pop(), True) if len(found) == 1 else (None, False)


def find_in_heading(block: Block, document: Document, names: Names) -> str | None:
    """The organisation that the heading over a contact names ("Kontaktpersoner på Göteborgsregionen")."""
    heading = document.heading_of(block)
    if heading is None or not any(is_contact_heading(above.text) for above in (heading, *document.headings_above(heading))):
        return None
    mentions = names.at(heading.start, heading.end)
    return mentions[0].organisation_id if len(mentions) == 1 else None


def is_same_contact(one: Draft, other: Draft) -> bool:
    """Whether two drafts are one record: the same person in the same role, or the same number, e-mail or place of an organisation."""
    if one.person or other.person:
        same = one.person is not None and other.person is not None and one.person.casefold() == other.person.casefold()
        return same and is_same_role(one.role, other.role) and is_same_home(one, other)
    if one.organisation_id != other.organisation_id:
        return False
    clash = (one.phone and other.phone and one.phone != other.phone) or (one.email and other.email and one.email != other.email)
    shared = (one.phone and one.phone == other.phone) or (one.email and one.email == other.email)
    return not clash and bool(shared or (one.unit or one.role) == (other.unit or other.role))


def is_same_home(one: Draft, other: Draft) -> bool:
    """Whether two drafts of one person can be of one organisation: a role quoted beside a card is the card's."""
    return one.organisation_id == other.organisation_id or one.is_assumed or other.is_assumed or not one.role or not other.role


def merge_drafts(known: Draft, found: Draft) -> None:
    """Joins a draft to the one known before; the stronger context keeps its words."""
    if CONTEXTS.index(found.context) < CONTEXTS.index(known.context):
        known.context, known.method, known.confidence = found.context, found.method, found.confidence
        known.spans, known.anchor, known.source, known.quote = found.spans, found.anchor, found.source, found.quote
    if found.source == "text" and known.source != "text":
        known.spans, known.anchor, known.source, known.quote, known.block = (
            found.spans,
            found.anchor,
            found.source,
            found.quote,
            found.block,
        )
    known.in_text = known.in_text or found.in_text
    known.absorb(found)


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
    source = "markup" if has_value and not draft.in_text else "text"
    return Evidence(document.text[start:end], start, end, draft.method, draft.confidence, source)


def join_spans(spans: list[tuple[int, int]], anchor: tuple[int, int], text: str) -> tuple[int, int]:
    """The stretch of text around the anchor that the spans near one another cover."""
    start, end = anchor
    for left, right in sorted(spans, key=lambda span: max(start - span[1], span[0] - end, 0)):
        gap = text[right:start] if right <= start else text[end:left]
        if len(gap) <= LONGEST_GAP:
            start, end = min(start, left), max(end, right)
    return start, end
