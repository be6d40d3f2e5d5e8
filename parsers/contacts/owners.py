"""Whose a contact is: the organisation where the role is held or the number answers."""

from collections import defaultdict

from parsers.contacts.drafts import Draft
from parsers.contacts.parts import Names
from parsers.contacts.persons import is_seat, kind_of_role, read_role
from parsers.contacts.pieces import bodies_at, is_about_only
from parsers.contacts.sections import is_contact_heading
from parsers.page.document import Block, Document
from schemas.facts import Mention

# A heading that names one of these tells where, or with whom, not whose the number below is.
NO_BODIES = frozenset(("municipality", "region", "county_board", "agency", "ministry", "university", "eu"))

COMPANY_HEADS = ("vd", "verkställande direktör")


class NamedBodies:
    """The organisations that a page names, gathered once for all its contacts: a page may have thousands of both."""

    def __init__(self, document: Document, names: Names) -> None:
        self.names, self.length = names, len(document.text)
        self.ids = sorted({mention.organisation_id for mention in names.at(0, self.length)})
        self.by_name = {names.name_of(organisation): organisation for organisation in reversed(self.ids)}
        self.by_kind: dict[str, set[str]] = defaultdict(set)
        for organisation in self.ids:
            self.by_kind[names.kind_of(organisation)].add(organisation)
        self._below: dict[tuple[int, str], Mention | None] = {}

    def first_below(self, heading: Block, short: str) -> Mention | None:
        """The first mention below a heading of a body whose name ends in a word."""
        key = heading.end, short
        if key not in self._below:
            fitting = {organisation for organisation in self.ids if self.names.name_of(organisation).casefold().endswith(f" {short}")}
            below = self.names.at(heading.end, self.length) if fitting else []
            self._below[key] = next((mention for mention in below if mention.organisation_id in fitting), None)
        return self._below[key]


def assign_organisation(draft: Draft, document: Document, names: Names, named: NamedBodies) -> None:
    """Where the role is held: a seat in the body that the section is about; else as the words beside it say, the role's kind, the owner."""
    block = draft.block
    if block is None:
        return
    if draft.is_municipal and names.owner_id and names.kind_of(names.owner_id) == "municipality":
        draft.organisation_id = names.owner_id
        return
    begin = min(draft.spans)[0] if draft.spans else block.end  # a body first named after the contact is not its
    if draft.role and is_seat(draft.role) and draft.context == "office" and kind_of_role(draft.role) is None:
        body = find_section_body(block, document, named) or names.subject_of(block, by=begin)
        stated = draft.organisation_id
        is_body = draft.is_by_role and stated is not None and names.kind_of(stated) != "municipality"
        draft.organisation_id = stated if is_body else body or names.owner_id or stated
    if draft.organisation_id is None and draft.role:
        draft.organisation_id, draft.role = find_possessor(draft.role, names)
    if draft.organisation_id is None and draft.place:
        draft.organisation_id = find_municipality(draft.place, named)
    draft.is_assumed = draft.organisation_id is None
    if draft.organisation_id is None and draft.role:
        draft.organisation_id, is_settled = find_by_role(draft.role, names, named, block if draft.context == "mention" else None)
        if is_settled:
            draft.is_assumed = False
            return
    if draft.organisation_id is None and draft.is_subject:
        draft.organisation_id = names.subject_of(block)
    if draft.organisation_id is None and draft.context == "contact":
        body = find_in_heading(block, document, names) or find_in_term(block, document, names)
        body = body or (None if draft.person else find_heading_body(block, document, names))
        draft.organisation_id = body or names.owner_id or names.subject_of(block)
    if draft.organisation_id is None:
        subject = names.subject_of(block, by=begin)
        is_supplier = subject and names.owner_id and draft.context == "mention" and names.kind_of(subject) == "company"
        draft.organisation_id = names.owner_id if is_supplier else subject or names.owner_id


def find_possessor(role: str, names: Names) -> tuple[str | None, str]:
    """The organisation in the genitive that a role begins with, and the rest: "Svevias platschef" of Svevia AB."""
    first, _, rest = role.partition(" ")
    stem = first.removesuffix("s")
    if not (first[:1].isupper() and stem != first and len(stem) > 2 and read_role(rest)):
        return None, role
    found = next((i for i in names.organisation_ids if f"{names.name_of(i)} ".startswith((f"{stem} ", f"{first} "))), None)
    return found, rest if found else role


def find_section_body(block: Block, document: Document, named: NamedBodies) -> str | None:
    """The body whose short name heads the section ("Samarbetskommitté" over "Södertörns samarbetskommitté"), else None."""
    heading = document.heading_of(block)
    short = heading.text.strip(" :.").casefold() if heading else ""
    if heading is None or len(short) < 6 or " " in short:
        return None
    mention = named.first_below(heading, short)
    return mention.organisation_id if mention and mention.end <= block.end else None


def find_municipality(place: str, named: NamedBodies) -> str | None:
    """The municipality of a place, where the page names it: "Älmhult" for Älmhults kommun."""
    forms = {f"{place}{ending}" for ending in (" kommun", "s kommun", " stad", "s stad", " Stad", "s Stad")}
    return min((named.by_name[form] for form in forms if form in named.by_name), default=None)


def find_by_role(role: str, names: Names, named: NamedBodies, block: Block | None) -> tuple[str | None, bool]:
    """The organisation of the kind that a role belongs to (the owner, else the only one named), and whether the role settles it.

    A minister belongs to the government, whichever ministry; a landshövding to no other than a county board; the "vd" that a paragraph
    quotes to the one company that it names.
    """
    if role.casefold().endswith(("minister", "ministern")):
        return None, True
    kind = kind_of_role(role)
    if role.casefold() in COMPANY_HEADS and block is not None:
        companies = {m.organisation_id for m in names.at(block.start, block.end) if names.kind_of(m.organisation_id) == "company"}
        return (companies.pop(), True) if len(companies) == 1 else (None, False)
    if kind is None:
        return None, False
    if names.owner_id and names.kind_of(names.owner_id) == kind:
        return names.owner_id, True
    found = set(named.by_kind[kind])
    if kind == "agency":
        found = (
            {organisation for organisation in found if "polis" in names.name_of(organisation).casefold()}
            if "polis" in role.casefold()
            else found
        )
    return (found.pop(), True) if len(found) == 1 else (None, False)


def find_heading_body(block: Block, document: Document, names: Names) -> str | None:
    """The one body that the heading of a block in the content names ("Sopor: KSRR"): the numbers under it are the body's."""
    heading = document.heading_of(block)
    if heading is None or block.zone != "content":
        return None
    mentions = bodies_at(names, heading.start, heading.end)
    if heading.level < 2 and not any(is_about_only(heading.text, heading.start, mention) for mention in mentions[:1]):
        return None  # "Samverkan med Ekdals Fiber AB"
    body = mentions[0].organisation_id if len({mention.organisation_id for mention in mentions}) == 1 else None
    return body if body and names.kind_of(body) not in NO_BODIES else None


def find_in_term(block: Block, document: Document, names: Names) -> str | None:
    """The one body that the term over a definition names: "Miljösamverkan Norrland" over "Samordnare Anna Ek, 060-..."."""
    term = document.blocks[block.head] if block.kind == "definition" and block.head >= 0 else None
    named = {mention.organisation_id for mention in bodies_at(names, term.start, term.end)} if term else set()
    return named.pop() if len(named) == 1 else None


def find_in_heading(block: Block, document: Document, names: Names) -> str | None:
    """The organisation that the heading over a contact names ("Kontaktpersoner på Göteborgsregionen")."""
    heading = document.heading_of(block)
    if heading is None or not any(is_contact_heading(above.text) for above in (heading, *document.headings_above(heading))):
        return None
    mentions = bodies_at(names, heading.start, heading.end)
    return mentions[0].organisation_id if len(mentions) == 1 else None
